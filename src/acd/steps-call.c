/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of who talks with whom on a call. The primary agent talks with the customer while
 * active, with the consulted one while held: never with both, and on one call at a time. Core's
 * thread. */
#include "acd/party.h"

void
acd_step_hold (AcdCore *core, AcdPart *part, ModelCode reason)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_HELD, part);

  event->reason = model_code (reason);
  acd_emit (core, event);
}

static void
emit_resumed (AcdCore *core, AcdPart *part, ModelCode reason)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_RESUMED, part);

  event->reason = model_code (reason);
  event->duration = core->clock - part->since;
  acd_emit (core, event);
}

void
acd_step_hold_talks (AcdCore *core, AcdAgent *agent, const AcdInteraction *but)
{
  for (AcdPart *part = agent->parts; part != NULL; part = part->next)
    {
      AcdParty *party;
      AcdPart *other;
      if (part->interaction == but || !acd_is_call (part->interaction))
        continue;
      other = acd_private_talk (part);
      party = acd_party_talk (core, part);
      if (part->state == ACD_PART_ACTIVE)
        acd_step_hold (core, part, MODEL_CODE_SECOND_CALL);
      else if (other != NULL)
        acd_step_hold (core, other, MODEL_CODE_SECOND_CALL);
      else if (party != NULL)
        acd_step_party_hold (core, party, MODEL_CODE_SECOND_CALL);
    }
}

/* While somebody is asked to a private talk, or to take the call, the customer is on hold. */
static void
take_back (AcdCore *core, AcdInteraction *interaction)
{
  const AcdRequest *ask = acd_asked (interaction);
  AcdParty *rung = acd_party_rung (core, interaction);

  if (rung != NULL && rung->part != MODEL_PART_CONFERENCED)
    acd_step_party_left (core, rung, model_code (MODEL_CODE_CONSULT_ENDED));
  if (ask != NULL && ask->kind != MODEL_REQUEST_CONFERENCE)
    acd_step_end_asks (core, interaction, model_code (MODEL_CODE_CONSULT_ENDED));
}

void
acd_step_resume (AcdCore *core, AcdPart *part, ModelCode reason)
{
  AcdInteraction *interaction = part->interaction;
  AcdPart *primary = acd_part_as (interaction, MODEL_PART_PRIMARY);
  AcdPart *consulted = acd_part_as (interaction, MODEL_PART_CONSULTED);
  AcdParty *party = acd_party_talk (core, part);

  if (interaction->customer_present && part == primary)
    {
      take_back (core, interaction);
      if (consulted != NULL && consulted->state == ACD_PART_ACTIVE)
        acd_step_hold (core, consulted, MODEL_CODE_CONSULT);
      if (party != NULL)
        acd_step_party_hold (core, party, MODEL_CODE_CONSULT);
    }
  else if (interaction->customer_present && part == consulted && primary != NULL)
    {
      if (primary->state == ACD_PART_ACTIVE)
        acd_step_hold (core, primary, MODEL_CODE_CONSULT);
      acd_step_hold_talks (core, primary->agent, interaction);
    }
  acd_step_hold_talks (core, part->agent, interaction);
  emit_resumed (core, part, reason);
}

void
acd_step_bring_in (AcdCore *core, AcdPart *part, ModelCode reason)
{
  if (part->state == ACD_PART_HELD && !acd_agent_talks (core, part->agent, part->interaction))
    emit_resumed (core, part, reason);
}

void
acd_step_mute (AcdCore *core, AcdPart *part, gboolean muted, const AcdAgent *by)
{
  ModelEvent *event;

  if (part->muted == (muted != FALSE))
    return;
  event = acd_event_of_part (
      core, muted ? MODEL_EVENT_PARTICIPATION_MUTED : MODEL_EVENT_PARTICIPATION_UNMUTED, part);
  event->by = by != NULL ? by->id : NULL;
  acd_emit (core, event);
}

void
acd_step_talk_on (AcdCore *core, AcdInteraction *interaction)
{
  for (AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    if (acd_part_is_in (part))
      {
        acd_step_bring_in (core, part, MODEL_CODE_CUSTOMER_LEFT);
        acd_step_mute (core, part, FALSE, NULL);
      }
  for (AcdParty *party = acd_parties (core, interaction); party != NULL; party = party->next)
    {
      acd_step_party_bring_in (core, party, MODEL_CODE_CUSTOMER_LEFT);
      acd_step_party_mute (core, party, FALSE, NULL);
    }
}

static AcdPart *
first_in (const AcdInteraction *interaction)
{
  AcdPart *part = interaction->parts;

  while (part != NULL && !acd_part_is_in (part))
    part = part->sibling;
  return part;
}

void
acd_step_all_leave (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  AcdParty *party;
  AcdPart *part;

  while ((part = first_in (interaction)) != NULL)
    acd_step_leave (core, part, reason);
  while ((party = acd_parties (core, interaction)) != NULL)
    acd_step_party_left (core, party, reason);
}

void
acd_step_end_call (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  ModelOutcome outcome = MODEL_OUTCOME_ANSWERED;

  if (interaction->customer_present)
    outcome = acd_step_without_customer (core, interaction, reason);
  acd_step_all_leave (core, interaction, reason);
  acd_step_close_if_done (core, interaction, outcome, reason);
}
