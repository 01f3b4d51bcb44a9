/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that several decisions share: participations, wrap-up and ends. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"
#include "acd/recording.h"
#include "acd/state.h"

static void
start_wrap_up (AcdCore *core, AcdPart *part)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_WRAP_UP_STARTED, part);

  event->deadline = core->clock + (gint64) part->queue->def.wrap_up.seconds * 1000;
  acd_emit (core, event);
}

/* The question goes on without the one who asked it. */
static gboolean
gives_away (const AcdCore *core, const AcdPart *part)
{
  const AcdRequest *ask = acd_asked (part->interaction);
  const AcdParty *rung = acd_party_rung (core, part->interaction);

  return (ask != NULL && ask->kind == MODEL_REQUEST_TRANSFER) ||
         (rung != NULL && rung->part == MODEL_PART_PRIMARY);
}

/* The agent's part in the talk is over; the wrap-up begins, or all of it is done. */
void
acd_step_leave (AcdCore *core, AcdPart *part, const char *reason)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_LEFT, part);
  AcdAgent *agent = part->agent;
  gboolean wrap_up = acd_wrap_up_due (part, reason);

  if (part->part == MODEL_PART_PRIMARY && !acd_part_dials (part) && !gives_away (core, part))
    acd_step_end_asks (core, part->interaction, model_code (MODEL_CODE_AGENT_LEFT));
  event->reason = reason;
  event->duration = core->clock - part->joined;
  event->held_duration = part->held_total;
  if (part->state == ACD_PART_HELD)
    event->held_duration += core->clock - part->since;
  acd_emit (core, event);
  if (wrap_up)
    start_wrap_up (core, part);
  else
    acd_step_work_done (core, agent);
}

/* Where the work waits when the agent has it no more; NULL = nowhere. A call may be made in the
 * name of a queue of another channel. */
AcdQueue *
acd_part_home (AcdCore *core, const AcdPart *part)
{
  if (part->queue != NULL && part->queue->def.channel == (gint32) part->interaction->channel)
    return part->queue;
  return acd_personal_fallback (core, part->agent, (ModelChannel) part->interaction->channel);
}

/* Who only helps goes alone, and in a conference another goes on. */
static gboolean
goes_on_without (AcdCore *core, AcdPart *part, const char *reason)
{
  AcdInteraction *interaction = part->interaction;
  AcdPart *heir = acd_heir (core, interaction);

  if (part->part == MODEL_PART_PRIMARY)
    {
      if (heir != NULL)
        acd_step_pass_control (core, part, heir, reason);
      return heir != NULL;
    }
  acd_step_leave (core, part, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
  return TRUE;
}

void
acd_step_give_back (AcdCore *core, AcdPart *part, const char *reason)
{
  AcdInteraction *interaction = part->interaction;
  AcdPlacing placing = {
    .kind = MODEL_REQUEST_NEW,
    .queue = acd_part_home (core, part),
    .giver = part->agent,
    .reason = reason,
    .priority = part->queue != NULL ? part->priority - part->queue->def.priority : 0,
    .queued_at = part->queued_at,
  };

  if (goes_on_without (core, part, reason))
    return;
  acd_step_leave (core, part, reason);
  if (interaction->customer_present && placing.queue != NULL)
    acd_step_place (core, interaction, &placing);
  else
    acd_step_close_if_done (core, interaction, MODEL_OUTCOME_FAILED, reason);
}

/* The agent is away: whoever waits is told, and after these seconds the work goes back. */
void
acd_step_absent (AcdCore *core, AcdPart *part, const char *reason, gint32 seconds)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_ABSENT, part);

  event->reason = reason;
  event->deadline = core->clock + (gint64) seconds * 1000;
  acd_emit (core, event);
}

void
acd_step_status (AcdCore *core,
                 AcdInteraction *interaction,
                 ModelStatus status,
                 const AcdAgent *agent,
                 const char *reason)
{
  ModelEvent *event;

  if (interaction->status == (guint) status)
    return;
  event = acd_event (core, MODEL_EVENT_INTERACTION_STATUS_CHANGED);
  acd_event_about (core, event, interaction);
  event->agent = agent != NULL ? agent->id : NULL;
  event->status = (gint32) status;
  event->reason = reason;
  acd_emit (core, event);
}

void
acd_step_no_longer_pending (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  if (interaction->status == MODEL_STATUS_PENDING)
    acd_step_status (core, interaction, MODEL_STATUS_OPEN, NULL, reason);
}

/* The centre sets a disposition of the queue's, unless there is one. */
static void
set_disposition (AcdCore *core, AcdPart *part, const char *disposition)
{
  ModelEvent *event;

  if (part->disposition != NULL || disposition == NULL)
    return;
  event = acd_event_of_part (core, MODEL_EVENT_DISPOSITION_SET, part);
  event->disposition = g_intern_string (disposition);
  event->revision = part->disposition_revision + 1;
  event->reason = model_code (MODEL_CODE_AUTOMATIC);
  acd_emit (core, event);
}

/* Just joined or took over: in some queues the centre knows the outcome beforehand. */
void
acd_step_joined (AcdCore *core, AcdPart *part)
{
  if (part->queue != NULL && part->part == MODEL_PART_PRIMARY)
    set_disposition (core, part, part->queue->def.automatic_disposition);
  acd_step_recording_joined (core, part);
}

void
acd_step_end_wrap_up (AcdCore *core, AcdPart *part, const char *reason, const char *by)
{
  AcdInteraction *interaction = part->interaction;
  AcdAgent *agent = part->agent;
  const ModelQueue *def = &part->queue->def;
  /* Stands in for what the agent did not choose. The automatic one: the queue has got it since. */
  const char *otherwise = def->wrap_up.default_disposition != NULL
                              ? def->wrap_up.default_disposition
                              : def->automatic_disposition;
  ModelEvent *event;

  if (def->wrap_up.required || reason == model_code (MODEL_CODE_TIMEOUT))
    set_disposition (core, part, otherwise);
  event = acd_event_of_part (core, MODEL_EVENT_WRAP_UP_ENDED, part);
  event->reason = reason;
  event->by = by;
  event->disposition = part->disposition;
  event->duration = core->clock - part->since;
  acd_emit (core, event);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, NULL);
  acd_step_work_done (core, agent);
}

/* Nobody of the centre is left in a call whose customer is gone, or only one who talks to nobody.
 */
static void
let_last_go (AcdCore *core, AcdInteraction *interaction)
{
  if (!acd_is_call (interaction) || interaction->customer_present)
    return;
  if (acd_n_in (core, interaction) >= 2 && acd_n_agents (interaction) == 0 &&
      (acd_party_as (core, interaction, MODEL_PART_PRIMARY) != NULL ||
       acd_step_numbers_alone (core, interaction)))
    return;
  if (acd_n_in (core, interaction) < 2 || acd_n_agents (interaction) == 0)
    acd_step_all_leave (core, interaction, model_code (MODEL_CODE_AGENT_LEFT));
}

/* Who has charge of the customer: an agent, a number to which the call was given, or a box. */
static gboolean
is_served (const AcdCore *core, const AcdInteraction *interaction)
{
  const AcdParty *rung = acd_party_rung (core, interaction);

  return interaction->voicemail || acd_part_as (interaction, MODEL_PART_PRIMARY) != NULL ||
         acd_party_as (core, interaction, MODEL_PART_PRIMARY) != NULL ||
         (rung != NULL && rung->part == MODEL_PART_PRIMARY);
}

/* A colleague who leaves a message talked to nobody. */
static gboolean
is_answered (const AcdInteraction *interaction)
{
  return interaction->answered && !(interaction->voicemail && acd_is_internal (interaction));
}

/* An interaction closes when no request and no participation remains. The customer does not wait
 * for those who only wrap up or talk among themselves. */
void
acd_step_close_if_done (AcdCore *core,
                        AcdInteraction *interaction,
                        ModelOutcome outcome,
                        const char *reason)
{
  gboolean others = FALSE;
  ModelEvent *event;

  if (acd_is_internal (interaction) && interaction->customer_present &&
      acd_n_joined (core, interaction) == 0)
    {
      acd_step_customer_left (core, interaction, reason);
      return;
    }
  let_last_go (core, interaction);
  others = interaction->parts != NULL || acd_parties (core, interaction) != NULL;
  if (interaction->requests == NULL && others && interaction->customer_present &&
      interaction->channel != MODEL_CHANNEL_IM && !is_served (core, interaction))
    {
      if (acd_step_numbers_alone (core, interaction))
        return;
      acd_step_customer_left (core, interaction, reason);
      return;
    }
  if (interaction->requests != NULL || others ||
      (interaction->voicemail && interaction->customer_present))
    return;
  if (interaction->voicemail)
    outcome = MODEL_OUTCOME_VOICEMAIL;
  acd_step_recording_over (core, interaction, reason);
  event = acd_event (core, MODEL_EVENT_INTERACTION_CLOSED);
  acd_event_about (core, event, interaction);
  event->outcome = (gint32) (is_answered (interaction) ? MODEL_OUTCOME_ANSWERED : outcome);
  event->reason = reason;
  event->duration = core->clock - interaction->created;
  event->leg = interaction->customer_present ? interaction->leg : 0;
  acd_emit (core, event);
}

static void
end_request_of_leaver (AcdCore *core,
                       AcdRequest *request,
                       const char *reason,
                       ModelOutcome *outcome)
{
  if (acd_request_asks (request))
    {
      acd_step_end_asks (core, request->interaction, model_code (MODEL_CODE_CUSTOMER_LEFT));
      return;
    }
  *outcome = MODEL_OUTCOME_ABANDONED;
  if (request->offer != NULL)
    {
      *outcome = MODEL_OUTCOME_ABANDONED_RINGING;
      acd_step_end_offer (core, request->offer, MODEL_OUTCOME_WITHDRAWN,
                          model_code (MODEL_CODE_CUSTOMER_LEFT));
    }
  if (reason == model_code (MODEL_CODE_ENGINE_LOST))
    *outcome = MODEL_OUTCOME_FAILED;
  acd_step_end_request (core, request, *outcome, reason);
}

ModelOutcome
acd_step_without_customer (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT);
  ModelOutcome outcome = MODEL_OUTCOME_ANSWERED;
  AcdParty *rung;

  acd_event_about (core, event, interaction);
  event->leg = interaction->leg;
  event->reason = reason;
  acd_emit (core, event);
  acd_step_recording_over (core, interaction, reason);
  while (interaction->requests != NULL)
    end_request_of_leaver (core, interaction->requests, reason, &outcome);
  while ((rung = acd_party_rung (core, interaction)) != NULL)
    acd_step_party_left (core, rung, model_code (MODEL_CODE_CUSTOMER_LEFT));
  return outcome;
}

/* On a call those who are in it talk on, if there are two; otherwise whoever helped the primary
 * agent stays until he or she is done too. */
void
acd_step_customer_left (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  gboolean call = acd_is_call (interaction);
  ModelOutcome outcome;
  AcdPart *next;

  if (call && (acd_n_in (core, interaction) < 2 || acd_n_agents (interaction) == 0 ||
               reason == model_code (MODEL_CODE_ENGINE_LOST)))
    {
      acd_step_end_call (core, interaction, reason);
      return;
    }
  outcome = acd_step_without_customer (core, interaction, reason);
  if (call)
    acd_step_talk_on (core, interaction);
  for (AcdPart *part = interaction->parts; part != NULL && !call; part = next)
    {
      next = part->sibling;
      if (acd_part_is_in (part) && part->part == MODEL_PART_PRIMARY)
        acd_step_leave (core, part, reason);
    }
  acd_step_close_if_done (core, interaction, outcome, reason);
}

/* The state chosen for now, unless it is to be available and the station went away meanwhile. */
static void
take_next_state (AcdCore *core, AcdAgent *agent)
{
  ModelAgentState next = (ModelAgentState) agent->next_state;

  if (next == MODEL_AGENT_AVAILABLE && !acd_agent_may_be_available (agent, NULL))
    {
      ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_AGENT_NEXT_STATE_CHANGED, agent);
      event->reason = model_code (MODEL_CODE_STATION_NOT_READY);
      acd_emit (core, event);
      return;
    }
  acd_step_state (core, agent, next, agent->next_reason, NULL);
}

/* After something ended: a sign-out that waited, or the state chosen for now. */
void
acd_step_work_done (AcdCore *core, AcdAgent *agent)
{
  if (agent->session == 0)
    return;
  if (agent->sign_out_pending && acd_agent_may_leave (agent))
    acd_step_sign_out (core, agent, model_code (MODEL_CODE_FORCED));
  else if (agent->next_state != MODEL_AGENT_OFFLINE && !acd_agent_engaged (agent))
    take_next_state (core, agent);
}

/* The conversations of an agent who signs out wait for a while; who only helped is out of them. */
static void
leave_behind (AcdCore *core, AcdAgent *agent)
{
  const char *away = model_code (MODEL_CODE_OWNER_AWAY);
  AcdPart *next;

  for (AcdPart *part = agent->parts; part != NULL; part = next)
    {
      next = part->next;
      if (part->state != ACD_PART_ACTIVE || part->interaction->channel == MODEL_CHANNEL_IM)
        continue;
      if (part->part != MODEL_PART_PRIMARY)
        {
          goes_on_without (core, part, away);
          continue;
        }
      acd_step_end_asks (core, part->interaction, away);
      if (part->deadline == 0 && acd_part_home (core, part) != NULL)
        acd_step_absent (core, part, away, acd_settings (core)->work_absence_seconds);
    }
}

void
acd_step_sign_out (AcdCore *core, AcdAgent *agent, const char *reason)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_AGENT_SIGNED_OUT, agent);
  AcdNode *next;

  event->session = agent->session;
  event->reason = reason;
  acd_emit (core, event);
  leave_behind (core, agent);
  for (AcdNode *node = agent->personal.first; node != NULL; node = next)
    {
      AcdRequest *request = acd_node_owner (node, AcdRequest, node);
      AcdQueue *fallback = acd_request_back (core, request);
      next = acd_tree_next (node);
      if (acd_request_asks (request))
        acd_step_unanswered (core, request, MODEL_OUTCOME_FAILED,
                             model_code (MODEL_CODE_OWNER_AWAY));
      else if (acd_step_to_giver (core, request, model_code (MODEL_CODE_OWNER_AWAY)) ||
               acd_step_forward_request (core, request, MODEL_FORWARD_SIGNED_OUT,
                                         model_code (MODEL_CODE_OWNER_AWAY)))
        continue;
      else if (fallback != NULL)
        acd_step_move_request (core, request, fallback, model_code (MODEL_CODE_OWNER_AWAY));
    }
}
