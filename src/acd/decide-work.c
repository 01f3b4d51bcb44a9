/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about work in hand: end, wrap-up. Core's thread. */
#include "acd/party.h"

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
      acd_fetch ((char *) part + 64, 1);
      acd_fetch (part->agent, 3);
      acd_fetch (part->interaction, 1);
      acd_fetch (part->queue, 2);
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
    case ACD_PART_CALLING:
    case ACD_PART_DIALLING:
      return MODEL_WORK_DIALLING;
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
    .company = acd_company (core, part->interaction),
    .customer_gone = (!part->interaction->customer_present || part->interaction->voicemail) &&
                     acd_part_is_in (part),
    .internal = acd_is_internal (part->interaction),
    .stuck = part->interaction->stuck,
  };
  ModelPermission permission = model_permission (action, &situation);

  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, permission.reason);
}

/* The end for the customer and all who serve. */
static void
end_for_all (AcdCore *core, AcdPart *part, const char *reason)
{
  AcdInteraction *interaction = part->interaction;

  if (acd_is_call (interaction) && part->part == MODEL_PART_PRIMARY)
    {
      acd_step_end_call (core, interaction, reason);
      return;
    }
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
  if (acd_part_dials (part))
    acd_step_not_reached (core, part, model_code (MODEL_CODE_CANCELLED));
  else
    end_for_all (core, part, model_code (MODEL_CODE_AGENT_ENDED));
  return TRUE;
}

/* In a conference with numbers alone the customer goes on with them, for a while. */
static gboolean
goes_on_outside (const AcdCore *core, const AcdPart *part)
{
  return part->part == MODEL_PART_PRIMARY && !acd_is_internal (part->interaction) &&
         acd_party_as (core, part->interaction, MODEL_PART_CONFERENCED) != NULL;
}

/* Who hangs up gives the call to whoever is rung for it or goes on in the conference; without one
 * it ends, unless the customer was gone before. */
static void
hang_up (AcdCore *core, AcdPart *part, const char *reason)
{
  AcdRequest *ask = acd_asked (part->interaction);
  AcdParty *rung = acd_party_rung (core, part->interaction);
  AcdInteraction *interaction = part->interaction;
  AcdPart *heir = part->part == MODEL_PART_PRIMARY ? acd_heir (core, interaction) : NULL;

  if (heir != NULL)
    acd_step_pass_control (core, part, heir, reason);
  else if (part->part == MODEL_PART_PRIMARY && ask != NULL && ask->kind == MODEL_REQUEST_TRANSFER)
    acd_step_complete (core, part, ask, reason);
  else if (part->part == MODEL_PART_PRIMARY && rung != NULL && rung->part == MODEL_PART_PRIMARY)
    acd_step_give_to_party (core, part, rung, reason);
  else if (acd_is_call (interaction) &&
           (!interaction->customer_present || goes_on_outside (core, part)))
    {
      acd_step_leave (core, part, reason);
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
    }
  else
    end_for_all (core, part, reason);
}

/* A fact: it cannot be refused because the call was on hold. */
gboolean
acd_decide_station_hung_up (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const char *reason = command->reason != NULL ? g_intern_string (command->reason)
                                               : model_code (MODEL_CODE_STATION_HUNG_UP);

  if (part == NULL)
    return FALSE;
  if (acd_part_dials (part))
    {
      acd_step_not_reached (core, part,
                            command->reason != NULL ? reason : model_code (MODEL_CODE_CANCELLED));
      return TRUE;
    }
  if (!acd_part_is_in (part) || part->interaction->channel == MODEL_CHANNEL_IM)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONNECTED);
  hang_up (core, part, reason);
  return TRUE;
}

gboolean
acd_decide_wrap_up_submit (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_WRAP_UP_SUBMIT, command->by, error))
    return FALSE;
  if (part->queue->def.wrap_up.required && part->disposition == NULL)
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
  rules = &part->queue->def.wrap_up;
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

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_WRAP_UP_END, by, error) ||
      !acd_supervises (core, by, part->agent, MODEL_SUPERVISE_STATE, error))
    return FALSE;
  if (by == NULL && part->queue->def.wrap_up.required && part->disposition == NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_DISPOSITION_REQUIRED);
  acd_step_end_wrap_up (
      core, part, model_code (by != NULL ? MODEL_CODE_SUPERVISOR : MODEL_CODE_ENDED_EARLY), by);
  return TRUE;
}
