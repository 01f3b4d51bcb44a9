/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recording: its words, and who may do what with it when. */
#include "model/recording.h"

static void
test_words (void)
{
  for (int i = MODEL_RECORDING_OFF; i <= MODEL_RECORDING_PAUSED; i++)
    g_assert_cmpint (model_recording_from_text (model_recording_names[i]), ==, i);
  g_assert_cmpint (model_recording_from_text (""), ==, MODEL_RECORDING_OFF);
  g_assert_cmpint (model_recording_from_text (NULL), ==, MODEL_RECORDING_OFF);
  for (int i = MODEL_RECORD_NEVER; i <= MODEL_RECORD_ALWAYS; i++)
    g_assert_cmpint (model_record_from_text (model_record_names[i]), ==, i);
  g_assert_cmpint (model_record_from_text ("as_centre"), ==, MODEL_RECORD_NEVER);
  g_assert_cmpint (model_record_from_text ("sometimes"), ==, MODEL_RECORD_NEVER);
}

/* Which actions are allowed, in every state, by the primary agent of a call on demand. */
static void
test_states (void)
{
  static const gboolean allowed[][MODEL_N_RECORDING_ACTIONS] = {
    [MODEL_RECORDING_OFF] = { [MODEL_RECORDING_START] = TRUE },
    [MODEL_RECORDING_STARTING] = { [MODEL_RECORDING_STOP] = TRUE },
    [MODEL_RECORDING_ON] = { [MODEL_RECORDING_PAUSE] = TRUE, [MODEL_RECORDING_STOP] = TRUE },
    [MODEL_RECORDING_PAUSED] = { [MODEL_RECORDING_RESUME] = TRUE,
                                 [MODEL_RECORDING_EXTEND] = TRUE,
                                 [MODEL_RECORDING_STOP] = TRUE },
  };

  for (guint state = 0; state < G_N_ELEMENTS (allowed); state++)
    for (guint i = 0; i < MODEL_N_RECORDING_ACTIONS; i++)
      {
        ModelRecordingAction action = (ModelRecordingAction) i;
        ModelRecordingCase situation = { .record = MODEL_RECORD_ON_DEMAND,
                                         .state = (ModelRecording) state,
                                         .own = TRUE,
                                         .talks = TRUE,
                                         .part = MODEL_PART_PRIMARY,
                                         .may_pause = TRUE,
                                         .may_extend = TRUE };

        g_assert_cmpint (model_permission_to_record (action, &situation).verdict, ==,
                         allowed[state][i] ? MODEL_ALLOWED : MODEL_HIDDEN);
        situation.part = MODEL_PART_CONSULTED;
        g_assert_cmpint (model_permission_to_record (action, &situation).verdict, ==,
                         allowed[state][i] ? MODEL_GREYED : MODEL_HIDDEN);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/words", test_words);
  g_test_add_func ("/recording/states", test_states);
  return g_test_run ();
}
