/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about colleagues in an interaction: asking one to a private talk or to join the
 * customer, taking that back, joining, leaving. Core's thread. */
#include "acd/party.h"

/* There is a customer to talk about; a private talk on a call may end without one. */
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
  if (part->interaction->customer_present ||
      (acd_is_call (part->interaction) && action == MODEL_ACTION_END_CONSULT))
    return part;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  return NULL;
}

gboolean
acd_may_ring_outside (const AcdPart *part, GError **error)
{
  return acd_is_call (part->interaction) ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
}

AcdPart *
acd_ask_to (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error)
{
  ModelAction action = command->on ? MODEL_ACTION_CONFERENCE : MODEL_ACTION_CONSULT;
  AcdPart *part = part_for (core, command, action, error);

  placing->kind = command->on ? MODEL_REQUEST_CONFERENCE : MODEL_REQUEST_CONSULT;
  if (part != NULL && command->outside)
    return acd_may_ring_outside (part, error) ? part : NULL;
  return part != NULL && acd_placing_for (core, part, command, placing, error) ? part : NULL;
}

gboolean
acd_decide_consult (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPlacing placing = { 0 };
  AcdPart *part = acd_ask_to (core, command, &placing, error);

  if (part == NULL)
    return FALSE;
  if (command->outside)
    acd_step_dial_party (core, part, placing.kind, NULL);
  else
    acd_step_ask (core, part, &placing);
  return TRUE;
}

/* The question is taken back; who came already is sent away. */
gboolean
acd_decide_end_consult (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_for (core, command, MODEL_ACTION_END_CONSULT, error);
  const char *reason = model_code (MODEL_CODE_CONSULT_ENDED);
  AcdInteraction *interaction;
  AcdPart *consulted;
  AcdParty *party;

  if (part == NULL)
    return FALSE;
  interaction = part->interaction;
  consulted = acd_part_as (interaction, MODEL_PART_CONSULTED);
  party = acd_party_as (core, interaction, MODEL_PART_CONSULTED);
  if (party == NULL)
    party = acd_party_rung (core, interaction);
  if (consulted != NULL)
    acd_step_leave (core, consulted, reason);
  else if (party != NULL)
    acd_step_party_left (core, party, reason);
  else
    acd_step_end_asks (core, interaction, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
  return TRUE;
}

/* Whom the primary agent consults or asks to it; FALSE: nobody. */
static gboolean
bring_to_customer (AcdCore *core, AcdPart *part)
{
  const char *reason = model_code (MODEL_CODE_CONFERENCED);
  AcdPart *consulted = acd_part_as (part->interaction, MODEL_PART_CONSULTED);
  AcdParty *party = acd_party_as (core, part->interaction, MODEL_PART_CONSULTED);
  AcdRequest *ask = acd_asked (part->interaction);

  if (party == NULL)
    party = acd_party_rung (core, part->interaction);
  if (consulted != NULL)
    acd_step_role (core, consulted, MODEL_PART_CONFERENCED, reason);
  else if (party != NULL && party->part == MODEL_PART_CONSULTED)
    acd_step_party_role (core, party, MODEL_PART_CONFERENCED, reason);
  else if (ask != NULL && ask->kind == MODEL_REQUEST_CONSULT)
    acd_step_ask_otherwise (core, part, ask, MODEL_REQUEST_CONFERENCE);
  else
    return FALSE;
  if (part->state == ACD_PART_HELD)
    acd_step_resume (core, part, MODEL_CODE_CONFERENCED);
  if (consulted != NULL)
    acd_step_bring_in (core, consulted, MODEL_CODE_CONFERENCED);
  if (party != NULL)
    acd_step_party_bring_in (core, party, MODEL_CODE_CONFERENCED);
  return TRUE;
}

/* The consulted one comes to the customer, or on a call will as soon as he or she answers. */
gboolean
acd_decide_conference (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_for (core, command, MODEL_ACTION_MERGE, error);

  if (part == NULL)
    return FALSE;
  return bring_to_customer (core, part) ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONSULTING);
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
  heir = part->part == MODEL_PART_PRIMARY ? acd_heir (core, interaction) : NULL;
  if (heir != NULL)
    {
      acd_step_pass_control (core, part, heir, reason);
      return TRUE;
    }
  if (acd_is_internal (interaction) && part->part == MODEL_PART_PRIMARY)
    {
      acd_step_end_call (core, interaction, reason);
      return TRUE;
    }
  acd_step_leave (core, part, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
  return TRUE;
}
