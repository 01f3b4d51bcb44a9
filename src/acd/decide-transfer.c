/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about work that an agent gives away: back to its queue, to another queue, to an agent,
 * to a skill. It leaves at once and keeps its age, but for a call to an agent who is rung for it.
 * Core's thread. */
#include "acd/party.h"

static AcdPart *
part_to_give (AcdCore *core, const AcdCommand *command, ModelAction action, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, action, command->by, error))
    return NULL;
  if (part->interaction->customer_present)
    return part;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  return NULL;
}

gboolean
acd_decide_unassign (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_to_give (core, command, MODEL_ACTION_UNASSIGN, error);

  if (part == NULL || acd_open_place (core, acd_part_home (core, part), error) == NULL)
    return FALSE;
  acd_step_give_back (core, part, model_code (MODEL_CODE_UNASSIGNED));
  return TRUE;
}

/* The number that is consulted, or rung. */
static AcdParty *
party_of (const AcdCore *core, const AcdPart *part)
{
  AcdParty *party = acd_party_as (core, part->interaction, MODEL_PART_CONSULTED);

  return party != NULL ? party : acd_party_rung (core, part->interaction);
}

/* To the team whose number rings for it already. */
static gboolean
is_to_rung (AcdCore *core, const AcdParty *party, const AcdCommand *command)
{
  const AcdEntry *entry = acd_find_entry (core, command->entry_point);

  return party != NULL && acd_numbered_team (core, party->team) != NULL &&
         (g_strcmp0 (command->team, party->team) == 0 ||
          (entry != NULL && g_strcmp0 (entry->def.team, party->team) == 0));
}

/* On a call somebody may be asked or consulted already: it goes to that one, or to nobody. */
static gboolean
fits_company (AcdCore *core,
              const AcdPart *part,
              const AcdCommand *command,
              AcdPlacing *placing,
              GError **error)
{
  AcdRequest *ask = acd_asked (part->interaction);
  const AcdPart *consulted = acd_part_as (part->interaction, MODEL_PART_CONSULTED);
  const char *queue = ask != NULL && ask->queue != NULL ? ask->queue->id : NULL;
  const AcdAgent *to = acd_find_agent (core, command->target);
  const AcdParty *party = party_of (core, part);

  if (!acd_is_call (part->interaction) || (ask == NULL && consulted == NULL && party == NULL) ||
      (party != NULL && (command->outside || is_to_rung (core, party, command))))
    return TRUE;
  if (ask != NULL && (to != NULL ? to == ask->owner : g_strcmp0 (command->queue, queue) == 0) &&
      (to != NULL || queue != NULL))
    placing->asked = ask;
  if (placing->asked != NULL || (consulted != NULL && to == consulted->agent))
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CONSULT_IN_PROGRESS);
}

AcdPart *
acd_transfer_to (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error)
{
  AcdPart *part = part_to_give (core, command, MODEL_ACTION_TRANSFER, error);

  placing->kind = MODEL_REQUEST_TRANSFER;
  placing->reason = model_code (MODEL_CODE_TRANSFERRED);
  if (part == NULL || !fits_company (core, part, command, placing, error))
    return NULL;
  if (command->outside)
    return acd_may_ring_outside (part, error) ? part : NULL;
  if (is_to_rung (core, party_of (core, part), command))
    {
      placing->exit.team = acd_numbered_team (core, party_of (core, part)->team);
      return part;
    }
  return placing->asked != NULL || acd_placing_for (core, part, command, placing, error) ? part
                                                                                         : NULL;
}

/* Who is consulted knows it already, and goes on with the work. */
static void
hand_over (AcdCore *core, AcdPart *part, AcdPart *helper, const char *reason)
{
  AcdCharge charge = acd_charge_of (part);

  acd_step_leave (core, part, reason);
  acd_step_take_charge (core, helper, &charge, reason);
  acd_step_bring_in (core, helper, MODEL_CODE_TRANSFERRED);
}

/* A call is kept until an agent who can be rung takes it, and where it could not go otherwise. */
static gboolean
is_kept (const AcdCore *core, const AcdPart *part, const AcdPlacing *placing)
{
  return acd_is_call (part->interaction) && placing->owner != NULL &&
         (placing->queue == NULL ||
          (acd_agent_ready_channels (core, placing->owner) & (1 << MODEL_CHANNEL_VOICE)));
}

/* To the number that is there or rung already, or to one that is rung now. */
static void
give_outside (AcdCore *core, AcdPart *part, const ModelTeam *team, const char *reason)
{
  AcdParty *party = party_of (core, part);

  if (party != NULL)
    acd_step_give_to_party (core, part, party, reason);
  else
    acd_step_dial_party (core, part, MODEL_REQUEST_TRANSFER, team);
}

gboolean
acd_decide_transfer (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPlacing placing = { 0 };
  AcdPart *part = acd_transfer_to (core, command, &placing, error);
  AcdInteraction *interaction;
  AcdPart *helper;

  if (part == NULL)
    return FALSE;
  interaction = part->interaction;
  placing.giver = part->agent;
  placing.queued_at = part->queued_at;
  helper = placing.owner != NULL ? acd_part_of (interaction, placing.owner) : NULL;
  if (command->outside || placing.exit.team != NULL)
    give_outside (core, part, placing.exit.team, placing.reason);
  else if (placing.asked != NULL)
    acd_step_complete (core, part, placing.asked, placing.reason);
  else if (helper != NULL)
    hand_over (core, part, helper, placing.reason);
  else if (is_kept (core, part, &placing))
    acd_step_ask (core, part, &placing);
  else if (placing.exit.box != NULL)
    {
      acd_step_leave (core, part, placing.reason);
      acd_step_exit (core, interaction, &placing.exit);
    }
  else
    {
      acd_step_leave (core, part, placing.reason);
      acd_step_place (core, interaction, &placing);
    }
  return TRUE;
}
