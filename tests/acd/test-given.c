/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per row of the table of transfers: to whom a call may be given, who keeps it until when,
 * and where it goes when nobody takes it. */
#include "acd/company.h"

static void
test_attended (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  NO (TO (TRANSFER, "ann", call, .target = "cid"), "consult_in_progress");
  NO (TO (TRANSFER, "ann", call, .queue = "help"), "consult_in_progress");
  world_must (w, TO (TRANSFER, "ann", call, .target = "bob"));
  company_stands (w, call, "wP--");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
}

/* Kept until it is taken; refused, unanswered or taken back it is still on hold. */
static void
test_blind (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, TO (TRANSFER, "ann", call, .target = "bob"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_HELD, 0)->reason, ==, "transfer");
  g_assert_null (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->fallback);
  NO (WORK (CONFERENCE, "ann", call), "not_consulting");
  NO (TO (TRANSFER, "ann", call, .target = "cid"), "consult_in_progress");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  g_assert_cmpint (company_over (w)->outcome, ==, MODEL_OUTCOME_DECLINED);
  company_stands (w, call, "p---");
  world_must (w, TO (TRANSFER, "ann", call, .target = "cid"));
  world_advance (w, 21);
  company_stands (w, call, "p---");
  world_must (w, TO (TRANSFER, "ann", call, .target = "dan"));
  world_must (w, WORK (END_CONSULT, "ann", call));
  g_assert_cmpuint (world_offer_of (w, "dan"), ==, 0);
  company_stands (w, call, "p---");
  world_must (w, TO (TRANSFER, "ann", call, .target = "dan"));
  world_accept (w, "dan");
  company_stands (w, call, "w--P");
  g_assert_cmpstr (company_part (w, "dan", call).queue, ==, "line");
}

/* Completed while it rings; unanswered it goes back to its last queue with its age. */
static void
test_completed_while_it_rings (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  gint64 arrived = w->now;
  const ModelEvent *queued;

  world_advance (w, 10);
  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_must (w, TO (TRANSFER, "ann", call, .target = "bob"));
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpint (queued->queued_at, ==, arrived);
  g_assert_cmpstr (queued->fallback, ==, "line");
  company_stands (w, call, "w---");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpstr (queued->queue, ==, "line");
  g_assert_cmpint (queued->queued_at, ==, arrived);
}

/* Hanging up gives it away, too; of a direct call without a queue the giver gets it back. */
static void
test_back_to_the_giver (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId part;

  world_ready (w, "dora");
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "dora", .leg = 9));
  world_accept (w, "dora");
  call = world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction;
  part = company_id (w, "dora", call);
  world_must (w, TO (TRANSFER, "dora", call, .target = "bob"));
  world_must (w, DO (.type = ACD_COMMAND_STATION_HUNG_UP, .participation = part));
  company_expect (w, call, "dora", '-');
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  g_assert_cmpuint (world_offer_of (w, "dora"), !=, 0);
  world_accept (w, "dora");
  company_expect (w, call, "dora", 'P');
}

/* The transfer table: who can be given a call, and where it waits. */
static void
test_transfer_table (void)
{
  ModelId call, own;
  g_autoptr (World) w = company_new (&call);

  /* On a call, in wrap-up, gone: nothing goes there. */
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "bob", .leg = 8));
  own = world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
  NO (TO (TRANSFER, "ann", call, .target = "bob"), "agent_busy");
  world_accept (w, "bob");
  NO (TO (TRANSFER, "ann", call, .target = "bob"), "agent_busy");
  NO (TO (CONSULT, "ann", call, .target = "bob"), "agent_busy");
  world_must (w, WORK (END, "bob", own));
  NO (TO (TRANSFER, "ann", call, .target = "eve"), "owner_away");
  /* Unavailable: it waits for the agent, behind those who wait already, and goes to its queue. */
  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "bob", .leg = 8));
  own = world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->interaction;
  world_advance (w, 1);
  world_must (w, TO (TRANSFER, "ann", call, .target = "bob"));
  company_stands (w, call, "w---");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_AVAILABLE));
  g_assert_true (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->interaction == own);
  world_accept (w, "bob");
  world_must (w, WORK (END, "bob", own));
  g_assert_true (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->interaction == call);
  world_must (w, DO (.type = ACD_COMMAND_OFFER_FAULT, .offer = world_offer_of (w, "bob")));
  world_advance (w, 121);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "line");
}

/* Consulted while unavailable, then given: it waits in the personal queue. */
static void
test_personal_queue (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_must (w, TO (TRANSFER, "ann", call, .target = "bob"));
  company_stands (w, call, "w---");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_AVAILABLE));
  world_accept (w, "bob");
  company_stands (w, call, "wP--");
  g_assert_cmpstr (company_part (w, "bob", call).queue, ==, "line");
}

static void
test_to_a_queue (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  gint64 arrived = w->now;

  world_advance (w, 5);
  world_arrive (w, "small");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  NO (TO (TRANSFER, "ann", call, .queue = "small"), "full");
  world_must (w, TO (TRANSFER, "ann", call, .queue = "help"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queued_at, ==, arrived);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 1);
  company_stands (w, call, "w---");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_cmpint (company_over (w)->outcome, ==, MODEL_OUTCOME_ABANDONED);
}

/* The way that customers take: its priority counts, and the age stays. */
static void
test_to_an_entry_point (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  gint64 arrived = w->now;
  const ModelEvent *queued;

  world_refused (w, TO (TRANSFER, "ann", call, .entry_point = "none"), ACD_ERROR_UNKNOWN,
                 "entry_point");
  world_refused (w, TO (TRANSFER, "ann", call, .entry_point = "chat"), ACD_ERROR_INVALID,
                 "entry_point");
  world_must (w, TO (CONSULT, "ann", call, .entry_point = "help"));
  world_accept (w, "bob");
  company_stands (w, call, "pC--");
  world_must (w, WORK (END_CONSULT, "ann", call));
  world_advance (w, 5);
  world_must (w, TO (TRANSFER, "ann", call, .entry_point = "help"));
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpstr (queued->queue, ==, "help");
  g_assert_cmpstr (queued->entry_point, ==, "help");
  g_assert_cmpint (queued->priority, ==, 3);
  g_assert_cmpint (queued->queued_at, ==, arrived);
  world_accept (w, "bob");
  company_stands (w, call, "wP--");
}

/* A consult of a queue, given to it while it rings: whoever is rung goes on being rung. */
static void
test_queue_completed (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId offer;

  world_must (w, TO (CONSULT, "ann", call, .queue = "help"));
  offer = world_offer_of (w, "bob");
  world_must (w, TO (TRANSFER, "ann", call, .queue = "help"));
  g_assert_true (world_offer_of (w, "bob") == offer);
  world_accept (w, "bob");
  company_stands (w, call, "wP--");
  g_assert_cmpstr (company_part (w, "bob", call).queue, ==, "help");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/given/attended", test_attended);
  g_test_add_func ("/acd/given/blind", test_blind);
  g_test_add_func ("/acd/given/completed-while-it-rings", test_completed_while_it_rings);
  g_test_add_func ("/acd/given/back-to-the-giver", test_back_to_the_giver);
  g_test_add_func ("/acd/given/transfer-table", test_transfer_table);
  g_test_add_func ("/acd/given/personal-queue", test_personal_queue);
  g_test_add_func ("/acd/given/to-a-queue", test_to_a_queue);
  g_test_add_func ("/acd/given/to-an-entry-point", test_to_an_entry_point);
  g_test_add_func ("/acd/given/queue-completed", test_queue_completed);
  return g_test_run ();
}
