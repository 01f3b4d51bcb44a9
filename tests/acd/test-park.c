/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of parked calls. */
#include "acd/company.h"

#define FETCH(who, what) DO (.type = ACD_COMMAND_FETCH, .agent = who, .interaction = what)

/* The only parked call; place 0 = none. */
static AcdParkedView
parked (World *w)
{
  g_autoptr (GArray) views = acd_core_parked (w->core, NULL);
  AcdParkedView none = { 0 };

  g_assert_cmpuint (views->len, <, 2);
  return views->len > 0 ? g_array_index (views, AcdParkedView, 0) : none;
}

/* Who parks it is free at once, without a wrap-up; who fetches it has the work of its queue. */
static void
test_parked_and_fetched (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  gint64 arrived = w->now;
  const ModelEvent *joined;

  world_must (w, WORK (PARK, "ann", call));
  company_stands (w, call, "----");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 0);
  g_assert_cmpuint (parked (w).place, ==, 701);
  g_assert_cmpstr (parked (w).by, ==, "ann");
  g_assert_cmpstr (parked (w).queue, ==, "line");
  NO (FETCH ("bob", call), "not_in_queue");
  world_advance (w, 10);
  world_must (w, FETCH ("cid", call));
  g_assert_true (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->auto_accept);
  g_assert_cmpstr (parked (w).fetched_by, ==, "cid");
  NO (FETCH ("ann", call), "offered_elsewhere");
  world_accept (w, "cid");
  company_stands (w, call, "--P-");
  g_assert_cmpuint (parked (w).place, ==, 0);
  joined = world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0);
  g_assert_cmpstr (joined->queue, ==, "line");
  g_assert_cmpint (joined->queued_at, ==, arrived);
  NO (FETCH ("ann", call), "nobody_parked");
}

/* A station that does not answer costs nobody a state, and the call stays where it is. */
static void
test_fetched_in_vain (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  AcdAgentView cid;

  world_must (w, WORK (PARK, "ann", call));
  world_must (w, FETCH ("cid", call));
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE,
                     .offer = world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->offer));
  g_assert_cmpuint (parked (w).place, ==, 701);
  world_must (w, FETCH ("cid", call));
  world_must (w, DO (.type = ACD_COMMAND_OFFER_RINGING,
                     .offer = world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->offer));
  world_advance (w, 21);
  g_assert_true (acd_core_agent_view (w->core, "cid", &cid));
  g_assert_cmpint (cid.state, ==, MODEL_AGENT_AVAILABLE);
  g_assert_cmpuint (parked (w).place, ==, 701);
  g_assert_null (parked (w).fetched_by);
}

/* It rings back at who parked it, and from there goes to its queue. */
static void
test_too_long (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  const ModelEvent *back;

  world_must (w, WORK (PARK, "ann", call));
  world_advance (w, 180);
  g_assert_cmpuint (parked (w).place, ==, 0);
  back = world_event (w, MODEL_EVENT_OFFER_CREATED, 0);
  g_assert_cmpstr (back->agent, ==, "ann");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->reason, ==, "parked_too_long");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = back->offer));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "line");
}

/* Who parked it is gone: to its queue at once. */
static void
test_too_long_for_the_absent (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, WORK (PARK, "ann", call));
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "ann"));
  g_assert_cmpuint (parked (w).place, ==, 701);
  world_advance (w, 180);
  g_assert_cmpuint (parked (w).place, ==, 0);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "line");
}

static void
test_customer_hangs_up (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, WORK (PARK, "ann", call));
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_cmpuint (parked (w).place, ==, 0);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

static void
test_places (void)
{
  ModelId call, other;
  g_autoptr (World) w = company_new (&call);
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) of_bob = NULL;

  world_must (w, WORK (PARK, "ann", call));
  other = world_arrive (w, "line");
  world_accept (w, "ann");
  world_must (w, WORK (PARK, "ann", other));
  all = acd_core_parked (w->core, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (g_array_index (all, AcdParkedView, 1).place, ==, 702);
  of_bob = acd_core_parked (w->core, "bob");
  g_assert_cmpuint (of_bob->len, ==, 0);
}

/* Not with somebody else in it, and not by who only helps. */
static void
test_refused (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  NO (WORK (PARK, "ann", call), "consult_in_progress");
  NO (WORK (PARK, "bob", call), "not_primary");
  world_must (w, WORK (CONFERENCE, "ann", call));
  NO (WORK (PARK, "ann", call), "in_conference");
  NO (WORK (PARK, "dan", call), "not_yours");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/park/fetched", test_parked_and_fetched);
  g_test_add_func ("/acd/park/fetched-in-vain", test_fetched_in_vain);
  g_test_add_func ("/acd/park/too-long", test_too_long);
  g_test_add_func ("/acd/park/too-long-for-the-absent", test_too_long_for_the_absent);
  g_test_add_func ("/acd/park/customer-hangs-up", test_customer_hangs_up);
  g_test_add_func ("/acd/park/places", test_places);
  g_test_add_func ("/acd/park/refused", test_refused);
  return g_test_run ();
}
