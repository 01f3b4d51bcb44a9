/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about what agents choose: state, memberships, answering by itself. Core's thread. */
#include "acd/state.h"

static AcdAgent *
signed_in_agent (AcdCore *core,
                 const AcdCommand *command,
                 ModelSuperviseAction action,
                 GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);

  if (agent == NULL)
    acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  else if (agent->session == 0)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_SIGNED_IN);
  else if (acd_supervises (core, command->by, agent, action, error))
    return agent;
  return NULL;
}

/* Whether the choice has to wait until the work in hand is done. To become available waits only for
 * a call or its wrap-up, so that an agent with chats can leave RONA. */
static gboolean
must_wait (const AcdAgent *agent, ModelAgentState state)
{
  if (state == MODEL_AGENT_AVAILABLE)
    return agent->calls > acd_agent_calls_offered (agent) || agent->call_wrap_ups > 0;
  return acd_agent_works (agent);
}

static void
choose_next (AcdCore *core,
             AcdAgent *agent,
             ModelAgentState state,
             const char *reason,
             const char *by)
{
  ModelEvent *event;

  if (state == agent->state && reason == agent->reason)
    {
      state = MODEL_AGENT_OFFLINE; /* stays what it is: nothing is next any more */
      reason = NULL;
    }
  if (state == agent->next_state && reason == agent->next_reason)
    return;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_NEXT_STATE_CHANGED, agent);
  event->state = (gint32) state;
  event->reason = reason;
  event->by = by;
  acd_emit (core, event);
}

static gboolean
check_reason (const AcdCore *core, const char *id, GError **error)
{
  const ModelReason *reason = id != NULL ? model_definitions_reason (core->definitions, id) : NULL;

  if (id == NULL)
    return acd_refuse (error, ACD_ERROR_INVALID, MODEL_CODE_REASON_REQUIRED);
  return (reason != NULL && reason->for_idle) ||
         acd_refuse_member (error, ACD_ERROR_INVALID, "reason");
}

static gboolean
check_state (AcdCore *core, AcdAgent *agent, const AcdCommand *command, GError **error)
{
  ModelCode why;

  if (command->state == MODEL_AGENT_AVAILABLE)
    {
      if (!acd_agent_may_be_available (agent, &why))
        return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why);
      return TRUE;
    }
  if (command->state != MODEL_AGENT_IDLE)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "state");
  return check_reason (core, command->reason, error);
}

/* Nothing comes on this channel, because of this reason; NULL: something may come again. */
static void
set_channel (AcdCore *core, AcdAgent *agent, gint32 channel, const char *reason, const char *by)
{
  const AcdOut *out = &agent->out[channel];
  ModelEvent *event;

  if (out->reason == reason)
    return;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_CHANNEL_CHANGED, agent);
  event->channel = channel;
  event->state = reason != NULL ? MODEL_AGENT_IDLE : MODEL_AGENT_AVAILABLE;
  event->reason = reason;
  event->by = by;
  event->duration = out->reason != NULL ? core->clock - out->since : 0;
  acd_emit (core, event);
  if (reason != NULL && agent->personal.n > 0)
    acd_step_release_returns (core, agent);
}

gboolean
acd_decide_set_channel (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = signed_in_agent (core, command, MODEL_SUPERVISE_STATE, error);
  gboolean out = command->state == MODEL_AGENT_IDLE;

  if (agent == NULL)
    return FALSE;
  if (command->channel < 0 || command->channel >= MODEL_CHANNEL_IM ||
      (agent->slots[command->channel] == 0 && agent->out[command->channel].reason == NULL))
    return acd_refuse_member (error, ACD_ERROR_INVALID, "channel");
  if (!out && command->state != MODEL_AGENT_AVAILABLE)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "state");
  if (out && !check_reason (core, command->reason, error))
    return FALSE;
  set_channel (core, agent, command->channel, out ? g_intern_string (command->reason) : NULL,
               command->by != NULL ? g_intern_string (command->by) : NULL);
  return TRUE;
}

gboolean
acd_decide_set_state (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = signed_in_agent (core, command, MODEL_SUPERVISE_STATE, error);
  ModelAgentState state = (ModelAgentState) command->state;
  const char *by = command->by != NULL ? g_intern_string (command->by) : NULL;
  const char *reason = NULL;

  if (agent == NULL || !check_state (core, agent, command, error))
    return FALSE;
  if (state == MODEL_AGENT_IDLE)
    reason = g_intern_string (command->reason);
  for (gint32 i = 0; i < MODEL_N_CHANNELS && state == MODEL_AGENT_AVAILABLE; i++)
    set_channel (core, agent, i, NULL, by);
  if (must_wait (agent, state))
    choose_next (core, agent, state, reason, by);
  else if (state != agent->state || reason != agent->reason ||
           agent->next_state != MODEL_AGENT_OFFLINE)
    acd_step_state (core, agent, state, reason, by);
  return TRUE;
}

static gboolean
check_membership (AcdCore *core, AcdAgent *agent, const AcdCommand *command, GError **error)
{
  const ModelReason *reason;

  if (command->membership < MODEL_MEMBERSHIP_OUT || command->membership > MODEL_MEMBERSHIP_PAUSED)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "membership");
  for (char **id = command->queues; id != NULL && *id != NULL; id++)
    if (acd_agent_place (agent, acd_find_queue (core, *id)) == NULL)
      return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queues");
  if (command->membership != MODEL_MEMBERSHIP_PAUSED)
    return TRUE;
  if (command->reason == NULL)
    return acd_refuse (error, ACD_ERROR_INVALID, MODEL_CODE_REASON_REQUIRED);
  reason = model_definitions_reason (core->definitions, command->reason);
  if (reason == NULL || !reason->for_pause)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "reason");
  return TRUE;
}

gboolean
acd_decide_set_membership (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = signed_in_agent (core, command, MODEL_SUPERVISE_QUEUES, error);
  const char *reason = NULL;

  if (agent == NULL || !check_membership (core, agent, command, error))
    return FALSE;
  if (command->membership == MODEL_MEMBERSHIP_PAUSED)
    reason = g_intern_string (command->reason);
  for (guint i = 0; i < agent->n_places; i++)
    {
      AcdPlace *place = &agent->places[i];
      ModelEvent *event;
      if (command->queues != NULL &&
          !g_strv_contains ((const char *const *) command->queues, place->queue->id))
        continue;
      if (place->membership == command->membership && place->reason == reason)
        continue;
      event = acd_event_of_agent (core, MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED, agent);
      event->queue = place->queue->id;
      event->membership = command->membership;
      event->reason = reason;
      event->by = command->by != NULL ? g_intern_string (command->by) : NULL;
      acd_emit (core, event);
    }
  return TRUE;
}

gboolean
acd_decide_set_team (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = signed_in_agent (core, command, MODEL_SUPERVISE_STATE, error);
  ModelEvent *event;

  if (agent == NULL)
    return FALSE;
  if (!model_agent_may_be_of (agent->def, command->team))
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "team");
  if (g_strcmp0 (agent->team, command->team) == 0)
    return TRUE;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_TEAM_CHANGED, agent);
  event->team = g_intern_string (command->team);
  acd_emit (core, event);
  return TRUE;
}

gboolean
acd_decide_set_auto_accept (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = signed_in_agent (core, command, MODEL_SUPERVISE_STATE, error);
  ModelEvent *event;

  if (agent == NULL)
    return FALSE;
  if (acd_settings (core)->auto_accept != MODEL_AUTO_ACCEPT_AGENT)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  if (agent->auto_accept == (command->on != FALSE))
    return TRUE;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED, agent);
  event->auto_accept = command->on != FALSE;
  acd_emit (core, event);
  return TRUE;
}
