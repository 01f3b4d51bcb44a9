/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of agents into the state: sessions, desks, stations, states, memberships. Core's thread.
 */
#include "acd/machines.h"

#include <string.h>

static void
set_state (AcdAgent *agent, const ModelEvent *event)
{
  if (event->state == MODEL_AGENT_AVAILABLE && agent->state != MODEL_AGENT_AVAILABLE)
    agent->idle_since = event->at;
  agent->state = (guint8) event->state;
  agent->reason = event->reason;
  agent->since = event->at;
  agent->next_state = MODEL_AGENT_OFFLINE;
  agent->next_reason = NULL;
}

/* The seat trees follow at the next look: `rejoined` makes it look for waiting requests too. */
static void
set_membership (AcdAgent *agent, AcdPlace *place, gint32 membership, const char *reason)
{
  if ((place->membership == MODEL_MEMBERSHIP_OUT) != (membership == MODEL_MEMBERSHIP_OUT))
    place->queue->staffed += membership == MODEL_MEMBERSHIP_OUT ? -1u : 1u;
  place->membership = membership;
  place->reason = reason;
  if (membership == MODEL_MEMBERSHIP_READY)
    agent->rejoined = TRUE;
}

static void
take_session (AcdAgent *agent, const ModelEvent *event)
{
  agent->session = event->session;
  agent->station = (guint8) event->station;
  agent->station_ready = agent->desk_connected = FALSE;
  agent->desk_lost_at = event->at;
  agent->station_lost_at = 0;
}

static void
sign_in (AcdCore *core, AcdAgent *agent, const ModelEvent *event)
{
  gint32 membership =
      acd_settings (core)->ready_at_sign_in ? MODEL_MEMBERSHIP_READY : MODEL_MEMBERSHIP_OUT;

  take_session (agent, event);
  set_state (agent, event);
  agent->idle_since = event->at;
  for (guint i = 0; i < agent->n_places; i++)
    set_membership (agent, &agent->places[i], membership, NULL);
  acd_agent_look_anew (agent);
}

static void
sign_out (AcdAgent *agent, const ModelEvent *event)
{
  for (guint i = 0; i < agent->n_places; i++)
    set_membership (agent, &agent->places[i], MODEL_MEMBERSHIP_OUT, NULL);
  acd_agent_look_anew (agent);
  agent->session = 0;
  agent->station_ready = agent->desk_connected = agent->sign_out_pending = FALSE;
  agent->desk_lost_at = agent->station_lost_at = 0;
  agent->state = agent->next_state = MODEL_AGENT_OFFLINE;
  agent->reason = event->reason;
  agent->next_reason = NULL;
  agent->since = event->at;
  for (gint32 channel = 0; channel < MODEL_N_CHANNELS; channel++)
    acd_agent_set_out (agent, channel, (AcdOut){ 0 });
}

static void
set_channel (AcdAgent *agent, const ModelEvent *event)
{
  gboolean out = event->state == MODEL_AGENT_IDLE;

  acd_agent_set_out (agent, event->channel,
                     out ? (AcdOut){ event->reason, event->by, event->at } : (AcdOut){ 0 });
}

static gboolean
apply_to (AcdCore *core, AcdAgent *agent, const ModelEvent *event, GError **error)
{
  AcdPlace *place;

  switch ((guint) event->type)
    {
    case MODEL_EVENT_AGENT_SIGNED_IN:
      sign_in (core, agent, event);
      break;
    case MODEL_EVENT_AGENT_TAKEN_OVER:
      take_session (agent, event);
      break;
    case MODEL_EVENT_AGENT_SIGNED_OUT:
      sign_out (agent, event);
      break;
    case MODEL_EVENT_AGENT_SIGN_OUT_PENDING:
      agent->sign_out_pending = TRUE;
      break;
    case MODEL_EVENT_AGENT_DESK_CONNECTED:
      agent->desk_connected = TRUE;
      agent->desk_lost_at = 0;
      break;
    case MODEL_EVENT_AGENT_DESK_LOST:
      agent->desk_connected = FALSE;
      agent->desk_lost_at = event->at;
      break;
    case MODEL_EVENT_AGENT_STATION_CHANGED:
      /* It has the grace of one that was lost. */
      agent->station = (guint8) event->station;
      agent->station_ready = FALSE;
      agent->station_lost_at = event->at;
      break;
    case MODEL_EVENT_AGENT_STATION_READY:
      agent->station_ready = TRUE;
      agent->station_lost_at = 0;
      break;
    case MODEL_EVENT_AGENT_STATION_LOST:
      agent->station_ready = FALSE;
      agent->station_lost_at = event->reason == model_code (MODEL_CODE_UNREACHABLE) ? event->at : 0;
      break;
    case MODEL_EVENT_AGENT_STATE_CHANGED:
      set_state (agent, event);
      if (event->state != MODEL_AGENT_AVAILABLE)
        agent->station_lost_at = 0;
      break;
    case MODEL_EVENT_AGENT_NEXT_STATE_CHANGED:
      agent->next_state = (guint8) event->state;
      agent->next_reason = event->state == MODEL_AGENT_OFFLINE ? NULL : event->reason;
      break;
    case MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED:
      place = acd_agent_place (agent, acd_find_queue (core, event->queue));
      if (place == NULL)
        return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
      set_membership (agent, place, event->membership, event->reason);
      acd_agent_look_anew (agent);
      break;
    case MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED:
      agent->auto_accept = event->auto_accept != FALSE;
      break;
    case MODEL_EVENT_AGENT_CHANNEL_CHANGED:
      if (event->channel < 0 || event->channel >= MODEL_N_CHANNELS ||
          (event->state == MODEL_AGENT_IDLE && event->reason == NULL))
        return acd_refuse_member (error, ACD_ERROR_INVALID, "channel");
      set_channel (agent, event);
      break;
    case MODEL_EVENT_AGENT_TEAM_CHANGED:
      agent->team = event->team;
      acd_agent_seat_everywhere (core, agent);
      break;
    default:
      return acd_refuse_member (error, ACD_ERROR_INVALID, "type");
    }
  return TRUE;
}

gboolean
acd_apply_agent (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, event->agent);

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (base_machine_find (&acd_agent_machine, agent->state, acd_agent_step (event)) == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "state");
  if (!apply_to (core, agent, event, error))
    return FALSE;
  acd_agent_mark (core, agent);
  acd_agent_timer (core, agent);
  return TRUE;
}
