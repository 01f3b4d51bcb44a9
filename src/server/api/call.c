/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers: how a call ends, and how the outcome of a command becomes one. Centre's thread. */

#include "server/api/call.h"

#include "base/log.h"
#include "base/time-text.h"

#include <string.h>

ApiCall *
api_call_ref (ApiCall *call)
{
  call->references++;
  return call;
}

void
api_call_unref (ApiCall *call)
{
  if (--call->references > 0)
    return;
  for (guint i = 0; i < API_MAX_PARAMETERS; i++)
    g_free (call->parameters[i]);
  g_clear_pointer (&call->query, g_hash_table_unref);
  g_clear_pointer (&call->node, json_node_unref);
  g_clear_object (&call->message);
  if (call->data_free != NULL && call->data != NULL)
    call->data_free (call->data);
  g_free (call->peer);
  g_free (call->key);
  g_free (call->hash);
  g_free (call->answer);
  g_free (call);
}

static void
send_answer (ApiCall *call, guint status, const char *text)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  const char *type = status >= 400 ? "application/problem+json" : "application/json";

  call->answered = TRUE;
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_status (call->message, status, NULL);
  soup_server_message_set_response (call->message, type, SOUP_MEMORY_COPY, text, strlen (text));
  soup_server_message_unpause (call->message);
}

/* The same answer for those who sent the same command while it was under way. */
static void
answer_waiting (ApiCall *call, guint status, const char *text)
{
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autofree char *key = NULL;

  if (call->key == NULL)
    return;
  name = g_strconcat (call->agent, " ", call->key, NULL);
  if (g_hash_table_lookup (call->api->in_flight, name) != call)
    return;
  g_hash_table_remove (call->api->in_flight, name);
  if (!g_hash_table_steal_extended (call->api->waiting, name, (gpointer *) &key,
                                    (gpointer *) &waiting))
    return;
  for (guint i = 0; i < waiting->len; i++)
    send_answer (g_ptr_array_index (waiting, i), status, text);
}

static void
answer (ApiCall *call, guint status, const char *text)
{
  g_return_if_fail (!call->answered);

  send_answer (call, status, text);
  answer_waiting (call, status, text);
}

void
api_call_reply (ApiCall *call, guint status, JsonObject *object)
{
  g_autofree char *text = base_json_to_text (object);

  json_object_unref (object);
  answer (call, status, text);
}

void
api_call_kept (gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  answer (call, call->status, call->answer);
}

void
api_call_reply_durable (ApiCall *call, guint status, JsonObject *object)
{
  call->status = status;
  call->answer = base_json_to_text (object);
  json_object_unref (object);
  centre_after_durable (call->centre, api_call_kept, api_call_ref (call));
}

void
api_call_problem (ApiCall *call,
                  guint status,
                  const char *code,
                  JsonObject *more,
                  const char *detail)
{
  JsonObject *problem = more != NULL ? more : json_object_new ();
  g_autofree char *type = g_strconcat ("urn:guichet:error:", code, NULL);

  base_json_set_string (problem, "type", type);
  json_object_set_int_member (problem, "status", status);
  if (detail != NULL)
    base_json_set_string (problem, "detail", detail);
  if (status == 401)
    soup_message_headers_replace (soup_server_message_get_response_headers (call->message),
                                  "WWW-Authenticate", "Bearer");
  api_call_reply (call, status, problem);
}

void
api_call_invalid (ApiCall *call, const char *field, gint64 limit, const char *detail)
{
  JsonObject *more = json_object_new ();

  base_json_set_string (more, "field", field);
  if (limit > 0)
    json_object_set_int_member (more, "limit", limit);
  api_call_problem (call, 422, "invalid", more, detail);
}

void
api_call_invalid_query (ApiCall *call, const char *parameter, gint64 limit, const char *detail)
{
  JsonObject *more = json_object_new ();

  base_json_set_string (more, "parameter", parameter);
  if (limit > 0)
    json_object_set_int_member (more, "limit", limit);
  api_call_problem (call, 422, "invalid", more, detail);
}

void
api_call_bad_body (ApiCall *call, const GError *error)
{
  JsonObject *more = json_object_new ();
  gint64 limit = base_error_get_limit (error);

  /* The document as a whole has the empty pointer, and needs none. */
  if (*base_error_get_pointer (error) == '/')
    base_json_set_string (more, "field", base_error_get_pointer (error));
  if (limit > 0)
    json_object_set_int_member (more, "limit", limit);
  if (error->code == BASE_ERROR_TOO_LARGE)
    api_call_problem (call, 413, "too_large", more, error->message);
  else if (error->code == BASE_ERROR_TOO_LONG || error->code == BASE_ERROR_RANGE)
    api_call_problem (call, 422, "invalid", more, error->message);
  else
    api_call_problem (call, 400, "bad_request", more, error->message);
}

void
api_call_not_now (ApiCall *call, const char *reason)
{
  JsonObject *more = json_object_new ();

  base_json_set_string (more, "reason", reason);
  api_call_problem (call, 409, "not_now", more, NULL);
}

void
api_call_not_found (ApiCall *call)
{
  api_call_problem (call, 404, "not_found", NULL, NULL);
}

void
api_call_store_error (ApiCall *call, const GError *error)
{
  base_log_failure (BASE_LOG_ERROR, "api", "store_read_failed", error);
  api_call_problem (call, 503, "store_failed", NULL, "the store cannot be read");
}

JsonObject *
api_call_mark (ApiCall *call)
{
  JsonObject *object = json_object_new ();
  gint64 seq = centre_seq (call->centre);
  g_autofree char *cursor = hub_cursor (centre_hub (call->centre), call->agent, seq);

  json_object_set_int_member (object, "seq", seq);
  base_json_set_string (object, "cursor", cursor);

  return object;
}

void
api_call_keep_answer (ApiCall *call, StoreBatch *batch, guint status, JsonObject *object)
{
  call->status = status;
  g_free (call->answer);
  call->answer = base_json_to_text (object);
  json_object_unref (object);
  if (call->key != NULL && !call->secret)
    store_batch_add (batch, STORE_ANSWER_ADD, call->agent, call->key, call->hash, (gint64) status,
                     call->answer, centre_now (call->centre));
}

static void
on_prepare (Centre *centre, gint64 seq, StoreBatch *batch, gpointer user_data)
{
  ApiCall *call = user_data;
  JsonObject *object = api_call_mark (call);

  if (call->prepare != NULL)
    call->prepare (call, batch);
  if (call->finish != NULL)
    call->finish (call, object);
  api_call_keep_answer (call, batch, 200, object);
}

static const char *const not_allowed[] = { "not_yours",      "not_supervisor", "not_led",
                                           "own_call",       "not_primary",    "not_editable",
                                           "at_the_station", "set_by_centre",  NULL };

/* The core names a member of its command; those that the API calls otherwise are checked by their
 * handlers before. A reason that is missing has a code of its own. */
static void
set_field (JsonObject *more, const char *member)
{
  gboolean no_reason = g_str_equal (member, model_code (MODEL_CODE_REASON_REQUIRED));
  g_autofree char *pointer = g_strconcat ("/", no_reason ? "reason" : member, NULL);

  base_json_set_string (more, "field", pointer);
  if (no_reason)
    base_json_set_string (more, "reason", member);
}

static void
refuse (ApiCall *call, const CentreResult *result)
{
  JsonObject *more = json_object_new ();
  const char *reason = result->error->message;

  switch ((AcdError) result->error->code)
    {
    case ACD_ERROR_UNKNOWN:
      api_call_problem (call, 404, "not_found", more, reason);
      break;
    case ACD_ERROR_NOT_ALLOWED:
      base_json_set_string (more, "reason", reason);
      if (g_strv_contains (not_allowed, reason))
        api_call_problem (call, 403, "not_allowed", more, NULL);
      else
        api_call_problem (call, 409, "not_now", more, NULL);
      break;
    case ACD_ERROR_CONFLICT:
      if (call->conflict != NULL)
        call->conflict (call, result->revision, more);
      api_call_problem (call, 409, "conflict", more, NULL);
      break;
    case ACD_ERROR_INVALID:
      set_field (more, reason);
      api_call_problem (call, 422, "invalid", more, reason);
      break;
    }
}

static void
on_done (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  if (result->error != NULL)
    refuse (call, result);
  else
    answer (call, call->status, call->answer);
}

void
api_call_command (ApiCall *call, AcdCommand *command, const CentreAside *aside)
{
  CentreAside with_key = aside != NULL ? *aside : (CentreAside){ 0 };

  if (command->agent == NULL)
    command->agent = call->agent;
  with_key.key = call->key;
  centre_command (call->centre, command, &with_key, on_prepare, on_done, api_call_ref (call));
}

void
api_call_write (ApiCall *call, StoreBatch *batch, guint status, JsonObject *object)
{
  api_call_keep_answer (call, batch, status, object);
  centre_write (call->centre, batch, api_call_kept, api_call_ref (call));
}

const char *
api_call_query (ApiCall *call, const char *name)
{
  return call->query != NULL ? g_hash_table_lookup (call->query, name) : NULL;
}

gboolean
api_call_page (ApiCall *call, gint64 *before, gint64 *limit)
{
  const char *from = api_call_query (call, "before");
  const char *count = api_call_query (call, "limit");

  *before = G_MAXINT64;
  *limit = 50;
  if (from != NULL && !base_time_parse (from, before))
    api_call_invalid_query (call, "before", 0, "not a time");
  else if (count != NULL && !g_ascii_string_to_signed (count, 10, 1, 200, limit, NULL))
    api_call_invalid_query (call, "limit", 200, "not a number from 1 to 200");
  else
    return TRUE;

  return FALSE;
}

static gboolean
has_offer (ApiCall *call, ModelId interaction)
{
  g_autoptr (GArray) offers = acd_core_agent_offers (centre_core (call->centre), call->agent);

  for (guint i = 0; i < offers->len; i++)
    if (g_array_index (offers, AcdOfferView, i).interaction == interaction)
      return TRUE;

  return FALSE;
}

Record *
api_call_interaction (ApiCall *call)
{
  ModelId id;
  Record *record = NULL;

  if (model_id_from_text (MODEL_ID_INTERACTION, call->parameters[0], &id))
    record = centre_record (call->centre, id);
  if (record != NULL && (record_part_of (record, call->agent) != NULL || has_offer (call, id)))
    return record;
  api_call_not_found (call);

  return NULL;
}

gboolean
api_call_no_members (ApiCall *call)
{
  g_autoptr (GError) error = NULL;

  if (base_json_only (&call->body, &error, NULL))
    return TRUE;
  api_call_bad_body (call, error);

  return FALSE;
}

void
api_call_simple (ApiCall *call, AcdCommandType type)
{
  Record *record = api_call_no_members (call) ? api_call_interaction (call) : NULL;
  AcdCommand command = { .type = (gint32) type };

  if (record == NULL)
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

Record *
api_call_part (ApiCall *call, Part **part)
{
  ModelId id;
  Record *record = NULL;

  if (model_id_from_text (MODEL_ID_PARTICIPATION, call->parameters[0], &id))
    record = centre_record_of_part (call->centre, id);
  *part = record != NULL ? record_part (record, id) : NULL;
  if (*part != NULL && g_str_equal ((*part)->agent, call->agent) && (*part)->state != PART_ENDED)
    return record;
  api_call_not_found (call);

  return NULL;
}
