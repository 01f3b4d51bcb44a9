/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: found by any part of name, number or address, looked at, made and changed from the
 * desk. Centre's thread. */
#include "server/api/handlers.h"

#include "server/api/customer-body.h"
#include "server/api/customer-commit.h"
#include "server/channels/conversations.h"

#include <string.h>

#define FOUND_MAX 50

void
api_customer_get (ApiCall *call)
{
  g_autoptr (Person) person = person_load (call->centre, call->parameters[0]);
  JsonObject *answer;

  if (person == NULL)
    {
      api_call_not_found (call);
      return;
    }
  answer = json_object_new ();
  json_object_set_object_member (answer, "customer", person_to_json (call->centre, person));
  api_call_reply (call, 200, answer);
}

/* --- finding ---------------------------------------------------------------------------------- */

static void
on_id_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (store_row_text (row, 0)));
}

static GPtrArray *
with_number (ApiCall *call, const char *number, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  if (!store_query (centre_store (call->centre), error, on_id_row, ids,
                    STORE_GET_CUSTOMERS_BY_NUMBER, number))
    return NULL;

  return g_steal_pointer (&ids);
}

static void
reply_found (ApiCall *call, const GPtrArray *ids, gboolean complete)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *list = json_array_new ();
  JsonObject *answer = json_object_new ();

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (Person) person = person_load (call->centre, g_ptr_array_index (ids, i));

      if (person != NULL && g_hash_table_add (seen, g_strdup (person->id)))
        json_array_add_object_element (list, person_to_json (call->centre, person));
    }
  json_object_set_array_member (answer, "customers", list);
  json_object_set_boolean_member (answer, "complete", complete);
  api_call_reply (call, 200, answer);
}

/* Those looked for by what is typed. */
typedef struct
{
  char *query;
  gint64 limit;
  gint32 visible;
  GPtrArray *ids;
  gboolean complete;
  GError *error;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_free (self->query);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* On the reading thread. */
static void
on_read (StoreReader *reader, gpointer data)
{
  Asking *self = data;

  self->ids = people_find (reader, self->visible, self->query, (guint) self->limit, &self->error);
  self->complete = !store_reader_stopped (reader);
}

static void
on_found (ApiCall *call)
{
  Asking *self = call->data;

  if (self->ids != NULL)
    reply_found (call, self->ids, self->complete);
  else
    api_call_store_error (call, self->error);
}

static void
ask (ApiCall *call, const char *query, gint64 limit)
{
  Asking *self = g_new0 (Asking, 1);

  self->query = g_strdup (query);
  self->limit = limit;
  self->visible = people_visible (call->centre);
  call->data = self;
  call->data_free = asking_free;
  api_call_read (call, on_read, on_found);
}

void
api_customers_find (ApiCall *call)
{
  const char *number = api_call_query (call, "number");
  const char *query = api_call_query (call, "query");
  const char *count = api_call_query (call, "limit");
  gint64 limit = 20;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  if (count != NULL && !g_ascii_string_to_signed (count, 10, 1, FOUND_MAX, &limit, NULL))
    {
      api_call_invalid_query (call, "limit", FOUND_MAX, "not a number from 1 to 50");
      return;
    }
  if (number == NULL && (query == NULL || g_utf8_strlen (query, -1) < 2))
    {
      api_call_invalid_query (call, "query", 2, "a number, or at least two letters or digits");
      return;
    }
  if (number == NULL)
    {
      ask (call, query, limit);
      return;
    }
  ids = with_number (call, number, &error);
  if (ids != NULL)
    reply_found (call, ids, TRUE);
  else
    api_call_store_error (call, error);
}

/* --- making and changing ---------------------------------------------------------------------- */

/* The customer as it will be. */
static JsonObject *
written_to_json (ApiCall *call,
                 const char *id,
                 gint64 revision,
                 const CustomerBody *body,
                 const Person *known)
{
  GPtrArray *addresses = body->addresses != NULL ? body->addresses
                         : known != NULL         ? known->addresses
                                                 : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  Person person = { (char *) id, (char *) body->name, revision,
                    addresses != NULL ? addresses : none, none };

  return person_to_json (call->centre, &person);
}

/* The desk may know only the mask of the number or address, or nothing of it: it is taken from the
 * call or the conversation. */
static void
take_address (Centre *centre, const Record *record, CustomerBody *body)
{
  const Conversation *conversation = conversations_of (centre_conversations (centre), record->id);
  const char *channel = model_channel_to_text (record->channel);
  const char *address = conversation != NULL ? conversation->address : record->number;

  if (body->addresses == NULL)
    body->addresses = g_ptr_array_new_with_free_func ((GDestroyNotify) person_address_free);
  for (guint i = 0; i < body->addresses->len; i++)
    if (g_str_equal (((PersonAddress *) g_ptr_array_index (body->addresses, i))->channel, channel))
      return;
  if (record->channel != MODEL_CHANNEL_WEBCHAT && record->channel != MODEL_CHANNEL_IM &&
      address != NULL)
    g_ptr_array_add (body->addresses, person_address_new (channel, address, NULL));
}

void
api_customer_create (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_auto (CustomerBody) body = { NULL, NULL };
  const char *interaction;
  char id[MODEL_ID_TEXT_SIZE];
  Record *record = NULL;
  JsonObject *answer;
  StoreBatch *batch;

  if (!base_json_only (&call->body, &error, "name", "numbers", "addresses", "interaction", NULL) ||
      !base_json_opt_string (&call->body, "interaction", 64, NULL, &interaction, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!customer_body_read (call, NULL, &body))
    return;
  if (interaction != NULL)
    {
      call->parameters[0] = g_strdup (interaction);
      record = api_call_interaction (call);
      if (record == NULL)
        return;
      take_address (call->centre, record, &body);
    }
  model_id_to_text (MODEL_ID_CUSTOMER, centre_new_id (call->centre), id);
  batch = store_batch_new ();
  customer_body_write (call->centre, &body, id, 1, NULL, batch);
  answer = api_call_mark (call);
  json_object_set_object_member (answer, "customer", written_to_json (call, id, 1, &body, NULL));
  if (record == NULL)
    api_call_write (call, batch, 201, answer);
  else
    {
      customer_link (call->centre, record, id, body.name, FALSE, batch);
      customer_commit_link (call, record, batch, 201, answer);
    }
}

void
api_customer_change (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_auto (CustomerBody) body = { NULL, NULL };
  g_autoptr (Person) person = person_load (call->centre, call->parameters[0]);
  gint64 revision;
  StoreBatch *batch;
  JsonObject *answer;

  if (person == NULL)
    {
      api_call_not_found (call);
      return;
    }
  if (customer_wait (call, person, api_customer_change))
    return;
  if (!base_json_only (&call->body, &error, "name", "numbers", "addresses", "revision", NULL) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!customer_body_read (call, person, &body))
    return;
  if (revision != person->revision)
    {
      customer_conflict (call, person);
      return;
    }
  batch = store_batch_new ();
  customer_body_write (call->centre, &body, person->id, revision + 1, person, batch);
  answer = api_call_mark (call);
  json_object_set_object_member (answer, "customer",
                                 written_to_json (call, person->id, revision + 1, &body, person));
  customer_commit (call, person, NULL, batch, answer);
}
