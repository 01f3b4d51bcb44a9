/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of what is written: what the agent has in hand, what waits in the queues, what supervisors
 * are to look at, what has ended. Each row is that of the history, with what the view is about
 * beside it. What stands first is found in indexes; filters are looked at afterwards, so many rows
 * at a time. Centre's thread.
 */
#include "server/api/views.h"

#include "base/words.h"
#include "server/api/history.h"
#include "server/api/sight.h"
#include "server/centre/render.h"

#include <string.h>

#define LIMIT_MAX 100
#define LINE      200 /* characters of the last line */
#define PAGE      50
#define DAY       G_GINT64_CONSTANT (86400000)

const ModelAgent *
view_asker (ApiCall *call)
{
  return model_definitions_agent (centre_definitions (call->centre), call->agent);
}

gboolean
view_is_written (ModelChannel channel)
{
  return channel != MODEL_CHANNEL_VOICE && channel != MODEL_CHANNEL_IM;
}

/* --- one row ---------------------------------------------------------------------------------- */

typedef struct
{
  const ViewListing *listing;
  const Record *record; /* of what is open */
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

/* Of open work, whose tags no index knows. */
static gboolean
stands_so (const ViewListing *listing, const Record *record)
{
  return (listing->status == NULL || g_str_equal (listing->status, render_status (record))) &&
         (listing->tag == NULL ||
          (record->tags != NULL &&
           g_strv_contains ((const char *const *) record->tags, listing->tag)));
}

static gboolean
is_wanted (const ViewListing *listing, StoreRow *row, const Record *record, gboolean visible)
{
  const char *id = store_row_text (row, 0), *name = store_row_text (row, 7);
  gsize start, length;
  gboolean named = name != NULL;

  if ((listing->channel != NULL && g_strcmp0 (store_row_text (row, 2), listing->channel) != 0) ||
      (listing->queue != NULL && g_strcmp0 (store_row_text (row, 4), listing->queue) != 0))
    return FALSE;
  if (record != NULL && !stands_so (listing, record))
    return FALSE;
  if (listing->words[0] == NULL)
    return TRUE;
  for (guint i = 0; named && listing->words[i] != NULL; i++)
    named = base_words_find (name, listing->words[i], &start, &length);

  return named ||
         (visible && history_has_words (store_reader (centre_store (listing->call->centre)), id,
                                        listing->words));
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

/* Of what is open, as it is now; who is in it. */
static void
set_standing (Centre *centre, JsonObject *object, const Record *record)
{
  JsonObject *tags = json_object_new ();
  JsonArray *ids = json_array_new ();
  JsonArray *with = json_array_new ();

  for (guint i = 0; record->tags != NULL && record->tags[i] != NULL; i++)
    json_array_add_string_element (ids, record->tags[i]);
  json_object_set_array_member (tags, "ids", ids);
  json_object_set_int_member (tags, "revision", record->tags_revision);
  json_object_set_object_member (object, "tags", tags);
  base_json_set_string (object, "status", render_status (record));
  base_json_set_string (object, "sentiment", render_sentiment (record->sentiment));
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);
      const ModelAgent *agent = model_definitions_agent (centre_definitions (centre), part->agent);
      JsonObject *who;

      if (part->state == PART_ENDED || part->state == PART_WRAP_UP)
        continue;
      who = json_object_new ();
      base_json_set_string (who, "agent", part->agent);
      base_json_set_string (who, "name", agent != NULL ? agent->name : part->agent);
      json_array_add_object_element (with, who);
    }
  json_object_set_array_member (object, "with", with);
}

static void
on_entry_row (StoreRow *row, gpointer user_data)
{
  Making *making = user_data;
  const ViewListing *listing = making->listing;
  ApiCall *call = listing->call;
  const char *id = store_row_text (row, 0);
  gboolean visible = sight_of_interaction (call, id, store_row_text (row, 4));

  if (!is_wanted (listing, row, making->record, visible))
    return;
  making->visible = visible;
  making->object = history_entry (call, row, visible);
  base_json_set_time (making->object, "since", making->since);
  json_object_set_null_member (making->object, "last");
  base_json_set_string (making->object, "status", "resolved");
  json_object_set_array_member (making->object, "with", json_array_new ());
  if (visible)
    store_query (centre_store (call->centre), NULL, on_line_row, making->object,
                 STORE_GET_LAST_LINE, id);
  if (making->record != NULL)
    set_standing (call->centre, making->object, making->record);
  else
    set_tags (making->object, store_row_text (row, 10), store_row_int (row, 11));
  json_object_set_null_member (making->object, "participation");
  json_object_set_boolean_member (making->object, "taggable", FALSE);
  json_object_set_null_member (making->object, "problem");
}

JsonObject *
view_row (const ViewListing *listing, const char *interaction, const Record *record, gint64 since)
{
  Making making = { .listing = listing, .record = record, .since = since };

  store_query (centre_store (listing->call->centre), NULL, on_entry_row, &making, STORE_GET_ENTRY,
               interaction);

  return making.object;
}

/* --- what has ended --------------------------------------------------------------------------- */

static void
on_key_row (StoreRow *row, gpointer user_data)
{
  ViewKey key = { .at = store_row_int (row, 1) };

  g_strlcpy (key.id, store_row_text (row, 0), sizeof key.id);
  g_array_append_val ((GArray *) user_data, key);
}

gboolean
view_is_supervisor (const ModelAgent *agent)
{
  return agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR;
}

gboolean
view_oversees (const ModelAgent *agent, const char *queue)
{
  return agent->queues == NULL || agent->queues[0] == NULL ||
         (queue != NULL && g_strv_contains ((const char *const *) agent->queues, queue));
}

static int
compare_backwards (gconstpointer a, gconstpointer b)
{
  return view_compare_keys (b, a);
}

/* The next ones of one source: an agent or a queue. */
static void
read_keys (const ViewListing *listing,
           StoreQuery all,
           StoreQuery tagged,
           const char *of,
           GArray *keys)
{
  Store *store = centre_store (listing->call->centre);
  gint64 at = listing->after.at != 0 ? listing->after.at : G_MAXINT64;

  if (listing->tag == NULL)
    store_query (store, NULL, on_key_row, keys, all, of, at, listing->after.id, (gint64) PAGE);
  else
    store_query (store, NULL, on_key_row, keys, tagged, listing->tag, of, at, listing->after.id,
                 (gint64) PAGE);
}

/* The next ones of all sources, newest first, each once. */
static GArray *
next_ended (const ViewListing *listing)
{
  const ModelDefinitions *definitions = centre_definitions (listing->call->centre);
  const ModelAgent *agent = view_asker (listing->call);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (ViewKey));
  guint kept = 0;

  read_keys (listing, STORE_GET_HANDLED, STORE_GET_HANDLED_TAGGED, listing->call->agent, keys);
  for (guint i = 0; view_is_supervisor (agent) && i < definitions->queues->len; i++)
    {
      const ModelQueue *queue = g_ptr_array_index (definitions->queues, i);

      if (view_is_written ((ModelChannel) queue->channel) && view_oversees (agent, queue->id) &&
          (listing->queue == NULL || g_str_equal (listing->queue, queue->id)))
        read_keys (listing, STORE_GET_ENDED_IN_QUEUE, STORE_GET_ENDED_TAGGED, queue->id, keys);
    }
  g_array_sort (keys, compare_backwards);
  for (guint i = 0; i < keys->len; i++)
    if (kept == 0 || view_compare_keys (&g_array_index (keys, ViewKey, i),
                                        &g_array_index (keys, ViewKey, kept - 1)) != 0)
      g_array_index (keys, ViewKey, kept++) = g_array_index (keys, ViewKey, i);
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
  Own own = { call->agent, view_is_supervisor (view_asker (call)), object };

  store_query (centre_store (call->centre), NULL, on_part_row, &own, STORE_GET_PARTS_OF,
               interaction);
  json_object_set_boolean_member (object, "taggable",
                                  !json_object_get_null_member (object, "participation") &&
                                      days > 0 && centre_now (call->centre) <= ended + days * DAY);
}

static gboolean
list_resolved (ViewListing *listing)
{
  guint scanned = 0;
  gboolean more = TRUE;

  while (more && scanned < VIEW_SCANNED)
    {
      g_autoptr (GArray) keys = next_ended (listing);

      for (guint i = 0; i < keys->len; i++, scanned++)
        {
          const ViewKey *key = &g_array_index (keys, ViewKey, i);
          JsonObject *object;

          if (json_array_get_length (listing->list) >= (guint) listing->limit)
            return TRUE;
          listing->after = *key;
          object = view_row (listing, key->id, NULL, key->at);
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
  static const char *const names[] = { "mine", "unassigned", "escalated", "resolved" };

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
read_place (const char *text, ViewKey *key)
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
reply (ViewListing *listing)
{
  JsonObject *answer = json_object_new ();
  gboolean more = FALSE;

  listing->list = json_array_new ();
  switch (listing->view)
    {
    case VIEW_MINE:
      view_mine (listing);
      break;
    case VIEW_UNASSIGNED:
      more = view_unassigned (listing);
      break;
    case VIEW_ESCALATED:
      more = view_escalated (listing);
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
  ViewListing listing = { .call = call,
                          .channel = api_call_query (call, "channel"),
                          .queue = api_call_query (call, "queue"),
                          .tag = api_call_query (call, "tag"),
                          .status = api_call_query (call, "status"),
                          .words = words,
                          .limit = 50 };
  ModelChannel channel;
  ModelStatus status;

  if (!read_view (api_call_query (call, "view"), &listing.view))
    api_call_invalid_query (call, "view", 0, "mine, unassigned, escalated or resolved");
  else if (listing.channel != NULL && !model_channel_from_text (listing.channel, &channel))
    api_call_invalid_query (call, "channel", 0, "no such channel");
  else if (listing.status != NULL && !model_status_from_text (listing.status, &status))
    api_call_invalid_query (call, "status", 0, "open, pending or escalated");
  else if (after != NULL && !read_place (after, &listing.after))
    api_call_invalid_query (call, "after", 0, "not what `next` was");
  else if (count != NULL &&
           !g_ascii_string_to_signed (count, 10, 1, LIMIT_MAX, &listing.limit, NULL))
    api_call_invalid_query (call, "limit", LIMIT_MAX, "not a number from 1 to 100");
  else
    reply (&listing);
}
