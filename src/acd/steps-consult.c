/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of several agents in one interaction: colleagues who are asked to come, and who has
 * charge of the customer. At most one colleague at a time is asked or consulted. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"

static void
ask_queue (AcdCore *core, ModelEvent *event, const AcdPlacing *placing)
{
  ModelCode why;
  AcdQueue *place = acd_place_for (core, placing->queue, &why, NULL);

  if (place == NULL)
    place = placing->queue;
  core->queue_hint = place;
  event->queue = place->id;
  event->entry_point =
      placing->entry != NULL && place == placing->queue ? placing->entry->id : NULL;
  event->skill = placing->skill;
  event->team = placing->team;
  event->priority = placing->priority + place->def.priority;
}

/* How long it is asked: for a transfer as long as one agent is waited for. */
static gint64
ask_limit (const AcdCore *core, ModelRequestKind kind)
{
  const ModelSettings *settings = acd_settings (core);

  return (gint64) (kind == MODEL_REQUEST_TRANSFER ? settings->personal_limit_seconds
                                                  : settings->consult_limit_seconds) *
         1000;
}

/* The customer of a call waits while a private talk is to come, or another agent. */
static void
hold_for (AcdCore *core, AcdPart *part, ModelRequestKind kind)
{
  if (acd_is_call (part->interaction) && part->state == ACD_PART_ACTIVE &&
      kind != MODEL_REQUEST_CONFERENCE)
    acd_step_hold (core, part,
                   kind == MODEL_REQUEST_CONSULT ? MODEL_CODE_CONSULT : MODEL_CODE_TRANSFER);
}

void
acd_step_ask (AcdCore *core, AcdPart *part, const AcdPlacing *placing)
{
  gboolean gives = placing->kind == MODEL_REQUEST_TRANSFER;
  ModelEvent *event;

  hold_for (core, part, placing->kind);
  event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);
  acd_event_about (core, event, part->interaction);
  event->request = acd_new_id (core);
  event->kind = (gint32) placing->kind;
  event->by = part->agent->id;
  event->queued_at = gives ? part->queued_at : core->clock;
  if (part->interaction->channel != MODEL_CHANNEL_IM)
    event->deadline = core->clock + ask_limit (core, placing->kind);
  if (placing->owner != NULL)
    {
      core->hint = placing->owner;
      event->agent = placing->owner->id;
      event->team = placing->owner->team;
    }
  else
    ask_queue (core, event, placing);
  acd_emit (core, event);
}

void
acd_step_unanswered (AcdCore *core, AcdRequest *request, ModelOutcome outcome, const char *reason)
{
  AcdInteraction *interaction = request->interaction;
  AcdAgent *owner = request->owner;
  ModelForward why = owner != NULL && owner->session == 0 ? MODEL_FORWARD_SIGNED_OUT
                     : outcome == MODEL_OUTCOME_WITHDRAWN ? MODEL_FORWARD_OFF
                                                          : MODEL_FORWARD_NO_ANSWER;

  if (owner == NULL && request->wait_deadline > core->clock)
    return;
  acd_step_end_request (core, request, outcome, reason);
  if (owner == NULL || why == MODEL_FORWARD_OFF ||
      !acd_step_forward_colleague (core, interaction, owner, why))
    acd_step_nobody_came (core, interaction, reason);
}

/* With its offer a question to one agent ends by itself. */
void
acd_step_end_asks (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  AcdRequest *request = acd_asked (interaction);

  if (request != NULL && request->offer != NULL)
    acd_step_end_offer (core, request->offer, MODEL_OUTCOME_WITHDRAWN, reason);
  request = acd_asked (interaction);
  if (request != NULL)
    acd_step_end_request (core, request, MODEL_OUTCOME_WITHDRAWN, reason);
  acd_step_end_rung (core, interaction, reason);
}

void
acd_step_came_anyway (AcdCore *core, const AcdPart *part)
{
  const AcdRequest *asked = acd_asked (part->interaction);

  if (asked != NULL && asked->owner == part->agent)
    acd_step_end_asks (core, part->interaction, model_code (MODEL_CODE_ALREADY_IN));
}

static ModelEvent *
asked_again (AcdCore *core, const AcdPart *part, AcdRequest *ask, ModelRequestKind kind)
{
  ModelEvent *event = acd_event_of_request (core, MODEL_EVENT_REQUEST_QUEUED, ask);

  event->kind = (gint32) kind;
  event->by = part->agent->id;
  event->team = ask->owner != NULL ? ask->owner->team : NULL;
  event->priority = ask->priority;
  event->queued_at = ask->queued_at;
  event->deadline = ask->wait_deadline;
  return event;
}

void
acd_step_ask_otherwise (AcdCore *core, AcdPart *part, AcdRequest *ask, ModelRequestKind kind)
{
  acd_emit (core, asked_again (core, part, ask, kind));
}

void
acd_step_complete (AcdCore *core, AcdPart *part, AcdRequest *ask, const char *reason)
{
  ModelEvent *event = asked_again (core, part, ask, MODEL_REQUEST_TRANSFER);
  const AcdQueue *home = acd_part_home (core, part);
  const ModelQueue *def = ask->queue != NULL ? &ask->queue->def : NULL;

  event->reason = model_code (MODEL_CODE_TRANSFERRED);
  event->queued_at = part->queued_at;
  event->fallback = ask->owner != NULL && home != NULL ? home->id : NULL;
  event->deadline = core->clock + ask_limit (core, MODEL_REQUEST_TRANSFER);
  if (def != NULL)
    event->deadline =
        def->max_wait_seconds > 0 && def->when_waited_too_long.action != MODEL_OVERFLOW_WAIT
            ? core->clock + (gint64) def->max_wait_seconds * 1000
            : 0;
  acd_emit (core, event);
  acd_step_leave (core, part, reason);
}

AcdCharge
acd_charge_of (const AcdPart *part)
{
  return (AcdCharge){ part->queue, part->queued_at, part->priority };
}

void
acd_step_role (AcdCore *core, AcdPart *part, ModelPart role, const char *reason)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, part);

  event->part = (gint32) role;
  event->reason = reason;
  acd_emit (core, event);
}

void
acd_step_take_charge (AcdCore *core, AcdPart *part, const AcdCharge *charge, const char *reason)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, part);

  core->queue_hint = charge->queue;
  event->queue = charge->queue != NULL ? charge->queue->id : NULL;
  event->queued_at = charge->queued_at;
  event->priority = charge->priority;
  event->part = MODEL_PART_PRIMARY;
  event->reason = reason;
  acd_emit (core, event);
  acd_step_joined (core, part);
  acd_step_mute (core, part, FALSE, NULL);
}

void
acd_step_give_charge (AcdCore *core, AcdPart *primary, AcdPart *to)
{
  AcdCharge charge = acd_charge_of (primary);
  const char *reason = model_code (MODEL_CODE_AGENT_CHOICE);

  acd_step_role (core, primary, MODEL_PART_CONFERENCED, reason);
  acd_step_take_charge (core, to, &charge, reason);
}

AcdPart *
acd_heir (const AcdCore *core, const AcdInteraction *interaction)
{
  AcdPart *heir = NULL;

  if (!interaction->customer_present || interaction->channel == MODEL_CHANNEL_IM ||
      (acd_is_internal (interaction) && acd_n_joined (core, interaction) < 2))
    return NULL;
  for (AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    if (part->part == MODEL_PART_CONFERENCED && acd_part_is_in (part) &&
        (heir == NULL || part->joined < heir->joined ||
         (part->joined == heir->joined && part->id < heir->id)))
      heir = part;
  return heir;
}

void
acd_step_replace (AcdCore *core,
                  AcdPart *part,
                  AcdPart *by,
                  const char *reason,
                  const char *charge_reason)
{
  AcdCharge charge = acd_charge_of (part);
  AcdPart *consulted = acd_part_as (part->interaction, MODEL_PART_CONSULTED);
  AcdParty *party = acd_party_as (core, part->interaction, MODEL_PART_CONSULTED);

  acd_step_end_asks (core, part->interaction, model_code (MODEL_CODE_AGENT_LEFT));
  if (party == NULL)
    party = acd_party_rung (core, part->interaction);
  if (party != NULL)
    acd_step_party_left (core, party, model_code (MODEL_CODE_AGENT_LEFT));
  if (consulted != NULL && consulted != by && acd_is_call (part->interaction))
    acd_step_leave (core, consulted, model_code (MODEL_CODE_AGENT_LEFT));
  acd_step_leave (core, part, reason);
  acd_step_take_charge (core, by, &charge, charge_reason);
}

void
acd_step_pass_control (AcdCore *core, AcdPart *part, AcdPart *heir, const char *reason)
{
  acd_step_replace (core, part, heir, reason, model_code (MODEL_CODE_CONTROL_PASSED));
}
