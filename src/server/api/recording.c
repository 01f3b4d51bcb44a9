/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recording of a call: what agents do with it, and what supervisors may hear of it. Centre's
 * thread. */
#include "server/api/handlers.h"

#include "server/centre/recordings.h"

#define ACTION_MAX 16

void
api_interaction_recording (ApiCall *call)
{
  static const AcdCommandType types[] = {
    [MODEL_RECORDING_START] = ACD_COMMAND_RECORD_START,
    [MODEL_RECORDING_PAUSE] = ACD_COMMAND_RECORD_PAUSE,
    [MODEL_RECORDING_RESUME] = ACD_COMMAND_RECORD_RESUME,
    [MODEL_RECORDING_EXTEND] = ACD_COMMAND_RECORD_EXTEND,
    [MODEL_RECORDING_STOP] = ACD_COMMAND_RECORD_STOP,
  };
  AcdCommand command = { 0 };
  g_autoptr (GError) error = NULL;
  const char *action;
  Record *record;
  guint i = 0;

  if (!base_json_only (&call->body, &error, "action", NULL) ||
      !base_json_get_string (&call->body, "action", ACTION_MAX, &action, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  while (i < G_N_ELEMENTS (types) && !g_str_equal (action, model_recording_action_names[i]))
    i++;
  if (i == G_N_ELEMENTS (types))
    {
      api_call_invalid (call, "/action", 0, "start, pause, resume, extend or stop");
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  command.type = (gint32) types[i];
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

gboolean
api_may_hear_recordings (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      definitions != NULL ? model_definitions_agent (definitions, call->agent) : NULL;

  return agent != NULL && agent->role == MODEL_ROLE_SUPERVISOR;
}

/* What was heard is in the audit before the first byte goes out. */
static void
on_audited (gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;
  const char *id = call->parameters[0];
  g_autoptr (GBytes) bytes = recordings_read (centre_recordings (call->centre), id);
  g_autofree char *name = g_strconcat (id, ".opus", NULL);

  if (bytes == NULL)
    {
      api_call_not_found (call);
      return;
    }
  front_send_file (call->message, name, "audio/ogg", bytes);
  call->answered = TRUE;
  soup_server_message_unpause (call->message);
}

void
api_recording_send (ApiCall *call, const char *interaction, const char *action)
{
  StoreBatch *batch = store_batch_new ();

  store_batch_add (batch, STORE_AUDIT_ADD, centre_now (call->centre), call->agent, action,
                   interaction, call->parameters[0]);
  centre_write (call->centre, batch, on_audited, api_call_ref (call));
}

void
api_recording_hear (ApiCall *call)
{
  g_autofree char *interaction =
      recordings_interaction (centre_recordings (call->centre), call->parameters[0]);

  if (interaction == NULL || !api_may_hear_recordings (call))
    api_call_not_found (call);
  else
    api_recording_send (call, interaction, "recording_heard");
}
