/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a message. Reports come late, twice and in any order: none leads back. Pure. */

#include "server/channels/message-state.h"

#define NONE -1

/* What is known to have arrived has not failed, whatever was thought before; what has failed may
 * have been thought lost alone, and then a report of it counts. */
/* clang-format off */
static const gint8 table[MESSAGE_N_STATES][MESSAGE_N_EVENTS] = {
  /*                      LEFT          DELIVERED          READ          FAILED          RETRIED */
  [MESSAGE_RECEIVED]  = { NONE,         NONE,              NONE,         NONE,           NONE },
  [MESSAGE_PENDING]   = { MESSAGE_SENT, MESSAGE_DELIVERED, MESSAGE_READ, MESSAGE_FAILED, NONE },
  [MESSAGE_SENT]      = { NONE,         MESSAGE_DELIVERED, MESSAGE_READ, MESSAGE_FAILED, NONE },
  [MESSAGE_DELIVERED] = { NONE,         NONE,              MESSAGE_READ, NONE,           NONE },
  [MESSAGE_READ]      = { NONE,         NONE,              NONE,         NONE,           NONE },
  [MESSAGE_FAILED]    = { NONE,         MESSAGE_DELIVERED, MESSAGE_READ, NONE,           MESSAGE_PENDING },
  [MESSAGE_HANDED_OVER] = { NONE,       NONE,              NONE,         NONE,           NONE },
};
/* clang-format on */

static const char *const texts[MESSAGE_N_STATES] = {
#define MESSAGE_STATE_TEXT(NAME, text) [MESSAGE_##NAME] = text,
  MESSAGE_STATES (MESSAGE_STATE_TEXT)
#undef MESSAGE_STATE_TEXT
};

const char *
message_state_to_text (MessageState state)
{
  g_return_val_if_fail (state < MESSAGE_N_STATES, NULL);

  return g_intern_string (texts[state]);
}

gboolean
message_state_from_text (const char *text, MessageState *state)
{
  for (guint i = 0; i < MESSAGE_N_STATES; i++)
    if (g_strcmp0 (texts[i], text) == 0)
      {
        *state = (MessageState) i;
        return TRUE;
      }

  return FALSE;
}

gboolean
message_state_apply (MessageState *state, MessageEvent event)
{
  gint8 next = table[*state][event];

  if (next == NONE)
    return FALSE;
  g_debug ("message: %s to %s", texts[*state], texts[next]);
  *state = (MessageState) next;

  return TRUE;
}
