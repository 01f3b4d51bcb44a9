/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of routing: calls, misses, wrap-up, queues, selection, records. */
#include "acd/world.h"

#include "base/json.h"

static void
test_hold (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
  world_refused (w, WORK (RESUME, "ann", call), ACD_ERROR_NOT_ALLOWED, "not_held");
  world_advance (w, 5);
  world_must (w, WORK (HOLD, "ann", call));
  world_refused (w, WORK (HOLD, "ann", call), ACD_ERROR_NOT_ALLOWED, "held");
  world_refused (w, WORK (END, "ann", call), ACD_ERROR_NOT_ALLOWED, "held");
  world_refused (w, WORK (END, "bob", call), ACD_ERROR_NOT_ALLOWED, "not_yours");
  world_advance (w, 7);
  world_must (w, WORK (RESUME, "ann", call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_RESUMED, 0)->duration, ==, 7000);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->held_duration, ==, 7000);
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->duration, ==, 12000);
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ANSWERED);
  world_refused (w, WORK (END, "ann", call), ACD_ERROR_UNKNOWN, "interaction");
}

static void
test_station_hangs_up_on_hold (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
  world_must (w, WORK (STATION_HELD, "ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_HELD, 0)->reason, ==, "station");
  world_must (w, WORK (STATION_HELD, "ann", call));
  g_assert_cmpuint (w->events->len, ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_STATION_HUNG_UP, .agent = "ann", .interaction = call,
                     .reason = "connection_lost"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->reason, ==,
                   "connection_lost");
}

static void
test_rona (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *ended;
  ModelId offer;

  world_ready (w, "ann");
  world_arrive (w, "plain");
  offer = world_offer_of (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_RINGING, .offer = offer));
  world_advance (w, 19.999);
  g_assert_cmpuint (w->events->len, ==, 0);
  world_advance (w, 0.001);
  ended = world_event (w, MODEL_EVENT_OFFER_ENDED, 0);
  g_assert_cmpint (ended->outcome, ==, MODEL_OUTCOME_MISSED);
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "rona");
  world_refused (w, DO (.type = ACD_COMMAND_OFFER_ACCEPT, .offer = offer), ACD_ERROR_UNKNOWN,
                 "offer");
  /* It waits with its first queue time; ann gets it again only after a minute. */
  world_must (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_ready (w, "bob");
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
  world_advance (w, 20);
  world_advance (w, 40);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_OFFER_CREATED), ==, 1);
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_accept (w, "ann");
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->queued_at, ==,
                   WORLD_START);
}

static void
test_decline_and_fault (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_arrive (w, "plain");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "ann")));
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "refused");
  world_ready (w, "bob");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_FAULT, .offer = world_offer_of (w, "bob"),
                     .reason = "device_fault"));
  g_assert_cmpint (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_WITHDRAWN);
  g_assert_cmpstr (world_agent (w, "bob").reason, ==, "device_fault");
  /* A fault does not keep the request away. */
  world_must (w, STATE ("bob", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
}

static void
test_missed_chat_is_refused (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_arrive (w, "chat");
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_advance (w, 45);
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "refused");
}

static void
test_customer_leaves (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call = world_arrive (w, "plain");

  world_advance (w, 3);
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_ABANDONED);
  world_ready (w, "ann");
  call = world_arrive (w, "plain");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->reason, ==, "customer_left");
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ABANDONED_RINGING);
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  call = world_arrive (w, "wrap");
  world_accept (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_nonnull (world_event (w, MODEL_EVENT_WRAP_UP_STARTED, 0));
  world_refused (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call),
                 ACD_ERROR_NOT_ALLOWED, "customer_gone");
}

static ModelId
wrap_up (World *w, const char *agent)
{
  ModelId call = world_arrive (w, "wrap");

  world_accept (w, agent);
  world_must (w, WORK (END, agent, call));
  return call;
}

static void
test_wrap_up (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  call = wrap_up (w, "ann");
  world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_refused (w, WORK (WRAP_UP_SUBMIT, "ann", call), ACD_ERROR_NOT_ALLOWED,
                 "disposition_required");
  world_refused (w, WORK (WRAP_UP_END, "ann", call), ACD_ERROR_NOT_ALLOWED, "disposition_required");
  world_must (w, WORK (WRAP_UP_EXTEND, "ann", call));
  world_refused (w, WORK (WRAP_UP_EXTEND, "ann", call), ACD_ERROR_NOT_ALLOWED, "extension_used_up");
  world_advance (w, 60);
  g_assert_cmpuint (w->events->len, ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_SET_DISPOSITION, .agent = "ann", .interaction = call,
                     .disposition = "sold"));
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->reason, ==, "submitted");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->disposition, ==, "sold");
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
}

/* The core as it is after a restart. */
static void
reload (World *w)
{
  g_autoptr (GBytes) bytes = acd_core_save (w->core);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  node = base_json_parse (text, size, NULL, &error);
  g_assert_no_error (error);
  acd_core_free (w->core);
  w->core = acd_core_load (json_node_get_object (node), &error);
  g_assert_no_error (error);
}

static void
test_automatic_disposition (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *set;
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "known");
  world_accept (w, "ann");
  set = world_event (w, MODEL_EVENT_DISPOSITION_SET, 0);
  g_assert_cmpstr (set->disposition, ==, "sold");
  g_assert_cmpstr (set->reason, ==, "automatic");
  world_refused (w,
                 DO (.type = ACD_COMMAND_SET_DISPOSITION, .agent = "ann", .interaction = call,
                     .disposition = "none", .revision = 1),
                 ACD_ERROR_NOT_ALLOWED, "set_by_centre");
  world_refused (
      w,
      DO (.type = ACD_COMMAND_SET_DISPOSITION, .agent = "ann", .interaction = call, .revision = 1),
      ACD_ERROR_NOT_ALLOWED, "set_by_centre");
  world_must (w, WORK (END, "ann", call));
  reload (w);
  world_refused (w,
                 DO (.type = ACD_COMMAND_SET_DISPOSITION, .agent = "ann", .interaction = call,
                     .disposition = "none", .revision = 1),
                 ACD_ERROR_NOT_ALLOWED, "set_by_centre");
  world_must (w, WORK (WRAP_UP_SUBMIT, "ann", call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->disposition, ==, "sold");
}

static void
test_wrap_up_default (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  wrap_up (w, "ann");
  world_advance (w, 30);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_DISPOSITION_SET, 0)->reason, ==, "automatic");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->disposition, ==, "none");
  call = wrap_up (w, "ann");
  world_refused (
      w, DO (.type = ACD_COMMAND_WRAP_UP_END, .agent = "ann", .interaction = call, .by = "bob"),
      ACD_ERROR_NOT_ALLOWED, "not_yours");
  world_must (
      w, DO (.type = ACD_COMMAND_WRAP_UP_END, .agent = "ann", .interaction = call, .by = "dora"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->reason, ==, "supervisor");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->by, ==, "dora");
}

static void
test_next_state (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "wrap");
  world_accept (w, "ann");
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  g_assert_true (world_agent (w, "ann").has_next);
  world_must (w, WORK (END, "ann", call));
  world_must (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE));
  g_assert_false (world_agent (w, "ann").has_next);
  g_assert_cmpint (world_agent (w, "ann").n_wrap_ups, ==, 1);
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_advance (w, 30);
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "lunch");
}

static void
test_priority_and_age (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId old = world_arrive (w, "plain");
  ModelId urgent;

  world_advance (w, 119);
  urgent = world_arrive (w, "urgent");
  world_ready (w, "ann");
  world_accept (w, "ann");
  g_assert_cmpuint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction, ==, urgent);
  world_advance (w, 2);
  world_arrive (w, "urgent");
  world_ready (w, "bob");
  world_accept (w, "bob");
  g_assert_cmpuint (world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction, ==, old);
}

static void
test_longest_idle (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_ready (w, "ann");
  world_advance (w, 1);
  world_ready (w, "bob");
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
  world_must (w, WORK (END, "ann", call));
  world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
}

static void
test_most_skilled (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_advance (w, 1);
  world_ready (w, "bob");
  world_ready (w, "cid");
  world_arrive (w, "skilled");
  g_assert_cmpuint (world_offer_of (w, "bob"), !=, 0);
  world_arrive (w, "skilled");
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_arrive (w, "skilled");
  g_assert_cmpuint (world_offer_of (w, "cid"), ==, 0);
  world_accept (w, "ann");
  world_accept (w, "bob");
  world_advance (w, 40);
  g_assert_cmpuint (world_offer_of (w, "cid"), !=, 0);
}

static void
test_personal (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId call;

  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "ann", .leg = 1));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "plain");
  world_ready (w, "ann");
  world_accept (w, "ann");
  call = world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction;
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "ann", .leg = 2));
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->kind, ==,
                   MODEL_REQUEST_PERSONAL);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->kind, ==, MODEL_REQUEST_PERSONAL);
  world_advance (w, 119);
  world_advance (w, 1);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queue, ==, "plain");
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->queued_at, ==, WORLD_START);
}

static void
test_full_and_too_long (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_arrive (w, "small");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "unstaffed");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "plain"));
  world_arrive (w, "plain");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "closed");
}

static void
test_second_call (void)
{
  g_autoptr (World) w = world_new (world_centre);
  ModelId first;

  world_ready (w, "cid");
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "cid", .leg = 1));
  world_accept (w, "cid");
  first = world_event (w, MODEL_EVENT_PARTICIPATION_JOINED, 0)->interaction;
  world_arrive (w, "plain");
  world_accept (w, "cid");
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_HELD, 0)->reason, ==, "second_call");
  world_must (w, WORK (RESUME, "cid", first));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_HELD), ==, 1);
  world_arrive (w, "plain");
  g_assert_cmpuint (world_offer_of (w, "cid"), ==, 0);
}

static void
test_chat_and_call (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_arrive (w, "chat");
  world_accept (w, "ann");
  world_arrive (w, "plain");
  world_accept (w, "ann");
  world_arrive (w, "chat");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
}

/* A phone that never said that it rings was not heard by anybody. */
static void
test_never_rang (void)
{
  g_autoptr (World) w = world_new (world_centre);
  const ModelEvent *ended;

  world_ready (w, "ann");
  world_arrive (w, "plain");
  world_advance (w, 20);
  ended = world_event (w, MODEL_EVENT_OFFER_ENDED, 0);
  g_assert_cmpint (ended->outcome, ==, MODEL_OUTCOME_WITHDRAWN);
  g_assert_cmpstr (ended->reason, ==, "unreachable");
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "unreachable");
}

static void
test_auto_accept (void)
{
  g_autoptr (World) w = world_new (world_centre);

  world_ready (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_SET_AUTO_ACCEPT, .agent = "ann", .on = TRUE));
  world_arrive (w, "plain");
  g_assert_true (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->auto_accept);
}

/* What is written is the centre's to accept, whatever the agent chose for calls. */
static void
test_auto_accept_digital (void)
{
  g_autofree char *json = g_strconcat ("{'settings':{'auto_accept':'agent',"
                                       "'auto_accept_digital':true,",
                                       world_centre + strlen ("{'settings':{"), NULL);
  g_autoptr (World) w = NULL;
  char *twice = strstr (json, "'boost_seconds':60,'auto_accept':'agent'");

  memcpy (twice, "'boost_seconds':60,'confirm_end':false  ", 40);
  w = world_new (json);
  world_ready (w, "ann");
  world_arrive (w, "chat");
  g_assert_true (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->auto_accept);
  world_advance (w, 0.9);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 0);
  world_advance (w, 0.2);
  g_assert_cmpint (world_event (w, MODEL_EVENT_OFFER_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_ACCEPTED);
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 1);
  world_arrive (w, "plain");
  g_assert_false (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->auto_accept);
}

static void
test_records (void)
{
  g_autoptr (World) w = world_new (world_centre);
  g_autofree char *long_note = g_strnfill (ACD_NOTE_MAX + 1, 'x');
  char *tags[] = { (char *) "vip", NULL };
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "plain");
  world_accept (w, "ann");
#define RECORD(command, ...)                                                                       \
  DO (.type = ACD_COMMAND_##command, .agent = "ann", .interaction = call, __VA_ARGS__)
  world_must (w, RECORD (SET_VARIABLE, .variable = "case", .value = "12"));
  world_refused (w, RECORD (SET_VARIABLE, .variable = "case", .value = "13"), ACD_ERROR_CONFLICT,
                 "revision");
  g_assert_cmpint (acd_core_conflict_revision (w->core), ==, 1);
  world_must (w, RECORD (SET_VARIABLE, .variable = "case", .value = "13", .revision = 1));
  world_refused (w, RECORD (SET_VARIABLE, .variable = "case", .value = "x", .revision = 2),
                 ACD_ERROR_INVALID, "value");
  world_refused (w, RECORD (SET_VARIABLE, .variable = "fixed", .value = "x"), ACD_ERROR_NOT_ALLOWED,
                 "not_editable");
  world_refused (w, RECORD (SET_NOTE, .value = long_note), ACD_ERROR_INVALID, "value");
  world_must (w, RECORD (SET_NOTE, .value = "called about the bill"));
  g_assert_null (strstr (w->journal->str, "bill"));
  world_must (w, RECORD (SET_TAGS, .tags = tags));
  world_refused (w, RECORD (SET_DISPOSITION, .disposition = "unknown"), ACD_ERROR_UNKNOWN,
                 "disposition");
  world_must (w, RECORD (SET_DISPOSITION, .disposition = "sold"));
  world_must (w, RECORD (SET_DISPOSITION, .revision = 1));
#undef RECORD
}

static void
test_retired (void)
{
  g_autoptr (World) w = world_new (world_centre);
  g_autoptr (ModelDefinitions) fewer =
      world_definitions ("{'queues':[{'id':'plain','names':{'en':'P'}}],'agents':[{'id':'bob',"
                         "'name':'Bob','queues':['plain']}]}");

  world_ready (w, "ann");
  world_advance (w, 1);
  world_ready (w, "bob");
  world_arrive (w, "wrap");
  world_arrive (w, "wrap");
  world_must (w, DO (.type = ACD_COMMAND_OFFER_ACCEPT, .offer = world_offer_of (w, "ann")));
  world_must (w, DO (.type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = fewer));
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "retired");
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 1);
  world_accept (w, "bob");
  world_refused (w, DO (.type = ACD_COMMAND_ARRIVE, .entry_point = "wrap"), ACD_ERROR_UNKNOWN,
                 "entry_point");
  world_refused (w, DO (.type = ACD_COMMAND_SIGN_IN, .agent = "ann", .session = 70),
                 ACD_ERROR_NOT_ALLOWED, "retired");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/hold", test_hold);
  g_test_add_func ("/acd/station-hangs-up-on-hold", test_station_hangs_up_on_hold);
  g_test_add_func ("/acd/rona", test_rona);
  g_test_add_func ("/acd/decline-and-fault", test_decline_and_fault);
  g_test_add_func ("/acd/missed-chat-is-refused", test_missed_chat_is_refused);
  g_test_add_func ("/acd/customer-leaves", test_customer_leaves);
  g_test_add_func ("/acd/wrap-up", test_wrap_up);
  g_test_add_func ("/acd/wrap-up-default", test_wrap_up_default);
  g_test_add_func ("/acd/automatic-disposition", test_automatic_disposition);
  g_test_add_func ("/acd/next-state", test_next_state);
  g_test_add_func ("/acd/priority-and-age", test_priority_and_age);
  g_test_add_func ("/acd/longest-idle", test_longest_idle);
  g_test_add_func ("/acd/most-skilled", test_most_skilled);
  g_test_add_func ("/acd/personal", test_personal);
  g_test_add_func ("/acd/full-and-too-long", test_full_and_too_long);
  g_test_add_func ("/acd/second-call", test_second_call);
  g_test_add_func ("/acd/chat-and-call", test_chat_and_call);
  g_test_add_func ("/acd/never-rang", test_never_rang);
  g_test_add_func ("/acd/auto-accept", test_auto_accept);
  g_test_add_func ("/acd/auto-accept-digital", test_auto_accept_digital);
  g_test_add_func ("/acd/records", test_records);
  g_test_add_func ("/acd/retired", test_retired);
  return g_test_run ();
}
