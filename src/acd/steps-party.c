/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of outside numbers in calls. Core's thread. */
#include "acd/party.h"

#include "acd/forward.h"
#include "acd/recording.h"

static ModelEvent *
event_of (AcdCore *core, ModelEventType type, AcdParty *party)
{
  ModelEvent *event = acd_event (core, type);

  acd_event_about (core, event, party->interaction);
  event->participation = party->id;
  event->part = party->part;
  return event;
}

void
acd_step_dial_party (AcdCore *core, AcdPart *part, ModelRequestKind kind, const ModelTeam *team)
{
  ModelEvent *event;

  if (part->state == ACD_PART_ACTIVE && kind != MODEL_REQUEST_CONFERENCE)
    acd_step_hold (core, part,
                   kind == MODEL_REQUEST_CONSULT ? MODEL_CODE_CONSULT : MODEL_CODE_TRANSFER);
  event = acd_event (core, MODEL_EVENT_PARTY_DIALLING);
  acd_event_about (core, event, part->interaction);
  event->participation = acd_new_id (core);
  event->by = part->agent->id;
  event->team = team != NULL ? g_intern_string (team->id) : NULL;
  event->queue = part->queue != NULL ? part->queue->id : NULL;
  event->kind = (gint32) kind;
  event->part = kind == MODEL_REQUEST_CONSULT      ? MODEL_PART_CONSULTED
                : kind == MODEL_REQUEST_CONFERENCE ? MODEL_PART_CONFERENCED
                                                   : MODEL_PART_PRIMARY;
  event->deadline = core->clock + (gint64) acd_settings (core)->dial_seconds * 1000;
  acd_emit (core, event);
}

void
acd_step_party_left (AcdCore *core, AcdParty *party, const char *reason)
{
  ModelEvent *event = event_of (core, MODEL_EVENT_PARTY_LEFT, party);

  event->leg = party->leg;
  event->reason = reason;
  event->duration = core->clock - party->joined;
  event->held_duration = party->held_total;
  if (party->state == ACD_PARTY_HELD)
    event->held_duration += core->clock - party->since;
  acd_emit (core, event);
}

/* Its customer goes back to the last queue, with the age; without one to who gave it. */
static void
put_back (AcdCore *core, AcdInteraction *interaction, const AcdParty *given, const char *reason)
{
  AcdPlacing placing = { .kind = MODEL_REQUEST_TRANSFER,
                         .queue = given->queue,
                         .giver = given->queue != NULL ? given->by : NULL,
                         .reason = reason,
                         .queued_at = given->queued_at };

  if (given->queue == NULL)
    {
      placing.owner = given->by->session != 0 ? given->by : NULL;
      placing.owner_limit = acd_settings (core)->personal_limit_seconds;
    }
  if (given->queue != NULL)
    placing.priority = given->priority - given->queue->def.priority;
  if (placing.queue != NULL || placing.owner != NULL)
    acd_step_place (core, interaction, &placing);
  else
    acd_step_customer_left (core, interaction, reason);
}

void
acd_step_party_failed (AcdCore *core, AcdParty *party, const char *reason)
{
  AcdInteraction *interaction = party->interaction;
  AcdParty given = *party;
  gboolean was_given = party->part == MODEL_PART_PRIMARY && interaction->customer_present &&
                       acd_part_as (interaction, MODEL_PART_PRIMARY) == NULL;

  acd_step_party_left (core, party, reason);
  if (was_given && given.forwarder != NULL)
    acd_step_wait_for_owner (core, interaction, given.forwarder);
  else if (given.forwarder != NULL)
    acd_step_nobody_came (core, interaction, reason);
  else if (was_given && given.by == NULL)
    acd_step_team_failed (core, interaction, &given, reason);
  else if (was_given)
    put_back (core, interaction, &given, reason);
}

void
acd_step_party_hold (AcdCore *core, AcdParty *party, ModelCode reason)
{
  ModelEvent *event = event_of (core, MODEL_EVENT_PARTY_HELD, party);

  event->reason = model_code (reason);
  acd_emit (core, event);
}

void
acd_step_party_bring_in (AcdCore *core, AcdParty *party, ModelCode reason)
{
  ModelEvent *event;

  if (party->state != ACD_PARTY_HELD)
    return;
  event = event_of (core, MODEL_EVENT_PARTY_RESUMED, party);
  event->reason = model_code (reason);
  event->duration = core->clock - party->since;
  acd_emit (core, event);
}

void
acd_step_party_resume (AcdCore *core, AcdParty *party, AcdPart *primary)
{
  if (primary->state == ACD_PART_ACTIVE && primary->interaction->customer_present)
    acd_step_hold (core, primary, MODEL_CODE_CONSULT);
  acd_step_hold_talks (core, primary->agent, party->interaction);
  acd_step_party_bring_in (core, party, MODEL_CODE_AGENT_CHOICE);
}

void
acd_step_party_mute (AcdCore *core, AcdParty *party, gboolean muted, const AcdAgent *by)
{
  ModelEvent *event;

  if (party->muted == (muted != FALSE))
    return;
  event = event_of (core, muted ? MODEL_EVENT_PARTY_MUTED : MODEL_EVENT_PARTY_UNMUTED, party);
  event->by = by != NULL ? by->id : NULL;
  acd_emit (core, event);
}

void
acd_step_party_role (AcdCore *core, AcdParty *party, ModelPart part, const char *reason)
{
  ModelEvent *event = event_of (core, MODEL_EVENT_PARTY_ROLE_CHANGED, party);

  event->part = (gint32) part;
  event->reason = reason;
  acd_emit (core, event);
}

void
acd_step_give_to_party (AcdCore *core, AcdPart *part, AcdParty *party, const char *reason)
{
  ModelEvent *event = event_of (core, MODEL_EVENT_PARTY_ROLE_CHANGED, party);
  AcdInteraction *interaction = part->interaction;
  AcdQueue *home = acd_part_home (core, part);

  event->part = MODEL_PART_PRIMARY;
  event->reason = model_code (MODEL_CODE_TRANSFERRED);
  core->queue_hint = home;
  event->queue = home != NULL ? home->id : NULL;
  event->queued_at = part->queued_at;
  event->priority = part->priority;
  acd_emit (core, event);
  acd_step_leave (core, part, reason);
  acd_step_recording_over (core, interaction, reason);
  if (acd_party_is_in (party))
    acd_step_party_bring_in (core, party, MODEL_CODE_TRANSFERRED);
}

/* Who was consulted by the agent who led goes, too. */
static void
end_private_talk (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  AcdPart *consulted = acd_part_as (interaction, MODEL_PART_CONSULTED);
  AcdParty *party = acd_party_as (core, interaction, MODEL_PART_CONSULTED);

  if (consulted != NULL)
    acd_step_leave (core, consulted, reason);
  if (party != NULL)
    acd_step_party_left (core, party, reason);
}

/* All hear each other: who led is gone. */
gboolean
acd_step_numbers_alone (AcdCore *core, AcdInteraction *interaction)
{
  const char *reason = model_code (MODEL_CODE_AGENT_LEFT);
  AcdParty *first = acd_party_as (core, interaction, MODEL_PART_CONFERENCED);
  ModelEvent *event;

  if (first == NULL && !interaction->customer_present)
    first = acd_party_as (core, interaction, MODEL_PART_CONSULTED);
  if (first == NULL)
    return FALSE;
  if (interaction->customer_present)
    end_private_talk (core, interaction, reason);
  acd_step_recording_over (core, interaction, reason);
  for (AcdParty *party = first; party != NULL; party = party->next)
    {
      acd_step_party_bring_in (core, party, MODEL_CODE_AGENT_LEFT);
      acd_step_party_mute (core, party, FALSE, NULL);
    }
  event = event_of (core, MODEL_EVENT_PARTY_ROLE_CHANGED, first);
  event->part = MODEL_PART_PRIMARY;
  event->reason = reason;
  event->deadline = core->clock + (gint64) acd_settings (core)->numbers_alone_seconds * 1000;
  acd_emit (core, event);
  return TRUE;
}

void
acd_step_end_rung (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  AcdParty *party = acd_party_rung (core, interaction);

  if (party != NULL && party->part != MODEL_PART_PRIMARY)
    acd_step_party_left (core, party, reason);
}
