/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that is stored of one customer, given out or erased, over the Unix socket. Centre's thread.
 */

#include "server/api/handlers.h"

#include "server/centre/recordings.h"
#include "server/centre/erased.h"
#include "server/channels/conversations.h"

typedef struct
{
  Centre *centre;
  JsonArray *list;
  StoreBatch *batch;
  GPtrArray *customers, *interactions; /* ids that are erased, the first customer's the one asked */
} Personal;

static void
on_numbers_row (StoreRow *row, gpointer user_data)
{
  json_array_add_string_element (user_data, store_row_text (row, 0));
}

static void
on_address_row (StoreRow *row, gpointer user_data)
{
  JsonObject *address = json_object_new ();

  base_json_set_string (address, "channel", store_row_text (row, 0));
  base_json_set_string (address, "address", store_row_text (row, 1));
  json_array_add_object_element (user_data, address);
}

static void
on_merged_row (StoreRow *row, gpointer user_data)
{
  JsonObject *merged = json_object_new ();

  base_json_set_string (merged, "id", store_row_text (row, 0));
  base_json_set_string (merged, "name", store_row_text (row, 1));
  json_array_add_object_element (user_data, merged);
}

static void
on_note_row (StoreRow *row, gpointer user_data)
{
  JsonObject *note = json_object_new ();

  base_json_set_string (note, "participation", store_row_text (row, 0));
  base_json_set_string (note, "text", store_row_text (row, 1));
  json_array_add_object_element (user_data, note);
}

static void
on_value_row (StoreRow *row, gpointer user_data)
{
  JsonObject *value;
  ModelId party;

  /* Somebody else's number. */
  if (record_party_from_key (store_row_text (row, 0), &party))
    return;
  value = json_object_new ();
  base_json_set_string (value, "variable", store_row_text (row, 0));
  base_json_set_string (value, "value", store_row_text (row, 1));
  json_array_add_object_element (user_data, value);
}

static void
on_message_row (StoreRow *row, gpointer user_data)
{
  g_autoptr (Message) message = message_from_row ("", row);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "number", message->number);
  base_json_set_time (object, "at", message->at);
  base_json_set_string (object, "author", message->author);
  base_json_set_string (object, "agent", message->agent);
  base_json_set_string (object, "text", message->text);
  json_object_set_boolean_member (object, "private", message->private);
  json_object_set_array_member (object, "attachments", message_attachments (message));
  json_array_add_object_element (user_data, object);
}

static void
on_export_interaction (StoreRow *row, gpointer user_data)
{
  Personal *personal = user_data;
  Store *store = centre_store (personal->centre);
  const char *id = store_row_text (row, 0);
  JsonObject *object = json_object_new ();
  JsonArray *notes = json_array_new ();
  JsonArray *values = json_array_new ();
  JsonArray *messages = json_array_new ();

  base_json_set_string (object, "id", id);
  store_query (store, NULL, on_note_row, notes, STORE_GET_NOTES, id);
  store_query (store, NULL, on_value_row, values, STORE_GET_VALUES, id);
  store_query (store, NULL, on_message_row, messages, STORE_GET_MESSAGES_OF, id);
  json_object_set_array_member (object, "notes", notes);
  json_object_set_array_member (
      object, "recordings", recordings_to_json (centre_recordings (personal->centre), id, TRUE));
  json_object_set_array_member (object, "messages", messages);
  json_object_set_array_member (object, "values", values);
  json_array_add_object_element (personal->list, object);
}

static void
on_name_row (StoreRow *row, gpointer user_data)
{
  base_json_set_string (user_data, "name", store_row_text (row, 0));
  base_json_set_string (user_data, "id", store_row_text (row, 2));
}

void
api_admin_customer_export (ApiCall *call)
{
  Store *store = centre_store (call->centre);
  const char *id = call->parameters[0];
  JsonObject *answer = json_object_new ();
  JsonArray *numbers = json_array_new ();
  JsonArray *addresses = json_array_new ();
  JsonArray *merged = json_array_new ();
  Personal personal = { .centre = call->centre, .list = json_array_new () };

  store_query (store, NULL, on_name_row, answer, STORE_GET_CUSTOMER, id);
  id = json_object_get_string_member_with_default (answer, "id", id);
  store_query (store, NULL, on_address_row, addresses, STORE_GET_CUSTOMER_ADDRESSES, id);
  store_query (store, NULL, on_merged_row, merged, STORE_GET_CUSTOMER_MERGED, id, (gint64) 0);
  store_query (store, NULL, on_numbers_row, numbers, STORE_GET_CUSTOMER_NUMBERS, id);
  store_query (store, NULL, on_export_interaction, &personal, STORE_GET_INTERACTIONS_OF, id);
  json_object_set_array_member (answer, "numbers", numbers);
  json_object_set_array_member (answer, "addresses", addresses);
  json_object_set_array_member (answer, "merged", merged);
  json_object_set_array_member (answer, "interactions", personal.list);
  if (json_object_has_member (answer, "name"))
    {
      api_call_reply (call, 200, answer);
      return;
    }
  json_object_unref (answer);
  api_call_not_found (call);
}

static void
on_erase_recent (StoreRow *row, gpointer user_data)
{
  Personal *personal = user_data;
  g_autoptr (JsonNode) node = json_from_string (store_row_text (row, 1), NULL);
  g_autofree char *text = NULL;

  json_object_remove_member (json_node_get_object (node), "name");
  text = base_json_to_text (json_node_get_object (node));
  store_batch_add (personal->batch, STORE_RECENT_ERASE, store_row_text (row, 0), text);
}

static void
on_erase_interaction (StoreRow *row, gpointer user_data)
{
  Personal *personal = user_data;
  const char *id = store_row_text (row, 0);
  ModelId number;
  Record *record = NULL;

  store_batch_add (personal->batch, STORE_NOTE_ERASE, id);
  recordings_erase (centre_recordings (personal->centre), id, personal->batch);
  store_batch_add (personal->batch, STORE_VALUE_ERASE, id);
  store_batch_add (personal->batch, STORE_MESSAGE_ERASE, id);
  store_batch_add (personal->batch, STORE_FETCH_ERASE, id);
  store_batch_add (personal->batch, STORE_CONVERSATION_ERASE, id);
  attachments_erase (conversations_attachments (centre_conversations (personal->centre)), id,
                     personal->batch);
  store_query (centre_store (personal->centre), NULL, on_erase_recent, personal,
               STORE_GET_RECENT_OF_INTERACTION, id);
  store_batch_add (personal->batch, STORE_INTERACTION_ERASE, id);
  if (model_id_from_text (MODEL_ID_INTERACTION, id, &number))
    record = centre_record (personal->centre, number);
  conversations_erase (centre_conversations (personal->centre), id);
  g_ptr_array_add (personal->interactions, g_strdup (id));
  if (record != NULL)
    {
      record_set_person (record, NULL, NULL, record->called, NULL);
      record_forget_parties (record);
    }
}

static void
on_erase_member (StoreRow *row, gpointer user_data)
{
  Personal *personal = user_data;

  if (!g_str_equal (store_row_text (row, 0), g_ptr_array_index (personal->customers, 0)))
    g_ptr_array_add (personal->customers, g_strdup (store_row_text (row, 0)));
  store_batch_add (personal->batch, STORE_CUSTOMER_ERASE, store_row_text (row, 0));
  store_batch_add (personal->batch, STORE_ANSWER_ERASE, store_row_text (row, 0));
}

/* Desks that have it in hand show nobody any more. */
static void
touch_open (Centre *centre, const GPtrArray *interactions)
{
  for (guint i = 0; i < interactions->len; i++)
    {
      ModelId id;
      Record *record =
          model_id_from_text (MODEL_ID_INTERACTION, g_ptr_array_index (interactions, i), &id)
              ? centre_record (centre, id)
              : NULL;

      if (record != NULL)
        centre_touch (centre, record, "customer", store_batch_new (), NULL, NULL);
    }
}

/* Whoever was merged into this customer is erased too. */
void
api_admin_customer_erase (ApiCall *call)
{
  Store *store = centre_store (call->centre);
  g_autoptr (JsonObject) found = json_object_new ();
  g_autoptr (GPtrArray) customers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) interactions = g_ptr_array_new_with_free_func (g_free);
  Personal personal = { .centre = call->centre,
                        .customers = customers,
                        .interactions = interactions };
  const char *id;

  store_query (store, NULL, on_name_row, found, STORE_GET_CUSTOMER, call->parameters[0]);
  if (!json_object_has_member (found, "name"))
    {
      api_call_not_found (call);
      return;
    }
  id = json_object_get_string_member (found, "id");
  g_ptr_array_add (customers, g_strdup (id));
  personal.batch = store_batch_new ();
  store_query (store, NULL, on_erase_interaction, &personal, STORE_GET_INTERACTIONS_OF, id);
  store_query (store, NULL, on_erase_member, &personal, STORE_GET_CUSTOMER_MEMBERS, id);
  store_batch_add (personal.batch, STORE_CUSTOMER_WORDS_TIDY);
  store_batch_add (personal.batch, STORE_SEARCH_TIDY);
  store_batch_add (personal.batch, STORE_SEARCH_TIDY_NOTES);
  store_batch_add (personal.batch, STORE_SCRUB);
  api_call_keep_answer (call, personal.batch, 200, json_object_new ());
  erased_commit (centre_erased (call->centre), customers, interactions, personal.batch,
                 api_call_kept, api_call_ref (call));
  touch_open (call->centre, interactions);
  attachments_erased (conversations_attachments (centre_conversations (call->centre)));
  recordings_erased (centre_recordings (call->centre));
}
