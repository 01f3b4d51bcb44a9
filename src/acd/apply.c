/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking an event into the state: the one door. Which file knows the event's type stands in one
 * table. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"
#include "acd/recording.h"
#include "acd/state.h"

static gboolean
apply_restarted (AcdCore *core, const ModelEvent *event, GError **error)
{
  gint64 shift = event->duration;

  for (guint i = 0; i < core->agents->len; i++)
    {
      AcdAgent *agent = core->agents->pdata[i];
      if (agent->session != 0)
        {
          agent->desk_connected = agent->station_ready = FALSE;
          agent->desk_lost_at = event->at;
          agent->station_lost_at = 0;
        }
      for (AcdOffer *offer = agent->offers; offer != NULL; offer = offer->next)
        {
          offer->deadline += shift;
          acd_offer_timer (core, offer);
        }
      for (AcdPart *part = agent->parts; part != NULL; part = part->next)
        if (part->deadline != 0)
          {
            part->deadline += shift;
            acd_timer_set (core, ACD_TIMER_PART, &part->timer, part->deadline, part->id);
          }
      for (AcdExclusion *one = agent->exclusions; one != NULL; one = one->next)
        {
          one->until += shift;
          acd_timer_set (core, ACD_TIMER_EXCLUSION, &one->timer, one->until,
                         acd_exclusion_tie (one));
        }
      acd_agent_mark (core, agent);
      acd_agent_timer (core, agent);
    }
  return TRUE;
}

static gint64
later (gint64 deadline, gint64 shift)
{
  return deadline == G_MAXINT64 ? deadline : deadline + shift;
}

static void
shift_requests (AcdCore *core, gint64 shift)
{
  g_autoptr (GArray) ids = acd_id_map_ids (&core->requests);

  for (guint i = 0; i < ids->len; i++)
    {
      AcdRequest *request = acd_id_map_lookup (&core->requests, g_array_index (ids, ModelId, i));
      request->wait_deadline = later (request->wait_deadline, shift);
      for (guint j = 0; j < request->n_needs; j++)
        request->needs[j].until = later (request->needs[j].until, shift);
      acd_request_timer (core, request);
    }
}

static gboolean
apply_centre (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdQueue *queue;

  if (event->type == MODEL_EVENT_DEFINITIONS_APPLIED)
    return acd_apply_definitions (core, event, error);
  if (event->type == MODEL_EVENT_CENTRE_RESTARTED)
    {
      shift_requests (core, event->duration);
      acd_recording_shift (core, event->duration);
      acd_party_shift (core, event->duration);
      return apply_restarted (core, event, error);
    }
  queue = acd_find_queue (core, event->queue);
  if (queue == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  queue->open = event->type == MODEL_EVENT_QUEUE_OPENED;
  return TRUE;
}

typedef gboolean (*Apply) (AcdCore *core, const ModelEvent *event, GError **error);

static Apply
apply_of (gint32 type)
{
  if (type < 0 || type >= MODEL_N_EVENTS)
    return NULL;
  if (type <= MODEL_EVENT_QUEUE_CLOSED)
    return apply_centre;
  if (type <= MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED || type == MODEL_EVENT_AGENT_CHANNEL_CHANGED)
    return acd_apply_agent;
  if (type == MODEL_EVENT_AGENT_FORWARDING_CHANGED || type == MODEL_EVENT_INTERACTION_FORWARDED)
    return acd_apply_forward;
  return acd_apply_work;
}

gboolean
acd_apply (AcdCore *core, const ModelEvent *event, GError **error)
{
  Apply apply = apply_of (event->type);

  if (apply == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "type");
  if (event->at < core->now)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "at");
  if (core->definitions == NULL && event->type != MODEL_EVENT_DEFINITIONS_APPLIED)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "definitions");
  if (!apply (core, event, error))
    return FALSE;
  core->now = event->at;
  return TRUE;
}
