/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of a call with several: consult, swap, conference, who leaves and what goes on;
 * and every refusal with its code. */
#include "acd/company.h"

#include "base/json.h"

static void
test_hold_by_itself (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  AcdParticipationView part;

  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_HELD, 0)->reason, ==, "consult");
  company_stands (w, call, "p---");
  NO (WORK (END, "ann", call), "held");
  NO (TO (CONSULT, "ann", call, .target = "cid"), "consult_in_progress");
  world_accept (w, "bob");
  company_stands (w, call, "pC--");
  part = company_part (w, "bob", call);
  g_assert_null (part.queue);
  NO (WORK (END, "bob", call), "not_primary");
  NO (TO (CONSULT, "bob", call, .target = "cid"), "not_primary");
  NO (TO (TRANSFER, "bob", call, .target = "cid"), "not_primary");
  NO (WORK (LEAVE, "ann", call), "last_agent");
  NO (WORK (CONFERENCE, "bob", call), "not_primary");
}

static void
test_swap (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  world_must (w, WORK (RESUME, "ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_HELD, 0)->reason, ==, "consult");
  company_stands (w, call, "Pc--");
  NO (WORK (RESUME, "bob", call), "with_customer");
  NO (TO (TRANSFER, "ann", call, .target = "bob"), "consult_held");
  NO (WORK (CONFERENCE, "ann", call), "consult_held");
  world_must (w, PART (RESUME, "ann", company_id (w, "bob", call)));
  company_stands (w, call, "pC--");
  world_must (w, PART (HOLD, "ann", company_id (w, "bob", call)));
  company_stands (w, call, "pc--");
  world_must (w, WORK (RESUME, "bob", call));
  world_must (w, WORK (HOLD, "bob", call));
  company_stands (w, call, "pc--");
  NO (PART (RESUME, "bob", company_id (w, "ann", call)), "not_yours");
  NO (PART (HOLD, "cid", company_id (w, "bob", call)), "not_yours");
  world_must (w, WORK (RESUME, "ann", call));
  company_stands (w, call, "Pc--");
  world_must (
      w, DO (.type = ACD_COMMAND_STATION_RESUMED, .participation = company_id (w, "bob", call)));
  company_stands (w, call, "Pc--");
  world_must (w, WORK (END, "ann", call));
  company_stands (w, call, "w---");
}

/* Declined, missed, fault, taken back: the customer stays held. */
static void
test_not_taken (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  g_assert_cmpint (company_over (w)->outcome, ==, MODEL_OUTCOME_DECLINED);
  world_must (w, TO (CONSULT, "ann", call, .target = "cid"));
  world_must (w, DO (.type = ACD_COMMAND_OFFER_RINGING, .offer = world_offer_of (w, "cid")));
  world_advance (w, 21);
  g_assert_cmpint (company_over (w)->outcome, ==, MODEL_OUTCOME_MISSED);
  g_assert_cmpstr (world_agent (w, "cid").reason, ==, "rona");
  world_must (w, TO (CONSULT, "ann", call, .target = "dan"));
  world_must (w, DO (.type = ACD_COMMAND_OFFER_FAULT, .offer = world_offer_of (w, "dan")));
  g_assert_cmpint (company_over (w)->outcome, ==, MODEL_OUTCOME_WITHDRAWN);
  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_must (w, WORK (END_CONSULT, "ann", call));
  g_assert_cmpstr (company_over (w)->reason, ==, "consult_ended");
  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_advance (w, 121);
  g_assert_cmpint (company_over (w)->outcome, ==, MODEL_OUTCOME_TIMED_OUT);
  company_stands (w, call, "p---");
  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_must (w, WORK (RESUME, "ann", call));
  g_assert_cmpstr (company_over (w)->reason, ==, "consult_ended");
  company_stands (w, call, "P---");
  NO (WORK (END_CONSULT, "ann", call), "not_consulting");
}

static void
test_either_side_ends_it (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  world_must (w, WORK (END_CONSULT, "ann", call));
  g_assert_null (world_event (w, MODEL_EVENT_WRAP_UP_STARTED, 0));
  company_stands (w, call, "p---");
  company_consult (w, call, "bob");
  world_must (w, WORK (LEAVE, "bob", call));
  g_assert_null (world_event (w, MODEL_EVENT_WRAP_UP_STARTED, 0));
  company_stands (w, call, "p---");
  company_consult (w, call, "bob");
  world_must (
      w, DO (.type = ACD_COMMAND_STATION_HUNG_UP, .participation = company_id (w, "bob", call)));
  company_stands (w, call, "p---");
  company_consult (w, call, "bob");
  world_must (
      w, DO (.type = ACD_COMMAND_STATION_HUNG_UP, .participation = company_id (w, "ann", call)));
  company_stands (w, call, "w---");
}

static void
test_whom (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, TO (CONSULT, "ann", call, .queue = "help"));
  world_accept (w, "bob");
  company_stands (w, call, "pC--");
  world_must (w, WORK (END_CONSULT, "ann", call));
  NO (TO (CONSULT, "ann", call, .skill = "bg"), "unstaffed");
  NO (TO (CONSULT, "ann", call, .queue = "empty"), "unstaffed");
  NO (TO (CONSULT, "ann", call, .target = "eve"), "owner_away");
  world_refused (w, TO (CONSULT, "ann", call, .queue = "chat"), ACD_ERROR_INVALID, "queue");
  world_refused (w, TO (CONSULT, "ann", call, .target = "ann"), ACD_ERROR_INVALID, "target");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "shut", .on = FALSE));
  NO (TO (TRANSFER, "ann", call, .queue = "shut"), "closed");
}

/* Nobody of the group is free: the question waits for the first who is, the customer on hold. */
static void
test_waits_for_a_group (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, TO (CONSULT, "ann", call, .queue = "help"));
  g_assert_cmpuint (world_offer_of (w, "bob"), ==, 0);
  world_advance (w, 30);
  company_stands (w, call, "p---");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_AVAILABLE));
  world_accept (w, "bob");
  company_stands (w, call, "pC--");
}

/* A consult takes the slot; one call talks at a time. */
static void
test_slots (void)
{
  ModelId call, other;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  world_ready (w, "dora");
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "dora", .leg = 9));
  world_accept (w, "dora");
  other = world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction;
  NO (TO (CONSULT, "dora", other, .target = "bob"), "agent_busy");
  NO (TO (TRANSFER, "dora", other, .target = "bob"), "agent_busy");
  world_must (w, WORK (END_CONSULT, "ann", call));
  company_consult (w, call, "cid");
  world_must (w, TO (CONSULT, "dora", other, .target = "cid"));
  world_accept (w, "cid");
  company_stands (w, call, "p-c-");
  NO (PART (RESUME, "ann", company_id (w, "cid", call)), "agent_busy");
  world_must (w, WORK (RESUME, "cid", call));
  company_stands (w, call, "p-C-");
  company_expect (w, other, "cid", 'c');
}

static void
test_conference (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  world_must (w, WORK (CONFERENCE, "ann", call));
  company_stands (w, call, "PJ--");
  NO (WORK (HOLD, "ann", call), "in_conference");
  NO (WORK (HOLD, "bob", call), "in_conference");
  NO (TO (TRANSFER, "ann", call, .target = "cid"), "in_conference");
  NO (WORK (CONFERENCE, "ann", call), "not_consulting");
  world_advance (w, 1);
  world_must (w, TO (CONSULT, "ann", call, .target = "cid", .on = TRUE));
  company_stands (w, call, "PJ--");
  world_accept (w, "cid");
  company_stands (w, call, "PJJ-");
  company_consult (w, call, "dan");
  company_stands (w, call, "pJJC");
  world_must (w, WORK (LEAVE, "ann", call));
  company_stands (w, call, "wPJ-");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, 0)->queue, ==, "line");
  world_must (w, WORK (END, "bob", call));
  company_stands (w, call, "ww--");
}

/* As soon as it rings: the question becomes one to join. */
static void
test_merged_while_it_rings (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, TO (CONSULT, "ann", call, .target = "bob"));
  world_must (w, WORK (CONFERENCE, "ann", call));
  company_stands (w, call, "P---");
  world_accept (w, "bob");
  company_stands (w, call, "PJ--");
  world_must (w, TO (CONSULT, "ann", call, .target = "cid", .on = TRUE));
  NO (WORK (CONFERENCE, "ann", call), "not_consulting");
}

static void
test_mute_and_remove (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId bob;

  NO (PART (REMOVE, "ann", company_id (w, "ann", call)), "last_agent");
  company_consult (w, call, "bob");
  bob = company_id (w, "bob", call);
  NO (PART (MUTE, "ann", bob), "last_agent");
  world_must (w, WORK (CONFERENCE, "ann", call));
  world_must (w, PART (MUTE, "ann", bob));
  g_assert_true (company_part (w, "bob", call).muted);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_MUTED, 0)->by, ==, "ann");
  NO (PART (UNMUTE, "bob", bob), "not_primary");
  NO (PART (UNMUTE, "cid", bob), "not_yours");
  world_must (w, PART (UNMUTE, "ann", bob));
  g_assert_false (company_part (w, "bob", call).muted);
  world_must (w, PART (MUTE, "ann", bob));
  world_must (w, WORK (LEAVE, "ann", call));
  g_assert_false (company_part (w, "bob", call).muted);
  world_must (w, TO (CONSULT, "bob", call, .target = "cid", .on = TRUE));
  world_accept (w, "cid");
  NO (PART (REMOVE, "cid", bob), "not_primary");
  world_must (w, PART (REMOVE, "bob", company_id (w, "cid", call)));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->reason, ==, "removed");
  company_stands (w, call, "wP--");
  world_refused (w, PART (REMOVE, "bob", 77), ACD_ERROR_UNKNOWN, "participation");
}

/* To whom the primary agent likes: both stay, and wrap-up goes with the charge. */
static void
test_charge (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  NO (PART (GIVE_CHARGE, "ann", company_id (w, "ann", call)), "last_agent");
  company_confer (w, call, "bob");
  company_confer (w, call, "cid");
  NO (PART (GIVE_CHARGE, "bob", company_id (w, "cid", call)), "not_primary");
  world_must (w, PART (GIVE_CHARGE, "ann", company_id (w, "cid", call)));
  company_stands (w, call, "JJP-");
  NO (WORK (END, "ann", call), "not_primary");
  world_must (w, TO (CONSULT, "cid", call, .target = "dan"));
  world_accept (w, "dan");
  world_refused (w, PART (GIVE_CHARGE, "cid", company_id (w, "bob", call)), ACD_ERROR_NOT_ALLOWED,
                 "held");
  world_must (w, WORK (END_CONSULT, "cid", call));
  world_must (w, WORK (RESUME, "cid", call));
  world_must (w, PART (MUTE, "cid", company_id (w, "bob", call)));
  world_must (w, PART (GIVE_CHARGE, "cid", company_id (w, "bob", call)));
  company_stands (w, call, "JPJ-");
  g_assert_false (company_part (w, "bob", call).muted);
  world_must (w, WORK (END, "bob", call));
  company_stands (w, call, "-w--");
}

static void
test_eight_at_most (void)
{
  static const char *const who[] = { "bob", "cid", "dan", "eve", "fay", "gus", "hal", "dora" };
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  for (guint i = 3; i < G_N_ELEMENTS (who); i++)
    world_ready (w, who[i]);
  for (guint i = 0; i < 6; i++)
    company_confer (w, call, who[i]);
  NO (TO (CONSULT, "ann", call, .target = "hal", .on = TRUE), "conference_full");
  NO (TO (CONSULT, "ann", call, .target = "hal"), "conference_full");
  world_must (w, WORK (LEAVE, "gus", call));
  company_confer (w, call, "hal");
  NO (TO (CONSULT, "ann", call, .target = "dora", .on = TRUE), "conference_full");
}

/* As many as the centre says; those who are in it already stay when it says fewer. */
static void
test_as_many_as_the_centre_says (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_limit (w, 4);
  company_confer (w, call, "bob");
  company_confer (w, call, "cid");
  NO (TO (CONSULT, "ann", call, .target = "dora", .on = TRUE), "conference_full");
  NO (TO (CONSULT, "ann", call, .outside = TRUE), "conference_full");
  company_limit (w, 3);
  company_stands (w, call, "PJJ-");
  world_must (w, WORK (LEAVE, "cid", call));
  NO (TO (CONSULT, "ann", call, .target = "cid", .on = TRUE), "conference_full");
  world_must (w, WORK (LEAVE, "bob", call));
  company_confer (w, call, "cid");
  company_limit (w, 8);
  company_confer (w, call, "bob");
}

/* The customer is gone, the others talk on, until one is left. */
static void
test_after_the_customer (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_consult (w, call, "bob");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  company_stands (w, call, "PC--");
  world_advance (w, 60);
  NO (TO (CONSULT, "ann", call, .target = "cid"), "customer_gone");
  NO (WORK (CONFERENCE, "ann", call), "customer_gone");
  NO (WORK (HOLD, "ann", call), "customer_gone");
  NO (TO (TRANSFER, "ann", call, .target = "bob"), "customer_gone");
  world_must (w, WORK (LEAVE, "bob", call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_LEFT), ==, 2);
  for (guint i = 0; i < 2; i++) /* talked since they joined, the minute without the customer too */
    g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, i)->duration, >=, 60000);
  company_stands (w, call, "w---");
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

static void
test_last_one_out (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_confer (w, call, "bob");
  company_confer (w, call, "cid");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  world_must (w, WORK (LEAVE, "ann", call));
  company_stands (w, call, "wJJ-");
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", call));
  world_must (
      w, DO (.type = ACD_COMMAND_STATION_HUNG_UP, .participation = company_id (w, "bob", call)));
  company_stands (w, call, "----");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

static void
test_end_for_all (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  company_confer (w, call, "bob");
  company_confer (w, call, "cid");
  world_must (w, WORK (END, "ann", call));
  company_ended (w, call);
}

/* What the snapshot holds goes on as it was. */
static void
test_saved (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  g_autoptr (GBytes) saved = NULL, again = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  AcdCore *core;

  company_confer (w, call, "bob");
  world_must (w, PART (MUTE, "ann", company_id (w, "bob", call)));
  company_consult (w, call, "cid");
  saved = acd_core_save (w->core);
  node = base_json_parse (g_bytes_get_data (saved, NULL), g_bytes_get_size (saved), NULL, &error);
  g_assert_no_error (error);
  core = acd_core_load (json_node_get_object (node), &error);
  g_assert_no_error (error);
  again = acd_core_save (core);
  g_assert_true (g_bytes_equal (saved, again));
  acd_core_free (w->core);
  w->core = core;
  company_stands (w, call, "pJC-");
  g_assert_true (company_part (w, "bob", call).muted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/company/hold-by-itself", test_hold_by_itself);
  g_test_add_func ("/acd/company/swap", test_swap);
  g_test_add_func ("/acd/company/not-taken", test_not_taken);
  g_test_add_func ("/acd/company/either-side-ends-it", test_either_side_ends_it);
  g_test_add_func ("/acd/company/whom", test_whom);
  g_test_add_func ("/acd/company/waits-for-a-group", test_waits_for_a_group);
  g_test_add_func ("/acd/company/slots", test_slots);
  g_test_add_func ("/acd/company/conference", test_conference);
  g_test_add_func ("/acd/company/merged-while-it-rings", test_merged_while_it_rings);
  g_test_add_func ("/acd/company/mute-and-remove", test_mute_and_remove);
  g_test_add_func ("/acd/company/charge", test_charge);
  g_test_add_func ("/acd/company/eight-at-most", test_eight_at_most);
  g_test_add_func ("/acd/company/as-many-as-the-centre-says", test_as_many_as_the_centre_says);
  g_test_add_func ("/acd/company/after-the-customer", test_after_the_customer);
  g_test_add_func ("/acd/company/last-one-out", test_last_one_out);
  g_test_add_func ("/acd/company/end-for-all", test_end_for_all);
  g_test_add_func ("/acd/company/saved", test_saved);
  return g_test_run ();
}
