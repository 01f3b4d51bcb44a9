/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts how long nobody has been at a centre. Holds nothing but when that began. Centre's thread.
 */
#include "server/alone.h"

gboolean
alone_tell (Alone *self, gboolean somebody, gint64 now, gint64 limit)
{
  if (somebody)
    self->since = 0;
  else if (self->since == 0)
    self->since = now;

  return limit > 0 && self->since != 0 && now - self->since >= limit;
}

gboolean
alone_is_somebody (Centre *centre)
{
  const ModelDefinitions *definitions = centre_definitions (centre);

  for (guint i = 0; definitions != NULL && i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);
      AcdAgentView view;

      if (acd_core_agent_view (centre_core (centre), agent->id, &view) &&
          (view.desk_connected || view.n_active > 0))
        return TRUE;
    }

  return FALSE;
}
