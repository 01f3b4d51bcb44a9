/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table that the centre goes by says what may be done, as it does at the agent's own desk. Pure
 * functions.
 */

#include "desktop/supervision/agent-record.h"

#include "desktop/text/words.h"
#include "model/recording.h"

#include <glib/gi18n.h>

void
guichet_agent_record_add (GMenu *menu, GuichetLiveWork *work)
{
  const char *id = guichet_live_work_get_id (work);
  const char *state = guichet_live_work_get_state (work);
  ModelRecordingCase situation = {
    .record = model_record_from_text (guichet_live_work_get_record (work)),
    .state = model_recording_from_text (guichet_live_work_get_recording (work)),
    .own = TRUE,
    .talks = g_str_equal (state, "active") || g_str_equal (state, "held"),
    .part = MODEL_PART_PRIMARY,
    .may_pause = guichet_live_work_get_may_pause (work),
    .may_extend = guichet_live_work_get_may_extend (work),
  };

  if (*guichet_live_work_get_recording (work) == '\0')
    return;
  for (guint i = 0; i < MODEL_N_RECORDING_ACTIONS; i++)
    {
      ModelRecordingAction action = (ModelRecordingAction) i;
      g_autoptr (GMenuItem) item = NULL;

      if (model_permission_to_record (action, &situation).verdict != MODEL_ALLOWED)
        continue;
      item = g_menu_item_new (guichet_words_recording (action), NULL);
      g_menu_item_set_action_and_target (item, GUICHET_SUPERVISE_RECORD, "(ss)", id,
                                         model_recording_action_names[i]);
      g_menu_append_item (menu, item);
    }
}

const char *
guichet_agent_record_words (GuichetLiveWork *work)
{
  const char *state = guichet_live_work_get_recording (work);

  if (g_str_equal (state, "on"))
    /* Translators: of a call in a list */
    return _ ("recorded");
  if (g_str_equal (state, "paused"))
    /* Translators: of a call in a list */
    return _ ("recording paused");
  return NULL;
}
