/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what is done. Centre's thread. */
#include "server/centre/recent.h"

#include "base/json.h"
#include "model/codes.h"
#include "server/centre/internal.h"
#include "server/centre/render.h"
#include "server/channels/im.h"

typedef struct
{
  Centre *centre;
  JsonArray *list;
} Listing;

static JsonObject *
recent_new (const Record *record,
            const char *kind,
            const char *reason,
            gint64 at,
            const char *queue)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "interaction", record->text);
  base_json_set_string (object, "kind", kind);
  base_json_set_string (object, "reason", reason);
  base_json_set_time (object, "at", at);
  base_json_set_string (object, "queue", queue);
  base_json_set_string (object, "direction", model_direction_to_text (record->direction));

  return object;
}

/* By name: it stays what it was. */
static void
set_forwarded_by (Centre *centre, const Record *record, JsonObject *object)
{
  const ModelAgent *agent =
      record->forwarded_by != NULL
          ? model_definitions_agent (centre_definitions (centre), record->forwarded_by)
          : NULL;

  if (record->forwarded_by != NULL)
    base_json_set_string (object, "forwarded_by",
                          agent != NULL ? agent->name : record->forwarded_by);
}

/* Stores the row as it is now, without the person's number, then completes it for the desk. */
static JsonObject *
keep (Centre *centre,
      const Record *record,
      const char *id,
      const char *agent,
      gint64 at,
      JsonObject *object,
      StoreBatch *batch)
{
  g_autofree char *text = NULL;
  gboolean internal = record_is_internal (record);
  const char *number = internal ? internal_number_for (centre, record, agent) : record->number;
  const char *name = internal ? internal_name_for (centre, record, agent)
                              : im_name_for (record, agent, centre_definitions (centre));

  if (name == NULL && !internal)
    name = record->name;
  base_json_set_string (object, "name", name);
  set_forwarded_by (centre, record, object);
  text = base_json_to_text (object);
  json_object_remove_member (object, "name");
  store_batch_add (batch, STORE_RECENT_SET, id, agent, at, record->text, record->customer, number,
                   text);
  json_object_set_object_member (object, "customer",
                                 render_customer (centre, number, name, record->customer));

  return object;
}

JsonObject *
recent_of_part (Centre *centre, const Record *record, const Part *part, StoreBatch *batch)
{
  char id[MODEL_ID_TEXT_SIZE];
  JsonObject *object = recent_new (record, part->reached ? "handled" : "not_reached",
                                   part->left_reason, part->joined, part->queue);

  json_object_set_int_member (object, "talk", part->talk / 1000);
  base_json_set_string (object, "disposition", part->disposition);
  base_json_set_string (object, "sentiment", render_sentiment (record->sentiment));
  model_id_to_text (MODEL_ID_PARTICIPATION, part->id, id);

  return keep (centre, record, id, part->agent, part->joined, object, batch);
}

JsonObject *
recent_of_offer (Centre *centre, const Record *record, const ModelEvent *ended, StoreBatch *batch)
{
  char id[MODEL_ID_TEXT_SIZE];
  const char *kind;
  JsonObject *object;

  if (ended->outcome == MODEL_OUTCOME_ACCEPTED)
    return NULL;
  kind = model_outcome_to_text ((ModelOutcome) ended->outcome);
  if (g_strcmp0 (ended->reason, model_code (MODEL_CODE_CUSTOMER_LEFT)) == 0)
    kind = "abandoned";
  object = recent_new (record, kind, ended->reason, ended->at, ended->queue);
  model_id_to_text (MODEL_ID_OFFER, ended->offer, id);
  base_json_set_string (object, "offer", id);

  return keep (centre, record, id, ended->agent, ended->at, object, batch);
}

static void
on_row (StoreRow *row, gpointer user_data)
{
  Listing *listing = user_data;
  const char *text = store_row_text (row, 1);
  g_autoptr (JsonNode) node = base_json_parse (text, strlen (text), NULL, NULL);
  g_autofree char *name = NULL;
  JsonObject *object;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  object = json_node_dup_object (node);
  name = g_strdup (json_object_get_string_member_with_default (object, "name", NULL));
  json_object_remove_member (object, "name");
  json_object_set_object_member (
      object, "customer",
      render_customer (listing->centre, store_row_text (row, 2), name, store_row_text (row, 3)));
  json_array_add_object_element (listing->list, object);
}

JsonArray *
recent_list (Centre *centre,
             StoreQuery query,
             const char *of,
             gint64 before,
             gint64 limit,
             GError **error)
{
  Listing listing = { centre, json_array_new () };

  if (store_query (centre_store (centre), error, on_row, &listing, query, of, before, limit))
    return listing.list;
  json_array_unref (listing.list);

  return NULL;
}
