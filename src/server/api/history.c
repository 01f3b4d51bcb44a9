/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was before: of a customer, of an agent, of one interaction. Who took part, when and with
 * what outcome everybody may know; notes and what was written are for who may see that interaction.
 * Centre's thread. */
#include "server/api/history.h"

#include "base/words.h"
#include "base/time-text.h"
#include "server/api/handlers.h"
#include "server/api/sight.h"
#include "server/centre/people.h"
#include "server/centre/recent.h"
#include "server/centre/recordings.h"
#include "server/centre/render.h"

#include <string.h>

typedef struct
{
  ApiCall *call;
  gint64 limit;
  JsonArray *list;
  guint rows;
  gint64 last; /* at of the last row looked at */
} History;

/* --- one interaction -------------------------------------------------------------------------- */

typedef struct
{
  Centre *centre;
  gboolean visible;
  GHashTable *notes; /* participation → text */
  JsonArray *list;
} Parts;

static void
on_note_row (StoreRow *row, gpointer user_data)
{
  const char *text = store_row_text (row, 1);

  if (*text != '\0')
    g_hash_table_insert (user_data, g_strdup (store_row_text (row, 0)), g_strdup (text));
}

static const char *
name_of (Centre *centre, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelAgent *agent = definitions != NULL ? model_definitions_agent (definitions, id) : NULL;

  return agent != NULL ? agent->name : id;
}

static void
on_part_row (StoreRow *row, gpointer user_data)
{
  Parts *parts = user_data;
  const char *text = store_row_text (row, 3);
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, NULL);
  const char *note =
      parts->visible ? g_hash_table_lookup (parts->notes, store_row_text (row, 0)) : NULL;
  JsonObject *from, *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  from = json_node_get_object (node);
  object = json_object_new ();
  base_json_set_string (object, "agent", store_row_text (row, 1));
  base_json_set_string (object, "name", name_of (parts->centre, store_row_text (row, 1)));
  base_json_set_string (object, "kind",
                        json_object_get_string_member_with_default (from, "kind", NULL));
  base_json_set_string (object, "reason",
                        json_object_get_string_member_with_default (from, "reason", NULL));
  base_json_set_time (object, "at", store_row_int (row, 2));
  json_object_set_int_member (object, "talk",
                              json_object_get_int_member_with_default (from, "talk", 0));
  base_json_set_string (object, "disposition",
                        json_object_get_string_member_with_default (from, "disposition", NULL));
  base_json_set_string (object, "sentiment",
                        json_object_get_string_member_with_default (from, "sentiment", NULL));
  base_json_set_string (object, "note", note);
  json_array_add_object_element (parts->list, object);
}

static void
on_talk_row (StoreRow *row, gpointer user_data)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", store_row_text (row, 0));
  json_object_set_int_member (object, "first", store_row_int (row, 1));
  json_object_set_int_member (object, "last", store_row_int (row, 2));
  json_object_set_int_member (object, "messages", store_row_int (row, 3));
  json_object_set_object_member (user_data, "conversation", object);
}

/* In a word: what the last agent who handled it did, or else the last whom it was offered. */
static void
add_outcome (JsonArray *parts, JsonObject *object)
{
  JsonObject *chosen = NULL;

  for (guint i = 0; i < json_array_get_length (parts); i++)
    {
      JsonObject *part = json_array_get_object_element (parts, i);

      if (chosen == NULL ||
          g_strcmp0 (json_object_get_string_member (part, "kind"), "handled") == 0 ||
          g_strcmp0 (json_object_get_string_member (chosen, "kind"), "handled") != 0)
        chosen = part;
    }
  base_json_set_string (object, "kind",
                        chosen != NULL ? json_object_get_string_member (chosen, "kind")
                                       : "abandoned");
  for (guint i = 0; i < 4; i++)
    {
      static const char *const members[] = { "reason", "talk", "disposition", "sentiment" };

      if (chosen != NULL)
        json_object_set_member (object, members[i], json_object_dup_member (chosen, members[i]));
      else if (i != 1)
        json_object_set_null_member (object, members[i]);
      else
        json_object_set_int_member (object, members[i], 0);
    }
}

JsonObject *
history_entry (ApiCall *call, StoreRow *row, gboolean visible)
{
  Store *store = centre_store (call->centre);
  const char *id = store_row_text (row, 0);
  g_autoptr (GHashTable) notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Parts parts = { call->centre, visible, notes, json_array_new () };
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "interaction", id);
  base_json_set_time (object, "at", store_row_int (row, 1));
  base_json_set_time (object, "ended", store_row_int (row, 5));
  base_json_set_string (object, "channel", store_row_text (row, 2));
  base_json_set_string (object, "direction", store_row_text (row, 3));
  base_json_set_string (object, "queue", store_row_text (row, 4));
  json_object_set_object_member (object, "customer",
                                 render_customer (call->centre, store_row_text (row, 6),
                                                  store_row_text (row, 7),
                                                  store_row_text (row, 8)));
  base_json_set_string (object, "called", store_row_text (row, 9));
  json_object_set_boolean_member (object, "visible", visible);
  json_object_set_null_member (object, "conversation");
  if (visible)
    {
      store_query (store, NULL, on_note_row, notes, STORE_GET_NOTES, id);
      store_query (store, NULL, on_talk_row, object, STORE_GET_TALK_OF, id);
    }
  store_query (store, NULL, on_part_row, &parts, STORE_GET_PARTS_OF, id);
  json_object_set_array_member (object, "parts", parts.list);
  add_outcome (parts.list, object);

  return object;
}

JsonObject *
history_entry_recorded (ApiCall *call, StoreRow *row, gboolean visible)
{
  JsonObject *object = history_entry (call, row, visible);
  const char *id = store_row_text (row, 0);

  if (api_may_hear_recordings (call, id))
    json_object_set_array_member (object, "recordings",
                                  recordings_to_json (centre_recordings (call->centre), id, FALSE));

  return object;
}

/* --- the list --------------------------------------------------------------------------------- */

gboolean
history_is_in_hand (ApiCall *call, const char *interaction)
{
  ModelId id;
  Record *record = NULL;

  if (model_id_from_text (MODEL_ID_INTERACTION, interaction, &id))
    record = centre_record (call->centre, id);

  return record != NULL && record_part_of (record, call->agent) != NULL;
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  History *history = user_data;
  const char *id = store_row_text (row, 0);

  history->rows++;
  if (json_array_get_length (history->list) >= (guint) history->limit)
    return;
  history->last = store_row_int (row, 1);
  if (history_is_in_hand (history->call, id))
    return;
  json_array_add_object_element (
      history->list,
      history_entry_recorded (history->call, row,
                              sight_of_interaction (history->call, id, store_row_text (row, 4))));
}

void
history_reply (ApiCall *call, JsonArray *list, gint64 next)
{
  JsonObject *answer = json_object_new ();

  json_object_set_array_member (answer, "interactions", list);
  base_json_set_time (answer, "next", next);
  api_call_reply (call, 200, answer);
}

static void
list_history (ApiCall *call, const char *customer, gint64 before, gint64 limit)
{
  History history = { .call = call, .limit = limit, .list = json_array_new (), .last = before };
  g_autoptr (GError) error = NULL;

  if (store_query (centre_store (call->centre), &error, on_row, &history, STORE_GET_HISTORY,
                   customer, before, api_call_query (call, "channel"), limit + 1))
    {
      history_reply (call, history.list, history.rows > limit ? history.last : 0);
      return;
    }
  json_array_unref (history.list);
  api_call_store_error (call, error);
}

void
api_customer_history (ApiCall *call)
{
  g_autoptr (Person) person = person_load (call->centre, call->parameters[0]);
  const char *channel = api_call_query (call, "channel");
  const char *query = api_call_query (call, "q");
  g_auto (GStrv) words = base_words_of (query != NULL ? query : "");
  ModelChannel known;
  gint64 before, limit;

  if (person == NULL)
    api_call_not_found (call);
  else if (channel != NULL && !model_channel_from_text (channel, &known))
    api_call_invalid_query (call, "channel", 0, "no such channel");
  else if (api_call_page (call, &before, &limit))
    {
      if (words[0] != NULL)
        history_find (call, person->id, words, before, limit);
      else
        list_history (call, person->id, before, limit);
    }
}

void
api_recent_get (ApiCall *call)
{
  gint64 before, limit;
  g_autoptr (GError) error = NULL;
  JsonArray *list;
  JsonObject *answer;

  if (!api_call_page (call, &before, &limit))
    return;
  list = recent_list (call->centre, STORE_GET_RECENT_OF_AGENT, call->agent, before, limit, &error);
  if (list == NULL)
    {
      api_call_store_error (call, error);
      return;
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "recent", list);
  api_call_reply (call, 200, answer);
}

/* --- the journal of one interaction ----------------------------------------------------------- */

static void
on_journal_row (StoreRow *row, gpointer user_data)
{
  JsonArray *list = user_data;
  const char *json = store_row_text (row, 3);
  g_autoptr (JsonNode) node = base_json_parse (json, strlen (json), NULL, NULL);
  JsonObject *event;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  event = json_node_dup_object (node);
  json_object_set_int_member (event, "seq", store_row_int (row, 0));
  base_json_set_time (event, "at", store_row_int (row, 1));
  json_array_add_object_element (list, event);
}

static void
on_any_row (StoreRow *row, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

JsonObject *
api_journal_of (Centre *centre, const char *interaction, GError **error)
{
  JsonArray *list = json_array_new ();
  JsonObject *answer;

  if (!store_query (centre_store (centre), error, on_journal_row, list, STORE_GET_JOURNAL_OF,
                    interaction, (gint64) 10000))
    {
      json_array_unref (list);
      return NULL;
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "events", list);

  return answer;
}

/* Of one who only listens; until it comes in itself. */
static gboolean
is_hidden (JsonObject *event, GHashTable *listeners)
{
  const char *id = json_object_get_string_member_with_default (event, "participation", NULL);
  const char *part = json_object_get_string_member_with_default (event, "part", NULL);

  if (id == NULL)
    return FALSE;
  if (g_strcmp0 (part, model_part_to_text (MODEL_PART_SUPERVISING)) == 0)
    g_hash_table_add (listeners, g_strdup (id));
  else if (part != NULL)
    g_hash_table_remove (listeners, id);

  return g_hash_table_contains (listeners, id);
}

/* Agents are not told who listens where the centre does not want it. */
static void
hide_listeners (ApiCall *call, JsonObject *answer)
{
  const ModelAgent *agent =
      model_definitions_agent (centre_definitions (call->centre), call->agent);
  JsonArray *events = json_object_get_array_member (answer, "events");
  JsonArray *seen;
  g_autoptr (GHashTable) listeners = NULL;

  if (render_shows_monitoring (call->centre) ||
      (agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR))
    return;
  seen = json_array_new ();
  listeners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < json_array_get_length (events); i++)
    {
      JsonObject *event = json_array_get_object_element (events, i);

      if (!is_hidden (event, listeners))
        json_array_add_object_element (seen, json_object_ref (event));
    }
  json_object_set_array_member (answer, "events", seen);
}

void
api_journal_get (ApiCall *call)
{
  const char *interaction = api_call_query (call, "interaction");
  gboolean had_part = FALSE;
  g_autoptr (GError) error = NULL;
  JsonObject *answer;

  if (interaction == NULL)
    {
      api_call_invalid_query (call, "interaction", 0, "which interaction?");
      return;
    }
  store_query (centre_store (call->centre), NULL, on_any_row, &had_part, STORE_GET_HAD_PART,
               interaction, call->agent);
  if (!had_part)
    {
      api_call_not_found (call);
      return;
    }
  answer = api_journal_of (call->centre, interaction, &error);
  if (answer == NULL)
    {
      api_call_store_error (call, error);
      return;
    }
  hide_listeners (call, answer);
  api_call_reply (call, 200, answer);
}
