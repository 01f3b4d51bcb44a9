/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of requests and offers into the state. Core's thread. */
#include "acd/apply-work.h"

#include "acd/machines.h"

#include <string.h>

/* Adds what is required; of two levels of one skill the higher counts, for the longer time. */
static guint
add_needs (AcdNeed *needs, guint n, const AcdRequired *list, guint n_list, gint64 since)
{
  for (guint i = 0; i < n_list; i++)
    {
      const char *skill = list[i].skill;
      gint64 until = list[i].relaxed_after > 0 ? since + list[i].relaxed_after : G_MAXINT64;
      guint at = 0;
      while (at < n && strcmp (needs[at].skill, skill) < 0)
        at++;
      if (at < n && needs[at].skill == skill)
        {
          needs[at].level = MAX (needs[at].level, list[i].level);
          needs[at].until = MAX (needs[at].until, until);
          continue;
        }
      if (n == ACD_NEEDS_MAX)
        continue;
      memmove (needs + at + 1, needs + at, (n - at) * sizeof *needs);
      needs[at] = (AcdNeed){ skill, list[i].level, until };
      n++;
    }
  return n;
}

static void
set_needs (AcdCore *core, AcdRequest *request, const ModelEvent *event)
{
  AcdNeed needs[ACD_NEEDS_MAX];
  const AcdEntry *entry = acd_find_entry (core, event->entry_point);
  guint n = 0;

  if (event->skill != NULL)
    needs[n++] = (AcdNeed){ event->skill, 1, G_MAXINT64 };
  else if (event->team != NULL && event->agent == NULL)
    needs[n++] = (AcdNeed){ acd_team_need (event->team), 1, G_MAXINT64 };
  else if (request->queue != NULL)
    n = add_needs (needs, n, request->queue->required, request->queue->n_required, event->at);
  if (entry != NULL)
    n = add_needs (needs, n, entry->required, entry->n_required, event->at);
  acd_request_set_needs (core, request, needs, n);
}

static AcdRequest *
request_new (AcdCore *core, const ModelEvent *event, AcdInteraction *interaction)
{
  AcdRequest *request = acd_pool_take (&core->request_pool, sizeof (AcdRequest));

  request->id = event->request;
  request->interaction = interaction;
  request->next = interaction->requests;
  interaction->requests = request;
  acd_id_map_insert (&core->requests, request->id, request);
  return request;
}

static void
remove_exclusion (AcdCore *core, AcdAgent *agent, ModelId request)
{
  for (AcdExclusion **link = &agent->exclusions; *link != NULL; link = &(*link)->next)
    if ((*link)->request == request)
      {
        AcdExclusion *gone = *link;
        *link = gone->next;
        acd_timer_set (core, ACD_TIMER_EXCLUSION, &gone->timer, G_MAXINT64, 0);
        g_free (gone);
        return;
      }
}

static void
add_exclusion (AcdCore *core, AcdAgent *agent, ModelId request, gint64 until)
{
  AcdExclusion *one = g_new0 (AcdExclusion, 1);

  remove_exclusion (core, agent, request);
  one->agent = agent;
  one->request = request;
  one->until = until;
  one->next = agent->exclusions;
  agent->exclusions = one;
  acd_timer_set (core, ACD_TIMER_EXCLUSION, &one->timer, until, acd_exclusion_tie (one));
}

/* Who gave the work back does not get it again at once. */
static void
keep_away (AcdCore *core, const ModelEvent *event)
{
  AcdAgent *agent = acd_find_agent (core, event->by);

  if (agent != NULL)
    add_exclusion (core, agent, event->request, event->at + event->duration);
}

/* A queue's agents are asked, but for those who are in it already. */
static void
keep_company_away (AcdCore *core, const ModelEvent *event, const AcdInteraction *interaction)
{
  for (AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    if (acd_part_is_in (part) || (acd_part_dials (part) && part->part != MODEL_PART_SUPERVISING))
      add_exclusion (core, part->agent, event->request, event->deadline);
}

void
acd_apply_listens (AcdCore *core, const AcdPart *part)
{
  const AcdRequest *asked = acd_asked (part->interaction);

  if (asked != NULL && asked->queue != NULL)
    add_exclusion (core, part->agent, asked->id, asked->wait_deadline);
}

/* What is given to an agent comes after what that agent has waiting already. */
static void
set_rank (const AcdCore *core, AcdRequest *request, const ModelEvent *event)
{
  gboolean given = request->owner != NULL && event->kind == MODEL_REQUEST_TRANSFER;

  request->node.key = (given ? event->at : event->queued_at) -
                      (gint64) event->priority * acd_settings (core)->boost_seconds * 1000;
}

/* Where it goes when the owner does not take it: to a queue, or to who gave the call. */
static void
set_way_back (AcdCore *core, AcdRequest *request, const ModelEvent *event)
{
  AcdAgent *giver = acd_find_agent (core, event->by);

  request->to_giver = FALSE;
  if (request->owner == NULL)
    return;
  request->back = acd_find_queue (core, event->fallback);
  if (request->back != NULL || giver == NULL || event->kind != MODEL_REQUEST_TRANSFER)
    return;
  request->to_giver = TRUE;
  request->giver = giver;
}

/* The question became another one; whoever is asked goes on being asked. */
static void
ask_otherwise (AcdCore *core, AcdRequest *request, const ModelEvent *event)
{
  gboolean waits = request->state == ACD_REQUEST_WAITING;

  if (waits)
    acd_request_dequeue (core, request);
  request->kind = (guint8) event->kind;
  set_way_back (core, request, event);
  request->priority = event->priority;
  request->queued_at = event->queued_at;
  set_rank (core, request, event);
  request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
  if (waits)
    acd_request_enqueue (core, request);
}

/* In its place, or in none. */
static void
set_place (AcdCore *core, AcdRequest *request, guint16 place)
{
  if (request->place != 0)
    acd_id_map_remove (&core->parked, request->place);
  request->place = place;
  if (place != 0)
    acd_id_map_insert (&core->parked, place, request);
}

/* Whether the place is one, and holds no other call. */
static gboolean
place_fits (const AcdCore *core, const AcdRequest *request, const ModelEvent *event)
{
  const AcdRequest *there;

  if (event->kind != MODEL_REQUEST_PARKED)
    return TRUE;
  there = acd_id_map_lookup (&core->parked, (ModelId) event->revision);
  return event->revision > 0 && event->revision <= G_MAXUINT16 && event->queue == NULL &&
         (there == NULL || there == request);
}

static gboolean
request_queued (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, event->interaction);
  AcdRequest *request = acd_id_map_lookup (&core->requests, event->request);
  AcdQueue *queue = acd_find_queue (core, event->queue);
  AcdAgent *owner = queue == NULL ? acd_find_agent (core, event->agent) : NULL;

  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if ((queue == NULL) == (owner == NULL))
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  if (request != NULL && acd_request_asks (request) && request->queue == queue &&
      request->owner == owner)
    {
      ask_otherwise (core, request, event);
      return TRUE;
    }
  if (event->request == 0 || (request != NULL && request->state != ACD_REQUEST_WAITING))
    return acd_refuse_member (error, ACD_ERROR_INVALID, "request");
  if (!place_fits (core, request, event))
    return acd_refuse_member (error, ACD_ERROR_INVALID, "revision");
  if (request == NULL && !acd_take_id (core, event->request, "request", error))
    return FALSE;
  if (request == NULL)
    request = request_new (core, event, interaction);
  else
    acd_request_dequeue (core, request);
  if (event->by != NULL && event->duration > 0)
    keep_away (core, event);
  request->kind = (guint8) event->kind;
  set_place (core, request, event->kind == MODEL_REQUEST_PARKED ? (guint16) event->revision : 0);
  if (acd_request_asks (request) && queue != NULL)
    keep_company_away (core, event, interaction);
  request->queue = queue;
  request->owner = owner;
  set_way_back (core, request, event);
  request->priority = event->priority;
  request->queued_at = event->queued_at;
  request->entered_at = event->at;
  set_rank (core, request, event);
  request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
  set_needs (core, request, event);
  acd_request_enqueue (core, request);
  return TRUE;
}

/* Requirements whose time is over fall away, and the request joins those who need the rest. */
static void
request_relaxed (AcdCore *core, AcdRequest *request, const ModelEvent *event)
{
  AcdNeed kept[ACD_NEEDS_MAX];
  guint n = 0;

  acd_request_dequeue (core, request);
  for (guint i = 0; i < request->n_needs; i++)
    if (request->needs[i].until > event->at)
      kept[n++] = request->needs[i];
  acd_request_set_needs (core, request, kept, n);
  if (request->wait_deadline <= event->at)
    request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
  acd_request_enqueue (core, request);
}

/* Exclusions of a request that is gone go when their time is over. */
static gboolean
request_reofferable (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, event->agent);
  AcdRequest *request = acd_id_map_lookup (&core->requests, event->request);

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  remove_exclusion (core, agent, event->request);
  if (request != NULL && request->state == ACD_REQUEST_WAITING)
    acd_request_mark (core, request);
  return TRUE;
}

static gboolean
request_ended (AcdCore *core, AcdRequest *request, GError **error)
{
  AcdRequest **link = &request->interaction->requests;

  if (request->offer != NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "request");
  acd_request_dequeue (core, request);
  set_place (core, request, 0);
  acd_timer_set (core, ACD_TIMER_REQUEST, &request->timer, G_MAXINT64, 0);
  while (*link != request)
    link = &(*link)->next;
  *link = request->next;
  acd_id_map_remove (&core->requests, request->id);
  acd_request_free (core, request);
  return TRUE;
}

gboolean
acd_apply_request (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdRequest *request = acd_id_map_lookup (&core->requests, event->request);

  if (event->type == MODEL_EVENT_REQUEST_QUEUED)
    return request_queued (core, event, error);
  if (event->type == MODEL_EVENT_REQUEST_REOFFERABLE)
    return request_reofferable (core, event, error);
  if (request == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "request");
  if (event->type == MODEL_EVENT_REQUEST_ENDED)
    return request_ended (core, request, error);
  if (request->state != ACD_REQUEST_WAITING)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "request");
  request_relaxed (core, request, event);
  return TRUE;
}

static gboolean
offer_created (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdRequest *request = acd_id_map_lookup (&core->requests, event->request);
  AcdAgent *agent = acd_find_agent (core, event->agent);
  AcdOffer *offer;

  if (request == NULL || request->state != ACD_REQUEST_WAITING)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "request");
  if (agent == NULL || agent->session == 0)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (!acd_take_id (core, event->offer, "offer", error))
    return FALSE;
  acd_request_dequeue (core, request);
  offer = acd_pool_take (&core->offer_pool, sizeof *offer);
  offer->id = event->offer;
  offer->request = request;
  offer->agent = agent;
  offer->created = event->at;
  offer->deadline = event->deadline;
  offer->auto_accept = event->auto_accept != FALSE;
  offer->next = agent->offers;
  agent->offers = offer;
  agent->n_offers++;
  agent->used[request->interaction->channel]++;
  if (request->interaction->channel == MODEL_CHANNEL_VOICE)
    agent->calls++;
  request->offer = offer;
  request->state = ACD_REQUEST_OFFERED;
  acd_request_timer (core, request);
  acd_id_map_insert (&core->offers, offer->id, offer);
  acd_offer_timer (core, offer);
  acd_agent_mark (core, agent);
  acd_agent_timer (core, agent);
  return TRUE;
}

/* Back to where it waited, unless it was accepted: then the request's own end follows. */
static void
give_back (AcdCore *core, AcdOffer *offer, const ModelEvent *event)
{
  AcdRequest *request = offer->request;

  request->offer = NULL;
  if (event->outcome == MODEL_OUTCOME_ACCEPTED)
    return;
  acd_request_enqueue (core, request);
  if (event->deadline != 0)
    add_exclusion (core, offer->agent, request->id, event->deadline);
}

static gboolean
offer_ended (AcdCore *core, AcdOffer *offer, const ModelEvent *event)
{
  AcdAgent *agent = offer->agent;
  guint8 channel = offer->request->interaction->channel;

  acd_timer_set (core, ACD_TIMER_OFFER, &offer->timer, G_MAXINT64, 0);
  for (AcdOffer **link = &agent->offers; *link != NULL; link = &(*link)->next)
    if (*link == offer)
      {
        *link = offer->next;
        break;
      }
  agent->n_offers--;
  agent->used[channel]--;
  if (channel == MODEL_CHANNEL_VOICE)
    agent->calls--;
  if (channel != MODEL_CHANNEL_IM &&
      (event->outcome == MODEL_OUTCOME_DECLINED || event->outcome == MODEL_OUTCOME_MISSED))
    agent->idle_since = event->at;
  give_back (core, offer, event);
  acd_id_map_remove (&core->offers, offer->id);
  acd_offer_free (core, offer);
  acd_agent_mark (core, agent);
  acd_agent_timer (core, agent);
  return TRUE;
}

gboolean
acd_apply_offer (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdOffer *offer = acd_id_map_lookup (&core->offers, event->offer);
  const BaseTransition *transition;

  if (event->type == MODEL_EVENT_OFFER_CREATED)
    return offer != NULL ? acd_refuse_member (error, ACD_ERROR_INVALID, "offer")
                         : offer_created (core, event, error);
  if (offer == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "offer");
  transition = base_machine_find (&acd_offer_machine, offer->state, acd_offer_step (event));
  if (transition == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "offer");
  if (transition->next == ACD_OFFER_OVER)
    return offer_ended (core, offer, event);
  offer->state = transition->next;
  return TRUE;
}
