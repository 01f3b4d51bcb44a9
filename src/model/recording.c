/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of recording: the table of their JSON form, and who may do what. Read-only data. */
#include "model/recording.h"

const char *const model_record_names[] = { "as_centre", "never", "on_demand", "always", NULL };
const char *const model_mask_names[] = { "as_centre", "cut", "noise", NULL };
const char *const model_recording_names[] = { "off", "starting", "on", "paused", NULL };
const char *const model_recording_action_names[] = { "start",  "pause", "resume",
                                                     "extend", "stop",  NULL };

#define AT(member) G_STRUCT_OFFSET (ModelRecordingRules, member)

static const ModelField fields[] = {
  { "record", MODEL_FIELD_ENUM, AT (record), .extra = model_record_names },
  { "internal", MODEL_FIELD_ENUM, AT (internal), .fallback = MODEL_RECORD_NEVER,
    .extra = model_record_names },
  { "pause_seconds", MODEL_FIELD_INT, AT (pause_seconds), 0, 5, 3600, 60 },
  { "pause_limit_seconds", MODEL_FIELD_INT, AT (pause_limit_seconds), 0, 5, 7200, 300 },
  { "mask", MODEL_FIELD_ENUM, AT (mask), MODEL_FIELD_OPTIONAL, .extra = model_mask_names },
  { "may_pause", MODEL_FIELD_BOOL, AT (may_pause), .fallback = TRUE },
  { "agents_hear", MODEL_FIELD_BOOL, AT (agents_hear) },
  { "days", MODEL_FIELD_INT, AT (days), 0, 0, 3650, 0 },
  { "notice", MODEL_FIELD_STRING, AT (notice), MODEL_FIELD_OPTIONAL, .max = 100 },
  { NULL },
};
const ModelNoun model_recording_rules_noun = { "recording", sizeof (ModelRecordingRules), fields };

const char *
model_recording_to_text (ModelRecording state)
{
  return model_recording_names[state];
}

ModelRecording
model_recording_from_text (const char *text)
{
  int state = model_enum_from_text (model_recording_names, text);

  return state >= 0 ? (ModelRecording) state : MODEL_RECORDING_OFF;
}

ModelRecord
model_record_from_text (const char *text)
{
  int record = model_enum_from_text (model_record_names, text);

  return record > MODEL_RECORD_AS_CENTRE ? (ModelRecord) record : MODEL_RECORD_NEVER;
}

ModelRecord
model_record_resolve (ModelRecord of_queue, const ModelRecordingRules *rules)
{
  ModelRecord record = of_queue != MODEL_RECORD_AS_CENTRE ? of_queue : (ModelRecord) rules->record;

  return record != MODEL_RECORD_AS_CENTRE ? record : MODEL_RECORD_NEVER;
}

gboolean
model_mask_is_noise (ModelMask of_queue, const ModelRecordingRules *rules)
{
  return (of_queue != MODEL_MASK_AS_CENTRE ? of_queue : (ModelMask) rules->mask) ==
         MODEL_MASK_NOISE;
}

/* In which states an action is shown at all. */
static gboolean
is_shown (ModelRecordingAction action, const ModelRecordingCase *situation)
{
  switch (action)
    {
    case MODEL_RECORDING_START:
      return situation->state == MODEL_RECORDING_OFF && situation->record == MODEL_RECORD_ON_DEMAND;
    case MODEL_RECORDING_STOP:
      return situation->state != MODEL_RECORDING_OFF && situation->record == MODEL_RECORD_ON_DEMAND;
    case MODEL_RECORDING_PAUSE:
      return situation->state == MODEL_RECORDING_ON;
    case MODEL_RECORDING_RESUME:
    case MODEL_RECORDING_EXTEND:
      return situation->state == MODEL_RECORDING_PAUSED;
    }
  return FALSE;
}

ModelPermission
model_permission_to_record (ModelRecordingAction action, const ModelRecordingCase *situation)
{
  ModelPermission permission = { MODEL_GREYED, MODEL_CODE_NOT_YOURS };

  if (!is_shown (action, situation))
    return (ModelPermission){ MODEL_HIDDEN, MODEL_CODE_TOO_LATE };
  if (!situation->own)
    return permission;
  permission.reason = MODEL_CODE_NOT_PRIMARY;
  if (situation->part != MODEL_PART_PRIMARY)
    return permission;
  permission.reason = MODEL_CODE_NOT_CONNECTED;
  if (!situation->talks)
    return permission;
  permission.reason = MODEL_CODE_NOT_ENABLED;
  if (action == MODEL_RECORDING_PAUSE && !situation->may_pause)
    return permission;
  permission.reason = MODEL_CODE_PAUSE_LIMIT;
  if (action == MODEL_RECORDING_EXTEND && !situation->may_extend)
    return permission;
  return (ModelPermission){ MODEL_ALLOWED, MODEL_CODE_ACCEPTED };
}
