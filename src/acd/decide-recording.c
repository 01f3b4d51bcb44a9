/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about the recording of a call: when it begins, its pauses with their limit, its end.
 * What the engine has to leave out (music, private talk) is no decision: the state is the agent's
 * and the centre's will. Core's thread. */
#include "acd/recording.h"

static const ModelRecordingRules *
rules_of (const AcdCore *core)
{
  return &acd_settings (core)->recording;
}

static ModelRecord
record_of (const AcdCore *core, const AcdPart *part)
{
  if (acd_is_internal (part->interaction))
    return model_record_resolve ((ModelRecord) rules_of (core)->internal, rules_of (core));
  return model_record_resolve (part->queue != NULL ? (ModelRecord) part->queue->def.record
                                                   : MODEL_RECORD_AS_CENTRE,
                               rules_of (core));
}

/* By whose wish: of the agent with this part, or of a supervisor for him or her. */
typedef struct
{
  const AcdPart *part;
  const char *by;
} Wish;

static const Wish nobody = { NULL, NULL };

static ModelEvent *
event_of (AcdCore *core, ModelEventType type, AcdInteraction *interaction, Wish wish)
{
  ModelEvent *event = acd_event (core, type);

  acd_event_about (core, event, interaction);
  event->agent = wish.part != NULL ? wish.part->agent->id : NULL;
  event->by = wish.by;
  return event;
}

/* Who is told first is recorded when the notice was heard; colleagues see it on their desks. */
static void
start (AcdCore *core, AcdInteraction *interaction, Wish wish)
{
  const char *notice = rules_of (core)->notice;

  gboolean told = notice != NULL && notice[0] != '\0' && !acd_is_internal (interaction);

  acd_emit (core,
            event_of (core, told ? MODEL_EVENT_RECORDING_ANNOUNCED : MODEL_EVENT_RECORDING_STARTED,
                      interaction, wish));
}

/* Ends it, or its pause. */
static void
end (AcdCore *core, ModelEventType what, AcdInteraction *interaction, Wish wish, const char *reason)
{
  ModelEvent *event = event_of (core, what, interaction, wish);

  event->reason = reason;
  acd_emit (core, event);
}

/* --- what follows from other things --- */

void
acd_step_recording_joined (AcdCore *core, AcdPart *part)
{
  AcdInteraction *interaction = part->interaction;
  AcdRecording *recording = acd_recording_of (core, interaction->id);
  ModelRecord record = record_of (core, part);

  if (interaction->channel != MODEL_CHANNEL_VOICE || part->part != MODEL_PART_PRIMARY ||
      !interaction->customer_present)
    return;
  if (record == MODEL_RECORD_ALWAYS && recording == NULL)
    start (core, interaction, nobody);
  else if (record == MODEL_RECORD_NEVER && recording != NULL)
    end (core, MODEL_EVENT_RECORDING_STOPPED, interaction, nobody,
         model_code (MODEL_CODE_NOT_ENABLED));
}

void
acd_step_recording_over (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  if (acd_recording_of (core, interaction->id) != NULL)
    end (core, MODEL_EVENT_RECORDING_STOPPED, interaction, nobody, reason);
}

void
acd_recording_due (AcdCore *core, AcdRecording *recording)
{
  end (core, MODEL_EVENT_RECORDING_RESUMED,
       acd_id_map_lookup (&core->interactions, recording->interaction), nobody,
       model_code (MODEL_CODE_TIMEOUT));
}

/* --- wishes of the agent, and of a supervisor for the agent --- */

static gint64
latest (const AcdCore *core, const AcdRecording *recording)
{
  gint64 since = recording->paused_at != 0 ? recording->paused_at : core->clock;

  return since + (gint64) rules_of (core)->pause_limit_seconds * 1000;
}

/* FALSE: refused. */
static gboolean
permitted (AcdCore *core,
           const AcdCommand *command,
           ModelRecordingAction action,
           Wish *wish,
           GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const AcdRecording *recording;
  ModelPermission permission;
  ModelRecordingCase situation;

  if (part == NULL ||
      !acd_supervises (core, command->by, part->agent, MODEL_SUPERVISE_RECORD, error))
    return FALSE;
  recording = acd_recording_of (core, part->interaction->id);
  situation = (ModelRecordingCase){
    .record = part->interaction->channel == MODEL_CHANNEL_VOICE ? record_of (core, part)
                                                                : MODEL_RECORD_NEVER,
    .state = recording != NULL ? (ModelRecording) recording->state : MODEL_RECORDING_OFF,
    .own = TRUE,
    .talks = part->interaction->customer_present && !part->interaction->voicemail &&
             acd_part_is_in (part) && !acd_part_dials (part),
    .part = (ModelPart) part->part,
    .may_pause = rules_of (core)->may_pause,
    .may_extend = recording != NULL && recording->deadline < latest (core, recording),
  };
  permission = model_permission_to_record (action, &situation);
  wish->part = part;
  wish->by = command->by != NULL ? g_intern_string (command->by) : NULL;
  return permission.verdict == MODEL_ALLOWED ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, permission.reason);
}

/* An extension is a pause that ends later. */
static void
pause_for_a_while (AcdCore *core, Wish wish)
{
  AcdInteraction *interaction = wish.part->interaction;
  const AcdRecording *recording = acd_recording_of (core, interaction->id);
  gint64 from = recording->deadline != 0 ? recording->deadline : core->clock;
  ModelEvent *event = event_of (core, MODEL_EVENT_RECORDING_PAUSED, interaction, wish);

  event->deadline =
      MIN (from + (gint64) rules_of (core)->pause_seconds * 1000, latest (core, recording));
  acd_emit (core, event);
}

gboolean
acd_decide_record_start (AcdCore *core, const AcdCommand *command, GError **error)
{
  Wish wish;

  if (!permitted (core, command, MODEL_RECORDING_START, &wish, error))
    return FALSE;
  start (core, wish.part->interaction, wish);
  return TRUE;
}

gboolean
acd_decide_record_pause (AcdCore *core, const AcdCommand *command, GError **error)
{
  Wish wish;

  if (!permitted (core, command, MODEL_RECORDING_PAUSE, &wish, error))
    return FALSE;
  pause_for_a_while (core, wish);
  return TRUE;
}

gboolean
acd_decide_record_extend (AcdCore *core, const AcdCommand *command, GError **error)
{
  Wish wish;

  if (!permitted (core, command, MODEL_RECORDING_EXTEND, &wish, error))
    return FALSE;
  pause_for_a_while (core, wish);
  return TRUE;
}

gboolean
acd_decide_record_resume (AcdCore *core, const AcdCommand *command, GError **error)
{
  Wish wish;

  if (!permitted (core, command, MODEL_RECORDING_RESUME, &wish, error))
    return FALSE;
  end (core, MODEL_EVENT_RECORDING_RESUMED, wish.part->interaction, wish, NULL);
  return TRUE;
}

gboolean
acd_decide_record_stop (AcdCore *core, const AcdCommand *command, GError **error)
{
  Wish wish;

  if (!permitted (core, command, MODEL_RECORDING_STOP, &wish, error))
    return FALSE;
  end (core, MODEL_EVENT_RECORDING_STOPPED, wish.part->interaction, wish, NULL);
  return TRUE;
}

/* --- facts of the engine --- */

gboolean
acd_decide_record_announced (AcdCore *core, const AcdCommand *command, GError **error)
{
  const AcdRecording *recording = acd_recording_of (core, command->interaction);

  if (recording != NULL && recording->state == MODEL_RECORDING_STARTING)
    acd_emit (core,
              event_of (core, MODEL_EVENT_RECORDING_STARTED,
                        acd_id_map_lookup (&core->interactions, command->interaction), nobody));
  return TRUE;
}

gboolean
acd_decide_record_failed (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);

  if (interaction != NULL)
    acd_step_recording_over (core, interaction, model_code (MODEL_CODE_CHANNEL_FAILURE));
  return TRUE;
}
