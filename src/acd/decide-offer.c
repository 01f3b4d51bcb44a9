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

/* Taking a second call holds the first. */
static void
hold_other_calls (AcdCore *core, AcdAgent *agent)
{
  for (AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->state == ACD_PART_ACTIVE && part->interaction->channel == MODEL_CHANNEL_VOICE)
      {
        ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_HELD, part);
        event->reason = model_code (MODEL_CODE_SECOND_CALL);
        acd_emit (core, event);
      }
}

static ModelEvent *
joining (AcdCore *core, const AcdRequest *request, AcdAgent *agent, ModelId leg)
{
  /* What waited for this agent alone is work of the queue that it would have gone back to. */
  AcdQueue *queue = request->owner != NULL ? request->back : request->queue;
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_PARTICIPATION_JOINED, agent);

  acd_event_about (core, event, request->interaction);
  event->participation = acd_next_id (core);
  event->request = request->id;
  core->queue_hint = queue;
  event->queue = queue != NULL ? queue->id : NULL;
  event->part = request->interaction->channel == MODEL_CHANNEL_IM ? MODEL_PART_CONFERENCED
                                                                  : MODEL_PART_PRIMARY;
  event->queued_at = request->queued_at;
  event->priority = request->priority;
  if (request->owner != NULL && queue != NULL)
    event->priority += queue->def->priority;
  event->leg = leg;
  return event;
}

void
acd_step_take (AcdCore *core, AcdRequest *request, AcdAgent *agent, ModelCode reason)
{
  ModelEvent *join = joining (core, request, agent, 0);
  ModelId part = join->participation;

  join->reason = model_code (reason);
  acd_step_end_request (core, request, MODEL_OUTCOME_ANSWERED, join->reason);
  acd_emit (core, join);
  acd_step_joined (core, acd_id_map_lookup (&core->parts, part));
}

gboolean
acd_decide_offer_accept (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = offer_of (core, command, error);
  AcdRequest *request;
  ModelEvent *join;
  ModelId part;

  if (offer == NULL)
    return FALSE;
  request = offer->request;
  if (request->interaction->channel == MODEL_CHANNEL_VOICE)
    hold_other_calls (core, offer->agent);
  join = joining (core, request, offer->agent, command->leg);
  part = join->participation;
  acd_step_end_offer (core, offer, MODEL_OUTCOME_ACCEPTED, model_code (MODEL_CODE_ACCEPTED));
  acd_step_end_request (core, request, MODEL_OUTCOME_ANSWERED, NULL);
  acd_emit (core, join);
  acd_step_joined (core, acd_id_map_lookup (&core->parts, part));
  return TRUE;
}

gboolean
acd_decide_offer_decline (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdOffer *offer = offer_of (core, command, error);
  AcdInteraction *interaction;
  AcdAgent *agent;

  if (offer == NULL)
    return FALSE;
  agent = offer->agent;
  interaction = offer->request->interaction;
  acd_step_end_offer (core, offer, MODEL_OUTCOME_DECLINED, model_code (MODEL_CODE_DECLINED));
  if (interaction->channel == MODEL_CHANNEL_IM)
    {
      acd_step_im_end (core, interaction, model_code (MODEL_CODE_DECLINED), agent);
      return TRUE;
    }
  acd_step_state (core, agent, MODEL_AGENT_IDLE, model_code (MODEL_CODE_REFUSED), NULL);
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
