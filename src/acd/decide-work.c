/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about work in hand: hold, resume, end, wrap-up. Core's thread. */
#include "acd/state.h"

/* The participation that a command names, or the agent's own in the interaction it names. */
AcdPart *
acd_command_part (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  AcdInteraction *interaction;
  AcdPart *part;

  if (command->participation != 0)
    {
      part = acd_id_map_lookup (&core->parts, command->participation);
      if (part == NULL)
        {
          acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
          return NULL;
        }
      acd_fetch (part->agent, 3);
      acd_fetch (part->interaction, 1);
      acd_fetch (part, 3);
      if (command->agent != NULL && part->agent != agent)
        acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_YOURS);
      else
        return part;
      return NULL;
    }
  interaction = acd_id_map_lookup (&core->interactions, command->interaction);
  for (part = interaction != NULL ? interaction->parts : NULL; part != NULL; part = part->sibling)
    if (part->agent == agent)
      return part;
  if (interaction == NULL)
    acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  else
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_YOURS);
  return NULL;
}

ModelWork
acd_part_work (const AcdPart *part)
{
  switch ((AcdPartState) part->state)
    {
    case ACD_PART_ACTIVE:
      return MODEL_WORK_CONNECTED;
    case ACD_PART_HELD:
      return MODEL_WORK_HELD;
    case ACD_PART_LEFT:
    case ACD_PART_WRAP_UP:
      break;
    }
  return MODEL_WORK_WRAP_UP;
}

gboolean
acd_permit (AcdCore *core, const AcdPart *part, ModelAction action, const char *by, GError **error)
{
  const AcdAgent *actor = by != NULL ? acd_find_agent (core, by) : part->agent;
  ModelPermissionCase situation = {
    .role = actor != NULL ? (ModelRole) actor->def->role : MODEL_ROLE_AGENT,
    .own = actor == part->agent,
    .part = (ModelPart) part->part,
    .work = acd_part_work (part),
    .channel = (ModelChannel) part->interaction->channel,
    .station = (ModelStation) part->agent->station,
    .company = acd_company (part->interaction),
  };
  ModelPermission permission = model_permission (action, &situation);

  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, permission.reason);
}

static void
emit_hold (AcdCore *core, AcdPart *part, ModelEventType type, ModelCode reason)
{
  ModelEvent *event = acd_event_of_part (core, type, part);

  event->reason = model_code (reason);
  if (type == MODEL_EVENT_PARTICIPATION_RESUMED)
    event->duration = core->clock - part->since;
  acd_emit (core, event);
}

gboolean
acd_decide_hold (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_HOLD, command->by, error))
    return FALSE;
  emit_hold (core, part, MODEL_EVENT_PARTICIPATION_HELD, MODEL_CODE_AGENT_CHOICE);
  return TRUE;
}

/* One call talks at a time: resuming one holds the other. */
static void
hold_others (AcdCore *core, AcdPart *resumed)
{
  for (AcdPart *part = resumed->agent->parts; part != NULL; part = part->next)
    if (part != resumed && part->state == ACD_PART_ACTIVE &&
        part->interaction->channel == MODEL_CHANNEL_VOICE)
      emit_hold (core, part, MODEL_EVENT_PARTICIPATION_HELD, MODEL_CODE_SECOND_CALL);
}

gboolean
acd_decide_resume (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_RESUME, command->by, error))
    return FALSE;
  hold_others (core, part);
  emit_hold (core, part, MODEL_EVENT_PARTICIPATION_RESUMED, MODEL_CODE_AGENT_CHOICE);
  return TRUE;
}

/* The end for the customer and all who serve. */
static void
end_for_all (AcdCore *core, AcdPart *part, const char *reason)
{
  AcdInteraction *interaction = part->interaction;

  if (interaction->customer_present && part->part == MODEL_PART_PRIMARY)
    {
      acd_step_customer_left (core, interaction, reason);
      return;
    }
  acd_step_leave (core, part, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
}

gboolean
acd_decide_end (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_END, command->by, error))
    return FALSE;
  if (part->interaction->channel == MODEL_CHANNEL_IM)
    {
      if (!part->interaction->customer_present)
        return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_IM_ENDED);
      acd_step_im_end (core, part->interaction, model_code (MODEL_CODE_AGENT_ENDED), part->agent);
      return TRUE;
    }
  end_for_all (core, part, model_code (MODEL_CODE_AGENT_ENDED));
  return TRUE;
}

static gboolean
station_fact (AcdCore *core,
              const AcdCommand *command,
              AcdPartState from,
              ModelEventType type,
              GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL)
    return FALSE;
  if (part->interaction->channel != MODEL_CHANNEL_VOICE)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  if (part->state == ACD_PART_LEFT || part->state == ACD_PART_WRAP_UP)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_WRAP_UP);
  if (part->state != (guint8) from)
    return TRUE;
  if (type == MODEL_EVENT_PARTICIPATION_RESUMED)
    hold_others (core, part);
  emit_hold (core, part, type, MODEL_CODE_STATION);
  return TRUE;
}

gboolean
acd_decide_station_held (AcdCore *core, const AcdCommand *command, GError **error)
{
  return station_fact (core, command, ACD_PART_ACTIVE, MODEL_EVENT_PARTICIPATION_HELD, error);
}

gboolean
acd_decide_station_resumed (AcdCore *core, const AcdCommand *command, GError **error)
{
  return station_fact (core, command, ACD_PART_HELD, MODEL_EVENT_PARTICIPATION_RESUMED, error);
}

/* A fact: it cannot be refused because the call was on hold. */
gboolean
acd_decide_station_hung_up (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const char *reason = command->reason != NULL ? g_intern_string (command->reason)
                                               : model_code (MODEL_CODE_STATION_HUNG_UP);
  AcdPart *heir;

  if (part == NULL)
    return FALSE;
  if (!acd_part_is_in (part) || part->interaction->channel == MODEL_CHANNEL_IM)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONNECTED);
  heir = part->part == MODEL_PART_PRIMARY ? acd_heir (part->interaction) : NULL;
  if (heir != NULL)
    acd_step_pass_control (core, part, heir, reason);
  else
    end_for_all (core, part, reason);
  return TRUE;
}

gboolean
acd_decide_wrap_up_submit (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_WRAP_UP_SUBMIT, command->by, error))
    return FALSE;
  if (part->queue->def->wrap_up.required && part->disposition == NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_DISPOSITION_REQUIRED);
  acd_step_end_wrap_up (core, part, model_code (MODEL_CODE_SUBMITTED), NULL);
  return TRUE;
}

gboolean
acd_decide_wrap_up_extend (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const ModelWrapUpRules *rules;
  ModelEvent *event;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_WRAP_UP_EXTEND, command->by, error))
    return FALSE;
  rules = &part->queue->def->wrap_up;
  if (rules->extension == 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  if (part->extensions >= rules->extensions)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_EXTENSION_USED_UP);
  event = acd_event_of_part (core, MODEL_EVENT_WRAP_UP_EXTENDED, part);
  event->deadline = part->deadline + (gint64) rules->extension * 1000;
  acd_emit (core, event);
  return TRUE;
}

/* A supervisor may end it where the agent would still have to choose: the default stands in. */
gboolean
acd_decide_wrap_up_end (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const char *by = command->by != NULL ? g_intern_string (command->by) : NULL;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_WRAP_UP_END, by, error))
    return FALSE;
  if (by == NULL && part->queue->def->wrap_up.required && part->disposition == NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_DISPOSITION_REQUIRED);
  acd_step_end_wrap_up (
      core, part, model_code (by != NULL ? MODEL_CODE_SUPERVISOR : MODEL_CODE_ENDED_EARLY), by);
  return TRUE;
}
