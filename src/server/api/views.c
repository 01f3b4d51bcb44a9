/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three views of what is written: what the agent has in hand, what waits in the queues, what has
 * ended. Each row is that of the history, with what the view is about beside it. What stands first
 * is found in indexes; filters are looked at afterwards, so many rows at a time. Centre's thread.
 */
#include "server/api/handlers.h"

#include "base/words.h"
#include "server/api/history.h"
#include "server/api/sight.h"

#include <string.h>

#define LIMIT_MAX 100
#define LINE      200  /* characters of the last line */
#define SCANNED   1000 /* rows that one request looks through */
#define PAGE      100
#define EACH      2000 /* that wait with the same needs */
#define DAY       G_GINT64_CONSTANT (86400000)

typedef enum
{
  VIEW_MINE,
  VIEW_UNASSIGNED,
  VIEW_RESOLVED,
} View;

/* A place in the list. */
typedef struct
{
  gint64 at;
  char id[MODEL_ID_TEXT_SIZE];
} Key;

typedef struct
{
  ApiCall *call;
  View view;
  const char *channel, *queue; /* or NULL */
  char **words;
  gint64 limit;
  Key after; /* the last of the page before; at 0: none */
  JsonArray *list;
} Listing;

static const ModelAgent *
asker (ApiCall *call)
{
  return model_definitions_agent (centre_definitions (call->centre), call->agent);
}

static gboolean
is_written (ModelChannel channel)
{
  return channel != MODEL_CHANNEL_VOICE && channel != MODEL_CHANNEL_IM;
}

/* --- one row ---------------------------------------------------------------------------------- */

typedef struct
{
  const Listing *listing;
  gint64 since;
  JsonObject *object; /* what comes of it, or NULL */
  gboolean visible;
} Making;

static void
on_line_row (StoreRow *row, gpointer user_data)
{
  JsonObject *line = json_object_new ();
  const char *text = store_row_text (row, 1);
  g_autofree char *part = g_utf8_substring (text, 0, MIN (LINE, g_utf8_strlen (text, -1)));

  base_json_set_string (line, "author", store_row_text (row, 0));
  base_json_set_string (line, "text", part);
  base_json_set_time (line, "at", store_row_int (row, 2));
  json_object_set_object_member (user_data, "last", line);
}

static gboolean
is_wanted (const Listing *listing, StoreRow *row, gboolean visible)
{
  const char *id = store_row_text (row, 0), *name = store_row_text (row, 7);
  gsize start, length;
  gboolean named = name != NULL;

  if ((listing->channel != NULL && g_strcmp0 (store_row_text (row, 2), listing->channel) != 0) ||
      (listing->queue != NULL && g_strcmp0 (store_row_text (row, 4), listing->queue) != 0))
    return FALSE;
  if (listing->words[0] == NULL)
    return TRUE;
  for (guint i = 0; named && listing->words[i] != NULL; i++)
    named = base_words_find (name, listing->words[i], &start, &length);

  return named || (visible && history_has_words (listing->call, id, listing->words));
}

static void
set_tags (JsonObject *object, const char *text, gint64 revision)
{
  g_autoptr (JsonNode) node =
      text != NULL ? base_json_parse (text, strlen (text), NULL, NULL) : NULL;
  JsonObject *tags = json_object_new ();

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    json_object_set_array_member (tags, "ids", json_node_dup_array (node));
  else
    json_object_set_array_member (tags, "ids", json_array_new ());
  json_object_set_int_member (tags, "revision", revision);
  json_object_set_object_member (object, "tags", tags);
}

static void
on_entry_row (StoreRow *row, gpointer user_data)
{
  Making *making = user_data;
  const Listing *listing = making->listing;
  ApiCall *call = listing->call;
  const char *id = store_row_text (row, 0);
  gboolean visible = sight_of_interaction (call, id, store_row_text (row, 4));

  if (!is_wanted (listing, row, visible))
    return;
  making->visible = visible;
  making->object = history_entry (call, row, visible);
  base_json_set_time (making->object, "since", making->since);
  json_object_set_null_member (making->object, "last");
  if (visible)
    store_query (centre_store (call->centre), NULL, on_line_row, making->object,
                 STORE_GET_LAST_LINE, id);
  set_tags (making->object, store_row_text (row, 10), store_row_int (row, 11));
  json_object_set_null_member (making->object, "participation");
  json_object_set_boolean_member (making->object, "taggable", FALSE);
  json_object_set_null_member (making->object, "problem");
}

/* The row of this interaction; NULL: not asked for. */
static JsonObject *
make_row (const Listing *listing, const char *interaction, gint64 since)
{
  Making making = { .listing = listing, .since = since };

  store_query (centre_store (listing->call->centre), NULL, on_entry_row, &making, STORE_GET_ENTRY,
               interaction);

  return making.object;
}

/* --- what is open ----------------------------------------------------------------------------- */

static void
set_participation (JsonObject *object, ModelId participation)
{
  char id[MODEL_ID_TEXT_SIZE];

  base_json_set_string (object, "participation",
                        model_id_to_text (MODEL_ID_PARTICIPATION, participation, id));
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const AcdParticipationView *first = a, *second = b;

  return first->joined > second->joined ? -1 : first->joined < second->joined;
}

/* All of it, however the limit is: an agent has room for so many. */
static void
list_mine (Listing *listing)
{
  Centre *centre = listing->call->centre;
  g_autoptr (GArray) parts =
      acd_core_agent_participations (centre_core (centre), listing->call->agent);

  g_array_sort (parts, newest_first);
  for (guint i = 0; i < parts->len; i++)
    {
      const AcdParticipationView *view = &g_array_index (parts, AcdParticipationView, i);
      const Record *record = centre_record (centre, view->interaction);
      JsonObject *object;

      if (record == NULL || !is_written (view->channel))
        continue;
      object = make_row (listing, record->text, view->joined);
      if (object == NULL)
        continue;
      base_json_set_string (object, "kind", "mine");
      set_participation (object, view->participation);
      json_array_add_object_element (listing->list, object);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Key *first = a, *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;

  return strcmp (first->id, second->id);
}

static int
compare_backwards (gconstpointer a, gconstpointer b)
{
  return compare_keys (b, a);
}

static void
add_waiting (const Listing *listing, const ModelQueue *queue, GArray *keys)
{
  g_autoptr (GArray) views =
      acd_core_waiting (centre_core (listing->call->centre), queue->id, EACH);

  for (guint i = 0; i < views->len; i++)
    {
      const AcdWaitingView *view = &g_array_index (views, AcdWaitingView, i);
      Key key = { .at = view->queued_at };

      model_id_to_text (MODEL_ID_INTERACTION, view->interaction, key.id);
      if (listing->after.at == 0 || compare_keys (&key, &listing->after) > 0)
        g_array_append_val (keys, key);
    }
}

/* Whether it can be taken, and if not, why. */
static void
set_problem (ApiCall *call, const char *interaction, JsonObject *object)
{
  AcdCommand command = { .type = ACD_COMMAND_TAKE, .agent = call->agent };

  model_id_from_text (MODEL_ID_INTERACTION, interaction, &command.interaction);
  base_json_set_string (object, "problem",
                        acd_core_take_problem (centre_core (call->centre), &command));
}

/* Of the agent's queues; oldest first. TRUE: there is more, after the listing's place. */
static gboolean
list_unassigned (Listing *listing)
{
  const ModelDefinitions *definitions = centre_definitions (listing->call->centre);
  const ModelAgent *agent = asker (listing->call);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (Key));
  guint i;

  for (guint j = 0; agent != NULL && agent->queues != NULL && agent->queues[j] != NULL; j++)
    {
      const ModelQueue *queue = model_definitions_queue (definitions, agent->queues[j]);

      if (queue != NULL && is_written ((ModelChannel) queue->channel) &&
          (listing->queue == NULL || g_str_equal (listing->queue, queue->id)))
        add_waiting (listing, queue, keys);
    }
  g_array_sort (keys, compare_keys);
  for (i = 0; i < keys->len && i < SCANNED &&
              json_array_get_length (listing->list) < (guint) listing->limit;
       i++)
    {
      const Key *key = &g_array_index (keys, Key, i);
      JsonObject *object = make_row (listing, key->id, key->at);

      listing->after = *key;
      if (object == NULL)
        continue;
      base_json_set_string (object, "kind", "waiting");
      set_problem (listing->call, key->id, object);
      json_array_add_object_element (listing->list, object);
    }

  return i < keys->len;
}

/* --- what has ended --------------------------------------------------------------------------- */

static void
on_key_row (StoreRow *row, gpointer user_data)
{
  Key key = { .at = store_row_int (row, 1) };

  g_strlcpy (key.id, store_row_text (row, 0), sizeof key.id);
  g_array_append_val ((GArray *) user_data, key);
}

static gboolean
is_supervisor (const ModelAgent *agent)
{
  return agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR;
}

/* A supervisor's own queues, or all where none are named. */
static gboolean
oversees (const ModelAgent *agent, const ModelQueue *queue)
{
  return agent->queues == NULL || agent->queues[0] == NULL ||
         g_strv_contains ((const char *const *) agent->queues, queue->id);
}

/* The next ones of all sources, newest first, each once. */
static GArray *
next_ended (const Listing *listing)
{
  Store *store = centre_store (listing->call->centre);
  const ModelDefinitions *definitions = centre_definitions (listing->call->centre);
  const ModelAgent *agent = asker (listing->call);
  gint64 at = listing->after.at != 0 ? listing->after.at : G_MAXINT64;
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Key));
  guint kept = 0;

  store_query (store, NULL, on_key_row, keys, STORE_GET_HANDLED, listing->call->agent, at,
               listing->after.id, (gint64) PAGE);
  for (guint i = 0; is_supervisor (agent) && i < definitions->queues->len; i++)
    {
      const ModelQueue *queue = g_ptr_array_index (definitions->queues, i);

      if (is_written ((ModelChannel) queue->channel) && oversees (agent, queue) &&
          (listing->queue == NULL || g_str_equal (listing->queue, queue->id)))
        store_query (store, NULL, on_key_row, keys, STORE_GET_ENDED_IN_QUEUE, queue->id, at,
                     listing->after.id, (gint64) PAGE);
    }
  g_array_sort (keys, compare_backwards);
  for (guint i = 0; i < keys->len; i++)
    if (kept == 0 ||
        compare_keys (&g_array_index (keys, Key, i), &g_array_index (keys, Key, kept - 1)) != 0)
      g_array_index (keys, Key, kept++) = g_array_index (keys, Key, i);
  g_array_set_size (keys, MIN (kept, PAGE));

  return keys;
}

typedef struct
{
  const char *agent;
  gboolean any; /* of anybody */
  JsonObject *object;
} Own;

static void
on_part_row (StoreRow *row, gpointer user_data)
{
  const Own *own = user_data;
  const char *json = store_row_text (row, 3);

  if (strstr (json, "\"kind\":\"handled\"") != NULL &&
      (own->any || g_strcmp0 (store_row_text (row, 1), own->agent) == 0))
    base_json_set_string (own->object, "participation", store_row_text (row, 0));
}

/* By which part the tags can be changed, if they still can. */
static void
set_taggable (ApiCall *call, const char *interaction, gint64 ended, JsonObject *object)
{
  gint32 days = centre_definitions (call->centre)->settings.tag_days;
  Own own = { call->agent, is_supervisor (asker (call)), object };

  store_query (centre_store (call->centre), NULL, on_part_row, &own, STORE_GET_PARTS_OF,
               interaction);
  json_object_set_boolean_member (object, "taggable",
                                  !json_object_get_null_member (object, "participation") &&
                                      days > 0 && centre_now (call->centre) <= ended + days * DAY);
}

static gboolean
list_resolved (Listing *listing)
{
  guint scanned = 0;
  gboolean more = TRUE;

  while (more && scanned < SCANNED)
    {
      g_autoptr (GArray) keys = next_ended (listing);

      for (guint i = 0; i < keys->len; i++, scanned++)
        {
          const Key *key = &g_array_index (keys, Key, i);
          JsonObject *object;

          if (json_array_get_length (listing->list) >= (guint) listing->limit)
            return TRUE;
          listing->after = *key;
          object = make_row (listing, key->id, key->at);
          if (object == NULL)
            continue;
          set_taggable (listing->call, key->id, key->at, object);
          json_array_add_object_element (listing->list, object);
        }
      more = keys->len == PAGE;
    }

  return more;
}

/* --- the request ------------------------------------------------------------------------------ */

static gboolean
read_view (const char *text, View *view)
{
  static const char *const names[] = { "mine", "unassigned", "resolved" };

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      {
        *view = (View) i;
        return TRUE;
      }

  return FALSE;
}

/* "TIME.ID", as `next` said it. */
static gboolean
read_place (const char *text, Key *key)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", 2);
  ModelId id;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, &key->at, NULL) ||
      !model_id_from_text (MODEL_ID_INTERACTION, parts[1], &id))
    return FALSE;
  g_strlcpy (key->id, parts[1], sizeof key->id);

  return TRUE;
}

static void
reply (Listing *listing)
{
  JsonObject *answer = json_object_new ();
  gboolean more = FALSE;

  listing->list = json_array_new ();
  switch (listing->view)
    {
    case VIEW_MINE:
      list_mine (listing);
      break;
    case VIEW_UNASSIGNED:
      more = list_unassigned (listing);
      break;
    case VIEW_RESOLVED:
      more = list_resolved (listing);
      break;
    }
  json_object_set_array_member (answer, "conversations", listing->list);
  if (more)
    {
      g_autofree char *next =
          g_strdup_printf ("%" G_GINT64_FORMAT ".%s", listing->after.at, listing->after.id);

      base_json_set_string (answer, "next", next);
    }
  else
    json_object_set_null_member (answer, "next");
  api_call_reply (listing->call, 200, answer);
}

void
api_conversations_list (ApiCall *call)
{
  const char *after = api_call_query (call, "after");
  const char *count = api_call_query (call, "limit");
  const char *query = api_call_query (call, "query");
  g_auto (GStrv) words = base_words_of (query != NULL ? query : "");
  Listing listing = { .call = call,
                      .channel = api_call_query (call, "channel"),
                      .queue = api_call_query (call, "queue"),
                      .words = words,
                      .limit = 50 };
  ModelChannel channel;

  if (!read_view (api_call_query (call, "view"), &listing.view))
    api_call_invalid_query (call, "view", 0, "mine, unassigned or resolved");
  else if (listing.channel != NULL && !model_channel_from_text (listing.channel, &channel))
    api_call_invalid_query (call, "channel", 0, "no such channel");
  else if (after != NULL && !read_place (after, &listing.after))
    api_call_invalid_query (call, "after", 0, "not what `next` was");
  else if (count != NULL &&
           !g_ascii_string_to_signed (count, 10, 1, LIMIT_MAX, &listing.limit, NULL))
    api_call_invalid_query (call, "limit", LIMIT_MAX, "not a number from 1 to 100");
  else
    reply (&listing);
}
