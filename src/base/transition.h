/* SPDX-License-Identifier: GPL-3.0-or-later */
/* State machines as tables: a machine is one const table [state][event] of where to go and what to
 * do, and this is the one function that applies it. What the table does not hold is refused. Any
 * thread. */
#pragma once

#include <glib.h>

typedef struct
{
  guint8 allowed;
  guint8 next;
  guint8 action; /* the machine's own enum; 0 by convention: nothing to do */
} BaseTransition;

#define BASE_TO(next_state, what)                                                                  \
  {                                                                                                \
    TRUE, (next_state), (what)                                                                     \
  }

typedef struct
{
  const char *name;
  guint n_states;
  guint n_events;
  const char *const *state_names;
  const char *const *event_names;
  const BaseTransition *table; /* n_states rows of n_events: pass &table[0][0] */
} BaseMachine;

/* base_machine_find: the entry, or NULL if the table does not allow event in state. */
const BaseTransition *base_machine_find (const BaseMachine *machine, guint state, guint event);

/* base_machine_apply: moves *state and gives the action; FALSE and nothing changed where refused.
 * Traces both at debug level, with subject (an id, may be NULL). */
gboolean base_machine_apply (const BaseMachine *machine,
                             const char *subject,
                             guint *state,
                             guint event,
                             guint *action);
