/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's state into JSON. Canonical: lists are in the order of ids or of the core itself, which
 * is part of the state. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"
#include "acd/recording.h"
#include "acd/saved.h"

static gint32
number_of (GPtrArray *list, ModelDefinitions *definitions)
{
  guint index;

  if (!g_ptr_array_find (list, definitions, &index))
    {
      index = list->len;
      g_ptr_array_add (list, definitions);
    }
  return (gint32) index;
}

static gpointer
add (GPtrArray *list, gsize size)
{
  gpointer record = g_malloc0 (size);

  g_ptr_array_add (list, record);
  return record;
}
#define ADD(list, Type) ((Type *) add (list, sizeof (Type)))

static void
save_agent (const AcdAgent *agent, AcdSavedAgent *saved)
{
  saved->id = agent->id;
  saved->session = agent->session;
  saved->reason = agent->reason;
  saved->next_reason = agent->next_reason;
  saved->team = agent->team;
  saved->since = agent->since;
  saved->idle_since = agent->idle_since;
  saved->desk_lost_at = agent->desk_lost_at;
  saved->station_lost_at = agent->station_lost_at;
  saved->state = agent->state;
  saved->next_state = agent->next_state;
  saved->station = agent->station;
  saved->station_ready = agent->station_ready;
  saved->desk_connected = agent->desk_connected;
  saved->auto_accept = agent->auto_accept;
  saved->sign_out_pending = agent->sign_out_pending;
  saved->forward = agent->forward;
  saved->forward_to = agent->forward_to;
  saved->forward_target = agent->forward_target;
  saved->places = g_ptr_array_new ();
  saved->exclusions = g_ptr_array_new ();
  for (guint i = 0; i < agent->n_places; i++)
    {
      AcdSavedPlace *place = ADD (saved->places, AcdSavedPlace);
      place->queue = agent->places[i].queue->id;
      place->reason = agent->places[i].reason;
      place->membership = agent->places[i].membership;
    }
  for (const AcdExclusion *one = agent->exclusions; one != NULL; one = one->next)
    {
      AcdSavedExclusion *exclusion = ADD (saved->exclusions, AcdSavedExclusion);
      exclusion->request = one->request;
      exclusion->until = one->until;
    }
  saved->out = g_ptr_array_new ();
  for (gint32 i = 0; i < MODEL_N_CHANNELS; i++)
    if (agent->out[i].reason != NULL)
      *ADD (saved->out, AcdSavedOut) =
          (AcdSavedOut){ i, agent->out[i].reason, agent->out[i].by, agent->out[i].since };
}

static void
save_interaction (const AcdInteraction *interaction, AcdSavedInteraction *saved)
{
  saved->id = interaction->id;
  saved->leg = interaction->leg;
  saved->entry_point = interaction->entry_point;
  saved->language = interaction->language;
  saved->created = interaction->created;
  saved->channel = interaction->channel;
  saved->direction = interaction->direction;
  saved->origin = interaction->origin;
  saved->customer_present = interaction->customer_present;
  saved->answered = interaction->answered;
  saved->voicemail = interaction->voicemail;
  saved->stuck = interaction->stuck;
  saved->status = (gint32) interaction->status;
  saved->revisions = g_ptr_array_new ();
  for (guint i = 0; interaction->revisions != NULL && i < interaction->revisions->len; i++)
    {
      const AcdRevision *one = &g_array_index (interaction->revisions, AcdRevision, i);
      AcdSavedRevision *revision;
      if (g_str_equal (one->variable, ACD_TAGS))
        saved->tags_revision = one->revision;
      else if (g_str_equal (one->variable, ACD_SENTIMENT))
        saved->sentiment_revision = one->revision;
      if (*one->variable == '#')
        continue;
      revision = ADD (saved->revisions, AcdSavedRevision);
      revision->variable = one->variable;
      revision->revision = one->revision;
    }
}

static void
save_request (const AcdRequest *request, AcdSavedRequest *saved)
{
  saved->id = request->id;
  saved->interaction = request->interaction->id;
  saved->queue = request->queue != NULL ? request->queue->id : NULL;
  saved->owner = request->owner != NULL ? request->owner->id : NULL;
  if (acd_request_fallback (request) != NULL)
    saved->back = request->back->id;
  if (acd_request_giver (request) != NULL)
    saved->giver = request->giver->id;
  saved->kind = request->kind;
  saved->place = request->place;
  saved->priority = request->priority;
  saved->queued_at = request->queued_at;
  saved->entered_at = request->entered_at;
  saved->rank = request->node.key;
  saved->wait_deadline = request->wait_deadline;
  saved->needs = g_ptr_array_new ();
  for (guint i = 0; i < request->n_needs; i++)
    {
      AcdSavedNeed *need = ADD (saved->needs, AcdSavedNeed);
      need->team = acd_need_team (&request->needs[i]);
      need->skill = need->team == NULL ? request->needs[i].skill : NULL;
      need->level = request->needs[i].level;
      need->until = request->needs[i].until;
    }
}

static void
save_offer (const AcdOffer *offer, AcdSavedOffer *saved)
{
  saved->id = offer->id;
  saved->request = offer->request->id;
  saved->agent = offer->agent->id;
  saved->created = offer->created;
  saved->deadline = offer->deadline;
  saved->ringing = offer->state == ACD_OFFER_RINGING;
  saved->auto_accept = offer->auto_accept;
}

static void
save_part (const AcdPart *part, AcdSavedPart *saved)
{
  saved->id = part->id;
  saved->leg = part->leg;
  saved->interaction = part->interaction->id;
  saved->agent = part->agent->id;
  saved->queue = part->queue != NULL ? part->queue->id : NULL;
  saved->disposition = part->disposition;
  saved->joined = part->joined;
  saved->since = part->since;
  saved->held_total = part->held_total;
  saved->queued_at = part->queued_at;
  saved->deadline = part->deadline;
  saved->priority = part->priority;
  saved->disposition_revision = part->disposition_revision;
  saved->note_revision = part->note_revision;
  saved->extensions = part->extensions;
  saved->part = part->part;
  saved->state = part->state;
  saved->disposition_automatic = part->disposition_automatic;
  saved->muted = part->muted;
  saved->watched = part->watched != NULL ? part->watched->id : NULL;
  saved->mode = part->mode;
}

static void
save_party (const AcdParty *party, AcdSavedParty *saved)
{
  saved->id = party->id;
  saved->leg = party->leg;
  saved->interaction = party->interaction->id;
  saved->by = party->by != NULL ? party->by->id : NULL;
  saved->team = party->team;
  saved->forwarder = party->forwarder != NULL ? party->forwarder->id : NULL;
  saved->queue = party->queue != NULL ? party->queue->id : NULL;
  saved->queued_at = party->queued_at;
  saved->joined = party->joined;
  saved->since = party->since;
  saved->held_total = party->held_total;
  saved->deadline = party->deadline;
  saved->priority = party->priority;
  saved->part = party->part;
  saved->state = party->state;
  saved->muted = party->muted;
}

static void
save_forwards (const AcdForwards *forwards, AcdSavedForwards *saved)
{
  saved->interaction = forwards->interaction;
  saved->by = g_new0 (char *, forwards->n + 1);
  for (guint i = 0; i < forwards->n; i++)
    saved->by[i] = g_strdup (forwards->by[i]);
}

static void
save_recording (const AcdRecording *recording, AcdSavedRecording *saved)
{
  saved->interaction = recording->interaction;
  saved->paused_at = recording->paused_at;
  saved->deadline = recording->deadline;
  saved->state = recording->state;
}

typedef void (*SaveOne) (gconstpointer what, gpointer saved);

static GPtrArray *
save_map (const AcdIdMap *map, gsize size, SaveOne save_one)
{
  g_autoptr (GArray) ids = acd_id_map_ids (map);
  GPtrArray *list = g_ptr_array_sized_new (ids->len);

  for (guint i = 0; i < ids->len; i++)
    save_one (acd_id_map_lookup (map, g_array_index (ids, ModelId, i)), add (list, size));
  return list;
}

static void
save_centre (const AcdCore *core, AcdSaved *saved, GPtrArray *definitions)
{
  saved->queues = g_ptr_array_new ();
  saved->agents = g_ptr_array_new ();
  if (core->definitions != NULL)
    number_of (definitions, core->definitions);
  for (guint i = 0; i < core->queues->len; i++)
    {
      const AcdQueue *queue = core->queues->pdata[i];
      AcdSavedQueue *one = ADD (saved->queues, AcdSavedQueue);
      one->id = queue->id;
      one->definitions = number_of (definitions, queue->definitions);
      one->open = queue->open;
    }
  for (guint i = 0; i < core->agents->len; i++)
    {
      const AcdAgent *agent = core->agents->pdata[i];
      AcdSavedAgent *one = ADD (saved->agents, AcdSavedAgent);
      save_agent (agent, one);
      one->definitions = number_of (definitions, agent->definitions);
    }
}

GBytes *
acd_core_save (const AcdCore *core)
{
  g_autoptr (GPtrArray) definitions = g_ptr_array_new ();
  GString *json = g_string_new (NULL);
  AcdSaved saved = { .format = ACD_SAVED_FORMAT,
                     .node = core->node,
                     .seed = (gint64) core->seed,
                     .counter = (gint64) core->counter,
                     .now = core->now };

  save_centre (core, &saved, definitions);
  saved.interactions =
      save_map (&core->interactions, sizeof (AcdSavedInteraction), (SaveOne) save_interaction);
  saved.requests = save_map (&core->requests, sizeof (AcdSavedRequest), (SaveOne) save_request);
  saved.offers = save_map (&core->offers, sizeof (AcdSavedOffer), (SaveOne) save_offer);
  saved.parts = save_map (&core->parts, sizeof (AcdSavedPart), (SaveOne) save_part);
  saved.parties = save_map (&core->parties, sizeof (AcdSavedParty), (SaveOne) save_party);
  saved.recordings =
      save_map (&core->recordings, sizeof (AcdSavedRecording), (SaveOne) save_recording);
  saved.forwards = save_map (&core->forwards, sizeof (AcdSavedForwards), (SaveOne) save_forwards);
  g_string_append (json, "{\"core\":");
  model_fields_write (&acd_saved_noun, &saved, json);
  g_string_append (json, ",\"definitions\":[");
  for (guint i = 0; i < definitions->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      model_definitions_write (definitions->pdata[i], json);
    }
  g_string_append (json, "]}");
  model_fields_clear (&acd_saved_noun, &saved);
  return g_string_free_to_bytes (json);
}
