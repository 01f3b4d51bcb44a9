/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of sessions: states, memberships, signing out, desks and stations that vanish,
 * a second sign-in, a restart. */
#include "acd/world.h"

static void
test_states_are_checked (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_refused (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE), ACD_ERROR_NOT_ALLOWED,
                 "not_signed_in");
  world_refused (w, STATE ("nobody", .state = MODEL_AGENT_AVAILABLE), ACD_ERROR_UNKNOWN, "agent");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "ann", .session = 1));
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_IDLE);
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "sign_in");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE), ACD_ERROR_NOT_ALLOWED,
                 "station_not_ready");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_IDLE), ACD_ERROR_INVALID, "reason_required");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "rona"), ACD_ERROR_INVALID,
                 "reason");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "meeting"),
                 ACD_ERROR_INVALID, "reason");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_OFFLINE), ACD_ERROR_INVALID, "state");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE, .by = "bob"),
                 ACD_ERROR_NOT_ALLOWED, "not_supervisor");
}

static void
test_membership (void)
{
  g_autoptr (World) w = world_new (world_centre);
  char *plain[] = { (char *) "plain", NULL };
  char *none[] = { (char *) "none", NULL };

  world_ready (w, "ann");
  world_refused (w,
                 DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "ann", .queues = plain,
                     .membership = MODEL_MEMBERSHIP_PAUSED),
                 ACD_ERROR_INVALID, "reason_required");
  world_refused (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "ann", .queues = none),
                 ACD_ERROR_UNKNOWN, "queues");
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "ann", .queues = plain,
                     .membership = MODEL_MEMBERSHIP_PAUSED, .reason = "meeting"));
  world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_arrive (w, "wrap");
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "ann"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED), ==, 6);
  world_ready (w, "bob");
  world_accept (w, "bob");
  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "ann", .queues = plain,
                     .membership = MODEL_MEMBERSHIP_READY));
  g_assert_cmpuint (w->events->len, ==, 1);
}

static void
test_sign_out (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "wrap");
  world_refused (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "offer_outstanding");
  world_accept (w, "ann");
  world_refused (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "call_in_progress");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann", .on = TRUE, .by = "dora"));
  g_assert_true (world_agent (w, "ann").sign_out_pending);
  world_must (w, WORK (END, "ann", call));
  world_refused (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"), ACD_ERROR_NOT_ALLOWED,
                 "wrap_up");
  world_advance (w, 30);
  g_assert_nonnull (world_event (w, MODEL_EVENT_AGENT_SIGNED_OUT, 0));
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
}

static void
test_desk_lost (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_advance (w, 29);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "ann"));
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  /* A call still rings at the station while the desk is away; silence is not the agent's fault. */
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_advance (w, 20);
  g_assert_cmpint (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_WITHDRAWN);
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "desk_lost");
  world_advance (w, 280);
  g_assert_cmpuint (world_agent (w, "ann").session, ==, 0);
}

static void
test_station_lost (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_arrive (w, "plain");
  world_must (w, DO (.type = ACD_COMMAND_STATION_LOST, .agent = "ann", .reason = "unreachable"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_WITHDRAWN);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  world_must (w, DO (.type = ACD_COMMAND_STATION_READY, .agent = "ann"));
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_must (w, DO (.type = ACD_COMMAND_STATION_LOST, .agent = "ann", .reason = "no_microphone"));
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "no_microphone");
  world_refused (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE), ACD_ERROR_NOT_ALLOWED,
                 "station_not_ready");
}

static void
test_station_changed (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const AcdCommand *softphone =
      DO (.type = ACD_COMMAND_SET_STATION, .agent = "ann", .station = MODEL_STATION_SOFTPHONE);
  const AcdCommand *desk_phone = DO (.type = ACD_COMMAND_SET_STATION, .agent = "ann",
                                     .station = MODEL_STATION_DESK_PHONE, .on = TRUE);
  ModelId call;

  world_ready (w, "ann");
  world_must (w, desk_phone);
  g_assert_cmpint (world_agent (w, "ann").station, ==, MODEL_STATION_DESK_PHONE);
  g_assert_true (world_agent (w, "ann").station_ready);
  call = world_arrive (w, "plain");
  world_refused (w, softphone, ACD_ERROR_NOT_ALLOWED, "offer_outstanding");
  world_accept (w, "ann");
  world_refused (w, softphone, ACD_ERROR_NOT_ALLOWED, "call_in_progress");
  world_must (w, WORK (END, "ann", call));
  world_must (w, softphone);
  call = world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_STATION_READY, .agent = "ann"));
  world_accept (w, "ann");
  world_must (w, WORK (END, "ann", call));
  world_must (w, softphone);
  world_advance (w, 29);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  world_advance (w, 1);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_IDLE);
}

static void
test_take_over (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_arrive (w, "plain");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "ann", .session = 99));
  g_assert_nonnull (world_event (w, MODEL_EVENT_AGENT_TAKEN_OVER, 0));
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 1);
  world_refused (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "ann", .session = 1),
                 ACD_ERROR_UNKNOWN, "session");
}

static void
test_restart (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  world_advance (w, 1);
  world_ready (w, "bob");
  call = world_arrive (w, "wrap");
  world_accept (w, "ann");
  world_must (w, WORK (END, "ann", call));
  world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
  w->now += 25000;
  world_must (w, DO (.type = ACD_COMMAND_RESTARTED, .duration = 25000));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->reason, ==, "restart");
  g_assert_cmpint (world_agent (w, "bob").state, ==, MODEL_AGENT_AVAILABLE);
  g_assert_false (world_agent (w, "bob").desk_connected);
  world_advance (w, 29);
  g_assert_null (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0));
  world_advance (w, 1);
  g_assert_nonnull (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0));
  g_assert_cmpstr (world_agent (w, "bob").reason, ==, "desk_lost");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/states-are-checked", test_states_are_checked);
  g_test_add_func ("/acd/membership", test_membership);
  g_test_add_func ("/acd/sign-out", test_sign_out);
  g_test_add_func ("/acd/desk-lost", test_desk_lost);
  g_test_add_func ("/acd/station-lost", test_station_lost);
  g_test_add_func ("/acd/station-changed", test_station_changed);
  g_test_add_func ("/acd/take-over", test_take_over);
  g_test_add_func ("/acd/restart", test_restart);
  return g_test_run ();
}
