/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about who talks on a call and is heard: hold and resume on either side of a consult,
 * mute, remove. Core's thread. */
#include "acd/party.h"

/* Whether the command is a primary agent's about the part of somebody who came. */
static gboolean
is_of_company (const AcdCore *core, const AcdPart *part, const AcdCommand *command)
{
  const AcdAgent *agent = acd_find_agent (core, command->agent);
  const AcdPart *own;

  if (part == NULL || agent == NULL || agent == part->agent || !acd_part_is_in (part) ||
      part->part == MODEL_PART_PRIMARY || part->interaction->channel == MODEL_CHANNEL_IM)
    return FALSE;
  own = acd_part_of (part->interaction, agent);
  return own != NULL && own->part == MODEL_PART_PRIMARY;
}

/* The own part, or of a primary agent that of the consulted one. */
static AcdPart *
part_to_hold (AcdCore *core, const AcdCommand *command, ModelAction action, GError **error)
{
  AcdPart *part = acd_id_map_lookup (&core->parts, command->participation);

  if (!is_of_company (core, part, command) || part->part != MODEL_PART_CONSULTED)
    part = acd_command_part (core, command, error);
  return part != NULL && acd_permit (core, part, action, command->by, error) ? part : NULL;
}

gboolean
acd_decide_hold (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part;

  if (acd_party (core, command->participation) != NULL)
    return acd_decide_for_party (core, command, error);
  part = part_to_hold (core, command, MODEL_ACTION_HOLD, error);
  if (part == NULL)
    return FALSE;
  acd_step_hold (core, part, MODEL_CODE_AGENT_CHOICE);
  return TRUE;
}

/* The consulted one does not take the primary agent away from a customer. */
static gboolean
is_kept_waiting (const AcdCore *core, const AcdPart *part)
{
  const AcdPart *primary = acd_part_as (part->interaction, MODEL_PART_PRIMARY);

  return part->part == MODEL_PART_CONSULTED && part->interaction->customer_present &&
         primary != NULL &&
         (primary->state == ACD_PART_ACTIVE ||
          acd_agent_talks (core, primary->agent, part->interaction));
}

gboolean
acd_decide_resume (AcdCore *core, const AcdCommand *command, GError **error)
{
  gboolean others;
  AcdPart *part;

  if (acd_party (core, command->participation) != NULL)
    return acd_decide_for_party (core, command, error);
  part = part_to_hold (core, command, MODEL_ACTION_RESUME, error);
  if (part == NULL)
    return FALSE;
  others = command->agent != NULL && acd_find_agent (core, command->agent) != part->agent;
  if (others && acd_agent_talks (core, part->agent, part->interaction))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_AGENT_BUSY);
  if (!others && is_kept_waiting (core, part))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_WITH_CUSTOMER);
  acd_step_resume (core, part, MODEL_CODE_AGENT_CHOICE);
  return TRUE;
}

/* The part of somebody whom the primary agent removes, mutes or gives the charge. */
static AcdPart *
part_of_other (AcdCore *core, const AcdCommand *command, ModelAction action, GError **error)
{
  AcdPart *part = acd_id_map_lookup (&core->parts, command->participation);
  AcdPart *own;

  if (part == NULL)
    {
      acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
      return NULL;
    }
  own = acd_command_part (
      core, &(AcdCommand){ .agent = command->agent, .interaction = part->interaction->id }, error);
  if (own == NULL || !acd_permit (core, own, action, command->by, error))
    return NULL;
  if (is_of_company (core, part, command))
    return part;
  acd_refuse_member (error, ACD_ERROR_INVALID, "participation");
  return NULL;
}

gboolean
acd_decide_remove (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction;
  AcdPart *part;

  if (acd_party (core, command->participation) != NULL)
    return acd_decide_for_party (core, command, error);
  part = part_of_other (core, command, MODEL_ACTION_REMOVE, error);
  if (part == NULL)
    return FALSE;
  interaction = part->interaction;
  acd_step_leave (core, part, model_code (MODEL_CODE_REMOVED));
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED,
                          model_code (MODEL_CODE_REMOVED));
  return TRUE;
}

static gboolean
mute (AcdCore *core, const AcdCommand *command, gboolean muted, GError **error)
{
  AcdPart *part;

  if (acd_party (core, command->participation) != NULL)
    return acd_decide_for_party (core, command, error);
  part = part_of_other (core, command, MODEL_ACTION_MUTE_OTHER, error);
  if (part == NULL)
    return FALSE;
  if (part->part != MODEL_PART_CONFERENCED)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CONSULT_IN_PROGRESS);
  acd_step_mute (core, part, muted, acd_find_agent (core, command->agent));
  return TRUE;
}

gboolean
acd_decide_mute (AcdCore *core, const AcdCommand *command, GError **error)
{
  return mute (core, command, TRUE, error);
}

gboolean
acd_decide_unmute (AcdCore *core, const AcdCommand *command, GError **error)
{
  return mute (core, command, FALSE, error);
}

/* To whoever of the conference it is, and not to a number, which leads nobody. */
gboolean
acd_decide_give_charge (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part;

  if (acd_party (core, command->participation) != NULL)
    return acd_decide_for_party (core, command, error);
  part = part_of_other (core, command, MODEL_ACTION_GIVE_CHARGE, error);
  if (part == NULL)
    return FALSE;
  if (part->part != MODEL_PART_CONFERENCED)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CONSULT_IN_PROGRESS);
  acd_step_give_charge (core, acd_part_as (part->interaction, MODEL_PART_PRIMARY), part);
  return TRUE;
}

/* What the station says of a call that talks or is held; NULL with error set: it is neither. */
static AcdPart *
station_part (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL)
    return NULL;
  if (!acd_is_call (part->interaction) || part->part == MODEL_PART_SUPERVISING)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  else if (part->state == ACD_PART_LEFT || part->state == ACD_PART_WRAP_UP)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_WRAP_UP);
  else if (acd_part_dials (part))
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONNECTED);
  else
    return part;
  return NULL;
}

gboolean
acd_decide_station_held (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = station_part (core, command, error);

  if (part != NULL && part->state == ACD_PART_ACTIVE)
    acd_step_hold (core, part, MODEL_CODE_STATION);
  return part != NULL;
}

/* Whom the primary agent keeps waiting goes on waiting. */
gboolean
acd_decide_station_resumed (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = station_part (core, command, error);

  if (part != NULL && part->state == ACD_PART_HELD && !is_kept_waiting (core, part))
    acd_step_resume (core, part, MODEL_CODE_STATION);
  return part != NULL;
}
