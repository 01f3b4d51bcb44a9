/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps that several decisions share: participations, wrap-up and ends. Core's thread. */
#include "acd/state.h"

static void
start_wrap_up (AcdCore *core, AcdPart *part)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_WRAP_UP_STARTED, part);

  event->deadline = core->clock + (gint64) part->queue->def->wrap_up.seconds * 1000;
  acd_emit (core, event);
}

/* The agent's part in the talk is over; the wrap-up begins, or all of it is done. */
void
acd_step_leave (AcdCore *core, AcdPart *part, const char *reason)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_LEFT, part);
  AcdAgent *agent = part->agent;
  gboolean wrap_up = acd_wrap_up_due (part, reason);

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

/* Where the work waits when the agent has it no more; NULL = nowhere. */
AcdQueue *
acd_part_home (AcdCore *core, const AcdPart *part)
{
  if (part->queue != NULL)
    return part->queue;
  return acd_personal_fallback (core, part->agent, (ModelChannel) part->interaction->channel);
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
    .priority = part->queue != NULL ? part->priority - part->queue->def->priority : 0,
    .queued_at = part->queued_at,
  };

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

/* Just joined: in some queues the centre knows the outcome beforehand. */
void
acd_step_joined (AcdCore *core, AcdPart *part)
{
  if (part->queue != NULL)
    set_disposition (core, part, part->queue->def->automatic_disposition);
}

void
acd_step_end_wrap_up (AcdCore *core, AcdPart *part, const char *reason, const char *by)
{
  AcdInteraction *interaction = part->interaction;
  AcdAgent *agent = part->agent;
  const ModelQueue *def = part->queue->def;
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

/* An interaction closes when no request and no participation remains. */
void
acd_step_close_if_done (AcdCore *core,
                        AcdInteraction *interaction,
                        ModelOutcome outcome,
                        const char *reason)
{
  ModelEvent *event;

  if (interaction->requests != NULL || interaction->parts != NULL)
    return;
  event = acd_event (core, MODEL_EVENT_INTERACTION_CLOSED);
  acd_event_about (core, event, interaction);
  event->outcome = (gint32) (interaction->answered ? MODEL_OUTCOME_ANSWERED : outcome);
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

void
acd_step_customer_left (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT);
  ModelOutcome outcome = MODEL_OUTCOME_ANSWERED;
  AcdPart *next;

  acd_event_about (core, event, interaction);
  event->leg = interaction->leg;
  event->reason = reason;
  acd_emit (core, event);
  while (interaction->requests != NULL)
    end_request_of_leaver (core, interaction->requests, reason, &outcome);
  for (AcdPart *part = interaction->parts; part != NULL; part = next)
    {
      next = part->sibling;
      if (part->state == ACD_PART_ACTIVE || part->state == ACD_PART_HELD)
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

void
acd_step_sign_out (AcdCore *core, AcdAgent *agent, const char *reason)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_AGENT_SIGNED_OUT, agent);
  AcdNode *next;

  event->session = agent->session;
  event->reason = reason;
  acd_emit (core, event);
  for (AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->state == ACD_PART_ACTIVE && part->deadline == 0 && acd_part_home (core, part) != NULL)
      acd_step_absent (core, part, model_code (MODEL_CODE_OWNER_AWAY),
                       acd_settings (core)->work_absence_seconds);
  for (AcdNode *node = agent->personal.first; node != NULL; node = next)
    {
      AcdRequest *request = acd_node_owner (node, AcdRequest, node);
      AcdQueue *fallback = acd_request_back (core, request);
      next = acd_tree_next (node);
      if (fallback != NULL)
        acd_step_move_request (core, request, fallback, model_code (MODEL_CODE_OWNER_AWAY));
    }
}
