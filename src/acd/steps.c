/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that several decisions share: offers, requests and states. Core's thread. */
#include "acd/state.h"

static gint64
ring_ms (const AcdRequest *request)
{
  if (request->queue != NULL)
    return (gint64) model_queue_ring_seconds (request->queue->def) * 1000;
  return request->interaction->channel == MODEL_CHANNEL_VOICE ? 20000 : 45000;
}

void
acd_step_offer (AcdCore *core, AcdRequest *request, AcdAgent *agent)
{
  ModelEvent *event = acd_event_offering (core, request, agent);
  gint32 mode = acd_settings (core)->auto_accept;

  event->offer = acd_next_id (core);
  event->deadline = core->clock + ring_ms (request);
  event->auto_accept =
      mode == MODEL_AUTO_ACCEPT_ON || (mode == MODEL_AUTO_ACCEPT_AGENT && agent->auto_accept);
  acd_emit (core, event);
}

/* The agent's own no, or silence, keeps the request away from the agent for a while. */
void
acd_step_end_offer (AcdCore *core, AcdOffer *offer, ModelOutcome outcome, const char *reason)
{
  ModelEvent *event = acd_event_of_offer (core, MODEL_EVENT_OFFER_ENDED, offer);
  gint64 pause = (gint64) acd_settings (core)->reoffer_seconds * 1000;
  AcdAgent *agent = offer->agent;

  event->outcome = (gint32) outcome;
  event->reason = reason;
  event->duration = core->clock - offer->created;
  if ((outcome == MODEL_OUTCOME_DECLINED || outcome == MODEL_OUTCOME_MISSED) && pause > 0 &&
      offer->request->owner == NULL)
    event->deadline = core->clock + pause;
  acd_emit (core, event);
  if (outcome == MODEL_OUTCOME_WITHDRAWN)
    acd_step_work_done (core, agent);
}

void
acd_step_withdraw_all (AcdCore *core,
                       AcdAgent *agent,
                       const char *reason,
                       gboolean voice,
                       gboolean digital)
{
  AcdOffer *next;

  for (AcdOffer *offer = agent->offers; offer != NULL; offer = next)
    {
      next = offer->next;
      if (offer->request->interaction->channel == MODEL_CHANNEL_VOICE ? voice : digital)
        acd_step_end_offer (core, offer, MODEL_OUTCOME_WITHDRAWN, reason);
    }
}

void
acd_step_state (AcdCore *core,
                AcdAgent *agent,
                ModelAgentState state,
                const char *reason,
                const char *by)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_AGENT_STATE_CHANGED, agent);

  event->state = (gint32) state;
  event->reason = reason;
  event->by = by;
  event->duration = core->clock - agent->since;
  acd_emit (core, event);
}

void
acd_step_end_request (AcdCore *core, AcdRequest *request, ModelOutcome outcome, const char *reason)
{
  ModelEvent *event = acd_event_of_request (core, MODEL_EVENT_REQUEST_ENDED, request);

  event->outcome = (gint32) outcome;
  event->reason = reason;
  event->duration = core->clock - request->entered_at;
  event->service_level =
      outcome == MODEL_OUTCOME_ANSWERED && request->queue != NULL &&
      event->duration <= (gint64) request->queue->def->service_level_seconds * 1000;
  acd_emit (core, event);
}

/* What a queue's rules say about one more request: NULL = it may stay, else why it cannot. */
static const ModelOverflow *
refuses (const AcdQueue *queue, ModelCode *reason)
{
  const ModelQueue *def = queue->def;

  if ((!queue->open || queue->retired) && def->when_closed.action != MODEL_OVERFLOW_WAIT)
    {
      *reason = MODEL_CODE_CLOSED;
      return &def->when_closed;
    }
  if (def->max_waiting > 0 && queue->waiting >= (guint) def->max_waiting &&
      def->when_full.action != MODEL_OVERFLOW_WAIT)
    {
      *reason = MODEL_CODE_FULL;
      return &def->when_full;
    }
  if (queue->staffed == 0 && def->when_unstaffed.action != MODEL_OVERFLOW_WAIT)
    {
      *reason = MODEL_CODE_UNSTAFFED;
      return &def->when_unstaffed;
    }
  return NULL;
}

/* Follows the queues' rules to where a request may wait; NULL = nowhere, for the reason. */
static AcdQueue *
place_for (AcdCore *core, AcdQueue *queue, ModelCode *reason)
{
  for (int hops = 0; hops < 16 && queue != NULL; hops++)
    {
      const ModelOverflow *overflow = refuses (queue, reason);
      if (overflow == NULL)
        return queue;
      if (overflow->action == MODEL_OVERFLOW_REJECT)
        return NULL;
      queue = acd_find_queue (core, overflow->queue);
    }
  *reason = MODEL_CODE_OVERFLOW_LOOP;
  return NULL;
}

static void
emit_queued (AcdCore *core, ModelEvent *event, const AcdQueue *queue)
{
  core->queue_hint = (AcdQueue *) queue;
  event->queue = queue->id;
  event->agent = NULL;
  if (queue->def->max_wait_seconds > 0 &&
      queue->def->when_waited_too_long.action != MODEL_OVERFLOW_WAIT)
    event->deadline = core->clock + (gint64) queue->def->max_wait_seconds * 1000;
  acd_emit (core, event);
}

void
acd_step_queue (AcdCore *core,
                AcdInteraction *interaction,
                ModelRequestKind kind,
                AcdQueue *queue,
                const char *entry_point,
                gint32 priority,
                gint64 queued_at)
{
  ModelCode reason = MODEL_CODE_CLOSED;
  AcdQueue *place = place_for (core, queue, &reason);
  ModelEvent *event;

  if (place == NULL)
    {
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_REJECTED, model_code (reason));
      return;
    }
  event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);
  acd_event_about (core, event, interaction);
  event->request = acd_next_id (core);
  event->kind = (gint32) kind;
  event->entry_point = place == queue ? entry_point : NULL;
  event->priority = priority + place->def->priority;
  event->queued_at = queued_at;
  emit_queued (core, event, place);
}

void
acd_step_place (AcdCore *core, AcdInteraction *interaction, const AcdPlacing *placing)
{
  gint64 pause = (gint64) acd_settings (core)->reoffer_seconds * 1000;
  ModelCode why;
  AcdQueue *place = place_for (core, placing->queue, &why);
  ModelEvent *event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);

  if (place == NULL)
    place = placing->queue;
  acd_event_about (core, event, interaction);
  event->request = acd_next_id (core);
  event->kind = (gint32) placing->kind;
  event->reason = placing->reason;
  event->priority = placing->priority + place->def->priority;
  event->queued_at = placing->queued_at;
  if (placing->giver != NULL && pause > 0)
    {
      event->by = placing->giver->id;
      event->duration = pause;
    }
  emit_queued (core, event, place);
}

/* A waiting request goes to another queue with its age, or ends if that takes nobody. */
void
acd_step_move_request (AcdCore *core, AcdRequest *request, AcdQueue *queue, const char *reason)
{
  ModelCode why = MODEL_CODE_CLOSED;
  AcdQueue *place = place_for (core, queue, &why);
  AcdInteraction *interaction = request->interaction;
  ModelEvent *event;

  if (place == NULL)
    {
      acd_step_end_request (core, request, MODEL_OUTCOME_TIMED_OUT, reason);
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_TIMED_OUT, model_code (why));
      return;
    }
  event = acd_event_of_request (core, MODEL_EVENT_REQUEST_QUEUED, request);
  event->kind = request->kind == MODEL_REQUEST_PERSONAL ? MODEL_REQUEST_NEW : request->kind;
  event->reason = reason;
  event->priority = place->def->priority;
  event->queued_at = request->queued_at;
  emit_queued (core, event, place);
}

AcdQueue *
acd_personal_fallback (AcdCore *core, AcdAgent *agent, ModelChannel channel)
{
  AcdQueue *queue = acd_find_queue (core, agent->def->personal_fallback);

  if (queue == NULL)
    queue = acd_find_queue (core, acd_settings (core)->personal_fallback);
  return queue != NULL && queue->def->channel == (gint32) channel ? queue : NULL;
}
