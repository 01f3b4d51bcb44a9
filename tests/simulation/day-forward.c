/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Agents send their own calls elsewhere on a random day, and take it back. */
#include "simulation/day.h"

static LedgerAgent *
nth_agent (const Day *day, guint64 n)
{
  return day->ledger->agents->pdata[n % day->ledger->agents->len];
}

/* Beside all else, and without the dice: the rest of the day goes on as it would. Half of the time
 * it is taken back. */
void
day_forward (Day *day)
{
  guint64 n = day->n_commands / 13;
  const LedgerAgent *agent = nth_agent (day, n * 7 / 3);
  const LedgerAgent *target = nth_agent (day, n * 5 / 2 + 1);
  AcdCommand command = { .type = ACD_COMMAND_SET_FORWARDING, .agent = agent->id };
  char name[NAME_SIZE];
  gboolean allowed;

  if (n % 9 == 0)
    command.by = nth_agent (day, n / 9)->id;
  if (n % 2 == 0)
    {
      command.forward = (gint32) (1 + n / 2 % 5);
      command.forward_to = (gint32) (1 + n / 6 % 4);
    }
  if (command.forward_to == MODEL_FORWARD_TO_AGENT)
    command.target = target->id;
  g_snprintf (name, sizeof name, "q%u", (guint) (n % day->n_queues));
  if (command.forward_to == MODEL_FORWARD_TO_QUEUE)
    command.queue = name;
  if (command.forward_to == MODEL_FORWARD_TO_NUMBER && n % 5 == 0)
    command.team = "far";
  allowed = (agent->def->forwarding == MODEL_FORWARDING_ALL && command.team == NULL) ||
            command.forward_to == MODEL_FORWARD_TO_NONE ||
            (agent->def->forwarding == MODEL_FORWARDING_INSIDE &&
             command.forward_to != MODEL_FORWARD_TO_NUMBER);
  if (n % 4 == 1)
    command.reason = "unsupported_destination";
  if (day_tell (day, &command) && (!allowed || (agent->retired && command.reason == NULL) ||
                                   g_strcmp0 (command.target, agent->id) == 0))
    day_say_broken (day, g_strdup_printf ("%s forwards what must not be", agent->id));
}
