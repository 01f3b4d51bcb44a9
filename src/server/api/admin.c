/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What guichetctl asks over the Unix socket: definitions, passwords, sign-out, wrap-up.
 * Centre's thread. */

#include "server/api/handlers.h"

#include "server/centre/apply.h"

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

gboolean
api_admin_names_agent (ApiCall *call)
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
  if (!api_admin_names_agent (call))
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
  else if (api_admin_names_agent (call))
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
