/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of recordings into the state. Core's thread. */
#include "acd/recording.h"

AcdRecording *
acd_recording_of (const AcdCore *core, ModelId interaction)
{
  return acd_id_map_lookup (&core->recordings, interaction);
}

void
acd_recording_free (gpointer recording)
{
  g_free (recording);
}

static void
set_deadline (AcdCore *core, AcdRecording *recording, gint64 deadline)
{
  recording->deadline = deadline;
  acd_timer_set (core, ACD_TIMER_RECORDING, &recording->timer,
                 deadline != 0 ? deadline : G_MAXINT64, recording->interaction);
}

static AcdRecording *
begin (AcdCore *core, const ModelEvent *event)
{
  AcdRecording *recording = g_new0 (AcdRecording, 1);

  recording->interaction = event->interaction;
  acd_id_map_insert (&core->recordings, event->interaction, recording);
  return recording;
}

gboolean
acd_apply_recording (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdRecording *recording = acd_recording_of (core, event->interaction);

  if (acd_id_map_lookup (&core->interactions, event->interaction) == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (recording == NULL && (event->type == MODEL_EVENT_RECORDING_ANNOUNCED ||
                            event->type == MODEL_EVENT_RECORDING_STARTED))
    recording = begin (core, event);
  if (recording == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (event->type == MODEL_EVENT_RECORDING_STOPPED)
    {
      set_deadline (core, recording, 0);
      acd_id_map_remove (&core->recordings, event->interaction);
      acd_recording_free (recording);
      return TRUE;
    }
  if (event->type == MODEL_EVENT_RECORDING_ANNOUNCED)
    recording->state = MODEL_RECORDING_STARTING;
  else if (event->type != MODEL_EVENT_RECORDING_PAUSED)
    recording->state = MODEL_RECORDING_ON;
  else
    {
      if (recording->state != MODEL_RECORDING_PAUSED)
        recording->paused_at = event->at;
      recording->state = MODEL_RECORDING_PAUSED;
    }
  if (recording->state != MODEL_RECORDING_PAUSED)
    recording->paused_at = 0;
  set_deadline (core, recording, event->deadline);
  return TRUE;
}

void
acd_recording_shift (AcdCore *core, gint64 shift)
{
  g_autoptr (GArray) ids = acd_id_map_ids (&core->recordings);

  for (guint i = 0; i < ids->len; i++)
    {
      AcdRecording *recording = acd_recording_of (core, g_array_index (ids, ModelId, i));

      if (recording->deadline == 0)
        continue;
      recording->paused_at += shift;
      set_deadline (core, recording, recording->deadline + shift);
    }
}
