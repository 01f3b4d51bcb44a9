/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of a message: every pair of state and event. */
#include "server/channels/message-state.h"

static const char *const wanted[MESSAGE_N_STATES][MESSAGE_N_EVENTS] = {
  /*                      LEFT    DELIVERED    READ    FAILED    RETRIED */
  [MESSAGE_RECEIVED] = { NULL, NULL, NULL, NULL, NULL },
  [MESSAGE_PENDING] = { "sent", "delivered", "read", "failed", NULL },
  [MESSAGE_SENT] = { NULL, "delivered", "read", "failed", NULL },
  [MESSAGE_DELIVERED] = { NULL, NULL, "read", NULL, NULL },
  [MESSAGE_READ] = { NULL, NULL, NULL, NULL, NULL },
  [MESSAGE_FAILED] = { NULL, "delivered", "read", NULL, "pending" },
  [MESSAGE_HANDED_OVER] = { NULL, NULL, NULL, NULL, NULL },
};

static void
test_every_pair (void)
{
  for (guint state = 0; state < MESSAGE_N_STATES; state++)
    for (guint event = 0; event < MESSAGE_N_EVENTS; event++)
      {
        MessageState now = (MessageState) state;
        gboolean changed = message_state_apply (&now, (MessageEvent) event);

        g_assert_cmpint (changed, ==, wanted[state][event] != NULL);
        g_assert_cmpstr (message_state_to_text (now), ==,
                         changed ? wanted[state][event]
                                 : message_state_to_text ((MessageState) state));
      }
}

static void
test_names (void)
{
  MessageState state;

  for (guint i = 0; i < MESSAGE_N_STATES; i++)
    {
      g_assert_true (message_state_from_text (message_state_to_text ((MessageState) i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_false (message_state_from_text ("lost", &state));
  g_assert_false (message_state_from_text (NULL, &state));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-states/every-pair", test_every_pair);
  g_test_add_func ("/message-states/names", test_names);
  return g_test_run ();
}
