/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guichetctl shows over the Unix socket: the journal, and what goes on. Centre's thread. */

#include "server/api/handlers.h"
#include "server/channels/conversations.h"

#include "server/centre/render.h"

static void
on_tail_row (StoreRow *row, gpointer user_data)
{
  JsonArray *list = user_data;
  const char *json = store_row_text (row, 2);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *event;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  event = json_node_dup_object (node);
  json_object_set_int_member (event, "seq", store_row_int (row, 0));
  base_json_set_time (event, "at", store_row_int (row, 1));
  json_array_add_object_element (list, event);
}

/* FALSE: answered. */
static gboolean
read_number (ApiCall *call, const char *name, gint64 max, gint64 *number)
{
  const char *text = api_call_query (call, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, max, number, NULL))
    return TRUE;
  api_call_invalid_query (call, name, max, "not a number");

  return FALSE;
}

void
api_admin_journal (ApiCall *call)
{
  const char *interaction = api_call_query (call, "interaction");
  g_autoptr (GError) error = NULL;
  gint64 since = 0, limit = 1000;
  JsonArray *list;
  JsonObject *answer;
  guint n;

  if (!read_number (call, "since", G_MAXINT64, &since) ||
      !read_number (call, "limit", 10000, &limit))
    return;
  if (interaction != NULL)
    answer = api_journal_of (call->centre, interaction, &error);
  else
    {
      list = json_array_new ();
      answer = json_object_new ();
      store_query (centre_store (call->centre), &error, on_tail_row, list, STORE_GET_JOURNAL_AFTER,
                   since, limit);
      json_object_set_array_member (answer, "events", list);
    }
  if (error != NULL)
    {
      g_clear_pointer (&answer, json_object_unref);
      api_call_store_error (call, error);
      return;
    }
  list = json_object_get_array_member (answer, "events");
  n = json_array_get_length (list);
  if (n > 0)
    since = json_object_get_int_member (json_array_get_object_element (list, n - 1), "seq");
  json_object_set_int_member (answer, "next", since);
  base_json_set_string (answer, "epoch", hub_get_epoch (centre_hub (call->centre)));
  api_call_reply (call, 200, answer);
}

static void
count_session (Session *session, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static JsonArray *
queues_to_json (Centre *centre, const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; definitions != NULL && i < definitions->queues->len; i++)
    json_array_add_object_element (
        array, render_queue_figures (
                   centre, ((ModelQueue *) g_ptr_array_index (definitions->queues, i))->id));

  return array;
}

static JsonArray *
agents_to_json (Centre *centre, const ModelDefinitions *definitions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; definitions != NULL && i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);
      JsonObject *object = render_state (centre, agent->id);

      base_json_set_string (object, "id", agent->id);
      json_array_add_object_element (array, object);
    }

  return array;
}

void
api_admin_status (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  JsonObject *status = json_object_new ();
  JsonArray *channels = json_array_new ();
  g_autoptr (GArray) open = acd_core_interactions (centre_core (call->centre));
  guint sessions = 0;

  sessions_each (centre_sessions (call->centre), count_session, &sessions);
  json_object_set_int_member (status, "version", definitions != NULL ? definitions->version : 0);
  base_json_set_string (status, "centre", centre_id (call->centre));
  base_json_set_string (status, "epoch", hub_get_epoch (centre_hub (call->centre)));
  json_object_set_int_member (status, "seq", centre_seq (call->centre));
  json_object_set_int_member (status, "uptime",
                              (g_get_monotonic_time () - call->api->started) / G_USEC_PER_SEC);
  json_object_set_int_member (status, "sessions", sessions);
  json_object_set_int_member (status, "desks", g_hash_table_size (call->api->streams));
  json_object_set_int_member (status, "connections", front_connections (call->api->front));
  json_object_set_int_member (status, "calls", open->len);
  json_object_set_int_member (status, "legs", centre_voice_n_legs (call->centre));
  json_object_set_array_member (status, "queues", queues_to_json (call->centre, definitions));
  json_object_set_array_member (status, "agents", agents_to_json (call->centre, definitions));
  conversations_status (centre_conversations (call->centre), channels);
  json_object_set_array_member (status, "channels", channels);
  api_call_reply (call, 200, status);
}
