/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What colleagues see of an agent: ready to take a call, busy, on a break, signed out. It follows
 * from the state and is stored nowhere. Core's thread. */
#include "acd/view.h"

#include "acd/state.h"

/* A queue that gives work; who serves none is reached by his or her own number alone. */
static gboolean
serves_a_queue (const AcdAgent *agent)
{
  for (guint i = 0; i < agent->n_places; i++)
    if (agent->places[i].membership == MODEL_MEMBERSHIP_READY)
      return TRUE;
  return agent->n_places == 0;
}

/* Who has no slot for calls is judged by the rest. */
static gboolean
could_take_a_call (const AcdCore *core, const AcdAgent *agent)
{
  guint8 slots = agent->slots[MODEL_CHANNEL_VOICE];

  if (agent->state != MODEL_AGENT_AVAILABLE || agent->next_state != MODEL_AGENT_OFFLINE ||
      agent->sign_out_pending || !serves_a_queue (agent))
    return FALSE;
  if (agent->call_wrap_ups > 0 && acd_settings (core)->voice_wrap_up_blocks)
    return FALSE;
  return slots == 0 ||
         (agent->used[MODEL_CHANNEL_VOICE] < slots && acd_agent_takes (agent, MODEL_CHANNEL_VOICE));
}

/* The one reason of all queues in which the agent pauses, NULL where there are several or none. */
static const char *
reason_of_pauses (const AcdAgent *agent)
{
  const char *reason = NULL;

  for (guint i = 0; i < agent->n_places; i++)
    {
      const AcdPlace *place = &agent->places[i];
      if (place->membership != MODEL_MEMBERSHIP_PAUSED)
        continue;
      if (reason != NULL && place->reason != reason)
        return NULL;
      reason = place->reason;
    }
  return reason;
}

/* Why the agent takes no calls. */
static const char *
reason_of_break (const AcdAgent *agent)
{
  if (agent->state == MODEL_AGENT_IDLE)
    return agent->reason;
  if (agent->out[MODEL_CHANNEL_VOICE].reason != NULL)
    return agent->out[MODEL_CHANNEL_VOICE].reason;
  return reason_of_pauses (agent);
}

/* When the first of what is in hand came. */
static gint64
busy_since (const AcdAgent *agent)
{
  gint64 since = G_MAXINT64;

  for (const AcdOffer *offer = agent->offers; offer != NULL; offer = offer->next)
    if (offer->request->interaction->channel != MODEL_CHANNEL_IM)
      since = MIN (since, offer->created);
  for (const AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->interaction->channel != MODEL_CHANNEL_IM)
      since = MIN (since, part->joined);
  return since;
}

AcdPresenceView
acd_core_agent_presence (const AcdCore *core, const char *id)
{
  const AcdAgent *agent = acd_find_agent (core, id);
  AcdPresenceView view = { MODEL_PRESENCE_SIGNED_OUT, NULL, 0 };

  if (agent == NULL)
    return view;
  view.since = agent->since;
  if (agent->session == 0)
    return view;
  if (could_take_a_call (core, agent))
    {
      view.presence = MODEL_PRESENCE_READY;
      view.since = MAX (agent->since, agent->idle_since);
    }
  else if (acd_agent_engaged (agent))
    {
      view.presence = MODEL_PRESENCE_BUSY;
      view.since = busy_since (agent);
    }
  else
    {
      view.presence = MODEL_PRESENCE_ON_BREAK;
      view.reason = reason_of_break (agent);
      view.since = MAX (agent->since, agent->out[MODEL_CHANNEL_VOICE].since);
    }
  return view;
}
