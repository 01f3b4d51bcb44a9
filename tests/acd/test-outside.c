/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of outside numbers in calls: asked, consulted, conferenced, given the call; and
 * every pair of their state machine. */
#include "acd/company.h"
#include "acd/party.h"

#define NUMBER(command, what, ...)                                                                 \
  DO (.type = ACD_COMMAND_##command, .participation = what, __VA_ARGS__)

/* The last number in the call; party 0 = none. */
static AcdPartyView
number_in (World *w, ModelId call)
{
  g_autoptr (GArray) parties = acd_core_parties (w->core, call);
  AcdPartyView none = { 0 };

  return parties->len > 0 ? g_array_index (parties, AcdPartyView, parties->len - 1) : none;
}

static ModelId
ring (World *w, ModelId call, gboolean conference)
{
  world_must (w, TO (CONSULT, "ann", call, .outside = TRUE, .on = conference));
  return number_in (w, call).party;
}

static ModelId
bring (World *w, ModelId call, gboolean conference)
{
  ModelId party = ring (w, call, conference);

  world_must (w, NUMBER (PARTY_ANSWERED, party, .leg = 9));
  return party;
}

static void
test_machine (void)
{
  static const char *const allowed[] = {
    "dialling joined active", "dialling role dialling", "dialling left over", "active held held",
    "active muted active",    "active unmuted active",  "active role active", "active left over",
    "held resumed active",    "held muted held",        "held unmuted held",  "held role held",
    "held left over",
  };
  guint n = 0;

  for (guint state = 0; state < ACD_N_PARTY_STATES; state++)
    for (guint step = 0; step < ACD_N_PARTY_STEPS; step++)
      {
        const BaseTransition *found = base_machine_find (&acd_party_machine, state, step);
        g_autofree char *is = NULL;
        if (found == NULL)
          continue;
        is = g_strdup_printf ("%s %s %s", acd_party_machine.state_names[state],
                              acd_party_machine.event_names[step],
                              acd_party_machine.state_names[found->next]);
        g_assert_cmpuint (n, <, G_N_ELEMENTS (allowed));
        g_assert_cmpstr (is, ==, allowed[n++]);
      }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (allowed));
}

static void
test_consulted (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId party = ring (w, call, FALSE);

  company_stands (w, call, "p---");
  g_assert_cmpint (number_in (w, call).work, ==, MODEL_WORK_DIALLING);
  NO (TO (CONSULT, "ann", call, .target = "bob"), "consult_in_progress");
  NO (TO (TRANSFER, "ann", call, .target = "bob"), "consult_in_progress");
  NO (NUMBER (RESUME, party, .agent = "ann"), "not_connected");
  world_must (w, NUMBER (PARTY_ANSWERED, party, .leg = 9));
  NO (NUMBER (PARTY_ANSWERED, party, .leg = 9), "too_late");
  g_assert_cmpint (number_in (w, call).part, ==, MODEL_PART_CONSULTED);
  world_must (w, WORK (RESUME, "ann", call));
  g_assert_cmpint (number_in (w, call).work, ==, MODEL_WORK_HELD);
  company_stands (w, call, "P---");
  world_must (w, NUMBER (RESUME, party, .agent = "ann"));
  g_assert_cmpint (number_in (w, call).work, ==, MODEL_WORK_CONNECTED);
  company_stands (w, call, "p---");
  world_must (w, NUMBER (HOLD, party, .agent = "ann"));
  g_assert_cmpint (number_in (w, call).work, ==, MODEL_WORK_HELD);
  NO (NUMBER (HOLD, party, .agent = "ann"), "held");
  NO (NUMBER (RESUME, party, .agent = "bob"), "not_yours");
  world_must (w, WORK (END_CONSULT, "ann", call));
  g_assert_cmpuint (number_in (w, call).party, ==, 0);
  company_stands (w, call, "p---");
}

/* Busy, silent, taken back: the customer stays held. */
static void
test_not_reached (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  world_must (w, NUMBER (PARTY_FAILED, ring (w, call, FALSE), .reason = "busy"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_LEFT, 0)->reason, ==, "busy");
  ring (w, call, FALSE);
  world_advance (w, 200);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_LEFT, 0)->reason, ==, "no_answer");
  ring (w, call, FALSE);
  world_must (w, WORK (END_CONSULT, "ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_LEFT, 0)->reason, ==, "consult_ended");
  company_stands (w, call, "p---");
  ring (w, call, FALSE);
  world_must (w, WORK (RESUME, "ann", call));
  g_assert_cmpuint (number_in (w, call).party, ==, 0);
  company_stands (w, call, "P---");
  world_refused (w, NUMBER (PARTY_ANSWERED, 77), ACD_ERROR_UNKNOWN, "participation");
}

static void
test_conference (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId party = bring (w, call, FALSE);

  world_must (w, WORK (CONFERENCE, "ann", call));
  company_stands (w, call, "P---");
  g_assert_cmpint (number_in (w, call).part, ==, MODEL_PART_CONFERENCED);
  NO (NUMBER (HOLD, party, .agent = "ann"), "not_consulting");
  world_must (w, NUMBER (MUTE, party, .agent = "ann"));
  g_assert_true (number_in (w, call).muted);
  world_must (w, NUMBER (UNMUTE, party, .agent = "ann"));
  world_must (w, NUMBER (REMOVE, party, .agent = "ann"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTY_LEFT, 0)->reason, ==, "removed");
  company_stands (w, call, "P---");
  party = ring (w, call, FALSE);
  world_must (w, WORK (CONFERENCE, "ann", call));
  company_stands (w, call, "P---");
  world_must (w, NUMBER (PARTY_ANSWERED, party, .leg = 9));
  g_assert_cmpint (number_in (w, call).part, ==, MODEL_PART_CONFERENCED);
  /* Only the customer and the number would be left. */
  world_must (w, WORK (LEAVE, "ann", call));
  company_stands (w, call, "w---");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT), ==, 0);
  world_advance (w, 4);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT), ==, 1);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_LEFT), ==, 1);
}

/* Numbers count among the eight. */
static void
test_eight (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  for (guint i = 0; i < 6; i++)
    bring (w, call, TRUE);
  NO (TO (CONSULT, "ann", call, .outside = TRUE, .on = TRUE), "conference_full");
}

/* Kept until it answers; consulted before or still rung, it goes at once. */
static void
test_given (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  ModelId party;

  world_must (w, TO (TRANSFER, "ann", call, .outside = TRUE));
  company_stands (w, call, "p---");
  world_must (w, NUMBER (PARTY_FAILED, number_in (w, call).party, .reason = "busy"));
  company_stands (w, call, "p---");
  world_must (w, TO (TRANSFER, "ann", call, .outside = TRUE));
  party = number_in (w, call).party;
  world_must (w, NUMBER (PARTY_ANSWERED, party, .leg = 9));
  company_stands (w, call, "w---");
  g_assert_cmpint (number_in (w, call).part, ==, MODEL_PART_PRIMARY);
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 0);
  world_must (w, NUMBER (PARTY_HUNG_UP, party, .reason = NULL));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CLOSED), ==, 1);
}

static void
test_attended (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  bring (w, call, FALSE);
  world_must (w, TO (TRANSFER, "ann", call, .outside = TRUE));
  company_stands (w, call, "w---");
  g_assert_cmpint (number_in (w, call).part, ==, MODEL_PART_PRIMARY);
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_cmpuint (number_in (w, call).party, ==, 0);
}

/* Given away while it rings, and not answered: back to the last queue with the age. */
static void
test_given_in_vain (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);
  gint64 arrived = w->now;
  const ModelEvent *queued;

  world_advance (w, 5);
  ring (w, call, FALSE);
  world_must (w, TO (TRANSFER, "ann", call, .outside = TRUE));
  company_stands (w, call, "w---");
  world_must (w, NUMBER (PARTY_FAILED, number_in (w, call).party, .reason = "busy"));
  queued = world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0);
  g_assert_cmpstr (queued->queue, ==, "line");
  g_assert_cmpint (queued->queued_at, ==, arrived);
}

/* After the customer the agent and the number talk on; one alone does not. */
static void
test_after_the_customer (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  bring (w, call, FALSE);
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  company_stands (w, call, "P---");
  world_must (w, NUMBER (PARTY_HUNG_UP, number_in (w, call).party, .reason = NULL));
  company_stands (w, call, "w---");
}

/* Without an agent the call goes on for the centre's seconds; who goes earlier leaves it to the
 * others, and the last one to nobody. */
static void
test_numbers_alone (void)
{
  ModelId call, first, second;
  g_autoptr (World) w = company_new (&call);
  const ModelEvent *left_to;

  first = bring (w, call, TRUE);
  second = bring (w, call, TRUE);
  world_must (w, NUMBER (MUTE, second, .agent = "ann"));
  world_must (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call, .target = "bob"));
  world_accept (w, "bob");
  world_must (w, DO (.type = ACD_COMMAND_STATION_HUNG_UP, .agent = "ann", .interaction = call));
  company_stands (w, call, "w---");
  left_to = world_event (w, MODEL_EVENT_PARTY_ROLE_CHANGED, 0);
  g_assert_cmpint (left_to->participation, ==, first);
  g_assert_cmpint (left_to->deadline, ==, w->now + 4000);
  g_assert_false (number_in (w, call).muted);
  world_must (w, NUMBER (PARTY_HUNG_UP, first, .reason = NULL));
  g_assert_cmpint (number_in (w, call).part, ==, MODEL_PART_PRIMARY);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT), ==, 0);
  world_advance (w, 3);
  g_assert_cmpuint (number_in (w, call).party, ==, second);
  world_advance (w, 1);
  g_assert_cmpuint (number_in (w, call).party, ==, 0);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT), ==, 1);
}

/* The customer went before the agent: the numbers are told, too. */
static void
test_numbers_among_themselves (void)
{
  ModelId call;
  g_autoptr (World) w = company_new (&call);

  bring (w, call, TRUE);
  bring (w, call, TRUE);
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  world_must (w, WORK (LEAVE, "ann", call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_LEFT), ==, 0);
  world_advance (w, 4);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTY_LEFT), ==, 2);
}

static void
test_not_for_chats (void)
{
  ModelId call, chat;
  g_autoptr (World) w = company_new (&call);

  world_must (w, DO (.type = ACD_COMMAND_SET_MEMBERSHIP, .agent = "dan", .by = NULL,
                     .membership = MODEL_MEMBERSHIP_READY));
  chat = world_arrive (w, "chat");
  world_accept (w, "dan");
  NO (TO (CONSULT, "dan", chat, .outside = TRUE), "not_enabled");
  NO (TO (TRANSFER, "dan", chat, .outside = TRUE), "not_enabled");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/outside/machine", test_machine);
  g_test_add_func ("/acd/outside/consulted", test_consulted);
  g_test_add_func ("/acd/outside/not-reached", test_not_reached);
  g_test_add_func ("/acd/outside/conference", test_conference);
  g_test_add_func ("/acd/outside/eight", test_eight);
  g_test_add_func ("/acd/outside/given", test_given);
  g_test_add_func ("/acd/outside/attended", test_attended);
  g_test_add_func ("/acd/outside/given-in-vain", test_given_in_vain);
  g_test_add_func ("/acd/outside/after-the-customer", test_after_the_customer);
  g_test_add_func ("/acd/outside/numbers-alone", test_numbers_alone);
  g_test_add_func ("/acd/outside/numbers-among-themselves", test_numbers_among_themselves);
  g_test_add_func ("/acd/outside/not-for-chats", test_not_for_chats);
  return g_test_run ();
}
