/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of what agents write to each other. */
#include "acd/world.h"

#include <string.h>

#define IM(who, whom) DO (.type = ACD_COMMAND_IM, .agent = who, .target = whom)

/* The same centre, where whoever is written to accepts first. */
static World *
asking_world (void)
{
  g_autoptr (GString) json = g_string_new (world_centre);

  g_string_replace (json, "'settings':{", "'settings':{'im_acceptance':true,'im_seconds':60,", 1);
  g_assert_nonnull (strstr (json->str, "im_acceptance"));
  return world_new (json->str);
}

static ModelId
write_to (World *w, const char *who, const char *whom)
{
  world_must (w, IM (who, whom));
  return world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
}

static void
test_at_once (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *created;

  world_ready (w, "ann");
  world_ready (w, "eve");
  write_to (w, "ann", "eve");
  created = world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0);
  g_assert_cmpint (created->direction, ==, MODEL_DIRECTION_INTERNAL);
  g_assert_cmpstr (created->by, ==, "ann");
  g_assert_cmpstr (created->agent, ==, "eve");
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->part, ==,
                   MODEL_PART_PRIMARY);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 1)->agent, ==, "eve");
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 1)->part, ==,
                   MODEL_PART_CONFERENCED);
}

static void
test_asked_first (void)
{
  g_autoptr (World) w = asking_world ();
  ModelId im;

  world_ready (w, "ann");
  world_ready (w, "eve");
  im = write_to (w, "ann", "eve");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_JOINED), ==, 1);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->by, ==, "ann");
  world_accept (w, "eve");
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->part, ==,
                   MODEL_PART_CONFERENCED);
  world_must (w, WORK (END, "eve", im));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT, 0)->agent, ==, "eve");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 0);
  world_refused (w, WORK (END, "ann", im), ACD_ERROR_NOT_ALLOWED, "im_ended");
  world_must (w, WORK (LEAVE, "ann", im));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 0);
  world_must (w, WORK (LEAVE, "eve", im));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

/* On a break, in a call, in its wrap-up: it takes no slot and nothing waits for it. */
static void
test_beside_work (void)
{
  g_autoptr (World) w = asking_world ();
  ModelId call, im;

  world_ready (w, "ann");
  world_ready (w, "eve");
  call = world_arrive (w, "plain");
  world_accept (w, world_offer_of (w, "ann") != 0 ? "ann" : "eve");
  im = write_to (w, "ann", "eve");
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  world_accept (w, "eve");
  world_must (w, STATE ("eve", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, WORK (LEAVE, "ann", im));
  world_must (w, WORK (LEAVE, "eve", im));
  im = write_to (w, "ann", "eve");
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  g_assert_cmpuint (call, !=, im);
}

/* A no, or silence, ends it; it costs nobody the state. */
static void
test_no (void)
{
  g_autoptr (World) w = asking_world ();

  world_ready (w, "ann");
  world_ready (w, "eve");
  write_to (w, "ann", "eve");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "eve")));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT, 0)->reason, ==,
                   "declined");
  g_assert_cmpint (world_agent (w, "eve").state, ==, MODEL_AGENT_AVAILABLE);
  write_to (w, "ann", "eve");
  world_advance (w, 61);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT, 0)->reason, ==,
                   "no_answer");
  g_assert_cmpint (world_agent (w, "eve").state, ==, MODEL_AGENT_AVAILABLE);
}

/* Who is signed out is not written to; who signs out meanwhile finds it again. */
static void
test_signed_out (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId im;

  world_ready (w, "ann");
  world_refused (w, IM ("ann", "eve"), ACD_ERROR_NOT_ALLOWED, "colleague_away");
  world_refused (w, IM ("ann", "ann"), ACD_ERROR_INVALID, "target");
  world_refused (w, IM ("ann", "nobody"), ACD_ERROR_UNKNOWN, "target");
  world_ready (w, "eve");
  im = write_to (w, "ann", "eve");
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "eve"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 0);
  world_advance (w, 100000);
  world_ready (w, "eve");
  world_must (w, WORK (LEAVE, "eve", im));
}

/* A request outlives the desk of who is asked, and is taken back by who asked. */
static void
test_taken_back (void)
{
  g_autoptr (World) w = asking_world ();
  ModelId im;

  world_ready (w, "ann");
  world_ready (w, "eve");
  im = write_to (w, "ann", "eve");
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "eve"));
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "eve"));
  g_assert_cmpuint (world_offer_of (w, "eve"), !=, 0);
  world_must (w, WORK (LEAVE, "ann", im));
  g_assert_cmpuint (world_offer_of (w, "eve"), ==, 0);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

/* Cid is idle amid a call, having refused a second one: that a colleague asks changes nothing. */
static void
test_available_after_the_call (void)
{
  g_autoptr (World) w = asking_world ();
  ModelId call;

  world_ready (w, "ann");
  world_ready (w, "cid");
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  call = world_arrive (w, "plain");
  world_accept (w, "cid");
  world_arrive (w, "plain");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .agent = "cid",
                     .offer = world_offer_of (w, "cid")));
  write_to (w, "ann", "cid");
  g_assert_cmpuint (world_offer_of (w, "cid"), !=, 0);
  world_must (w, STATE ("cid", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpint (world_agent (w, "cid").state, ==, MODEL_AGENT_IDLE);
  world_must (w, WORK (END, "cid", call));
  g_assert_cmpint (world_agent (w, "cid").state, ==, MODEL_AGENT_AVAILABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/im/at-once", test_at_once);
  g_test_add_func ("/im/asked-first", test_asked_first);
  g_test_add_func ("/im/beside-work", test_beside_work);
  g_test_add_func ("/im/available-after-the-call", test_available_after_the_call);
  g_test_add_func ("/im/no", test_no);
  g_test_add_func ("/im/signed-out", test_signed_out);
  g_test_add_func ("/im/taken-back", test_taken_back);
  return g_test_run ();
}
