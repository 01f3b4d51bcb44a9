/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers: found by number or name, made and changed from the desk, linked to interactions, and
 * what they and the agent did before. Centre's thread. */
#include "server/api/handlers.h"

#include "base/time-text.h"
#include "server/centre/recent.h"
#include "server/centre/render.h"

#include <string.h>

#define NUMBERS_MAX 8

typedef struct
{
  Centre *centre;
  JsonArray *list;
} Listing;

typedef struct
{
  const char *id;
  JsonObject *object; /* NULL: unknown */
} Lookup;

static void
on_customer_row (StoreRow *row, gpointer user_data)
{
  Lookup *lookup = user_data;

  lookup->object = json_object_new ();
  base_json_set_string (lookup->object, "id", lookup->id);
  base_json_set_string (lookup->object, "name", store_row_text (row, 0));
  json_object_set_int_member (lookup->object, "revision", store_row_int (row, 1));
}

static void
on_number_row (StoreRow *row, gpointer user_data)
{
  Listing *listing = user_data;
  g_autofree char *number = render_number (listing->centre, store_row_text (row, 0));

  json_array_add_string_element (listing->list, number);
}

static JsonObject *
customer_to_json (Centre *centre, const char *id)
{
  Lookup lookup = { .id = id };
  Listing numbers = { centre, NULL };

  store_query (centre_store (centre), NULL, on_customer_row, &lookup, STORE_GET_CUSTOMER, id);
  if (lookup.object == NULL)
    return NULL;
  numbers.list = json_array_new ();
  store_query (centre_store (centre), NULL, on_number_row, &numbers, STORE_GET_CUSTOMER_NUMBERS,
               id);
  json_object_set_array_member (lookup.object, "numbers", numbers.list);

  return lookup.object;
}

static void
on_found_row (StoreRow *row, gpointer user_data)
{
  Listing *listing = user_data;
  JsonObject *customer = customer_to_json (listing->centre, store_row_text (row, 0));

  if (customer != NULL)
    json_array_add_object_element (listing->list, customer);
}

void
api_customers_find (ApiCall *call)
{
  const char *number = api_call_query (call, "number");
  const char *query = api_call_query (call, "query");
  Listing listing = { call->centre, json_array_new () };
  g_autoptr (GError) error = NULL;
  JsonObject *answer;

  if (number != NULL)
    store_query (centre_store (call->centre), &error, on_found_row, &listing,
                 STORE_GET_CUSTOMERS_BY_NUMBER, number);
  else if (query != NULL && g_utf8_strlen (query, -1) >= 2)
    store_query (centre_store (call->centre), &error, on_found_row, &listing,
                 STORE_GET_CUSTOMERS_BY_NAME, query, (gint64) 20);
  else
    {
      json_array_unref (listing.list);
      api_call_invalid_query (call, "query", 2, "a number, or at least two letters of a name");
      return;
    }
  if (error != NULL)
    {
      json_array_unref (listing.list);
      api_call_store_error (call, error);
      return;
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, "customers", listing.list);
  api_call_reply (call, 200, answer);
}

static gboolean
number_is_valid (const char *number)
{
  const char *digits = *number == '+' ? number + 1 : number;
  gsize length = strlen (digits);

  return length >= 2 && length <= API_NUMBER_MAX && strspn (digits, "0123456789*#") == length;
}

/* What people type between digits is not part of the number. */
static char *
tidy_number (const char *text)
{
  GString *number = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (strchr (" -.(),", *text) == NULL)
      g_string_append_c (number, *text);

  return g_string_free (number, FALSE);
}

/* FALSE: answered. */
static gboolean
read_customer (ApiCall *call, const char **name, GPtrArray *numbers)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) given = NULL;

  if (!base_json_get_string (&call->body, "name", API_NAME_MAX, name, &error) ||
      !base_json_get_strings (&call->body, "numbers", NUMBERS_MAX, API_NUMBER_MAX * 2, &given,
                              &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  if (**name == '\0')
    {
      api_call_invalid (call, "/name", API_NAME_MAX, "empty");
      return FALSE;
    }
  for (guint i = 0; given[i] != NULL; i++)
    {
      char *number = tidy_number (given[i]);

      g_ptr_array_add (numbers, number);
      if (!number_is_valid (number))
        {
          g_autofree char *field = g_strdup_printf ("/numbers/%u", i);

          api_call_invalid (call, field, API_NUMBER_MAX, "not a number");
          return FALSE;
        }
    }

  return TRUE;
}

static void
put_customer (Centre *centre,
              StoreBatch *batch,
              const char *id,
              const char *name,
              gint64 revision,
              GPtrArray *numbers)
{
  store_batch_add (batch, STORE_CUSTOMER_SET, id, name, revision, centre_now (centre));
  if (numbers == NULL)
    return;
  store_batch_add (batch, STORE_CUSTOMER_NUMBERS_CLEAR, id);
  for (guint i = 0; i < numbers->len; i++)
    store_batch_add (batch, STORE_CUSTOMER_NUMBER_ADD, g_ptr_array_index (numbers, i), id,
                     (gint64) i);
}

static JsonObject *
new_customer_to_json (const char *id, const char *name, gint64 revision, JsonArray *numbers)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", id);
  base_json_set_string (object, "name", name);
  json_object_set_int_member (object, "revision", revision);
  json_object_set_array_member (object, "numbers", numbers);

  return object;
}

static JsonArray *
shown_numbers (Centre *centre, GPtrArray *numbers)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < numbers->len; i++)
    {
      g_autofree char *shown = render_number (centre, g_ptr_array_index (numbers, i));

      json_array_add_string_element (array, shown);
    }

  return array;
}

static void
link_record (Record *record, const char *customer, const char *name, StoreBatch *batch)
{
  g_free (record->customer);
  record->customer = g_strdup (customer);
  if (name != NULL)
    {
      g_free (record->name);
      record->name = g_strdup (name);
    }
  store_batch_add (batch, STORE_INTERACTION_CUSTOMER, record->text, customer);
  store_batch_add (batch, STORE_RECENT_CUSTOMER, record->text, customer);
}

static void
on_touched (gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;
  g_autoptr (JsonNode) node = base_json_parse (call->answer, strlen (call->answer), NULL, NULL);

  api_call_reply (call, call->status, json_node_dup_object (node));
}

void
api_customer_create (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  const char *name, *interaction;
  char id[MODEL_ID_TEXT_SIZE];
  Record *record = NULL;
  JsonObject *answer;
  StoreBatch *batch;

  if (!base_json_only (&call->body, &error, "name", "numbers", "interaction", NULL) ||
      !base_json_opt_string (&call->body, "interaction", 64, NULL, &interaction, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!read_customer (call, &name, numbers))
    return;
  if (interaction != NULL)
    {
      call->parameters[0] = g_strdup (interaction);
      record = api_call_interaction (call);
      if (record == NULL)
        return;
    }
  /* The desk may know only the mask of the number that called: it is taken from the call. */
  if (record != NULL && record->number != NULL && numbers->len == 0)
    g_ptr_array_add (numbers, g_strdup (record->number));
  model_id_to_text (MODEL_ID_CUSTOMER, centre_new_id (call->centre), id);
  batch = store_batch_new ();
  put_customer (call->centre, batch, id, name, 1, numbers);
  answer = api_call_mark (call);
  json_object_set_object_member (
      answer, "customer",
      new_customer_to_json (id, name, 1, shown_numbers (call->centre, numbers)));
  if (record == NULL)
    {
      api_call_write (call, batch, 201, answer);
      return;
    }
  link_record (record, id, name, batch);
  api_call_keep_answer (call, batch, 201, answer);
  centre_touch (call->centre, record, "customer", batch, on_touched, api_call_ref (call));
}

void
api_customer_change (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) current = customer_to_json (call->centre, call->parameters[0]);
  const char *name;
  gint64 revision;
  gboolean keep_numbers;
  StoreBatch *batch;
  JsonObject *answer;

  if (current == NULL)
    {
      api_call_not_found (call);
      return;
    }
  /* Without `numbers` they stay: a masked desk does not know them. */
  keep_numbers = !base_json_has (&call->body, "numbers");
  if (!base_json_only (&call->body, &error, "name", "numbers", "revision", NULL) ||
      !base_json_get_int (&call->body, "revision", 0, G_MAXINT32, &revision, &error) ||
      (keep_numbers && !base_json_get_string (&call->body, "name", API_NAME_MAX, &name, &error)))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!keep_numbers && !read_customer (call, &name, numbers))
    return;
  if (revision != json_object_get_int_member (current, "revision"))
    {
      JsonObject *more = json_object_new ();

      json_object_set_object_member (more, "current", json_object_ref (current));
      api_call_problem (call, 409, "conflict", more, NULL);
      return;
    }
  batch = store_batch_new ();
  put_customer (call->centre, batch, call->parameters[0], name, revision + 1,
                keep_numbers ? NULL : numbers);
  answer = api_call_mark (call);
  json_object_set_object_member (
      answer, "customer",
      new_customer_to_json (call->parameters[0], name, revision + 1,
                            keep_numbers
                                ? json_array_ref (json_object_get_array_member (current, "numbers"))
                                : shown_numbers (call->centre, numbers)));
  api_call_write (call, batch, 200, answer);
}

void
api_interaction_customer (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) customer = NULL;
  const char *id;
  Record *record;
  StoreBatch *batch;

  if (!base_json_only (&call->body, &error, "customer", NULL) ||
      !base_json_opt_string (&call->body, "customer", 64, NULL, &id, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  customer = id != NULL ? customer_to_json (call->centre, id) : NULL;
  if (id != NULL && customer == NULL)
    {
      api_call_invalid (call, "/customer", 0, "no such customer");
      return;
    }
  batch = store_batch_new ();
  link_record (record, id, customer ? json_object_get_string_member (customer, "name") : NULL,
               batch);
  api_call_keep_answer (call, batch, 200, api_call_mark (call));
  centre_touch (call->centre, record, "customer", batch, on_touched, api_call_ref (call));
}

static void
reply_recent (ApiCall *call, StoreQuery query, const char *of, const char *member)
{
  gint64 before, limit;
  g_autoptr (GError) error = NULL;
  JsonArray *list;
  JsonObject *answer;

  if (!api_call_page (call, &before, &limit))
    return;
  list = recent_list (call->centre, query, of, before, limit, &error);
  if (list == NULL)
    {
      api_call_store_error (call, error);
      return;
    }
  answer = json_object_new ();
  json_object_set_array_member (answer, member, list);
  api_call_reply (call, 200, answer);
}

void
api_customer_history (ApiCall *call)
{
  g_autoptr (JsonObject) customer = customer_to_json (call->centre, call->parameters[0]);

  if (customer == NULL)
    api_call_not_found (call);
  else
    reply_recent (call, STORE_GET_RECENT_OF_CUSTOMER, call->parameters[0], "interactions");
}

void
api_recent_get (ApiCall *call)
{
  reply_recent (call, STORE_GET_RECENT_OF_AGENT, call->agent, "recent");
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
  if (answer != NULL)
    api_call_reply (call, 200, answer);
  else
    api_call_store_error (call, error);
}
