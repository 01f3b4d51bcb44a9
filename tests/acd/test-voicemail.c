/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Callers who are asked for a message: what leads there, what does not, and how it ends. */
#include "acd/world.h"

static const char centre[] =
    "{'settings':{},'reasons':[{'id':'lunch','names':{'en':'Lunch'}}],"
    "'teams':[{'id':'desk','names':{'en':'Desk'}}],'skills':[{'id':'wine','names':{'en':'Wine'}}],"
    "'voicemail_boxes':[{'id':'desk','names':{'en':'Desk'},'queue':'late'},"
    "{'id':'bob','names':{'en':'Bob'},'agent':'bob'}],"
    "'queues':[{'id':'late','names':{'en':'Late'},'max_wait_seconds':30,"
    "'when_waited_too_long':{'action':'voicemail','box':'desk'},"
    "'when_closed':{'action':'voicemail','box':'desk'}},"
    "{'id':'first','names':{'en':'First'},'when_closed':{'action':'queue','queue':'late'}},"
    "{'id':'full','names':{'en':'Full'},'max_waiting':1,"
    "'when_full':{'action':'voicemail','box':'desk'}},"
    "{'id':'empty','names':{'en':'Empty'},'when_unstaffed':{'action':'voicemail','box':'desk'}}],"
    "'entry_points':[{'id':'late','names':{'en':'L'},'addresses':['1'],'queue':'late'},"
    "{'id':'first','names':{'en':'F'},'addresses':['2'],'queue':'first'},"
    "{'id':'full','names':{'en':'G'},'addresses':['3'],'queue':'full'},"
    "{'id':'empty','names':{'en':'H'},'addresses':['4'],'queue':'empty'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['late','first']},"
    "{'id':'bob','name':'Bob','queues':['late','first']}]}";

static const ModelEvent *
asked (const World *w, const char *box)
{
  const ModelEvent *event = world_event (w, MODEL_EVENT_INTERACTION_VOICEMAIL, 0);

  g_assert_nonnull (event);
  g_assert_cmpstr (event->box, ==, box);
  return event;
}

static void
hangs_up (World *w, ModelId call, ModelOutcome outcome)
{
  world_must (w, DO (.type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==, outcome);
}

/* A queue that is closed, by way of another one, too; and one in which it took too long. */
static void
test_rules (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call;

  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "late"));
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "first"));
  call = world_arrive (w, "first");
  g_assert_cmpstr (asked (w, "desk")->reason, ==, "closed");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
  hangs_up (w, call, MODEL_OUTCOME_VOICEMAIL);
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "late", .on = TRUE));
  call = world_arrive (w, "late");
  world_advance (w, 30);
  g_assert_cmpstr (asked (w, "desk")->reason, ==, "waited_too_long");
  g_assert_cmpint (world_event (w, MODEL_EVENT_REQUEST_ENDED, 0)->outcome, ==,
                   MODEL_OUTCOME_TIMED_OUT);
  /* It is offered to nobody any more, and outlives the centre's restart. */
  world_ready (w, "ann");
  g_assert_cmpuint (world_offer_of (w, "ann"), ==, 0);
  world_must (w, DO (.type = ACD_COMMAND_RESTARTED, .duration = 5000));
  hangs_up (w, call, MODEL_OUTCOME_VOICEMAIL);
}

/* A call that was answered stays so; the one who gives it wraps up as ever. */
static void
test_given (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call;

  world_ready (w, "ann");
  call = world_arrive (w, "late");
  world_accept (w, "ann");
  world_refused (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .box = "no"),
      ACD_ERROR_UNKNOWN, "box");
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call, .box = "bob"),
      ACD_ERROR_INVALID, "box");
  world_ready (w, "bob");
  world_refused (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .box = "bob"),
      ACD_ERROR_NOT_ALLOWED, "agent_ready");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w,
              DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .box = "bob"));
  g_assert_cmpstr (asked (w, "bob")->reason, ==, "transferred");
  g_assert_nonnull (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0));
  g_assert_null (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0));
  hangs_up (w, call, MODEL_OUTCOME_ANSWERED);
}

static ModelId
accepted (World *w)
{
  ModelId call = world_arrive (w, "late");

  world_accept (w, "ann");
  return call;
}

static void
gives_to_queue (World *w, const char *queue, const char *entry_point, const char *reason)
{
  ModelId call = accepted (w);

  world_must (w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call,
                     .queue = queue, .entry_point = entry_point));
  g_assert_cmpstr (asked (w, "desk")->reason, ==, reason);
  g_assert_nonnull (world_event (w, MODEL_EVENT_PARTICIPATION_LEFT, 0));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_REQUEST_QUEUED), ==, 0);
  hangs_up (w, call, MODEL_OUTCOME_ANSWERED);
}

/* A queue that takes nobody keeps a given call as its rules say; a colleague there cannot be asked.
 */
static void
test_given_by_rules (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call;

  world_ready (w, "ann");
  call = accepted (w);
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .queue = "late"));
  world_advance (w, 30);
  g_assert_cmpstr (asked (w, "desk")->reason, ==, "waited_too_long");
  hangs_up (w, call, MODEL_OUTCOME_ANSWERED);
  world_arrive (w, "full");
  gives_to_queue (w, "full", NULL, "full");
  gives_to_queue (w, NULL, "empty", "unstaffed");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "first"));
  call = accepted (w);
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "late"));
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call, .queue = "first"),
      ACD_ERROR_NOT_ALLOWED, "closed");
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .queue = "first"));
  g_assert_cmpstr (asked (w, "desk")->reason, ==, "closed");
}

/* One with a skill or of a team takes it in its own queue: where that takes nobody, neither do
 * they. */
static void
test_given_to_some (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call;

  world_ready (w, "ann");
  call = accepted (w);
  world_refused (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .team = "desk"),
      ACD_ERROR_NOT_ALLOWED, "unstaffed");
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "late"));
  world_refused (
      w, DO (.type = ACD_COMMAND_CONSULT, .agent = "ann", .interaction = call, .team = "desk"),
      ACD_ERROR_NOT_ALLOWED, "closed");
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .team = "desk"));
  g_assert_cmpstr (asked (w, "desk")->reason, ==, "closed");
  hangs_up (w, call, MODEL_OUTCOME_ANSWERED);
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "late", .on = TRUE));
  call = accepted (w);
  world_must (w, DO (.type = ACD_COMMAND_SET_QUEUE_OPEN, .queue = "late"));
  world_must (
      w, DO (.type = ACD_COMMAND_TRANSFER, .agent = "ann", .interaction = call, .skill = "wine"));
  g_assert_cmpstr (asked (w, "desk")->reason, ==, "closed");
}

/* Who is called directly and signed out has a box; so has who does not come in time. */
static void
test_own (void)
{
  g_autoptr (World) w = world_new (centre);

  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "bob", .channel = MODEL_CHANNEL_VOICE));
  g_assert_cmpstr (asked (w, "bob")->reason, ==, "owner_away");
  world_ready (w, "bob");
  world_must (w, STATE ("bob", .state = MODEL_AGENT_IDLE, .reason = "lunch"));
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "bob", .channel = MODEL_CHANNEL_VOICE));
  world_advance (w, 120);
  g_assert_cmpstr (asked (w, "bob")->reason, ==, "waited_too_long");
  world_must (w, DO (.type = ACD_COMMAND_ARRIVE, .agent = "ann", .channel = MODEL_CHANNEL_VOICE));
  g_assert_cmpint (world_event (w, MODEL_EVENT_INTERACTION_CLOSED, 0)->outcome, ==,
                   MODEL_OUTCOME_REJECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/voicemail/rules", test_rules);
  g_test_add_func ("/acd/voicemail/given", test_given);
  g_test_add_func ("/acd/voicemail/given-by-rules", test_given_by_rules);
  g_test_add_func ("/acd/voicemail/given-to-some", test_given_to_some);
  g_test_add_func ("/acd/voicemail/own", test_own);
  return g_test_run ();
}
