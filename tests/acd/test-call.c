/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of calls that agents begin. */
#include "acd/world.h"

static const char centre[] =
    "{'settings':{'slots':[{'channel':'sms','count':3}],'dial_seconds':30},"
    "'reasons':[{'id':'lunch','names':{'en':'Lunch'}}],"
    "'dispositions':[{'id':'none','names':{'en':'None'}}],"
    "'variables':[{'id':'case','names':{'en':'Case'},'editable':true},"
    "{'id':'mood','names':{'en':'Mood'},'editable':true}],"
    "'queues':[{'id':'call','names':{'en':'Call'}},"
    "{'id':'text','names':{'en':'Text'},'channel':'sms','dial_out':true,"
    "'wrap_up':{'seconds':20,'required':true,'default_disposition':'none'}},"
    "{'id':'other','names':{'en':'Other'},'channel':'sms','dial_out':true}],"
    "'entry_points':[{'id':'call','names':{'en':'C'},'addresses':['1'],'queue':'call'},"
    "{'id':'text','names':{'en':'T'},'channel':'sms','addresses':['2'],'queue':'text'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['call','text']},"
    "{'id':'bob','name':'Bob','queues':['call']}]}";

#define FACT(command, part, ...)                                                                   \
  DO (.type = ACD_COMMAND_##command, .participation = part, ##__VA_ARGS__)

/* The call that this agent begins now: its participation. */
static ModelId
call (World *w, const char *agent, ModelId from)
{
  world_must (w, DO (.type = ACD_COMMAND_CALL, .agent = agent, .interaction = from));
  return world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
}

static AcdParticipationView
part_view (const World *w, ModelId part)
{
  AcdParticipationView view;

  g_assert_true (acd_core_participation_view (w->core, part, &view));
  return view;
}

/* From a conversation, in its queue's name; the slot is taken first; then like any call. */
static void
test_whole (void)
{
  g_autoptr (World) w = world_new (centre);
  AcdInteractionView interaction;
  ModelId written, part, caller;

  world_ready (w, "ann");
  written = world_arrive (w, "text");
  world_accept (w, "ann");
  part = call (w, "ann", written);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->queue, ==, "text");
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->direction, ==,
                   MODEL_DIRECTION_OUT);
  g_assert_cmpint (part_view (w, part).work, ==, MODEL_WORK_DIALLING);
  g_assert_true (
      acd_core_interaction_view (w->core, part_view (w, part).interaction, &interaction));
  g_assert_false (interaction.customer_present);
  caller = world_arrive (w, "call");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_refused (w, WORK (CALL, "ann", written), ACD_ERROR_NOT_ALLOWED, "call_in_progress");
  world_refused (w, FACT (CUSTOMER_ANSWERED, part), ACD_ERROR_NOT_ALLOWED, "not_connected");
  world_advance (w, 2);
  world_must (w, FACT (STATION_ANSWERED, part, .leg = 5));
  world_must (w, FACT (STATION_ANSWERED, part, .leg = 5));
  g_assert_cmpuint (w->events->len, ==, 0);
  world_refused (w, WORK (HOLD, "ann", part_view (w, part).interaction), ACD_ERROR_NOT_ALLOWED,
                 "not_connected");
  world_advance (w, 3);
  world_must (w, FACT (CUSTOMER_ANSWERED, part, .leg = 6));
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_CONNECTED, 0)->duration, ==, 5000);
  world_refused (w, FACT (CALL_FAILED, part), ACD_ERROR_NOT_ALLOWED, "too_late");
  world_advance (w, 60);
  world_must (w, WORK (CUSTOMER_LEFT, NULL, part_view (w, part).interaction));
  g_assert_cmpint (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->duration, ==, 60000);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 1);
  world_refused (w, WORK (CALL, "ann", written), ACD_ERROR_NOT_ALLOWED, "wrap_up");
  world_advance (w, 20);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_WRAP_UP_ENDED, 0)->disposition, ==, "none");
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ANSWERED);
  g_assert_cmpuint (world_event (w, MODEL_EVENT_OFFER_CREATED, 0)->interaction, ==, caller);
}

/* What is known of the work that it is about comes along; what is no variable any more does not. */
static void
test_known (void)
{
  g_autoptr (World) w = world_new (centre);
  const char *variables[] = { "case", "gone", NULL };
  ModelId interaction;

  world_ready (w, "ann");
  world_must (w, DO (.type = ACD_COMMAND_CALL, .agent = "ann", .variables = (char **) variables));
  interaction = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->interaction;
  g_assert_cmpuint (world_count (w, MODEL_EVENT_VARIABLE_CHANGED), ==, 1);
  g_assert_cmpint (acd_core_variable_revision (w->core, interaction, "case"), ==, 1);
  g_assert_cmpint (acd_core_variable_revision (w->core, interaction, "mood"), ==, 0);
}

static void
check_not_reached (World *w, const char *reason, ModelAgentState state)
{
  g_assert_cmpstr (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0)->reason, ==, reason);
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_NOT_REACHED);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 0);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_AGENT_STATE_CHANGED), ==, 0);
  g_assert_cmpint (world_agent (w, "ann").state, ==, state);
}

/* However it ends before it was taken: no wrap-up, and the agent's break goes on. */
static void
test_not_reached (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId part;

  world_ready (w, "ann");
  world_must (w, STATE ("ann", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  part = call (w, "ann", 0);
  world_must (w, FACT (STATION_ANSWERED, part));
  world_must (w, FACT (CALL_FAILED, part, .reason = "busy"));
  check_not_reached (w, "busy", MODEL_AGENT_IDLE);
  g_assert_cmpstr (world_agent (w, "ann").reason, ==, "lunch");
  call (w, "ann", 0);
  world_advance (w, 20);
  check_not_reached (w, "station_no_answer", MODEL_AGENT_IDLE);
  world_must (w, FACT (STATION_ANSWERED, call (w, "ann", 0)));
  world_advance (w, 30);
  check_not_reached (w, "no_answer", MODEL_AGENT_IDLE);
  part = call (w, "ann", 0);
  world_must (w, DO (.type = ACD_COMMAND_END, .agent = "ann", .participation = part));
  check_not_reached (w, "cancelled", MODEL_AGENT_IDLE);
  world_must (w, FACT (STATION_HUNG_UP, call (w, "ann", 0)));
  check_not_reached (w, "cancelled", MODEL_AGENT_IDLE);
  /* What was chosen meanwhile comes then. */
  part = call (w, "ann", 0);
  world_must (w, STATE ("ann", .state = MODEL_AGENT_AVAILABLE));
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_IDLE);
  world_must (w, FACT (CALL_FAILED, part, .reason = "declined"));
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
}

static void
test_refused (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId written;

  world_refused (w, WORK (CALL, "ann", 0), ACD_ERROR_NOT_ALLOWED, "not_signed_in");
  world_refused (w, WORK (CALL, "nobody", 0), ACD_ERROR_UNKNOWN, "agent");
  world_ready (w, "bob");
  world_refused (w, WORK (CALL, "bob", 0), ACD_ERROR_NOT_ALLOWED, "no_queue_to_call_for");
  world_refused (w, DO (.type = ACD_COMMAND_CALL, .agent = "bob", .queue = "text"),
                 ACD_ERROR_NOT_ALLOWED, "not_in_queue");
  world_refused (w, DO (.type = ACD_COMMAND_CALL, .agent = "bob", .queue = "nowhere"),
                 ACD_ERROR_UNKNOWN, "queue");
  world_ready (w, "ann");
  world_refused (w, DO (.type = ACD_COMMAND_CALL, .agent = "ann", .queue = "call"),
                 ACD_ERROR_NOT_ALLOWED, "no_queue_to_call_for");
  written = world_arrive (w, "text");
  world_refused (w, WORK (CALL, "bob", written), ACD_ERROR_NOT_ALLOWED, "not_yours");
  world_must (w, DO (.type = ACD_COMMAND_STATION_LOST, .agent = "ann", .reason = "unreachable"));
  world_refused (w, WORK (CALL, "ann", 0), ACD_ERROR_NOT_ALLOWED, "station_not_ready");
  world_must (w, DO (.type = ACD_COMMAND_STATION_READY, .agent = "ann"));
  world_must (w, DO (.type = ACD_COMMAND_DESK_LOST, .agent = "ann"));
  world_refused (w, WORK (CALL, "ann", 0), ACD_ERROR_NOT_ALLOWED, "not_available");
  world_must (w, DO (.type = ACD_COMMAND_DESK_CONNECTED, .agent = "ann"));
  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_arrive (w, "call");
  g_assert_cmpuint (world_offer_of (w, "ann"), !=, 0);
  world_refused (w, WORK (CALL, "ann", 0), ACD_ERROR_NOT_ALLOWED, "offer_outstanding");
}

/* A saved core goes on dialling; the downtime does not count. */
static void
test_restart (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId part;

  world_ready (w, "ann");
  part = call (w, "ann", 0);
  world_must (w, FACT (STATION_ANSWERED, part));
  w->now += 100000;
  world_must (w, DO (.type = ACD_COMMAND_RESTARTED, .duration = 100000));
  g_assert_cmpint (part_view (w, part).work, ==, MODEL_WORK_DIALLING);
  world_must (w, FACT (CALL_FAILED, part, .reason = "engine_lost"));
  g_assert_cmpint (world_agent (w, "ann").n_active, ==, 0);
}

#define COLLEAGUE(who, ...) DO (.type = ACD_COMMAND_CALL, .agent = who, .on = TRUE, ##__VA_ARGS__)

static World *
world_of_colleagues (void)
{
  static const char colleagues[] =
      "{'settings':{'dial_seconds':30,'recording':{'record':'always','internal':'on_demand'}},"
      "'skills':[{'id':'bg','names':{'en':'Bulgarian'}}],"
      "'teams':[{'id':'desk','names':{'en':'Desk'}},{'id':'shop','names':{'en':'Shop'}}],"
      "'queues':[{'id':'first','names':{'en':'First'}},{'id':'second','names':{'en':'Second'}}],"
      "'agents':[{'id':'ann','name':'Ann','team':'desk','queues':['first'],"
      "'slots':[{'channel':'voice','count':2}]},"
      "{'id':'bob','name':'Bob','team':'desk','queues':['first']},"
      "{'id':'cid','name':'Cid','team':'shop','queues':['second'],"
      "'skills':[{'skill':'bg','level':3}]},"
      "{'id':'dan','name':'Dan','internal_calls':false}]}";
  World *w = world_new (colleagues);

  world_ready (w, "ann");
  world_ready (w, "bob");
  world_ready (w, "cid");
  world_ready (w, "dan");
  return w;
}

/* The station answers, and the one whom it is for is rung: nobody's work, and not recorded. */
static void
test_colleague (void)
{
  g_autoptr (World) w = world_of_colleagues ();
  AcdInteractionView interaction;
  ModelId part;

  world_must (w, COLLEAGUE ("ann", .target = "bob"));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  g_assert_null (world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->queue);
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CREATED, 0)->direction, ==,
                   MODEL_DIRECTION_INTERNAL);
  g_assert_cmpuint (world_offer_of (w, "bob"), ==, 0);
  world_must (w, FACT (STATION_ANSWERED, part, .target = "bob"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_REQUEST_QUEUED, 0)->by, ==, "ann");
  world_refused (w, FACT (CUSTOMER_ANSWERED, part), ACD_ERROR_NOT_ALLOWED, "not_connected");
  world_accept (w, "bob");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_PARTICIPATION_CONNECTED), ==, 1);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STARTED), ==, 0);
  g_assert_true (
      acd_core_interaction_view (w->core, part_view (w, part).interaction, &interaction));
  g_assert_true (interaction.customer_present);
  world_must (w, DO (.type = ACD_COMMAND_RECORD_START, .participation = part, .agent = "ann"));
  world_must (w, DO (.type = ACD_COMMAND_END, .participation = part, .agent = "ann"));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_WRAP_UP_STARTED), ==, 0);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STOPPED), ==, 1);
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_ANSWERED);
}

/* The next free one of a group, never the caller; a group without one and who may not: refused. */
static void
test_groups (void)
{
  g_autoptr (World) w = world_of_colleagues ();
  ModelId part;

  world_refused (w, COLLEAGUE ("dan", .target = "bob"), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_refused (w, COLLEAGUE ("ann", .target = "ann"), ACD_ERROR_INVALID, "target");
  world_refused (w, COLLEAGUE ("ann", .team = "nowhere"), ACD_ERROR_UNKNOWN, "team");
  world_refused (w, COLLEAGUE ("ann"), ACD_ERROR_INVALID, "target");
  world_must (w, COLLEAGUE ("ann", .skill = "bg"));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  world_must (w, FACT (STATION_ANSWERED, part, .skill = "bg"));
  g_assert_cmpuint (world_offer_of (w, "cid"), !=, 0);
  world_must (w, DO (.type = ACD_COMMAND_OFFER_RINGING, .offer = world_offer_of (w, "cid")));
  world_advance (w, 25);
  g_assert_cmpstr (world_agent (w, "cid").reason, ==, "rona");
  g_assert_cmpint (part_view (w, part).work, ==, MODEL_WORK_DIALLING);
  world_advance (w, 6);
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_NOT_REACHED);
  world_must (w, COLLEAGUE ("ann", .team = "desk"));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  world_must (w, FACT (STATION_ANSWERED, part, .team = "desk"));
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_accept (w, "bob");
  g_assert_cmpint (part_view (w, part).work, ==, MODEL_WORK_CONNECTED);
}

/* One who does not come: the call is over, and the caller stays in line. */
static void
test_nobody (void)
{
  g_autoptr (World) w = world_of_colleagues ();
  ModelId part;

  world_must (w, COLLEAGUE ("ann", .target = "bob"));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  world_must (w, FACT (STATION_ANSWERED, part, .target = "bob"));
  world_must (w, DO (.type = ACD_COMMAND_OFFER_DECLINE, .offer = world_offer_of (w, "bob")));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "declined");
  g_assert_cmpint (world_agent (w, "ann").state, ==, MODEL_AGENT_AVAILABLE);
  world_must (w, COLLEAGUE ("ann", .target = "cid"));
  part = world_event (w, MODEL_EVENT_PARTICIPATION_CALLING, 0)->participation;
  world_must (w, DO (.type = ACD_COMMAND_SIGN_OUT, .agent = "cid"));
  world_must (w, FACT (STATION_ANSWERED, part, .target = "cid"));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->reason, ==, "owner_away");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/call/whole", test_whole);
  g_test_add_func ("/acd/call/known", test_known);
  g_test_add_func ("/acd/call/not-reached", test_not_reached);
  g_test_add_func ("/acd/call/refused", test_refused);
  g_test_add_func ("/acd/call/restart", test_restart);
  g_test_add_func ("/acd/call/colleague", test_colleague);
  g_test_add_func ("/acd/call/groups", test_groups);
  g_test_add_func ("/acd/call/nobody", test_nobody);
  return g_test_run ();
}
