/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One test per rule of recordings: by whose rule they begin, what pauses them and for how long,
 * what they survive, what ends them; and the table of who may do what. */
#include "acd/world.h"
#include "model/recording.h"

static const char centre[] =
    "{'settings':{'recording':{'record':'always','pause_seconds':30,'pause_limit_seconds':80}},"
    "'queues':[{'id':'sales','names':{'en':'S'}},"
    "{'id':'wish','names':{'en':'W'},'record':'on_demand','wrap_up':{'seconds':20}},"
    "{'id':'quiet','names':{'en':'Q'},'record':'never'},"
    "{'id':'text','names':{'en':'T'},'channel':'sms'}],"
    "'entry_points':[{'id':'sales','names':{'en':'S'},'addresses':['1'],'queue':'sales'},"
    "{'id':'wish','names':{'en':'W'},'addresses':['2'],'queue':'wish'},"
    "{'id':'quiet','names':{'en':'Q'},'addresses':['3'],'queue':'quiet'},"
    "{'id':'text','names':{'en':'T'},'channel':'sms','addresses':['4'],'queue':'text'}],"
    "'agents':[{'id':'ann','name':'Ann','queues':['sales','wish','quiet','text'],"
    "'slots':[{'channel':'sms','count':1}]},"
    "{'id':'bob','name':'Bob','queues':['sales']},"
    "{'id':'dora','name':'Dora','role':'supervisor'}]}";

static ModelId
begin (World *w, const char *entry_point)
{
  ModelId interaction = world_arrive (w, entry_point);

  world_accept (w, "ann");
  return interaction;
}

static void
refuse (World *w, ModelId interaction, const char *codes)
{
  static const AcdCommandType types[] = { ACD_COMMAND_RECORD_START, ACD_COMMAND_RECORD_PAUSE,
                                          ACD_COMMAND_RECORD_EXTEND, ACD_COMMAND_RECORD_RESUME,
                                          ACD_COMMAND_RECORD_STOP };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (codes[i] != ' ')
      world_refused (w, DO (.type = (gint32) types[i], .agent = "ann", .interaction = interaction),
                     ACD_ERROR_NOT_ALLOWED, codes[i] == 'e' ? "pause_limit" : "too_late");
}

/* A snapshot in the middle is the same core. */
static void
check_saved (World *w)
{
  g_autoptr (GBytes) saved = acd_core_save (w->core);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (AcdCore) again = NULL;
  g_autoptr (GBytes) twice = NULL;
  gsize size;
  const char *text = g_bytes_get_data (saved, &size);

  g_assert_true (json_parser_load_from_data (parser, text, (gssize) size, NULL));
  again = acd_core_load (json_node_get_object (json_parser_get_root (parser)), NULL);
  g_assert_nonnull (again);
  twice = acd_core_save (again);
  g_assert_true (g_bytes_equal (saved, twice));
  g_assert_cmpint (acd_core_next_deadline (again), ==, acd_core_next_deadline (w->core));
}

static void
test_always (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call;

  world_ready (w, "ann");
  call = begin (w, "sales");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STARTED), ==, 1);
  refuse (w, call, "x xxx");
  check_saved (w);
  world_must (w, WORK (RECORD_PAUSE, "ann", call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_RECORDING_PAUSED, 0)->deadline, ==, w->now + 30000);
  refuse (w, call, "xx  x");
  check_saved (w);
  /* It survives a hold, and goes on by itself. */
  world_must (w, WORK (HOLD, "ann", call));
  world_must (w, WORK (RESUME, "ann", call));
  world_advance (w, 29);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_RESUMED), ==, 0);
  world_advance (w, 1);
  g_assert_cmpstr (world_event (w, MODEL_EVENT_RECORDING_RESUMED, 0)->reason, ==, "timeout");
  world_must (w, WORK (RECORD_PAUSE, "ann", call));
  world_must (w, WORK (RECORD_RESUME, "ann", call));
  g_assert_null (world_event (w, MODEL_EVENT_RECORDING_RESUMED, 0)->reason);
  world_must (w, WORK (END, "ann", call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STOPPED), ==, 1);
}

/* To a limit, counted from the first second of the pause. */
static void
test_extend (void)
{
  g_autoptr (World) w = world_new (centre);
  gint64 begun;
  ModelId call;

  world_ready (w, "ann");
  call = begin (w, "sales");
  world_must (w, WORK (RECORD_PAUSE, "ann", call));
  begun = w->now;
  world_advance (w, 20);
  world_must (w, WORK (RECORD_EXTEND, "ann", call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_RECORDING_PAUSED, 0)->deadline, ==, begun + 60000);
  world_must (w, WORK (RECORD_EXTEND, "ann", call));
  g_assert_cmpint (world_event (w, MODEL_EVENT_RECORDING_PAUSED, 0)->deadline, ==, begun + 80000);
  refuse (w, call, "  e  ");
  world_advance (w, 60);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_RESUMED), ==, 1);
}

/* The agent's own recording; another queue's rule may end it. */
static void
test_on_demand (void)
{
  g_autoptr (World) w = world_new (centre);
  ModelId call;

  world_ready (w, "ann");
  call = begin (w, "wish");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STARTED), ==, 0);
  refuse (w, call, " xxxx");
  world_must (w, WORK (RECORD_START, "ann", call));
  world_must (w, WORK (RECORD_STOP, "ann", call));
  world_must (w, WORK (RECORD_START, "ann", call));
  world_must (w, DO (.type = ACD_COMMAND_RECORD_FAILED, .interaction = call));
  g_assert_cmpstr (world_event (w, MODEL_EVENT_RECORDING_STOPPED, 0)->reason, ==,
                   "channel_failure");
  world_must (w, DO (.type = ACD_COMMAND_RECORD_FAILED, .interaction = call));
  g_assert_cmpuint (w->events->len, ==, 0);
  world_must (w, WORK (RECORD_START, "ann", call));
  world_must (w, WORK (CUSTOMER_LEFT, NULL, call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STOPPED), ==, 1);
  world_refused (w, WORK (RECORD_START, "ann", call), ACD_ERROR_NOT_ALLOWED, "not_connected");
}

/* A supervisor, as the rules allow the agent; named beside the agent. */
static void
test_supervised (void)
{
  g_autoptr (World) w = world_new (centre);
  const ModelEvent *event;
  ModelId call;

  world_ready (w, "ann");
  call = begin (w, "wish");
  world_refused (
      w, DO (.type = ACD_COMMAND_RECORD_START, .agent = "ann", .interaction = call, .by = "bob"),
      ACD_ERROR_NOT_ALLOWED, "not_supervisor");
  world_refused (
      w, DO (.type = ACD_COMMAND_RECORD_PAUSE, .agent = "ann", .interaction = call, .by = "dora"),
      ACD_ERROR_NOT_ALLOWED, "too_late");
  world_must (
      w, DO (.type = ACD_COMMAND_RECORD_START, .agent = "ann", .interaction = call, .by = "dora"));
  event = world_event (w, MODEL_EVENT_RECORDING_STARTED, 0);
  g_assert_cmpstr (event->agent, ==, "ann");
  g_assert_cmpstr (event->by, ==, "dora");
  world_must (
      w, DO (.type = ACD_COMMAND_RECORD_PAUSE, .agent = "ann", .interaction = call, .by = "dora"));
  world_must (w, WORK (RECORD_RESUME, "ann", call));
  g_assert_null (world_event (w, MODEL_EVENT_RECORDING_RESUMED, 0)->by);
  world_must (
      w, DO (.type = ACD_COMMAND_RECORD_STOP, .agent = "ann", .interaction = call, .by = "dora"));
  refuse (w, call, " xxxx");
}

static void
test_never (void)
{
  static const char *const entries[] = { "quiet", "text" };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (World) w = world_new (centre);

      world_ready (w, "ann");
      refuse (w, begin (w, entries[i]), "xxxxx");
    }
}

/* The customer is told first, and nothing is recorded before. */
static void
test_notice (void)
{
  g_autoptr (GString) told = g_string_new (centre);
  g_autoptr (World) w = NULL;
  ModelId call;

  g_string_replace (told, "'pause_seconds'", "'notice':'told','may_pause':false,'pause_seconds'",
                    1);
  w = world_new (told->str);
  world_ready (w, "ann");
  call = begin (w, "sales");
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_ANNOUNCED), ==, 1);
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STARTED), ==, 0);
  refuse (w, call, "xxxxx");
  check_saved (w);
  world_must (w, DO (.type = ACD_COMMAND_RECORD_ANNOUNCED, .interaction = call));
  g_assert_cmpuint (world_count (w, MODEL_EVENT_RECORDING_STARTED), ==, 1);
  world_must (w, DO (.type = ACD_COMMAND_RECORD_ANNOUNCED, .interaction = call));
  g_assert_cmpuint (w->events->len, ==, 0);
  world_refused (w, WORK (RECORD_PAUSE, "ann", call), ACD_ERROR_NOT_ALLOWED, "not_enabled");
  world_refused (w, WORK (RECORD_PAUSE, "bob", call), ACD_ERROR_NOT_ALLOWED, "not_yours");
}

/* What an agent sees: a letter for each state, A allowed, g greyed, - hidden. */
static void
expect (ModelRecordingAction action, ModelRecordingCase situation, const char *verdicts)
{
  for (int state = MODEL_RECORDING_OFF; state <= MODEL_RECORDING_PAUSED; state++)
    {
      situation.state = (ModelRecording) state;
      g_assert_cmpint ("-gA"[model_permission_to_record (action, &situation).verdict], ==,
                       verdicts[state]);
    }
}

static void
test_permissions (void)
{
  ModelRecordingCase own = { .record = MODEL_RECORD_ALWAYS,
                             .own = TRUE,
                             .talks = TRUE,
                             .part = MODEL_PART_PRIMARY,
                             .may_pause = TRUE,
                             .may_extend = TRUE };
  ModelRecordingCase other = own;

  expect (MODEL_RECORDING_START, own, "----");
  expect (MODEL_RECORDING_PAUSE, own, "--A-");
  expect (MODEL_RECORDING_RESUME, own, "---A");
  expect (MODEL_RECORDING_EXTEND, own, "---A");
  expect (MODEL_RECORDING_STOP, own, "----");
  own.record = MODEL_RECORD_ON_DEMAND;
  expect (MODEL_RECORDING_START, own, "A---");
  expect (MODEL_RECORDING_STOP, own, "-AAA");
  own.may_pause = own.may_extend = FALSE;
  expect (MODEL_RECORDING_PAUSE, own, "--g-");
  expect (MODEL_RECORDING_EXTEND, own, "---g");
  expect (MODEL_RECORDING_RESUME, own, "---A");
  other.part = MODEL_PART_CONFERENCED;
  expect (MODEL_RECORDING_PAUSE, other, "--g-");
  other.part = MODEL_PART_PRIMARY;
  other.own = FALSE;
  expect (MODEL_RECORDING_RESUME, other, "---g");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acd/recording/always", test_always);
  g_test_add_func ("/acd/recording/extend", test_extend);
  g_test_add_func ("/acd/recording/on-demand", test_on_demand);
  g_test_add_func ("/acd/recording/supervised", test_supervised);
  g_test_add_func ("/acd/recording/never", test_never);
  g_test_add_func ("/acd/recording/notice", test_notice);
  g_test_add_func ("/acd/recording/permissions", test_permissions);

  return g_test_run ();
}
