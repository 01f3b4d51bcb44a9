/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about colleagues in an interaction: asking one to a private talk or to join the
 * customer, taking that back, joining, leaving. Core's thread. */
#include "acd/state.h"

/* There is a customer to talk about. */
static AcdPart *
part_for (AcdCore *core, const AcdCommand *command, ModelAction action, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, action, command->by, error))
    return NULL;
  if (part->agent->session == 0)
    {
      acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_SIGNED_IN);
      return NULL;
    }
  if (part->interaction->customer_present)
    return part;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  return NULL;
}

AcdPart *
acd_ask_to (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error)
{
  ModelAction action = command->on ? MODEL_ACTION_CONFERENCE : MODEL_ACTION_CONSULT;
  AcdPart *part = part_for (core, command, action, error);

  placing->kind = command->on ? MODEL_REQUEST_CONFERENCE : MODEL_REQUEST_CONSULT;
  return part != NULL && acd_placing_for (core, part, command, placing, error) ? part : NULL;
}

gboolean
acd_decide_consult (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPlacing placing = { 0 };
  AcdPart *part = acd_ask_to (core, command, &placing, error);

  if (part == NULL)
    return FALSE;
  acd_step_ask (core, part, &placing);
  return TRUE;
}

/* The question is taken back; who came already is sent away. */
gboolean
acd_decide_end_consult (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_for (core, command, MODEL_ACTION_END_CONSULT, error);
  const char *reason = model_code (MODEL_CODE_CONSULT_ENDED);
  AcdPart *consulted;

  if (part == NULL)
    return FALSE;
  consulted = acd_part_as (part->interaction, MODEL_PART_CONSULTED);
  if (consulted != NULL)
    acd_step_leave (core, consulted, reason);
  else
    acd_step_end_asks (core, part->interaction, reason);
  return TRUE;
}

gboolean
acd_decide_conference (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_for (core, command, MODEL_ACTION_MERGE, error);

  if (part == NULL)
    return FALSE;
  acd_step_role (core, acd_part_as (part->interaction, MODEL_PART_CONSULTED),
                 MODEL_PART_CONFERENCED, model_code (MODEL_CODE_CONFERENCED));
  return TRUE;
}

/* A primary agent leaves the customer only to somebody who goes on. */
gboolean
acd_decide_leave (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const char *reason = model_code (MODEL_CODE_AGENT_LEFT);
  AcdInteraction *interaction;
  AcdPart *heir;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_LEAVE, command->by, error))
    return FALSE;
  interaction = part->interaction;
  if (interaction->channel == MODEL_CHANNEL_IM)
    {
      acd_step_im_leave (core, part);
      return TRUE;
    }
  heir = part->part == MODEL_PART_PRIMARY ? acd_heir (interaction) : NULL;
  if (heir != NULL)
    {
      acd_step_pass_control (core, part, heir, reason);
      return TRUE;
    }
  acd_step_leave (core, part, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
  return TRUE;
}
