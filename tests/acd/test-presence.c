/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What colleagues see of an agent, one test per value. */
#include "acd/world.h"

static void
expect (World *w, const char *agent, ModelPresence presence, const char *reason)
{
  AcdPresenceView view = acd_core_agent_presence (w->core, agent);

  g_assert_cmpstr (model_presence_to_text (view.presence), ==, model_presence_to_text (presence));
  g_assert_cmpstr (view.reason, ==, reason);
}

static gint64
since (World *w, const char *agent)
{
  return acd_core_agent_presence (w->core, agent).since;
}

static void
test_signed_out (void)
{
  g_autoptr (World) w = world_new (world_centre);

  expect (w, "ann", MODEL_PRESENCE_SIGNED_OUT, NULL);
  expect (w, "nobody", MODEL_PRESENCE_SIGNED_OUT, NULL);
  g_assert_cmpint (since (w, "nobody"), ==, 0);
  world_ready (w, "ann");
  world_advance (w, 5);
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  expect (w, "ann", MODEL_PRESENCE_SIGNED_OUT, NULL);
  g_assert_cmpint (since (w, "ann"), ==, w->now);
}

static void
test_on_break (void)
{
  g_autoptr (World) w = world_new (world_centre);
  char *plain[] = { (char *) "plain", NULL };

  world_must (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "ann", .session = 1));
  expect (w, "ann", MODEL_PRESENCE_ON_BREAK, "sign_in");
  world_ready (w, "bob");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  expect (w, "bob", MODEL_PRESENCE_ON_BREAK, "lunch");
  g_assert_cmpint (since (w, "bob"), ==, w->now);

  /* Paused in one queue is ready in the others; paused in all is a break. */
  world_ready (w, "cid");
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "cid", .queues = plain,
                     .membership = MODEL_MEMBERSHIP_PAUSED, .reason = "meeting"));
  expect (w, "cid", MODEL_PRESENCE_READY, NULL);
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "cid",
                     .membership = MODEL_MEMBERSHIP_PAUSED, .reason = "lunch"));
  expect (w, "cid", MODEL_PRESENCE_ON_BREAK, "lunch");
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "cid", .queues = plain,
                     .membership = MODEL_MEMBERSHIP_PAUSED, .reason = "meeting"));
  expect (w, "cid", MODEL_PRESENCE_ON_BREAK, NULL);
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "cid"));
  expect (w, "cid", MODEL_PRESENCE_ON_BREAK, NULL);
}

static void
test_busy (void)
{
  g_autoptr (World) w = world_new (world_centre);
  gint64 rang;
  ModelId call;

  world_ready (w, "ann");
  expect (w, "ann", MODEL_PRESENCE_READY, NULL);
  rang = w->now;
  call = world_arrive (w, "wrap");
  expect (w, "ann", MODEL_PRESENCE_BUSY, NULL);
  g_assert_cmpint (since (w, "ann"), ==, rang);
  world_accept (w, "ann");
  expect (w, "ann", MODEL_PRESENCE_BUSY, NULL);
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, WORK (END, "ann", call));
  expect (w, "ann", MODEL_PRESENCE_BUSY, NULL);
  world_advance (w, 31);
  expect (w, "ann", MODEL_PRESENCE_ON_BREAK, "lunch");
}

/* With room for two calls one of them leaves the agent ready. */
static void
test_ready (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "cid");
  world_arrive (w, "plain");
  world_accept (w, "cid");
  expect (w, "cid", MODEL_PRESENCE_READY, NULL);
  world_arrive (w, "plain");
  expect (w, "cid", MODEL_PRESENCE_BUSY, NULL);

  /* Who serves no queue can still be called. */
  world_ready (w, "dora");
  expect (w, "dora", MODEL_PRESENCE_READY, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/presence/signed-out", test_signed_out);
  g_test_add_func ("/acd/presence/on-break", test_on_break);
  g_test_add_func ("/acd/presence/busy", test_busy);
  g_test_add_func ("/acd/presence/ready", test_ready);
  return g_test_run ();
}
