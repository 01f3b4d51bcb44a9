/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The API's objects of work: state, offer, interaction. Centre's thread. */
#include "server/centre/render.h"

#include "base/json.h"
#include "model/definitions-check.h"
#include "server/centre/forwarding.h"
#include "server/centre/voice-play.h"
#include "server/channels/conversations.h"
#include "server/channels/im.h"

#include <string.h>

static char *
mask (Centre *centre, const char *number, const char *dots)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  gint32 visible = definitions != NULL ? definitions->settings.visible_digits : 0;
  gsize length;

  if (number == NULL || visible <= 0)
    return g_strdup (number);
  length = strlen (number);

  return g_strconcat (dots, number + (length > (gsize) visible ? length - (gsize) visible : 0),
                      NULL);
}

char *
render_number (Centre *centre, const char *number)
{
  return mask (centre, number, "••••");
}

char *
render_sip_number (Centre *centre, const char *number)
{
  return mask (centre, number, "****");
}

/* Of an e-mail address the domain is left. */
char *
render_address (Centre *centre, const char *channel, const char *address)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const char *domain = g_str_equal (channel, "email") ? strrchr (address, '@') : NULL;

  if (domain == NULL || definitions == NULL || definitions->settings.visible_digits <= 0)
    return render_number (centre, address);

  return g_strconcat ("••••", domain, NULL);
}

typedef struct
{
  char *id, *name;
} Known;

static void
on_known_customer (StoreRow *row, gpointer user_data)
{
  Known *known = user_data;

  known->name = g_strdup (store_row_text (row, 0));
  known->id = g_strdup (store_row_text (row, 2));
}

JsonObject *
render_customer (Centre *centre, const char *number, const char *name, const char *customer)
{
  JsonObject *object = json_object_new ();
  g_autofree char *shown = render_number (centre, number);
  Known known = { NULL, NULL };

  if (customer != NULL)
    store_query (centre_store (centre), NULL, on_known_customer, &known, STORE_GET_CUSTOMER,
                 customer);
  base_json_set_string (object, "number", shown);
  base_json_set_string (object, "name", known.name != NULL ? known.name : name);
  base_json_set_string (object, "customer", known.id != NULL ? known.id : customer);
  g_free (known.name);
  g_free (known.id);

  return object;
}

static void
set_strings (JsonObject *object, const char *name, char **values)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, name, array);
}

static void
set_time_or_null (JsonObject *object, const char *name, gint64 at)
{
  base_json_set_time (object, name, at == G_MAXINT64 ? 0 : at);
}

static void
set_id (JsonObject *object, const char *name, ModelIdKind kind, ModelId id)
{
  char text[MODEL_ID_TEXT_SIZE];

  base_json_set_string (object, name, id != 0 ? model_id_to_text (kind, id, text) : NULL);
}

const char *
centre_agent_team (Centre *centre, const char *agent)
{
  AcdAgentView view;

  return acd_core_agent_view (centre_core (centre), agent, &view) ? view.team : NULL;
}

/* Those that the agent may be in. */
static JsonArray *
render_teams (const ModelDefinitions *definitions, const ModelAgent *agent)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; agent != NULL && i < definitions->teams->len; i++)
    {
      const ModelTeam *team = g_ptr_array_index (definitions->teams, i);

      if (model_agent_may_be_of (agent, team->id))
        json_array_add_object_element (array, render_named (team->id, team->names));
    }
  return array;
}

JsonObject *
render_agent (Centre *centre, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *agent = definitions ? model_definitions_agent (definitions, id) : NULL;
  JsonObject *object = json_object_new ();
  JsonObject *slots = json_object_new ();
  JsonObject *automatic = json_object_new ();
  JsonArray *languages = json_array_new ();

  base_json_set_string (object, "id", id);
  base_json_set_string (object, "name", agent != NULL ? agent->name : id);
  base_json_set_string (object, "team", centre_agent_team (centre, id));
  json_object_set_array_member (object, "teams", render_teams (definitions, agent));
  base_json_set_string (object, "role",
                        model_role_to_text (agent ? (ModelRole) agent->role : MODEL_ROLE_AGENT));
  if (agent != NULL && agent->language != NULL)
    json_array_add_string_element (languages, agent->language);
  json_object_set_array_member (object, "languages", languages);
  if (agent != NULL)
    json_object_set_int_member (slots, "voice",
                                model_definitions_slots (definitions, agent, MODEL_CHANNEL_VOICE));
  /* Beside calls, the channels of the centre's queues. */
  for (guint i = 0; agent != NULL && i < definitions->queues->len; i++)
    {
      const ModelQueue *queue = g_ptr_array_index (definitions->queues, i);
      ModelChannel channel = (ModelChannel) queue->channel;

      json_object_set_int_member (slots, model_channel_to_text (channel),
                                  model_definitions_slots (definitions, agent, channel));
      json_object_set_int_member (automatic, model_channel_to_text (channel),
                                  model_definitions_automatic (definitions, agent, channel));
    }
  json_object_set_object_member (object, "slots", slots);
  json_object_set_object_member (object, "auto", automatic);
  forwarding_render_kinds (centre, id, object);

  return object;
}

JsonArray *
render_memberships (Centre *centre, const char *agent)
{
  g_autoptr (GArray) all = acd_core_agent_memberships (centre_core (centre), agent);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      const AcdMembershipView *view = &g_array_index (all, AcdMembershipView, i);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "queue", view->queue);
      base_json_set_string (object, "state", model_membership_to_text (view->membership));
      base_json_set_string (object, "reason", view->reason);
      json_array_add_object_element (array, object);
    }

  return array;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const ModelVariable *first = *(const ModelVariable *const *) a;
  const ModelVariable *second = *(const ModelVariable *const *) b;

  return first->on_card - second->on_card;
}

static JsonArray *
render_card (Centre *centre, Record *record)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  JsonArray *card = json_array_new ();

  for (guint i = 0; i < definitions->variables->len; i++)
    {
      ModelVariable *variable = g_ptr_array_index (definitions->variables, i);

      if (variable->on_card > 0 && !variable->secure)
        g_ptr_array_add (shown, variable);
    }
  g_ptr_array_sort (shown, by_place);
  for (guint i = 0; i < shown->len && record != NULL; i++)
    {
      const ModelVariable *variable = g_ptr_array_index (shown, i);
      const RecordValue *value = g_hash_table_lookup (record->values, variable->id);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "variable", variable->id);
      base_json_set_string (object, "value", value != NULL ? value->value : NULL);
      json_array_add_object_element (card, object);
    }

  return card;
}

/* A colleague from whom it comes; or null. */
static void
set_from (Centre *centre, JsonObject *into, const char *member, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *agent = id != NULL ? model_definitions_agent (definitions, id) : NULL;
  const char *team_id = id != NULL ? centre_agent_team (centre, id) : NULL;
  const ModelTeam *team = team_id != NULL ? model_definitions_team (definitions, team_id) : NULL;
  JsonObject *object;

  if (id == NULL)
    {
      json_object_set_null_member (into, member);
      return;
    }
  object = json_object_new ();
  base_json_set_string (object, "agent", id);
  base_json_set_string (object, "name", agent != NULL ? agent->name : id);
  json_object_set_object_member (object, "team", render_names (team != NULL ? team->names : NULL));
  json_object_set_object_member (into, member, object);
}

JsonObject *
render_offer (Centre *centre, const AcdOfferView *offer)
{
  Record *record = centre_record (centre, offer->interaction);
  gboolean is_ask = record != NULL && record->ask.since != 0 && offer->kind == record->ask.kind;
  const char *subject = conversations_subject (centre_conversations (centre), offer->interaction);
  JsonObject *object = json_object_new ();

  set_id (object, "id", MODEL_ID_OFFER, offer->offer);
  set_id (object, "request", MODEL_ID_REQUEST, offer->request);
  base_json_set_string (object, "kind", model_request_kind_to_text (offer->kind));
  set_id (object, "interaction", MODEL_ID_INTERACTION, offer->interaction);
  base_json_set_string (object, "channel", model_channel_to_text (offer->channel));
  base_json_set_string (
      object, "direction",
      model_direction_to_text (record != NULL ? record->direction : MODEL_DIRECTION_IN));
  base_json_set_string (object, "queue", offer->queue);
  base_json_set_time (object, "created_at", offer->created);
  set_time_or_null (object, "deadline", offer->deadline);
  json_object_set_boolean_member (object, "auto_accept", offer->auto_accept);
  json_object_set_boolean_member (object, "ringing", offer->ringing);
  json_object_set_object_member (object, "customer",
                                 render_customer (centre, record ? record->number : NULL,
                                                  record ? record->name : NULL,
                                                  record ? record->customer : NULL));
  base_json_set_string (object, "called", record != NULL ? record->called : NULL);
  json_object_set_array_member (object, "card", render_card (centre, record));
  set_from (centre, object, "forwarded_by", record != NULL ? record->forwarded_by : NULL);
  /* Who transferred it, or asks for help with it. */
  set_from (centre, object, "from", record == NULL ? NULL : is_ask ? record->ask.by : record->from);
  if (subject != NULL)
    base_json_set_string (object, "subject", subject);

  return object;
}

static JsonNode *
render_wrap_up (Centre *centre, const Part *part)
{
  JsonObject *object;
  AcdParticipationView view;
  gboolean extendable = acd_core_participation_view (centre_core (centre), part->id, &view) &&
                        view.extensions_left > 0;

  if (part->state != PART_WRAP_UP)
    return json_node_new (JSON_NODE_NULL);
  object = json_object_new ();
  base_json_set_time (object, "started_at", part->wrap_up_started);
  base_json_set_time (object, "deadline", part->wrap_up_deadline);
  json_object_set_boolean_member (object, "extendable", extendable);
  json_object_set_boolean_member (object, "extended", part->extended);

  return base_json_node_take_object (object);
}

const char *
render_sentiment (ModelSentiment sentiment)
{
  return sentiment != MODEL_SENTIMENT_NONE ? model_sentiment_to_text (sentiment) : NULL;
}

const char *
render_status (const Record *record)
{
  return record->customer_left_at != 0 ? "resolved" : model_status_to_text (record->status);
}

static JsonObject *
render_part (Centre *centre, Record *record, const Part *part)
{
  static const char *const states[] = { "active", "held", "wrap_up", "ended", "dialling" };
  const ModelAgent *agent = model_definitions_agent (centre_definitions (centre), part->agent);
  JsonObject *object = json_object_new ();
  JsonObject *disposition = json_object_new ();
  JsonObject *tags = json_object_new ();
  JsonObject *note = json_object_new ();
  JsonObject *sentiment = json_object_new ();

  set_id (object, "id", MODEL_ID_PARTICIPATION, part->id);
  base_json_set_string (object, "agent", part->agent);
  base_json_set_string (object, "name", agent != NULL ? agent->name : part->agent);
  base_json_set_string (object, "role", model_part_to_text (part->part));
  if (part->part == MODEL_PART_SUPERVISING)
    render_supervision (centre, part, object);
  base_json_set_string (object, "state", states[part->state]);
  json_object_set_boolean_member (object, "muted", part->muted);
  base_json_set_time (object, "joined_at", part->joined);
  base_json_set_time (object, "state_since", part->since);
  json_object_set_int_member (object, "held_total", part->held_total / 1000);
  base_json_set_time (object, "left_at", part->left);
  base_json_set_time (object, "absent_since", part->left == 0 ? part->absent : 0);
  json_object_set_member (object, "wrap_up", render_wrap_up (centre, part));
  base_json_set_string (object, "rings",
                        part->state != PART_DIALLING ? NULL
                        : part->rings_outside        ? "customer"
                                                     : "station");

  base_json_set_string (disposition, "id", part->disposition);
  base_json_set_string (disposition, "set_by",
                        part->disposition == NULL     ? NULL
                        : part->disposition_by_system ? "system"
                                                      : "agent");
  json_object_set_int_member (disposition, "revision", part->disposition_revision);
  json_object_set_object_member (object, "disposition", disposition);
  set_strings (tags, "ids", record->tags);
  json_object_set_int_member (tags, "revision", record->tags_revision);
  json_object_set_object_member (object, "tags", tags);
  base_json_set_string (sentiment, "sentiment", render_sentiment (record->sentiment));
  json_object_set_int_member (sentiment, "revision", record->sentiment_revision);
  json_object_set_object_member (object, "sentiment", sentiment);
  base_json_set_string (note, "text", part->note != NULL ? part->note : "");
  json_object_set_int_member (note, "revision", part->note_revision);
  json_object_set_object_member (object, "note", note);

  return object;
}

static JsonArray *
render_values (Centre *centre, Record *record)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->variables->len; i++)
    {
      const ModelVariable *variable = g_ptr_array_index (definitions->variables, i);
      const RecordValue *value = g_hash_table_lookup (record->values, variable->id);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "id", variable->id);
      base_json_set_string (object, "value",
                            value != NULL && !variable->secure ? value->value : NULL);
      json_object_set_boolean_member (object, "secure", variable->secure);
      json_object_set_boolean_member (object, "editable", variable->editable);
      json_object_set_int_member (object, "revision", value != NULL ? value->revision : 0);
      json_array_add_object_element (array, object);
    }

  return array;
}

/* Who is asked to come, and what became of it; or null. */
static JsonNode *
render_ask (Centre *centre, const RecordAsk *ask)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *agent =
      ask->agent != NULL ? model_definitions_agent (definitions, ask->agent) : NULL;
  const ModelQueue *queue =
      ask->queue != NULL ? model_definitions_queue (definitions, ask->queue) : NULL;
  gboolean over = ask->outcome != MODEL_OUTCOME_NONE;
  const char *state = ask->offered != NULL ? "offered" : "waiting";
  JsonObject *object;

  if (ask->since == 0)
    return json_node_new (JSON_NODE_NULL);
  object = json_object_new ();
  base_json_set_string (object, "kind", model_request_kind_to_text (ask->kind));
  base_json_set_string (object, "by", ask->by);
  base_json_set_string (object, "agent", ask->agent);
  base_json_set_string (object, "name", agent != NULL ? agent->name : ask->agent);
  base_json_set_string (object, "queue", ask->queue);
  json_object_set_object_member (object, "names",
                                 render_names (queue != NULL ? queue->names : NULL));
  base_json_set_string (object, "state", over ? "ended" : state);
  base_json_set_time (object, "since", ask->since);
  base_json_set_time (object, "until", ask->until);
  base_json_set_string (object, "outcome", over ? model_outcome_to_text (ask->outcome) : NULL);
  base_json_set_string (object, "reason", ask->reason);

  return base_json_node_take_object (object);
}

/* @with in the place of @word. */
static char *
replaced (const char *text, const char *word, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, word, -1);

  return g_strjoinv (with, parts);
}

/* Where the customer of a conversation and its agents can see each other. The room's name is made
 * from the centre's key: nobody guesses it, every agent has the same, nothing is stored. */
static void
set_meeting (Centre *centre, JsonObject *object, const Record *record)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelMeetingRoom *room = definitions != NULL ? &definitions->settings.meeting_room : NULL;
  g_autofree char *purpose = g_strconcat ("meeting room ", record->text, NULL);
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;
  g_autofree char *text = NULL;
  JsonObject *meeting;

  if (room == NULL || room->url == NULL || record->channel == MODEL_CHANNEL_VOICE ||
      record->channel == MODEL_CHANNEL_IM)
    {
      json_object_set_null_member (object, "meeting");
      return;
    }
  name = secrets_derive (centre_secrets (centre), purpose);
  url = replaced (room->url, "{room}", name);
  text = replaced (model_names_get (room->texts, record->language, "{link}"), "{link}", url);
  meeting = json_object_new ();
  base_json_set_string (meeting, "url", url);
  base_json_set_string (meeting, "text", text);
  json_object_set_object_member (object, "meeting", meeting);
}

JsonObject *
render_recording (Centre *centre, const Record *record)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelRecordingRules *rules = &definitions->settings.recording;
  const RecordRecording *state = &record->recording;
  const ModelQueue *queue = record_queue (record, definitions);
  JsonObject *recording = json_object_new ();

  base_json_set_string (recording, "state", model_recording_to_text (state->state));
  base_json_set_time (recording, "until", state->until);
  base_json_set_string (recording, "record",
                        model_record_names[model_record_resolve (
                            record_is_internal (record) ? (ModelRecord) rules->internal
                            : queue != NULL             ? (ModelRecord) queue->record
                                                        : MODEL_RECORD_AS_CENTRE,
                            rules)]);
  json_object_set_boolean_member (recording, "may_pause", rules->may_pause);
  json_object_set_boolean_member (recording, "may_extend",
                                  state->until < state->paused_at +
                                                     (gint64) rules->pause_limit_seconds * 1000);

  return recording;
}

JsonObject *
render_interaction (Centre *centre, Record *record)
{
  return render_interaction_for (centre, record, NULL);
}

JsonObject *
render_interaction_for (Centre *centre, Record *record, const char *agent)
{
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();

  base_json_set_string (object, "id", record->text);
  base_json_set_string (object, "channel", model_channel_to_text (record->channel));
  base_json_set_string (object, "direction", model_direction_to_text (record->direction));
  base_json_set_string (object, "origin", model_origin_to_text (record->origin));
  base_json_set_string (object, "queue", record->queue);
  base_json_set_string (object, "called", record->called);
  base_json_set_string (object, "language", record->language);
  base_json_set_time (object, "created_at", record->created);
  base_json_set_string (object, "status", render_status (record));
  if (record->stuck != NULL)
    base_json_set_string (object, "stuck", record->stuck);
  json_object_set_object_member (
      object, "customer", render_customer (centre, record->number, record->name, record->customer));
  if (record->customer_left_at != 0)
    {
      JsonObject *left = json_object_new ();

      base_json_set_time (left, "at", record->customer_left_at);
      base_json_set_string (left, "cause", record->customer_left_cause);
      json_object_set_object_member (object, "customer_left", left);
    }
  else
    json_object_set_null_member (object, "customer_left");
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->part != MODEL_PART_SUPERVISING || g_strcmp0 (part->agent, agent) == 0 ||
          (part->state != PART_ENDED && render_shows_monitoring (centre)))
        json_array_add_object_element (parts, render_part (centre, record, part));
    }
  json_object_set_array_member (object, "participations", parts);
  json_object_set_array_member (object, "parties", render_parties (centre, record));
  json_object_set_array_member (object, "variables", render_values (centre, record));
  set_from (centre, object, "from", record->from);
  set_from (centre, object, "forwarded_by", record->forwarded_by);
  json_object_set_member (object, "consult", render_ask (centre, &record->ask));
  if (record->by != NULL && record->to != NULL)
    im_render (record, centre_definitions (centre), object);
  conversations_render (centre_conversations (centre), record->id, object);
  set_meeting (centre, object, record);
  if (record->channel == MODEL_CHANNEL_VOICE)
    json_object_set_object_member (object, "recording", render_recording (centre, record));
  centre_voice_render_play (centre, record, object);

  return object;
}

JsonObject *
render_queue_figures (Centre *centre, const char *queue)
{
  JsonObject *object = json_object_new ();
  AcdQueueView view = { .longest_since = G_MAXINT64 };

  acd_core_queue_view (centre_core (centre), queue, &view);
  base_json_set_string (object, "id", queue);
  json_object_set_boolean_member (object, "open", view.open);
  json_object_set_int_member (object, "waiting", view.waiting);
  set_time_or_null (object, "longest_since", view.longest_since);
  json_object_set_int_member (object, "staffed", view.staffed);
  json_object_set_int_member (object, "ready", view.ready);

  return object;
}
