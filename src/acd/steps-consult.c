/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of several agents in one interaction: colleagues who are asked to come, and who has
 * charge of the customer. At most one colleague at a time is asked or consulted. Core's thread. */
#include "acd/state.h"

static void
ask_queue (AcdCore *core, ModelEvent *event, const AcdPlacing *placing)
{
  ModelCode why;
  AcdQueue *place = acd_place_for (core, placing->queue, &why);

  if (place == NULL)
    place = placing->queue;
  core->queue_hint = place;
  event->queue = place->id;
  event->skill = placing->skill;
  event->priority = place->def->priority;
}

void
acd_step_ask (AcdCore *core, AcdPart *part, const AcdPlacing *placing)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);

  acd_event_about (core, event, part->interaction);
  event->request = acd_next_id (core);
  event->kind = (gint32) placing->kind;
  event->by = part->agent->id;
  event->queued_at = core->clock;
  if (part->interaction->channel != MODEL_CHANNEL_IM)
    event->deadline = core->clock + (gint64) acd_settings (core)->consult_limit_seconds * 1000;
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
  if (request->owner != NULL || request->wait_deadline <= core->clock)
    acd_step_end_request (core, request, outcome, reason);
}

static AcdRequest *
first_ask (const AcdInteraction *interaction)
{
  AcdRequest *request = interaction->requests;

  while (request != NULL && !acd_request_asks (request))
    request = request->next;
  return request;
}

/* With its offer a question to one agent ends by itself. */
void
acd_step_end_asks (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  AcdRequest *request = first_ask (interaction);

  if (request != NULL && request->offer != NULL)
    acd_step_end_offer (core, request->offer, MODEL_OUTCOME_WITHDRAWN, reason);
  request = first_ask (interaction);
  if (request != NULL)
    acd_step_end_request (core, request, MODEL_OUTCOME_WITHDRAWN, reason);
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
}

AcdPart *
acd_heir (const AcdInteraction *interaction)
{
  AcdPart *heir = NULL;

  if (!interaction->customer_present || interaction->channel == MODEL_CHANNEL_IM)
    return NULL;
  for (AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    if (part->part == MODEL_PART_CONFERENCED && acd_part_is_in (part) &&
        (heir == NULL || part->joined < heir->joined ||
         (part->joined == heir->joined && part->id < heir->id)))
      heir = part;
  return heir;
}

void
acd_step_pass_control (AcdCore *core, AcdPart *part, AcdPart *heir, const char *reason)
{
  AcdCharge charge = acd_charge_of (part);

  acd_step_leave (core, part, reason);
  acd_step_take_charge (core, heir, &charge, model_code (MODEL_CODE_CONTROL_PASSED));
}
