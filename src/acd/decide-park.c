/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that are parked: a request that nobody is offered by itself waits in a numbered place,
 * until an agent fetches it from there or its time is over. One place holds one call. Core's
 * thread. */
#include "acd/state.h"
#include "acd/view.h"

/* The lowest that is free; 0 = none. */
static guint16
free_place (const AcdCore *core)
{
  const ModelSettings *settings = acd_settings (core);

  for (gint32 i = 0; i < settings->park_places; i++)
    if (acd_id_map_lookup (&core->parked, (ModelId) (settings->park_first + i)) == NULL)
      return (guint16) (settings->park_first + i);
  return 0;
}

static void
emit_parked (AcdCore *core, ModelEvent *event, const AcdAgent *by, guint16 place)
{
  event->kind = MODEL_REQUEST_PARKED;
  event->agent = by->id;
  event->team = by->team;
  event->revision = place;
  event->deadline = core->clock + (gint64) acd_settings (core)->park_seconds * 1000;
  acd_emit (core, event);
}

gboolean
acd_decide_park (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);
  const char *reason = model_code (MODEL_CODE_PARKED);
  AcdInteraction *interaction;
  const AcdQueue *home;
  ModelEvent *event;
  AcdAgent *agent;
  guint16 place;

  if (part == NULL || !acd_permit (core, part, MODEL_ACTION_PARK, command->by, error))
    return FALSE;
  if (!part->interaction->customer_present)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  place = free_place (core);
  if (place == 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED,
                       acd_settings (core)->park_places > 0 ? MODEL_CODE_NO_PLACE
                                                            : MODEL_CODE_NOT_ENABLED);
  interaction = part->interaction;
  agent = part->agent;
  home = acd_part_home (core, part);
  event = acd_event (core, MODEL_EVENT_REQUEST_QUEUED);
  acd_event_about (core, event, interaction);
  event->request = acd_new_id (core);
  event->reason = reason;
  event->fallback = home != NULL ? home->id : NULL;
  event->priority = part->priority - (part->queue != NULL ? part->queue->def.priority : 0);
  event->queued_at = part->queued_at;
  acd_step_leave (core, part, reason);
  emit_parked (core, event, agent, place);
  return TRUE;
}

/* Of the team of who parked it, in the queue where it belongs, or a supervisor. */
static gboolean
may_fetch (const AcdAgent *agent, const AcdRequest *request)
{
  const AcdQueue *home = acd_request_fallback (request);

  return agent == request->owner || g_strcmp0 (agent->team, request->owner->team) == 0 ||
         agent->def->role == MODEL_ROLE_SUPERVISOR ||
         (home != NULL && acd_agent_place (agent, home) != NULL);
}

static AcdRequest *
parked_request (const AcdInteraction *interaction)
{
  AcdRequest *request = interaction->requests;

  while (request != NULL && request->kind != MODEL_REQUEST_PARKED)
    request = request->next;
  return request;
}

/* The call is on its way to the agent's station, which answers by itself where it can. */
gboolean
acd_decide_fetch (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);
  AcdAgent *agent = acd_find_agent (core, command->agent);
  AcdRequest *request = interaction != NULL ? parked_request (interaction) : NULL;

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (request == NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOBODY_PARKED);
  if (!may_fetch (agent, request))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_IN_QUEUE);
  if (request->offer != NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OFFERED_ELSEWHERE);
  if (!acd_may_begin_call (core, agent, TRUE, error))
    return FALSE;
  acd_step_offer (core, request, agent);
  return TRUE;
}

/* It rings at who parked it, like what is given to that agent; without him or her it goes to its
 * queue, and without one stays where it is. */
void
acd_step_parked_too_long (AcdCore *core, AcdRequest *request)
{
  const char *reason = model_code (MODEL_CODE_PARKED_TOO_LONG);
  AcdAgent *by = request->owner;
  AcdQueue *home = acd_request_fallback (request);
  gboolean there = by->session != 0 && !by->sign_out_pending && !by->retired;
  ModelEvent *event;

  if (!there && home != NULL)
    {
      acd_step_move_request (core, request, home, reason);
      return;
    }
  event = acd_event_of_request (core, MODEL_EVENT_REQUEST_QUEUED, request);
  event->reason = reason;
  event->priority = request->priority;
  event->queued_at = request->queued_at;
  event->fallback = home != NULL ? home->id : NULL;
  if (!there)
    {
      emit_parked (core, event, by, request->place);
      return;
    }
  core->hint = by;
  event->kind = MODEL_REQUEST_TRANSFER;
  event->team = by->team;
  if (home != NULL)
    event->deadline = core->clock + (gint64) acd_settings (core)->personal_limit_seconds * 1000;
  acd_emit (core, event);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  return (int) ((const AcdParkedView *) a)->place - (int) ((const AcdParkedView *) b)->place;
}

GArray *
acd_core_parked (const AcdCore *core, const char *agent)
{
  GArray *views = g_array_new (FALSE, TRUE, sizeof (AcdParkedView));
  g_autoptr (GArray) places = acd_id_map_ids (&core->parked);
  const AcdAgent *who = acd_find_agent (core, agent);

  for (guint i = 0; i < places->len; i++)
    {
      const AcdRequest *request =
          acd_id_map_lookup (&core->parked, g_array_index (places, ModelId, i));
      AcdParkedView view = { .interaction = request->interaction->id,
                             .place = request->place,
                             .by = request->owner->id,
                             .since = request->entered_at,
                             .deadline = request->wait_deadline };

      if (agent != NULL && (who == NULL || !may_fetch (who, request)))
        continue;
      if (acd_request_fallback (request) != NULL)
        view.queue = acd_request_fallback (request)->id;
      if (request->offer != NULL)
        view.fetched_by = request->offer->agent->id;
      g_array_append_val (views, view);
    }
  g_array_sort (views, compare_places);
  return views;
}
