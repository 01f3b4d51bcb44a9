/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guichetctl asks over the Unix socket: definitions, passwords, sign-out, wrap-up, journal,
 * status, a customer's data. Centre's thread. */
#define G_LOG_DOMAIN "guichetd-api"

#include "server/api/handlers.h"

#include "base/ids.h"
#include "base/log.h"
#include "server/centre/apply.h"
#include "server/centre/render.h"

#include <string.h>

static JsonArray *
problems_to_json (GPtrArray *problems)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const ModelProblem *problem = g_ptr_array_index (problems, i);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "path", problem->path);
      base_json_set_string (object, "code", problem->code);
      base_json_set_string (object, "message", problem->message);
      json_array_add_object_element (array, object);
    }

  return array;
}

static void
on_applied (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;
  JsonObject *answer = json_object_new ();

  if (result->error != NULL)
    {
      base_json_set_string (answer, "reason", result->error->message);
      api_call_problem (call, 409, "not_now", answer, NULL);
      return;
    }
  json_object_set_int_member (answer, "version",
                              acd_core_definitions (centre_core (centre))->version);
  api_call_reply (call, 200, answer);
}

void
api_admin_apply (ApiCall *call)
{
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (ModelDefinitions) definitions =
      model_definitions_from_json (call->body.object, problems);
  JsonObject *more;

  if (definitions != NULL)
    {
      centre_apply (call->centre, definitions, on_applied, api_call_ref (call));
      return;
    }
  more = json_object_new ();
  json_object_set_array_member (more, "problems", problems_to_json (problems));
  api_call_problem (call, 422, "invalid", more, NULL);
}

void
api_admin_definitions (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *answer;

  if (definitions == NULL)
    {
      api_call_not_found (call);
      return;
    }
  model_definitions_write (definitions, json);
  node = json_from_string (json->str, NULL);
  answer = json_object_new ();
  json_object_set_int_member (answer, "version", definitions->version);
  json_object_set_member (answer, "definitions", g_steal_pointer (&node));
  api_call_reply (call, 200, answer);
}

/* --- agents ----------------------------------------------------------------------------------- */

/* FALSE: answered. */
static gboolean
known_agent (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);

  if (definitions != NULL && model_definitions_agent (definitions, call->parameters[0]) != NULL)
    return TRUE;
  api_call_not_found (call);

  return FALSE;
}

void
api_admin_password (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *password;
  g_autofree char *hash = NULL;
  StoreBatch *batch;

  if (!base_json_only (&call->body, &error, "password", NULL) ||
      !base_json_get_string (&call->body, "password", API_PASSWORD_MAX, &password, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (!known_agent (call))
    return;
  if (g_utf8_strlen (password, -1) < 8)
    {
      api_call_invalid (call, "/password", 8, "at least eight characters");
      return;
    }
  /* An administrator's command may take its tenth of a second here. */
  hash = password_hash (password);
  batch = store_batch_new ();
  store_batch_add (batch, STORE_PASSWORD_SET, call->parameters[0], hash);
  api_call_write (call, batch, 200, json_object_new ());
}

static void
on_admin_done (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;
  JsonObject *answer = json_object_new ();

  if (result->error != NULL)
    {
      base_json_set_string (answer, "reason", result->error->message);
      api_call_problem (call, result->error->code == ACD_ERROR_UNKNOWN ? 404 : 409,
                        result->error->code == ACD_ERROR_UNKNOWN ? "not_found" : "not_now", answer,
                        NULL);
      return;
    }
  api_call_reply (call, 200, answer);
}

void
api_admin_sign_out (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_SIGN_OUT,
                         .agent = call->parameters[0],
                         .reason = model_code (MODEL_CODE_FORCED) };
  g_autoptr (GError) error = NULL;

  if (!base_json_only (&call->body, &error, "force", NULL) ||
      !base_json_opt_bool (&call->body, "force", FALSE, &command.on, &error))
    api_call_bad_body (call, error);
  else if (known_agent (call))
    centre_command (call->centre, &command, NULL, NULL, on_admin_done, api_call_ref (call));
}

void
api_admin_wrap_up_end (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_WRAP_UP_END };
  Record *record = NULL;
  Part *part = NULL;

  if (model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &command.participation))
    record = centre_record_of_part (call->centre, command.participation);
  part = record != NULL ? record_part (record, command.participation) : NULL;
  if (part == NULL)
    {
      api_call_not_found (call);
      return;
    }
  command.interaction = record->id;
  command.agent = part->agent;
  centre_command (call->centre, &command, NULL, NULL, on_admin_done, api_call_ref (call));
}

/* --- looking ---------------------------------------------------------------------------------- */

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
  json_object_set_int_member (status, "connections", g_hash_table_size (call->api->connections));
  json_object_set_int_member (status, "calls", open->len);
  json_object_set_int_member (status, "legs", centre_voice_n_legs (call->centre));
  json_object_set_array_member (status, "queues", queues_to_json (call->centre, definitions));
  json_object_set_array_member (status, "agents", agents_to_json (call->centre, definitions));
  api_call_reply (call, 200, status);
}

/* --- a customer's data ------------------------------------------------------------------------ */

typedef struct
{
  Centre *centre;
  JsonArray *list;
  StoreBatch *batch;
} Personal;

static void
on_numbers_row (StoreRow *row, gpointer user_data)
{
  json_array_add_string_element (user_data, store_row_text (row, 0));
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
  JsonObject *value = json_object_new ();

  base_json_set_string (value, "variable", store_row_text (row, 0));
  base_json_set_string (value, "value", store_row_text (row, 1));
  json_array_add_object_element (user_data, value);
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

  base_json_set_string (object, "id", id);
  store_query (store, NULL, on_note_row, notes, STORE_GET_NOTES, id);
  store_query (store, NULL, on_value_row, values, STORE_GET_VALUES, id);
  json_object_set_array_member (object, "notes", notes);
  json_object_set_array_member (object, "values", values);
  json_array_add_object_element (personal->list, object);
}

static void
on_name_row (StoreRow *row, gpointer user_data)
{
  base_json_set_string (user_data, "name", store_row_text (row, 0));
}

void
api_admin_customer_export (ApiCall *call)
{
  Store *store = centre_store (call->centre);
  const char *id = call->parameters[0];
  JsonObject *answer = json_object_new ();
  JsonArray *numbers = json_array_new ();
  Personal personal = { call->centre, json_array_new (), NULL };

  store_query (store, NULL, on_name_row, answer, STORE_GET_CUSTOMER, id);
  store_query (store, NULL, on_numbers_row, numbers, STORE_GET_CUSTOMER_NUMBERS, id);
  store_query (store, NULL, on_export_interaction, &personal, STORE_GET_INTERACTIONS_OF, id);
  json_object_set_array_member (answer, "numbers", numbers);
  json_object_set_array_member (answer, "interactions", personal.list);
  if (json_object_has_member (answer, "name"))
    {
      base_json_set_string (answer, "id", id);
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
  store_batch_add (personal->batch, STORE_VALUE_ERASE, id);
  store_query (centre_store (personal->centre), NULL, on_erase_recent, personal,
               STORE_GET_RECENT_OF_INTERACTION, id);
  store_batch_add (personal->batch, STORE_INTERACTION_ERASE, id);
  if (model_id_from_text (MODEL_ID_INTERACTION, id, &number))
    record = centre_record (personal->centre, number);
  if (record != NULL)
    record_set_person (record, NULL, NULL, record->called, NULL);
}

void
api_admin_customer_erase (ApiCall *call)
{
  const char *id = call->parameters[0];
  JsonObject *found = json_object_new ();
  Personal personal = { call->centre, NULL, store_batch_new () };

  store_query (centre_store (call->centre), NULL, on_name_row, found, STORE_GET_CUSTOMER, id);
  if (!json_object_has_member (found, "name"))
    {
      json_object_unref (found);
      store_batch_free (personal.batch);
      api_call_not_found (call);
      return;
    }
  json_object_unref (found);
  store_query (centre_store (call->centre), NULL, on_erase_interaction, &personal,
               STORE_GET_INTERACTIONS_OF, id);
  store_batch_add (personal.batch, STORE_CUSTOMER_ERASE, id);
  store_batch_add (personal.batch, STORE_ANSWER_ERASE, id);
  store_batch_add (personal.batch, STORE_SCRUB);
  store_batch_add (personal.batch, STORE_AUDIT_ADD, centre_now (call->centre), "administrator",
                   "customer_erase", NULL, id);
  api_call_write (call, personal.batch, 200, json_object_new ());
}
