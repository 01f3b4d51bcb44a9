/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about offers: what the station or the agent answers. The first to arrive counts; an
 * answer to an offer that has ended is refused as unknown. Core's thread. */
#include "acd/state.h"

static AcdOffer *
offer_of (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = acd_id_map_lookup (&core->offers, command->offer);

  if (offer == NULL)
    acd_refuse_member (error, ACD_ERROR_UNKNOWN, "offer");
  else if (command->agent != NULL && acd_find_agent (core, command->agent) != offer->agent)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_YOURS);
  else
    return offer;
  return NULL;
}

gboolean
acd_decide_offer_ringing (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = offer_of (core, command, error);

  if (offer == NULL || offer->state == ACD_OFFER_RINGING)
    return offer != NULL;
  acd_emit (core, acd_event_of_offer (core, MODEL_EVENT_OFFER_RINGING, offer));
  return TRUE;
}

/* Who keeps the call until it is taken, NULL = nobody. */
static AcdPart *
giver_of (const AcdRequest *request)
{
  return request->kind == MODEL_REQUEST_TRANSFER && acd_request_asks (request)
             ? acd_part_as (request->interaction, MODEL_PART_PRIMARY)
             : NULL;
}

/* What waited for this agent alone is work of the queue that it would have gone back to; who only
 * helps has no queue's work. */
static AcdCharge
charge_of_request (const AcdRequest *request)
{
  AcdCharge charge = { request->owner != NULL ? acd_request_fallback (request) : request->queue,
                       request->queued_at, request->priority };

  if (giver_of (request) != NULL)
    return acd_charge_of (giver_of (request));
  if (acd_request_asks (request))
    charge.queue = NULL;
  if (request->owner != NULL && charge.queue != NULL)
    charge.priority += charge.queue->def.priority;
  return charge;
}

static ModelPart
role_in (const AcdRequest *request)
{
  if (request->kind == MODEL_REQUEST_CONSULT)
    return MODEL_PART_CONSULTED;
  return request->kind == MODEL_REQUEST_CONFERENCE ? MODEL_PART_CONFERENCED : MODEL_PART_PRIMARY;
}

/* How an agent comes in: with a new part, or, who was consulted before, with the work itself; and
 * who goes then. */
typedef struct
{
  AcdPart *helper;
  AcdPart *giver;
  ModelEvent *join;
  AcdCharge charge;
} Entry;

static Entry
entry_of (AcdCore *core, const AcdRequest *request, AcdAgent *agent, ModelId leg)
{
  Entry entry = { .helper = acd_part_of (request->interaction, agent),
                  .giver = giver_of (request),
                  .charge = charge_of_request (request) };
  ModelEvent *event;

  if (entry.helper != NULL)
    return entry;
  event = entry.join = acd_event_of_agent (core, MODEL_EVENT_PARTICIPATION_JOINED, agent);
  acd_event_about (core, event, request->interaction);
  event->participation = acd_new_id (core);
  event->request = request->id;
  core->queue_hint = entry.charge.queue;
  event->queue = entry.charge.queue != NULL ? entry.charge.queue->id : NULL;
  event->part = (gint32) role_in (request);
  event->queued_at = entry.charge.queued_at;
  event->priority = entry.charge.priority;
  event->leg = leg;
  return entry;
}

/* Who comes to a primary agent who talks on another call waits. */
static void
wait_for_primary (AcdCore *core, AcdPart *part)
{
  const AcdPart *primary = acd_part_as (part->interaction, MODEL_PART_PRIMARY);

  if (part->part == MODEL_PART_CONSULTED && primary != NULL && acd_is_call (part->interaction) &&
      acd_agent_talks (core, primary->agent, part->interaction))
    acd_step_hold (core, part, MODEL_CODE_SECOND_CALL);
}

static void
enter (AcdCore *core, const Entry *entry, ModelCode reason)
{
  ModelId id = entry->join != NULL ? entry->join->participation : 0;
  AcdPart *part;

  if (entry->helper != NULL)
    {
      acd_step_take_charge (core, entry->helper, &entry->charge, model_code (reason));
      return;
    }
  if (entry->giver != NULL)
    acd_step_leave (core, entry->giver, model_code (MODEL_CODE_TRANSFERRED));
  acd_emit (core, entry->join);
  part = acd_id_map_lookup (&core->parts, id);
  acd_step_joined (core, part);
  acd_step_colleague_came (core, part->interaction);
  wait_for_primary (core, part);
}

void
acd_step_take (AcdCore *core, AcdRequest *request, AcdAgent *agent, ModelCode reason)
{
  Entry entry = entry_of (core, request, agent, 0);

  if (entry.join != NULL)
    entry.join->reason = model_code (reason);
  acd_step_end_request (core, request, MODEL_OUTCOME_ANSWERED, model_code (reason));
  enter (core, &entry, reason);
}

gboolean
acd_decide_offer_accept (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = offer_of (core, command, error);
  AcdRequest *request;
  AcdAgent *agent;
  Entry entry;

  if (offer == NULL)
    return FALSE;
  agent = offer->agent;
  request = offer->request;
  if (request->interaction->channel == MODEL_CHANNEL_VOICE)
    acd_step_hold_talks (core, agent, NULL);
  entry = entry_of (core, request, agent, command->leg);
  acd_step_end_offer (core, offer, MODEL_OUTCOME_ACCEPTED, model_code (MODEL_CODE_ACCEPTED));
  acd_step_end_request (core, request, MODEL_OUTCOME_ANSWERED, NULL);
  enter (core, &entry, MODEL_CODE_ACCEPTED);
  acd_step_work_done (core, agent);
  return TRUE;
}

gboolean
acd_decide_offer_decline (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = offer_of (core, command, error);
  AcdInteraction *interaction;
  AcdAgent *agent;
  gboolean im;

  if (offer == NULL)
    return FALSE;
  agent = offer->agent;
  interaction = offer->request->interaction;
  im = interaction->channel == MODEL_CHANNEL_IM; /* a call may be over with its offer */
  if (offer->request->kind == MODEL_REQUEST_PARKED)
    {
      acd_step_end_offer (core, offer, MODEL_OUTCOME_WITHDRAWN, model_code (MODEL_CODE_DECLINED));
      return TRUE;
    }
  acd_step_end_offer (core, offer, MODEL_OUTCOME_DECLINED, model_code (MODEL_CODE_DECLINED));
  if (im)
    {
      acd_step_im_end (core, interaction, model_code (MODEL_CODE_DECLINED), agent);
      acd_step_work_done (core, agent);
      return TRUE;
    }
  acd_step_state (core, agent, MODEL_AGENT_IDLE, model_code (MODEL_CODE_REFUSED), NULL);
  acd_step_work_done (core, agent);
  return TRUE;
}

gboolean
acd_decide_offer_fault (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = offer_of (core, command, error);
  const char *reason;
  gboolean quiet;
  AcdAgent *agent;

  if (offer == NULL)
    return FALSE;
  reason = command->reason != NULL ? g_intern_string (command->reason)
                                   : model_code (MODEL_CODE_DEVICE_FAULT);
  agent = offer->agent;
  quiet = offer->request->interaction->channel == MODEL_CHANNEL_IM;
  acd_step_end_offer (core, offer, MODEL_OUTCOME_WITHDRAWN, reason);
  if (agent->state == MODEL_AGENT_AVAILABLE && !quiet)
    acd_step_state (core, agent, MODEL_AGENT_IDLE, reason, NULL);
  return TRUE;
}
