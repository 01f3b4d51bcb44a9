/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Applies state machines written as tables. Stateless, any thread. */
#include "base/transition.h"

#include "base/log.h"

const BaseTransition *
base_machine_find (const BaseMachine *machine, guint state, guint event)
{
  const BaseTransition *entry;

  g_return_val_if_fail (state < machine->n_states && event < machine->n_events, NULL);
  entry = &machine->table[state * machine->n_events + event];
  return entry->allowed ? entry : NULL;
}

gboolean
base_machine_apply (const BaseMachine *machine,
                    const char *subject,
                    guint *state,
                    guint event,
                    guint *action)
{
  const BaseTransition *entry = base_machine_find (machine, *state, event);

  if (entry == NULL)
    {
      base_log (BASE_LOG_DEBUG, machine->name, "refused", "subject", BASE_TEXT (subject), "state",
                machine->state_names[*state], "on", machine->event_names[event], NULL);
      return FALSE;
    }
  base_log (BASE_LOG_DEBUG, machine->name, "moved", "subject", BASE_TEXT (subject), "from",
            machine->state_names[*state], "on", machine->event_names[event], "to",
            machine->state_names[entry->next], NULL);
  *state = entry->next;
  if (action != NULL)
    *action = entry->action;
  return TRUE;
}
