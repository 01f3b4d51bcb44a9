/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of digital work: agents who are away. */
#include "acd/world.h"

static const ModelEvent *
absence (World *w)
{
  return world_event (w, MODEL_EVENT_PARTICIPATION_ABSENT, 0);
}

static void
test_customer_is_told (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId chat;

  world_ready (w, "ann");
  chat = world_arrive (w, "chat");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_advance (w, 29);
  g_assert_null (absence (w));
  world_advance (w, 2);
  g_assert_cmpuint (absence (w)->interaction, ==, chat);
  g_assert_cmpint (absence (w)->deadline, ==, absence (w)->at + 120000);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_IDLE);
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "ann"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_PRESENT), ==, 1);
  world_advance (w, 1000);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 1);
}

static void
test_chat_goes_back (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *queued;
  gint64 came = w->now;

  world_ready (w, "ann");
  world_arrive (w, "chat");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "chat"));
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_advance (w, 151);
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpstr (queued->reason, ==, "agent_absent");
  g_assert_cmpstr (queued->by, ==, "ann");
  g_assert_cmpint (queued->queued_at, ==, came);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 0);
  world_ready (w, "eve");
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  world_advance (w, 1000);
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
}

static void
test_conversations_outlast_the_session (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId sms;

  world_ready (w, "ann");
  sms = world_arrive (w, "sms");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  g_assert_cmpint (absence (w)->deadline, ==, w->now + 4 * 3600 * 1000);
  world_advance (w, 3600);
  world_ready (w, "ann");
  world_must (w, WORK (END, "ann", sms));
  world_advance (w, 30);
  world_arrive (w, "sms");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  world_advance (w, 4 * 3600);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->reason, ==, "agent_absent");
  g_assert_null (world_event (w, MODEL_EVENT_WRAP_UP_STARTED, 0));
}

/* Forced out with a call and a conversation in hand: the call alone keeps the agent. */
static void
test_forced_out_with_a_conversation (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  world_arrive (w, "sms");
  world_accept (w, "ann");
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann", .on = TRUE, .by = "dora"));
  g_assert_cmpuint (world_agent (w, "ann").session, !=, 0);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
  g_assert_nonnull (absence (w));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/customer-is-told", test_customer_is_told);
  g_test_add_func ("/acd/chat-goes-back", test_chat_goes_back);
  g_test_add_func ("/acd/conversations-outlast-the-session",
                   test_conversations_outlast_the_session);
  g_test_add_func ("/acd/forced-out-with-a-conversation", test_forced_out_with_a_conversation);
  return g_test_run ();
}
