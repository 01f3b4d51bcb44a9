/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who an interaction's customer is, and which two customers are one person. Centre's thread. */
#include "server/api/handlers.h"

#include "server/api/customer-commit.h"

void
api_interaction_customer (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Person) person = NULL;
  const char *id;
  gboolean remember = FALSE;
  Record *record;
  StoreBatch *batch;

  if (!base_json_only (&call->body, &error, "customer", "remember", NULL) ||
      !base_json_opt_string (&call->body, "customer", 64, NULL, &id, &error) ||
      !base_json_opt_bool (&call->body, "remember", FALSE, &remember, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  person = id != NULL ? person_load (call->centre, id) : NULL;
  if (id != NULL && person == NULL)
    {
      api_call_invalid (call, "/customer", 0, "no such customer");
      return;
    }
  batch = store_batch_new ();
  customer_link (call->centre, record, person != NULL ? person->id : NULL,
                 person != NULL ? person->name : NULL, remember, batch);
  if (remember && person != NULL)
    {
      g_autoptr (GPtrArray) all = g_ptr_array_copy (person->addresses, NULL, NULL);
      PersonAddress here = { (char *) "voice", record->number, NULL };

      if (record->channel == MODEL_CHANNEL_VOICE && record->number != NULL)
        g_ptr_array_add (all, &here);
      people_index (batch, person->id, person->name, all);
    }
  customer_commit_link (call, record, batch, 200, api_call_mark (call));
}

/* --- two that are one ------------------------------------------------------------------------- */

/* The journal says which, and who said so. */
static void
note (ApiCall *call, const char *type, const char *customer, const char *into, StoreBatch *batch)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "type", type);
  base_json_set_string (object, "customer", customer);
  base_json_set_string (object, "into", into);
  base_json_set_string (object, "agent", call->agent);
  centre_journal (call->centre, NULL, type, object, batch);
}

/* FALSE: answered. */
static gboolean
read_merge (ApiCall *call, Person **other, gint64 *revision, gint64 *other_revision)
{
  g_autoptr (GError) error = NULL;
  const char *id;

  if (!base_json_only (&call->body, &error, "customer", "revision", "customer_revision", NULL) ||
      !base_json_get_string (&call->body, "customer", 64, &id, &error) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, revision, &error) ||
      !base_json_get_int (&call->body, "customer_revision", 0, G_MAXINT32, other_revision, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  *other = person_load (call->centre, id);
  if (*other == NULL)
    api_call_invalid (call, "/customer", 0, "no such customer");

  return *other != NULL;
}

/* As it will be: with what the other has since @at, or, if that is 0, without it. */
static JsonObject *
answer_of (ApiCall *call, const Person *person, const Person *other, gint64 at)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new ();
  Person after = { person->id, person->name, person->revision + 1, addresses, person->members };
  JsonObject *answer = api_call_mark (call);
  gboolean together = at != 0;
  JsonObject *customer;
  JsonArray *merged;

  for (guint i = 0; i < person->addresses->len; i++)
    {
      PersonAddress *address = g_ptr_array_index (person->addresses, i);

      if (together ||
          !g_ptr_array_find_with_equal_func (other->members, address->customer, g_str_equal, NULL))
        g_ptr_array_add (addresses, address);
    }
  if (together)
    g_ptr_array_extend (addresses, other->addresses, NULL, NULL);
  customer = person_to_json (call->centre, &after);
  merged = json_object_get_array_member (customer, "merged");
  for (guint i = json_array_get_length (merged); i > 0; i--)
    if (!together && g_str_equal (json_object_get_string_member (
                                      json_array_get_object_element (merged, i - 1), "customer"),
                                  other->id))
      json_array_remove_element (merged, i - 1);
  if (together)
    json_array_add_object_element (merged, person_merged_to_json (other->id, other->name, at));
  json_object_set_object_member (answer, "customer", customer);

  return answer;
}

void
api_customer_merge (ApiCall *call)
{
  g_autoptr (Person) person = person_load (call->centre, call->parameters[0]);
  g_autoptr (Person) other = NULL;
  gint64 at = centre_now (call->centre);
  gint64 revision, other_revision;
  StoreBatch *batch;

  if (person == NULL)
    api_call_not_found (call);
  if (person == NULL || customer_wait (call, person, api_customer_merge) ||
      !read_merge (call, &other, &revision, &other_revision) ||
      customer_wait (call, other, api_customer_merge))
    return;
  if (g_str_equal (person->id, other->id))
    api_call_invalid (call, "/customer", 0, "the same customer");
  else if (revision != person->revision)
    customer_conflict (call, person);
  else if (other_revision != other->revision)
    customer_conflict (call, other);
  else
    {
      batch = store_batch_new ();
      store_batch_add (batch, STORE_CUSTOMER_MERGE, other->id, person->id, at, call->agent);
      store_batch_add (batch, STORE_CUSTOMER_SET, person->id, person->name, revision + 1, at);
      note (call, "customer.merged", other->id, person->id, batch);
      customer_commit (call, person, other, batch, answer_of (call, person, other, at));
    }
}

static void
on_merged_row (StoreRow *row, gpointer user_data)
{
  g_hash_table_insert (user_data, g_strdup (store_row_text (row, 0)),
                       g_strdup (store_row_text (row, 1)));
}

static void
on_id_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (store_row_text (row, 0)));
}

/* FALSE: answered. */
static gboolean
read_separate (ApiCall *call, const char **id, gint64 *revision)
{
  g_autoptr (GError) error = NULL;

  if (base_json_only (&call->body, &error, "customer", "revision", NULL) &&
      base_json_get_string (&call->body, "customer", 64, id, &error) &&
      base_json_get_int (&call->body, "revision", 0, G_MAXINT32, revision, &error))
    return TRUE;
  api_call_bad_body (call, error);

  return FALSE;
}

void
api_customer_separate (ApiCall *call)
{
  g_autoptr (Person) person = person_load (call->centre, call->parameters[0]);
  g_autoptr (GHashTable) merged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  Store *store = centre_store (call->centre);
  Person other = { .members = members };
  const char *id;
  gint64 revision;
  StoreBatch *batch;

  if (person == NULL)
    api_call_not_found (call);
  if (person == NULL || customer_wait (call, person, api_customer_separate) ||
      !read_separate (call, &id, &revision))
    return;
  store_query (store, NULL, on_merged_row, merged, STORE_GET_CUSTOMER_MERGED, person->id,
               centre_now (call->centre) - PEOPLE_UNDO);
  other.id = (char *) id;
  other.name = g_hash_table_lookup (merged, id);
  if (other.name == NULL)
    api_call_not_found (call);
  else if (revision != person->revision)
    customer_conflict (call, person);
  else
    {
      store_query (store, NULL, on_id_row, members, STORE_GET_CUSTOMER_MEMBERS, id);
      batch = store_batch_new ();
      store_batch_add (batch, STORE_CUSTOMER_SEPARATE, id);
      store_batch_add (batch, STORE_CUSTOMER_SET, person->id, person->name, revision + 1,
                       centre_now (call->centre));
      note (call, "customer.separated", id, person->id, batch);
      customer_commit (call, person, NULL, batch, answer_of (call, person, &other, 0));
    }
}
