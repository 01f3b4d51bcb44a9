/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory the agents take, for the benchmark that holds it against its limit. Core's
 * thread. */
#include "acd/state.h"

/* Room in the lists of the queues and in the maps of ids, which are never more than half full. */
#define AGENT_POINTERS 4
#define ID_BYTES       (4 * sizeof (AcdIdEntry))

static gsize
memory_of (const AcdAgent *agent)
{
  gsize total = acd_array_size (sizeof *agent) + AGENT_POINTERS * sizeof (gpointer) +
                agent->n_places * sizeof (gpointer) +
                acd_array_size (agent->n_places * sizeof (AcdPlace)) +
                acd_array_size (agent->n_seats * sizeof (AcdSeat)) +
                acd_array_size (agent->n_seats * sizeof (AcdLook));

  for (const AcdExclusion *one = agent->exclusions; one != NULL; one = one->next)
    total += sizeof *one;
  for (const AcdOffer *one = agent->offers; one != NULL; one = one->next)
    total += acd_array_size (sizeof *one) + ID_BYTES;
  for (const AcdPart *one = agent->parts; one != NULL; one = one->next)
    total +=
        acd_array_size (sizeof *one) + acd_array_size (sizeof *one->interaction) + 2 * ID_BYTES;
  return total;
}

gsize
acd_core_agent_memory (const AcdCore *core)
{
  gsize total = 0;

  for (guint i = 0; i < core->agents->len; i++)
    total += memory_of (core->agents->pdata[i]);
  return total;
}
