/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about outside numbers in calls: what they answer, and what the primary agent does with
 * them. Core's thread. */
#include "acd/party.h"

static AcdParty *
named (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdParty *party = acd_party (core, command->participation);

  if (party == NULL)
    acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
  return party;
}

/* Who comes to a primary agent who talks on another call waits. */
static void
wait_for_primary (AcdCore *core, AcdParty *party)
{
  const AcdPart *primary = acd_part_as (party->interaction, MODEL_PART_PRIMARY);

  if (party->part == MODEL_PART_CONSULTED && primary != NULL &&
      acd_agent_talks (core, primary->agent, party->interaction))
    acd_step_party_hold (core, party, MODEL_CODE_SECOND_CALL);
}

gboolean
acd_decide_party_answered (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdParty *party = named (core, command, error);
  AcdPart *primary;
  ModelEvent *event;

  if (party == NULL)
    return FALSE;
  if (party->state != ACD_PARTY_DIALLING)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_TOO_LATE);
  primary = acd_part_as (party->interaction, MODEL_PART_PRIMARY);
  if (party->part == MODEL_PART_PRIMARY && primary != NULL)
    acd_step_give_to_party (core, primary, party, model_code (MODEL_CODE_TRANSFERRED));
  event = acd_event (core, MODEL_EVENT_PARTY_JOINED);
  acd_event_about (core, event, party->interaction);
  event->participation = party->id;
  event->part = party->part;
  event->leg = command->leg;
  event->duration = core->clock - party->joined;
  acd_emit (core, event);
  acd_step_colleague_came (core, party->interaction);
  wait_for_primary (core, party);
  return TRUE;
}

gboolean
acd_decide_party_failed (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdParty *party = named (core, command, error);

  if (party == NULL)
    return FALSE;
  if (party->state != ACD_PARTY_DIALLING)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_TOO_LATE);
  acd_step_party_failed (core, party,
                         command->reason != NULL ? g_intern_string (command->reason)
                                                 : model_code (MODEL_CODE_UNREACHABLE));
  return TRUE;
}

void
acd_party_due (AcdCore *core, AcdParty *party)
{
  if (party->state == ACD_PARTY_DIALLING)
    acd_step_party_failed (core, party, model_code (MODEL_CODE_NO_ANSWER));
  else
    acd_step_end_call (core, party->interaction, model_code (MODEL_CODE_AGENT_LEFT));
}

/* Who alone had the customer leaves nobody. */
gboolean
acd_decide_party_hung_up (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdParty *party = named (core, command, error);
  const char *reason = command->reason != NULL ? g_intern_string (command->reason)
                                               : model_code (MODEL_CODE_PARTY_LEFT);
  AcdInteraction *interaction;

  if (party == NULL)
    return FALSE;
  if (party->state == ACD_PARTY_DIALLING)
    return acd_decide_party_failed (core, command, error);
  interaction = party->interaction;
  acd_step_party_left (core, party, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
  return TRUE;
}

/* The part of the primary agent who does this to a party; NULL: refused. */
static AcdPart *
primary_of (AcdCore *core,
            const AcdParty *party,
            const AcdCommand *command,
            ModelAction action,
            GError **error)
{
  const AcdCommand own = { .agent = command->agent, .interaction = party->interaction->id };
  AcdPart *part = acd_command_part (core, &own, error);

  if (part == NULL || !acd_permit (core, part, action, command->by, error))
    return NULL;
  return part;
}

/* Holds and resumes the consulted number. */
static gboolean
hold_party (AcdCore *core, AcdParty *party, const AcdCommand *command, GError **error)
{
  gboolean hold = command->type == ACD_COMMAND_HOLD;
  AcdPart *part = primary_of (core, party, command, MODEL_ACTION_END_CONSULT, error);

  if (part == NULL)
    return FALSE;
  if (party->part != MODEL_PART_CONSULTED)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED,
                       party->part == MODEL_PART_CONFERENCED ? MODEL_CODE_IN_CONFERENCE
                                                             : MODEL_CODE_NOT_CONSULTING);
  if (party->state != (hold ? ACD_PARTY_ACTIVE : ACD_PARTY_HELD))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED,
                       party->state == ACD_PARTY_DIALLING ? MODEL_CODE_NOT_CONNECTED
                       : hold                             ? MODEL_CODE_HELD
                                                          : MODEL_CODE_NOT_HELD);
  if (!part->interaction->customer_present && hold)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  if (hold)
    acd_step_party_hold (core, party, MODEL_CODE_AGENT_CHOICE);
  else
    acd_step_party_resume (core, party, part);
  return TRUE;
}

static gboolean
mute_party (AcdCore *core, AcdParty *party, const AcdCommand *command, GError **error)
{
  AcdPart *part = primary_of (core, party, command, MODEL_ACTION_MUTE_OTHER, error);

  if (part == NULL)
    return FALSE;
  if (party->part != MODEL_PART_CONFERENCED || !acd_party_is_in (party))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CONSULT_IN_PROGRESS);
  acd_step_party_mute (core, party, command->type == ACD_COMMAND_MUTE, part->agent);
  return TRUE;
}

static gboolean
remove_party (AcdCore *core, AcdParty *party, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = party->interaction;
  AcdPart *part = primary_of (core, party, command, MODEL_ACTION_REMOVE, error);

  if (part == NULL)
    return FALSE;
  acd_step_party_left (core, party, model_code (MODEL_CODE_REMOVED));
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED,
                          model_code (MODEL_CODE_REMOVED));
  return TRUE;
}

gboolean
acd_decide_for_party (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdParty *party = acd_party (core, command->participation);

  switch ((guint) command->type)
    {
    case ACD_COMMAND_HOLD:
    case ACD_COMMAND_RESUME:
      return hold_party (core, party, command, error);
    case ACD_COMMAND_REMOVE:
      return remove_party (core, party, command, error);
    case ACD_COMMAND_GIVE_CHARGE: /* a number leads nobody */
      return primary_of (core, party, command, MODEL_ACTION_GIVE_CHARGE, error) != NULL &&
             acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
    default:
      return mute_party (core, party, command, error);
    }
}
