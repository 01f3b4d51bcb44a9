/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that several decisions share: offers, requests and states. Core's thread. */
#include "acd/forward.h"
#include "acd/recording.h"
#include "acd/state.h"

gint64
acd_request_ring_ms (const AcdCore *core, const AcdRequest *request)
{
  if (request->interaction->channel == MODEL_CHANNEL_IM)
    return (gint64) acd_settings (core)->im_seconds * 1000;
  if (request->queue != NULL)
    return (gint64) model_queue_ring_seconds (&request->queue->def) * 1000;
  return request->interaction->channel == MODEL_CHANNEL_VOICE ? 20000 : 45000;
}

static gboolean
accepts_by_itself (AcdCore *core, const AcdRequest *request, const AcdAgent *agent)
{
  const ModelSettings *settings = acd_settings (core);

  if (request->interaction->channel == MODEL_CHANNEL_IM)
    return FALSE;
  if (request->interaction->channel != MODEL_CHANNEL_VOICE)
    return settings->auto_accept_digital;
  return settings->auto_accept == MODEL_AUTO_ACCEPT_ON ||
         (settings->auto_accept == MODEL_AUTO_ACCEPT_AGENT && agent->auto_accept);
}

void
acd_step_offer (AcdCore *core, AcdRequest *request, AcdAgent *agent)
{
  ModelEvent *event = acd_event_offering (core, request, agent);

  event->offer = acd_new_id (core);
  event->deadline = core->clock + acd_request_ring_ms (core, request);
  event->auto_accept =
      request->kind == MODEL_REQUEST_PARKED || accepts_by_itself (core, request, agent);
  acd_emit (core, event);
}

/* A customer who came back waits for an agent who is there. */
static gboolean
is_return (const AcdRequest *request)
{
  return request->kind == MODEL_REQUEST_PERSONAL && acd_request_fallback (request) != NULL;
}

gboolean
acd_step_to_giver (AcdCore *core, AcdRequest *request, const char *reason)
{
  AcdAgent *giver = acd_request_giver (request);
  ModelEvent *event;

  if (giver == NULL || giver->session == 0)
    return FALSE;
  event = acd_event_of_request (core, MODEL_EVENT_REQUEST_QUEUED, request);
  core->hint = giver;
  event->agent = giver->id;
  event->team = giver->team;
  event->reason = reason;
  event->priority = request->priority;
  event->queued_at = request->queued_at;
  acd_emit (core, event);
  return TRUE;
}

/* What was meant for one agent who does not take it goes to its queue. */
static void
pass_on (AcdCore *core, AcdRequest *request, ModelOutcome outcome, const char *reason)
{
  if (outcome == MODEL_OUTCOME_ACCEPTED || request->kind == MODEL_REQUEST_PARKED)
    return;
  if (acd_request_asks (request))
    {
      acd_step_unanswered (core, request, outcome, reason);
      return;
    }
  if (outcome != MODEL_OUTCOME_WITHDRAWN &&
      (acd_step_to_giver (core, request, reason) ||
       acd_step_forward_request (core, request, MODEL_FORWARD_NO_ANSWER, reason)))
    return;
  if (acd_request_fallback (request) == NULL)
    return;
  if (outcome != MODEL_OUTCOME_WITHDRAWN ||
      (is_return (request) && !acd_agent_takes (request->owner, request->interaction->channel) &&
       reason != model_code (MODEL_CODE_CUSTOMER_LEFT)))
    acd_step_move_request (core, request, request->back, reason);
}

/* The agent's own no, or silence, keeps the request away from the agent for a while. */
void
acd_step_end_offer (AcdCore *core, AcdOffer *offer, ModelOutcome outcome, const char *reason)
{
  ModelEvent *event = acd_event_of_offer (core, MODEL_EVENT_OFFER_ENDED, offer);
  gint64 pause = (gint64) acd_settings (core)->reoffer_seconds * 1000;
  AcdAgent *agent = offer->agent;
  AcdRequest *request = offer->request;

  event->outcome = (gint32) outcome;
  event->reason = reason;
  event->duration = core->clock - offer->created;
  if ((outcome == MODEL_OUTCOME_DECLINED || outcome == MODEL_OUTCOME_MISSED) && pause > 0 &&
      offer->request->owner == NULL)
    event->deadline = core->clock + pause;
  acd_emit (core, event);
  pass_on (core, request, outcome, reason);
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
acd_step_release_returns (AcdCore *core, AcdAgent *agent)
{
  AcdNode *next;

  for (AcdNode *node = agent->personal.first; node != NULL; node = next)
    {
      AcdRequest *request = acd_node_owner (node, AcdRequest, node);
      next = acd_tree_next (node);
      if (is_return (request) && !acd_agent_takes (agent, request->interaction->channel))
        acd_step_move_request (core, request, request->back, model_code (MODEL_CODE_OWNER_AWAY));
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
  if (state != MODEL_AGENT_AVAILABLE && agent->personal.n > 0)
    acd_step_release_returns (core, agent);
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
      event->duration <= (gint64) request->queue->def.service_level_seconds * 1000;
  acd_emit (core, event);
}

/* A team that takes no more leads to the queue that stands in for it; without one the rule leads
 * nowhere. */
static gboolean
holds (const AcdCore *core, const ModelOverflow *overflow)
{
  if (overflow->action == MODEL_OVERFLOW_TEAM && overflow->queue == NULL)
    return acd_team_has_room (core, acd_numbered_team (core, overflow->team));
  return overflow->action != MODEL_OVERFLOW_WAIT;
}

/* What a queue's rules say about one more request: NULL = it may stay, else why it cannot. */
static const ModelOverflow *
refuses (const AcdCore *core, const AcdQueue *queue, ModelCode *reason)
{
  const ModelQueue *def = &queue->def;

  if ((!queue->open || queue->retired) && holds (core, &def->when_closed))
    {
      *reason = MODEL_CODE_CLOSED;
      return &def->when_closed;
    }
  if (def->max_waiting > 0 && queue->waiting >= (guint) def->max_waiting &&
      holds (core, &def->when_full))
    {
      *reason = MODEL_CODE_FULL;
      return &def->when_full;
    }
  if (queue->staffed == 0 && holds (core, &def->when_unstaffed))
    {
      *reason = MODEL_CODE_UNSTAFFED;
      return &def->when_unstaffed;
    }
  return NULL;
}

/* Where the rule lets the call out of the queues. */
static void
leave_by (AcdCore *core,
          AcdQueue *queue,
          const ModelOverflow *overflow,
          ModelCode *reason,
          AcdExit *exit)
{
  if (overflow->action == MODEL_OVERFLOW_TEAM && exit == NULL)
    *reason = MODEL_CODE_UNSUPPORTED_DESTINATION;
  if (overflow->action == MODEL_OVERFLOW_VOICEMAIL && exit != NULL)
    *exit = (AcdExit){ .box = overflow->box };
  if (exit == NULL)
    return;
  acd_exit_by (core, queue, overflow, exit);
  exit->why = model_code (*reason);
}

AcdQueue *
acd_place_for (AcdCore *core, AcdQueue *queue, ModelCode *reason, AcdExit *exit)
{
  for (int hops = 0; hops < 16 && queue != NULL; hops++)
    {
      const ModelOverflow *overflow = refuses (core, queue, reason);
      if (overflow == NULL)
        return queue;
      if (overflow->action == MODEL_OVERFLOW_TEAM &&
          !acd_team_has_room (core, acd_numbered_team (core, overflow->team)))
        {
          queue = acd_find_queue (core, overflow->queue);
          continue;
        }
      if (overflow->action != MODEL_OVERFLOW_QUEUE)
        {
          leave_by (core, queue, overflow, reason, exit);
          return NULL;
        }
      queue = acd_find_queue (core, overflow->queue);
    }
  *reason = MODEL_CODE_OVERFLOW_LOOP;
  return NULL;
}

gboolean
acd_exit_found (const AcdExit *exit)
{
  return exit->box != NULL || exit->team != NULL;
}

void
acd_step_exit (AcdCore *core, AcdInteraction *interaction, const AcdExit *exit)
{
  if (exit->box != NULL)
    acd_step_voicemail (core, interaction, exit->box, exit->why);
  else
    acd_step_dial_team (core, interaction, exit);
}

void
acd_step_voicemail (AcdCore *core, AcdInteraction *interaction, const char *box, const char *reason)
{
  ModelEvent *event;

  acd_step_recording_over (core, interaction, reason);
  event = acd_event (core, MODEL_EVENT_INTERACTION_VOICEMAIL);
  acd_event_about (core, event, interaction);
  event->box = g_intern_string (box);
  event->reason = reason;
  acd_emit (core, event);
}

const char *
acd_box_of (const AcdCore *core, const AcdAgent *agent)
{
  const ModelVoicemailBox *box = model_definitions_voicemail_of (core->definitions, agent->id);

  return box != NULL ? box->id : NULL;
}

static void
emit_queued (AcdCore *core, ModelEvent *event, const AcdQueue *queue)
{
  core->queue_hint = (AcdQueue *) queue;
  event->queue = queue->id;
  event->agent = NULL;
  if (queue->def.max_wait_seconds > 0 &&
      queue->def.when_waited_too_long.action != MODEL_OVERFLOW_WAIT)
    event->deadline = core->clock + (gint64) queue->def.max_wait_seconds * 1000;
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
  AcdExit exit = { 0 };
  AcdQueue *place = acd_place_for (core, queue, &reason, &exit);
  ModelEvent *event;

  if (acd_exit_found (&exit))
    {
      exit.priority = priority;
      exit.queued_at = queued_at;
      acd_step_exit (core, interaction, &exit);
      return;
    }
  if (place == NULL)
    {
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_REJECTED, model_code (reason));
      return;
    }
  if (place->classes != NULL)
    acd_fetch (place->classes->waiting.last, 1);
  event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);
  acd_event_about (core, event, interaction);
  event->request = acd_new_id (core);
  event->kind = (gint32) kind;
  event->entry_point = place == queue ? entry_point : NULL;
  event->priority = priority + place->def.priority;
  event->queued_at = queued_at;
  emit_queued (core, event, place);
}

/* Who had it, and does not get it again at once. */
static void
keep_from (AcdCore *core, ModelEvent *event, const AcdAgent *agent)
{
  gint64 pause = (gint64) acd_settings (core)->reoffer_seconds * 1000;

  if (agent == NULL)
    return;
  event->by = agent->id;
  event->duration = pause;
}

static void
emit_for_owner (AcdCore *core, ModelEvent *event, const AcdPlacing *placing)
{
  core->hint = placing->owner;
  event->agent = placing->owner->id;
  event->team = placing->owner->team;
  event->fallback = placing->queue != NULL ? placing->queue->id : NULL;
  event->priority = placing->priority;
  event->deadline = core->clock + placing->owner_limit * 1000;
  acd_emit (core, event);
}

void
acd_step_place (AcdCore *core, AcdInteraction *interaction, const AcdPlacing *placing)
{
  ModelEvent *event;
  AcdQueue *place = NULL;
  ModelCode why;

  acd_step_no_longer_pending (core, interaction, placing->reason);
  event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);
  acd_event_about (core, event, interaction);
  event->request = acd_new_id (core);
  event->kind = (gint32) placing->kind;
  event->reason = placing->reason;
  event->queued_at = placing->queued_at;
  keep_from (core, event, placing->giver);
  if (placing->owner != NULL)
    {
      emit_for_owner (core, event, placing);
      return;
    }
  place = acd_place_for (core, placing->queue, &why, NULL);
  if (place == NULL)
    place = placing->queue;
  event->entry_point =
      placing->entry != NULL && place == placing->queue ? placing->entry->id : NULL;
  event->skill = placing->skill;
  event->team = placing->team;
  event->priority = placing->priority + place->def.priority;
  emit_queued (core, event, place);
}

AcdQueue *
acd_request_back (AcdCore *core, const AcdRequest *request)
{
  if (acd_request_fallback (request) != NULL)
    return acd_request_fallback (request);
  return acd_personal_fallback (core, request->owner, (ModelChannel) request->interaction->channel);
}

/* A returning customer comes to the queue as if for the first time. */
static const char *
entry_of_return (AcdCore *core, const AcdRequest *request, gint32 *priority)
{
  const AcdEntry *entry = acd_find_entry (core, request->interaction->entry_point);

  if (!is_return (request) || entry == NULL)
    return NULL;
  *priority += entry->def.priority;
  return entry->id;
}

void
acd_step_request_exits (AcdCore *core, AcdRequest *request, const AcdExit *exit, const char *reason)
{
  AcdInteraction *interaction = request->interaction;
  gint32 own = request->queue != NULL ? request->queue->def.priority : 0;
  AcdExit way = *exit;

  way.priority = request->priority - own;
  way.queued_at = request->queued_at;
  acd_step_end_request (core, request, MODEL_OUTCOME_MOVED, reason);
  acd_step_exit (core, interaction, &way);
}

/* A waiting request goes to another queue with its age, or ends if that takes nobody. */
void
acd_step_move_request (AcdCore *core, AcdRequest *request, AcdQueue *queue, const char *reason)
{
  ModelCode why = MODEL_CODE_CLOSED;
  AcdExit exit = { 0 };
  AcdQueue *place = acd_place_for (core, queue, &why, &exit);
  AcdInteraction *interaction = request->interaction;
  gboolean no =
      reason == model_code (MODEL_CODE_NO_ANSWER) || reason == model_code (MODEL_CODE_DECLINED);
  ModelEvent *event;

  if (exit.team != NULL)
    {
      acd_step_request_exits (core, request, &exit, reason);
      return;
    }
  if (place == NULL && acd_request_fallback (request) != NULL)
    place = queue;
  if (place == NULL)
    {
      acd_step_end_request (core, request, MODEL_OUTCOME_TIMED_OUT, reason);
      if (exit.box != NULL)
        acd_step_voicemail (core, interaction, exit.box, model_code (why));
      else
        acd_step_close_if_done (core, interaction, MODEL_OUTCOME_TIMED_OUT, model_code (why));
      return;
    }
  event = acd_event_of_request (core, MODEL_EVENT_REQUEST_QUEUED, request);
  event->kind = request->kind == MODEL_REQUEST_PERSONAL ? MODEL_REQUEST_NEW
                : request->kind == MODEL_REQUEST_PARKED ? MODEL_REQUEST_TRANSFER
                                                        : request->kind;
  event->reason = reason;
  event->priority = place->def.priority;
  if (request->owner != NULL)
    {
      event->priority += request->priority;
      event->entry_point = entry_of_return (core, request, &event->priority);
      keep_from (core, event, no ? request->owner : NULL);
    }
  event->queued_at = request->queued_at;
  emit_queued (core, event, place);
}

AcdQueue *
acd_personal_fallback (AcdCore *core, AcdAgent *agent, ModelChannel channel)
{
  AcdQueue *queue = acd_find_queue (core, agent->def->personal_fallback);

  if (channel == MODEL_CHANNEL_IM)
    return NULL;
  if (queue == NULL)
    queue = acd_find_queue (core, acd_settings (core)->personal_fallback);
  return queue != NULL && queue->def.channel == (gint32) channel ? queue : NULL;
}
