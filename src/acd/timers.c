/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens when a deadline passes. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"
#include "acd/recording.h"
#include "acd/state.h"

/* Nobody could answer what reached no desk or never rang: the code of the machine's fault, else
 * NULL. */
static const char *
fault_of_silence (const AcdOffer *offer, gboolean voice)
{
  const AcdAgent *agent = offer->agent;

  if (!agent->desk_connected)
    return model_code (MODEL_CODE_DESK_LOST);
  if (voice && offer->state != ACD_OFFER_RINGING)
    return model_code (MODEL_CODE_UNREACHABLE);
  return NULL;
}

/* A call is answered by its station; what is written, here, once the card was seen to come. */
static gboolean
accepts_itself (const AcdOffer *offer)
{
  return offer->auto_accept && offer->request->interaction->channel != MODEL_CHANNEL_VOICE;
}

void
acd_offer_timer (AcdCore *core, AcdOffer *offer)
{
  gint64 due = offer->deadline;

  if (accepts_itself (offer))
    due -= acd_request_ring_ms (core, offer->request) - 1000;
  acd_timer_set (core, ACD_TIMER_OFFER, &offer->timer, due, offer->id);
}

/* Silence: a missed call makes the agent idle with reason RONA, a missed digital offer with
 * refused; a machine's fault is no miss. */
static void
offer_due (AcdCore *core, AcdOffer *offer)
{
  AcdAgent *agent = offer->agent;
  AcdInteraction *interaction;
  gboolean voice = offer->request->interaction->channel == MODEL_CHANNEL_VOICE;
  gboolean im = offer->request->interaction->channel == MODEL_CHANNEL_IM;
  const char *fault = fault_of_silence (offer, voice);

  if (fault != NULL)
    {
      acd_step_end_offer (core, offer, MODEL_OUTCOME_WITHDRAWN, fault);
      if (agent->state == MODEL_AGENT_AVAILABLE)
        acd_step_state (core, agent, MODEL_AGENT_IDLE, fault, NULL);
      return;
    }
  if (accepts_itself (offer))
    {
      acd_decide_offer_accept (core, &(AcdCommand){ .offer = offer->id }, NULL);
      return;
    }
  interaction = offer->request->interaction;
  if (offer->request->kind == MODEL_REQUEST_PARKED)
    {
      acd_step_end_offer (core, offer, MODEL_OUTCOME_WITHDRAWN, model_code (MODEL_CODE_NO_ANSWER));
      return;
    }
  acd_step_end_offer (core, offer, MODEL_OUTCOME_MISSED, model_code (MODEL_CODE_NO_ANSWER));
  if (im)
    {
      acd_step_im_end (core, interaction, model_code (MODEL_CODE_NO_ANSWER), agent);
      acd_step_work_done (core, agent);
      return;
    }
  acd_step_state (core, agent, MODEL_AGENT_IDLE,
                  model_code (voice ? MODEL_CODE_RONA : MODEL_CODE_REFUSED), NULL);
  acd_step_work_done (core, agent);
}

/* What is over falls away: requirements, or a limit of waiting that leads nowhere; for a team that
 * takes no more it begins again. */
static void
emit_relaxed (AcdCore *core, AcdRequest *request)
{
  ModelEvent *event = acd_event_of_request (core, MODEL_EVENT_REQUEST_RELAXED, request);
  const ModelQueue *def = request->queue != NULL ? &request->queue->def : NULL;

  for (guint i = 0; i < request->n_needs; i++)
    event->revision += request->needs[i].until > core->clock;
  if (request->wait_deadline <= core->clock && def != NULL && def->max_wait_seconds > 0 &&
      def->when_waited_too_long.action == MODEL_OVERFLOW_TEAM)
    event->deadline = core->clock + (gint64) def->max_wait_seconds * 1000;
  acd_emit (core, event);
}

/* Where a request goes whose time in its queue is over; NULL = nowhere. */
static AcdQueue *
next_queue (AcdCore *core, const AcdRequest *request)
{
  const ModelOverflow *overflow;

  if (request->owner != NULL)
    return acd_request_back (core, request);
  overflow = &request->queue->def.when_waited_too_long;
  return overflow->action == MODEL_OVERFLOW_QUEUE || overflow->action == MODEL_OVERFLOW_TEAM
             ? acd_find_queue (core, overflow->queue)
             : NULL;
}

/* The box where the caller is asked for a message then, NULL = none. */
static const char *
next_box (AcdCore *core, const AcdRequest *request)
{
  if (!acd_is_call (request->interaction))
    return NULL;
  return request->owner != NULL ? acd_box_of (core, request->owner)
                                : request->queue->def.when_waited_too_long.box;
}

static void
waited_too_long (AcdCore *core, AcdRequest *request)
{
  const char *reason = model_code (MODEL_CODE_WAITED_TOO_LONG);
  AcdInteraction *interaction = request->interaction;
  AcdQueue *next = next_queue (core, request);
  const char *box = next_box (core, request);
  AcdExit exit = { .why = reason };

  if (request->kind == MODEL_REQUEST_PARKED)
    acd_step_parked_too_long (core, request);
  else if (acd_request_asks (request))
    acd_step_unanswered (core, request, MODEL_OUTCOME_TIMED_OUT, reason);
  else if (acd_step_to_giver (core, request, reason) ||
           acd_step_forward_request (core, request, MODEL_FORWARD_NO_ANSWER, reason))
    return;
  else if (request->owner == NULL &&
           acd_exit_by (core, request->queue, &request->queue->def.when_waited_too_long, &exit))
    acd_step_request_exits (core, request, &exit, reason);
  else if (next != NULL)
    acd_step_move_request (core, request, next, reason);
  else if (box != NULL)
    {
      acd_step_end_request (core, request, MODEL_OUTCOME_TIMED_OUT, reason);
      acd_step_voicemail (core, interaction, box, reason);
    }
  else if (request->owner != NULL ||
           request->queue->def.when_waited_too_long.action == MODEL_OVERFLOW_WAIT ||
           request->queue->def.when_waited_too_long.action == MODEL_OVERFLOW_TEAM)
    emit_relaxed (core, request);
  else
    {
      acd_step_end_request (core, request, MODEL_OUTCOME_TIMED_OUT, reason);
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_TIMED_OUT, reason);
    }
}

static void
request_due (AcdCore *core, AcdRequest *request)
{
  if (request->wait_deadline <= core->clock)
    waited_too_long (core, request);
  else
    emit_relaxed (core, request);
}

static void
agent_due (AcdCore *core, AcdAgent *agent)
{
  const ModelSettings *settings = acd_settings (core);
  gint64 grace = (gint64) settings->desk_grace_seconds * 1000;
  gboolean desk = agent->desk_lost_at != 0 && agent->desk_lost_at + grace <= core->clock;
  gboolean told = FALSE;

  if (agent->state == MODEL_AGENT_AVAILABLE)
    {
      acd_step_state (core, agent, MODEL_AGENT_IDLE,
                      model_code (desk ? MODEL_CODE_DESK_LOST : MODEL_CODE_UNREACHABLE), NULL);
      return;
    }
  for (AcdPart *part = agent->parts; desk && part != NULL; part = part->next)
    if (acd_part_deserted (part))
      {
        acd_step_absent (core, part, model_code (MODEL_CODE_DESK_LOST),
                         settings->chat_absence_seconds);
        told = TRUE;
      }
  if (!told)
    acd_step_sign_out (core, agent, model_code (MODEL_CODE_DESK_LOST));
}

/* The time is over: of the wrap-up, of the agent who is away, of who is rung. */
static void
part_due (AcdCore *core, AcdPart *part)
{
  if (part->state == ACD_PART_WRAP_UP)
    acd_step_end_wrap_up (core, part, model_code (MODEL_CODE_TIMEOUT), NULL);
  else if (part->state == ACD_PART_CALLING)
    acd_step_not_reached (core, part, model_code (MODEL_CODE_STATION_NO_ANSWER));
  else if (part->state == ACD_PART_DIALLING)
    acd_step_not_reached (core, part, model_code (MODEL_CODE_NO_ANSWER));
  else
    acd_step_give_back (core, part, model_code (MODEL_CODE_AGENT_ABSENT));
}

static void
exclusion_due (AcdCore *core, AcdExclusion *exclusion)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_REQUEST_REOFFERABLE, exclusion->agent);

  event->request = exclusion->request;
  acd_emit (core, event);
}

static void
fire (AcdCore *core, AcdTimerKind kind, AcdNode *timer)
{
  switch (kind)
    {
    case ACD_TIMER_OFFER:
      offer_due (core, acd_node_owner (timer, AcdOffer, timer));
      break;
    case ACD_TIMER_REQUEST:
      request_due (core, acd_node_owner (timer, AcdRequest, timer));
      break;
    case ACD_TIMER_PART:
      part_due (core, acd_node_owner (timer, AcdPart, timer));
      break;
    case ACD_TIMER_EXCLUSION:
      exclusion_due (core, acd_node_owner (timer, AcdExclusion, timer));
      break;
    case ACD_TIMER_AGENT:
      agent_due (core, acd_node_owner (timer, AcdAgent, timer));
      break;
    case ACD_TIMER_PARTY:
      acd_party_due (core, acd_node_owner (timer, AcdParty, timer));
      break;
    case ACD_TIMER_RECORDING:
      acd_recording_due (core, acd_node_owner (timer, AcdRecording, timer));
      break;
    }
}

/* The earliest timer; of two at one instant the kind decides. */
static AcdNode *
earliest (const AcdCore *core, AcdTimerKind *kind)
{
  AcdNode *first = NULL;

  for (int i = 0; i < ACD_N_TIMERS; i++)
    if (core->timers[i].first != NULL && (first == NULL || core->timers[i].first->key < first->key))
      {
        first = core->timers[i].first;
        *kind = (AcdTimerKind) i;
      }
  return first;
}

gint64
acd_core_next_deadline (const AcdCore *core)
{
  AcdTimerKind kind;
  AcdNode *first = earliest (core, &kind);

  return first != NULL ? first->key : G_MAXINT64;
}

/* Fires all that is due at the core's clock; each is settled before the next, as if they had come
 * one by one. */
void
acd_fire_due (AcdCore *core)
{
  AcdTimerKind kind;
  AcdNode *first;

  if (core->due > core->clock)
    return;
  while ((first = earliest (core, &kind)) != NULL && first->key <= core->clock)
    {
      fire (core, kind, first);
      acd_dispatch (core);
    }
  core->due = first != NULL ? first->key : G_MAXINT64;
}
