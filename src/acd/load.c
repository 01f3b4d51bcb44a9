/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's state from JSON: records first, then what follows from them: lists, counts, timers,
 * indexes. A damaged file is refused with its place. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"
#include "acd/recording.h"
#include "acd/saved.h"

#include "acd/apply-work.h"

#include <string.h>

typedef struct
{
  AcdCore *core;
  GPtrArray *definitions; /* ModelDefinitions */
  GPtrArray *problems;
} Loading;

static gboolean
bad (Loading *loading, const char *list, guint i, const char *what)
{
  g_autofree char *path = g_strdup_printf ("core.%s[%u].%s", list, i, what);

  model_problems_add (loading->problems, path, "unknown_id", "names nothing");
  return FALSE;
}

static ModelDefinitions *
definitions_at (const Loading *loading, gint32 index)
{
  return index >= 0 && (guint) index < loading->definitions->len
             ? loading->definitions->pdata[index]
             : NULL;
}

static gboolean
load_queues (Loading *loading, GPtrArray *queues)
{
  for (guint i = 0; i < queues->len; i++)
    {
      const AcdSavedQueue *saved = queues->pdata[i];
      ModelDefinitions *definitions = definitions_at (loading, saved->definitions);
      const ModelQueue *def =
          definitions != NULL ? model_definitions_queue (definitions, saved->id) : NULL;
      AcdQueue *queue;
      if (def == NULL)
        return bad (loading, "queues", i, "id");
      acd_definitions_take_queue (loading->core, definitions, def);
      queue = acd_find_queue (loading->core, saved->id);
      queue->open = saved->open;
      queue->retired = saved->definitions != 0;
    }
  return TRUE;
}

static gboolean
load_places (Loading *loading, AcdAgent *agent, const AcdSavedAgent *saved, guint i)
{
  agent->places = acd_array_take (&loading->core->arrays, saved->places->len * sizeof (AcdPlace));
  agent->n_places = (guint16) saved->places->len;
  for (guint j = 0; j < saved->places->len; j++)
    {
      const AcdSavedPlace *place = saved->places->pdata[j];
      AcdQueue *queue = acd_find_queue (loading->core, place->queue);
      if (queue == NULL)
        return bad (loading, "agents", i, "places");
      agent->places[j] = (AcdPlace){ queue, place->reason, place->membership };
    }
  return TRUE;
}

/* Before what they refer to exists: exclusions keep their order, the newest first. */
static void
load_exclusions (AcdCore *core, AcdAgent *agent, const AcdSavedAgent *saved)
{
  AcdExclusion **link = &agent->exclusions;

  for (guint j = 0; j < saved->exclusions->len; j++)
    {
      const AcdSavedExclusion *one = saved->exclusions->pdata[j];
      AcdExclusion *exclusion = g_new0 (AcdExclusion, 1);
      exclusion->agent = agent;
      exclusion->request = one->request;
      exclusion->until = one->until;
      *link = exclusion;
      link = &exclusion->next;
      acd_timer_set (core, ACD_TIMER_EXCLUSION, &exclusion->timer, exclusion->until,
                     acd_exclusion_tie (exclusion));
    }
}

static void
load_agent (AcdAgent *agent, const AcdSavedAgent *saved)
{
  agent->retired = saved->definitions != 0;
  agent->session = saved->session;
  agent->reason = saved->reason;
  agent->next_reason = saved->next_reason;
  if (model_agent_may_be_of (agent->def, saved->team))
    agent->team = saved->team;
  agent->since = saved->since;
  agent->idle_since = saved->idle_since;
  agent->desk_lost_at = saved->desk_lost_at;
  agent->station_lost_at = saved->station_lost_at;
  agent->state = (guint8) saved->state;
  agent->next_state = (guint8) saved->next_state;
  agent->station = (guint8) saved->station;
  agent->station_ready = saved->station_ready != FALSE;
  agent->desk_connected = saved->desk_connected != FALSE;
  agent->auto_accept = saved->auto_accept != FALSE;
  agent->sign_out_pending = saved->sign_out_pending != FALSE;
  agent->forward = (guint8) saved->forward;
  agent->forward_to = (guint8) saved->forward_to;
  agent->forward_target = saved->forward_target;
  for (guint i = 0; i < saved->out->len; i++)
    {
      const AcdSavedOut *out = saved->out->pdata[i];
      acd_agent_set_out (agent, out->channel, (AcdOut){ out->reason, out->by, out->since });
    }
}

static gboolean
load_agents (Loading *loading, GPtrArray *agents)
{
  for (guint i = 0; i < agents->len; i++)
    {
      const AcdSavedAgent *saved = agents->pdata[i];
      ModelDefinitions *definitions = definitions_at (loading, saved->definitions);
      const ModelAgent *def =
          definitions != NULL ? model_definitions_agent (definitions, saved->id) : NULL;
      AcdAgent *agent;
      if (def == NULL || acd_find_agent (loading->core, saved->id) != NULL)
        return bad (loading, "agents", i, "id");
      acd_definitions_take_agent (loading->core, definitions, def);
      agent = acd_find_agent (loading->core, saved->id);
      load_agent (agent, saved);
      if (!load_places (loading, agent, saved, i))
        return FALSE;
      load_exclusions (loading->core, agent, saved);
    }
  return TRUE;
}

static void
load_interactions (Loading *loading, GPtrArray *interactions)
{
  for (guint i = 0; i < interactions->len; i++)
    {
      const AcdSavedInteraction *saved = interactions->pdata[i];
      AcdInteraction *interaction =
          acd_pool_take (&loading->core->interaction_pool, sizeof *interaction);
      interaction->id = saved->id;
      interaction->leg = saved->leg;
      interaction->entry_point = saved->entry_point;
      interaction->language = saved->language;
      interaction->created = saved->created;
      interaction->channel = (guint8) saved->channel;
      interaction->direction = (guint8) saved->direction;
      interaction->origin = (guint8) saved->origin;
      interaction->customer_present = saved->customer_present != FALSE;
      interaction->answered = saved->answered != FALSE;
      interaction->voicemail = saved->voicemail != FALSE;
      interaction->stuck = saved->stuck != FALSE;
      interaction->status = (guint) saved->status & 3;
      if (saved->revisions->len > 0)
        interaction->revisions = g_array_new (FALSE, FALSE, sizeof (AcdRevision));
      for (guint j = 0; j < saved->revisions->len; j++)
        {
          const AcdSavedRevision *revision = saved->revisions->pdata[j];
          AcdRevision one = { revision->variable, revision->revision };
          g_array_append_val (interaction->revisions, one);
        }
      if (saved->tags_revision > 0)
        acd_set_revision (interaction, g_intern_static_string (ACD_TAGS), saved->tags_revision);
      if (saved->sentiment_revision > 0)
        acd_set_revision (interaction, g_intern_static_string (ACD_SENTIMENT),
                          saved->sentiment_revision);
      acd_id_map_insert (&loading->core->interactions, interaction->id, interaction);
    }
}

static void
load_needs (AcdCore *core, AcdRequest *request, GPtrArray *list)
{
  AcdNeed needs[ACD_NEEDS_MAX];
  guint n = MIN (list->len, ACD_NEEDS_MAX);

  for (guint i = 0; i < n; i++)
    {
      const AcdSavedNeed *need = list->pdata[i];
      needs[i] = (AcdNeed){ need->team != NULL ? acd_team_need (need->team) : need->skill,
                            need->level, need->until };
    }
  acd_request_set_needs (core, request, needs, n);
}

static AcdRequest *
load_request (AcdCore *core, const AcdSavedRequest *saved, AcdInteraction *interaction)
{
  AcdRequest *request = acd_pool_take (&core->request_pool, sizeof (AcdRequest));

  request->id = saved->id;
  request->interaction = interaction;
  request->queue = acd_find_queue (core, saved->queue);
  request->owner = acd_find_agent (core, saved->owner);
  if (request->owner != NULL)
    request->back = acd_find_queue (core, saved->back);
  request->to_giver = request->owner != NULL && acd_find_agent (core, saved->giver) != NULL;
  if (request->to_giver)
    request->giver = acd_find_agent (core, saved->giver);
  request->kind = (guint8) saved->kind;
  request->place = (guint16) saved->place;
  if (request->place != 0)
    acd_id_map_insert (&core->parked, request->place, request);
  request->priority = saved->priority;
  request->queued_at = saved->queued_at;
  request->entered_at = saved->entered_at;
  request->node.key = saved->rank;
  request->wait_deadline = saved->wait_deadline;
  load_needs (core, request, saved->needs);
  request->next = interaction->requests;
  interaction->requests = request;
  acd_id_map_insert (&core->requests, request->id, request);
  return request;
}

static gboolean
load_requests (Loading *loading, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      const AcdSavedRequest *saved = requests->pdata[i];
      AcdInteraction *interaction =
          acd_id_map_lookup (&loading->core->interactions, saved->interaction);
      gboolean queue = acd_find_queue (loading->core, saved->queue) != NULL;
      gboolean owner = acd_find_agent (loading->core, saved->owner) != NULL;
      if (interaction == NULL || queue == owner)
        return bad (loading, "requests", i, "interaction");
      acd_request_enqueue (loading->core, load_request (loading->core, saved, interaction));
    }
  return TRUE;
}

/* An offer is taken in as its event was: it takes its request out of the queue again. */
static gboolean
load_offers (Loading *loading, GPtrArray *offers)
{
  for (guint i = 0; i < offers->len; i++)
    {
      const AcdSavedOffer *saved = offers->pdata[i];
      g_autoptr (ModelEvent) event = model_event_new (MODEL_EVENT_OFFER_CREATED, saved->created);
      event->offer = saved->id;
      event->request = saved->request;
      event->agent = saved->agent;
      event->deadline = saved->deadline;
      event->auto_accept = saved->auto_accept;
      if (!acd_apply_offer (loading->core, event, NULL))
        return bad (loading, "offers", i, "request");
      if (saved->ringing)
        ((AcdOffer *) acd_id_map_lookup (&loading->core->offers, saved->id))->state =
            ACD_OFFER_RINGING;
    }
  return TRUE;
}

static void
fill_part (AcdCore *core, AcdPart *part, const AcdSavedPart *saved)
{
  AcdAgent *agent = part->agent;
  gboolean voice = part->interaction->channel == MODEL_CHANNEL_VOICE;

  part->leg = saved->leg;
  part->disposition = saved->disposition;
  part->since = saved->since;
  part->held_total = saved->held_total;
  part->deadline = saved->deadline;
  part->disposition_revision = saved->disposition_revision;
  part->note_revision = saved->note_revision;
  if (saved->tags_revision > 0)
    acd_set_revision (part->interaction, g_intern_static_string (ACD_TAGS), saved->tags_revision);
  part->extensions = saved->extensions;
  part->state = (guint8) saved->state;
  part->disposition_automatic = (guint8) saved->disposition_automatic;
  part->muted = saved->muted != FALSE;
  if (part->deadline != 0)
    acd_timer_set (core, ACD_TIMER_PART, &part->timer, part->deadline, part->id);
  agent->dialling += acd_part_dials (part);
  if (part->state != ACD_PART_WRAP_UP && part->state != ACD_PART_LEFT)
    return;
  agent->wrap_ups++;
  if (voice)
    {
      agent->calls--;
      agent->call_wrap_ups++;
    }
}

static gboolean
load_parts (Loading *loading, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const AcdSavedPart *saved = parts->pdata[i];
      g_autoptr (ModelEvent) event =
          model_event_new (MODEL_EVENT_PARTICIPATION_JOINED, saved->joined);
      AcdInteraction *interaction;
      gboolean answered;
      event->participation = saved->id;
      event->interaction = saved->interaction;
      event->agent = saved->agent;
      event->queue = saved->queue;
      event->queued_at = saved->queued_at;
      event->priority = saved->priority;
      event->part = saved->part;
      event->by = saved->watched;
      event->mode = saved->mode;
      interaction = acd_id_map_lookup (&loading->core->interactions, saved->interaction);
      answered = interaction != NULL && interaction->answered;
      if (!acd_apply_part (loading->core, event, NULL))
        return bad (loading, "parts", i, "interaction");
      interaction->answered = answered;
      fill_part (loading->core, acd_id_map_lookup (&loading->core->parts, saved->id), saved);
    }
  return TRUE;
}

/* In the order of ids, which is that of dialling. */
static gboolean
load_parties (Loading *loading, GPtrArray *parties)
{
  for (guint i = 0; i < parties->len; i++)
    {
      const AcdSavedParty *saved = parties->pdata[i];
      g_autoptr (ModelEvent) event = model_event_new (MODEL_EVENT_PARTY_DIALLING, saved->joined);
      AcdParty *party;
      event->participation = saved->id;
      event->interaction = saved->interaction;
      event->by = saved->by;
      event->agent = saved->forwarder;
      event->team = saved->team;
      event->part = saved->part;
      event->deadline = saved->deadline;
      if (!acd_apply_party (loading->core, event, NULL))
        return bad (loading, "parties", i, "interaction");
      party = acd_party (loading->core, saved->id);
      party->leg = saved->leg;
      party->queue = acd_find_queue (loading->core, saved->queue);
      party->queued_at = saved->queued_at;
      party->since = saved->since;
      party->held_total = saved->held_total;
      party->priority = saved->priority;
      party->state = (guint8) saved->state;
      party->muted = saved->muted != FALSE;
    }
  return TRUE;
}

/* Each is taken in as its events were. */
static gboolean
load_recordings (Loading *loading, GPtrArray *recordings)
{
  static const ModelEventType types[] = {
    [MODEL_RECORDING_STARTING] = MODEL_EVENT_RECORDING_ANNOUNCED,
    [MODEL_RECORDING_ON] = MODEL_EVENT_RECORDING_STARTED,
    [MODEL_RECORDING_PAUSED] = MODEL_EVENT_RECORDING_STARTED,
  };

  for (guint i = 0; i < recordings->len; i++)
    {
      const AcdSavedRecording *saved = recordings->pdata[i];
      ModelEventType type = saved->state != MODEL_RECORDING_OFF ? types[saved->state] : 0;
      g_autoptr (ModelEvent) event = model_event_new (type, saved->paused_at);

      event->interaction = saved->interaction;
      if (type == 0 || !acd_apply_recording (loading->core, event, NULL))
        return bad (loading, "recordings", i, "interaction");
      if (saved->state != MODEL_RECORDING_PAUSED)
        continue;
      event->type = MODEL_EVENT_RECORDING_PAUSED;
      event->deadline = saved->deadline;
      acd_apply_recording (loading->core, event, NULL);
    }
  return TRUE;
}

static gboolean
load_forwards (Loading *loading, GPtrArray *forwards)
{
  for (guint i = 0; i < forwards->len; i++)
    {
      const AcdSavedForwards *saved = forwards->pdata[i];

      for (char **by = saved->by; by != NULL && *by != NULL; by++)
        {
          g_autoptr (ModelEvent) event = model_event_new (MODEL_EVENT_INTERACTION_FORWARDED, 0);

          event->interaction = saved->interaction;
          event->agent = g_intern_string (*by);
          if (!acd_apply_forward (loading->core, event, NULL))
            return bad (loading, "forwards", i, "interaction");
        }
    }
  return TRUE;
}

static void
finish (AcdCore *core, const AcdSaved *saved)
{
  for (guint i = 0; i < core->agents->len; i++)
    {
      AcdAgent *agent = core->agents->pdata[i];
      acd_agent_seat_everywhere (core, agent);
      acd_agent_timer (core, agent);
    }
  core->counter = (guint64) saved->counter;
  core->now = saved->now;
  acd_core_settle (core);
}

static gboolean
load_all (Loading *loading, const AcdSaved *saved)
{
  AcdCore *core = loading->core;

  if (loading->definitions->len == 0)
    return TRUE;
  core->definitions = model_definitions_ref (loading->definitions->pdata[0]);
  if (!load_queues (loading, saved->queues) || !load_agents (loading, saved->agents))
    return FALSE;
  acd_definitions_take_entries (core);
  acd_definitions_arrange (core);
  load_interactions (loading, saved->interactions);
  if (!load_requests (loading, saved->requests) || !load_offers (loading, saved->offers) ||
      !load_parts (loading, saved->parts) || !load_parties (loading, saved->parties) ||
      !load_recordings (loading, saved->recordings) || !load_forwards (loading, saved->forwards))
    return FALSE;
  finish (core, saved);
  return TRUE;
}

static gboolean
read_definitions (Loading *loading, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "definitions");
  JsonArray *list =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);
      ModelDefinitions *definitions =
          JSON_NODE_HOLDS_OBJECT (item)
              ? model_definitions_from_json (json_node_get_object (item), loading->problems)
              : NULL;
      if (definitions == NULL)
        return bad (loading, "definitions", i, "");
      g_ptr_array_add (loading->definitions, definitions);
    }
  return list != NULL;
}

static gboolean
load (Loading *loading, JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "core");
  AcdSaved saved = { 0 };
  gboolean good = node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
                  read_definitions (loading, object) &&
                  model_fields_read (&acd_saved_noun, json_node_get_object (node), "core", &saved,
                                     loading->problems);

  if (good)
    {
      loading->core = acd_core_new ((guint16) saved.node, (guint64) saved.seed);
      good = load_all (loading, &saved);
    }
  model_fields_clear (&acd_saved_noun, &saved);
  return good;
}

AcdCore *
acd_core_load (JsonObject *object, GError **error)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (GPtrArray) definitions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) model_definitions_unref);
  Loading loading = { NULL, definitions, problems };

  if (load (&loading, object))
    return loading.core;
  acd_core_free (loading.core);
  if (problems->len > 0)
    {
      const ModelProblem *first = problems->pdata[0];
      g_set_error (error, ACD_ERROR, ACD_ERROR_INVALID, "%s: %s", first->path, first->message);
    }
  else
    g_set_error_literal (error, ACD_ERROR, ACD_ERROR_INVALID, "core: missing");
  return NULL;
}
