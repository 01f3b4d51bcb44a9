/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tags of what has ended: by who handled it and by supervisors, for as many days as the centre
 * says. Two changes of one interaction do not overlap. Centre's thread. */
#include "server/api/handlers.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT (86400000)

typedef struct
{
  gboolean found;
  char *agent, *interaction, *tags;
  gint64 ended;
  gint64 revision;
} Ended;

static void
ended_clear (Ended *ended)
{
  g_free (ended->agent);
  g_free (ended->interaction);
  g_free (ended->tags);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ended, ended_clear)

static void
on_part_row (StoreRow *row, gpointer user_data)
{
  *(Ended *) user_data = (Ended){ .found = TRUE,
                                  .agent = g_strdup (store_row_text (row, 0)),
                                  .interaction = g_strdup (store_row_text (row, 1)),
                                  .ended = store_row_int (row, 2),
                                  .tags = g_strdup (store_row_text (row, 3)),
                                  .revision = store_row_int (row, 4) };
}

static gboolean
may_change (ApiCall *call, const Ended *ended)
{
  const ModelAgent *agent =
      model_definitions_agent (centre_definitions (call->centre), call->agent);

  return ended->found && (g_str_equal (ended->agent, call->agent) ||
                          (agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR));
}

static JsonNode *
tags_node (const char *text)
{
  JsonNode *node = text != NULL ? base_json_parse (text, strlen (text), NULL, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return node;
  g_clear_pointer (&node, json_node_unref);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, json_array_new ());

  return node;
}

static void
conflict (ApiCall *call, const Ended *ended)
{
  JsonObject *more = json_object_new ();
  JsonObject *current = json_object_new ();

  json_object_set_member (current, "ids", tags_node (ended->tags));
  json_object_set_int_member (current, "revision", ended->revision);
  json_object_set_object_member (more, "current", current);
  api_call_problem (call, 409, "conflict", more, NULL);
}

static void
on_free (gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  api_tags_set_after (call);
}

static void
on_kept (gpointer user_data)
{
  ApiCall *call = user_data;

  g_hash_table_remove (call->api->tagging, call->data);
  api_call_kept (call);
}

static void
commit (ApiCall *call, const Ended *ended, char **ids)
{
  StoreBatch *batch = store_batch_new ();
  JsonObject *journal = json_object_new ();
  JsonObject *answer;
  JsonArray *list = json_array_new ();
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), list);
  g_autofree char *text = NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    json_array_add_string_element (list, ids[i]);
  text = json_to_string (node, FALSE);
  base_json_set_string (journal, "type", "conversation.tagged");
  base_json_set_string (journal, "interaction", ended->interaction);
  base_json_set_string (journal, "participation", call->parameters[0]);
  base_json_set_string (journal, "agent", call->agent);
  json_object_set_array_member (journal, "tags", list);
  json_object_set_int_member (journal, "revision", ended->revision + 1);
  centre_journal_past (call->centre, ended->interaction, call->agent, "conversation.tagged",
                       journal, batch);
  store_batch_add (batch, STORE_INTERACTION_TAGS, ended->interaction, text, ended->revision + 1);
  answer = api_call_mark (call);
  json_object_set_int_member (answer, "revision", ended->revision + 1);
  api_call_keep_answer (call, batch, 200, answer);
  call->data = g_strdup (ended->interaction);
  call->data_free = g_free;
  g_hash_table_add (call->api->tagging, g_strdup (ended->interaction));
  centre_write (call->centre, batch, on_kept, api_call_ref (call));
}

/* FALSE: answered. */
static gboolean
read_tags (ApiCall *call, GStrv *ids, gint64 *revision)
{
  g_autoptr (GError) error = NULL;

  if (!base_json_only (&call->body, &error, "ids", "revision", NULL) ||
      !base_json_get_strings (&call->body, "ids", 50, 64, ids, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, revision, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  for (char **id = *ids; *id != NULL; id++)
    if (model_definitions_tag (centre_definitions (call->centre), *id) == NULL)
      {
        api_call_invalid (call, "/ids", 0, "no such tag");
        return FALSE;
      }

  return TRUE;
}

void
api_tags_set_after (ApiCall *call)
{
  gint32 days = centre_definitions (call->centre)->settings.tag_days;
  g_auto (Ended) ended = { 0 };
  g_auto (GStrv) ids = NULL;
  gint64 revision;

  if (!read_tags (call, &ids, &revision))
    return;
  store_query (centre_store (call->centre), NULL, on_part_row, &ended, STORE_GET_HANDLED_PART,
               call->parameters[0]);
  if (!may_change (call, &ended))
    api_call_not_found (call);
  else if (days == 0)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_ENABLED));
  else if (centre_now (call->centre) > ended.ended + days * DAY)
    api_call_not_now (call, model_code (MODEL_CODE_TOO_LATE));
  else if (g_hash_table_contains (call->api->tagging, ended.interaction))
    centre_after_durable (call->centre, on_free, api_call_ref (call));
  else if (revision != ended.revision)
    conflict (call, &ended);
  else
    commit (call, &ended, ids);
}
