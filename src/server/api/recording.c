/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recording of a call: what agents do with it, who may hear what of it, and how it is found.
 * Centre's thread. */
#include "server/api/handlers.h"

#include "base/fold.h"
#include "base/time-text.h"
#include "server/api/history.h"
#include "server/api/sight.h"
#include "server/centre/recordings.h"

#include <string.h>

#define LOOKED_AT 500 /* recordings a page */

gboolean
api_read_recording (ApiCall *call, AcdCommand *command, const char **action)
{
  static const AcdCommandType types[] = {
    [MODEL_RECORDING_START] = ACD_COMMAND_RECORD_START,
    [MODEL_RECORDING_PAUSE] = ACD_COMMAND_RECORD_PAUSE,
    [MODEL_RECORDING_RESUME] = ACD_COMMAND_RECORD_RESUME,
    [MODEL_RECORDING_EXTEND] = ACD_COMMAND_RECORD_EXTEND,
    [MODEL_RECORDING_STOP] = ACD_COMMAND_RECORD_STOP,
  };
  g_autoptr (GError) error = NULL;
  guint i;

  if (!base_json_only (&call->body, &error, "action", NULL) ||
      !base_json_get_word (&call->body, "action", model_recording_action_names, &i, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  command->type = (gint32) types[i];
  *action = model_recording_action_names[i];

  return TRUE;
}

void
api_interaction_recording (ApiCall *call)
{
  AcdCommand command = { 0 };
  const char *action;
  Record *record;

  if (!api_read_recording (call, &command, &action))
    return;
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  command.interaction = record->id;
  api_call_command (call, &command, NULL);
}

/* --- who may hear them ------------------------------------------------------------------------ */

typedef struct
{
  const ModelDefinitions *definitions;
  const ModelAgent *agent; /* who would hear it */
  const char *by;          /* who is asked for: an id, or part of a name, folded; or NULL */
  gboolean may;
  gboolean handled; /* by that one */
} Hearing;

/* One of those who were in the call. */
static void
on_handler (StoreRow *row, gpointer user_data)
{
  Hearing *hearing = user_data;
  const char *id = store_row_text (row, 0);
  const ModelAgent *agent = model_definitions_agent (hearing->definitions, id);

  if (g_str_equal (id, hearing->agent->id))
    hearing->may |= hearing->definitions->settings.recording.agents_hear;
  hearing->may |= model_agent_leads (hearing->agent, agent != NULL ? agent->team : NULL);
  if (hearing->by != NULL && !hearing->handled)
    {
      g_autofree char *name = base_fold (agent != NULL ? agent->name : id);

      hearing->handled = g_str_equal (id, hearing->by) || strstr (name, hearing->by) != NULL;
    }
}

/* Supervisors hear those of whom they lead, agents their own where the centre says so. */
static gboolean
may_hear (ApiCall *call, const char *interaction, const char *by)
{
  Hearing hearing = { .definitions = centre_definitions (call->centre), .by = by };

  hearing.agent = hearing.definitions != NULL
                      ? model_definitions_agent (hearing.definitions, call->agent)
                      : NULL;
  if (hearing.agent == NULL)
    return FALSE;
  store_query (centre_store (call->centre), NULL, on_handler, &hearing, STORE_GET_HANDLED_BY,
               interaction);

  return hearing.may && (by == NULL || hearing.handled);
}

gboolean
api_may_hear_recordings (ApiCall *call, const char *interaction)
{
  return may_hear (call, interaction, NULL);
}

/* --- finding them ----------------------------------------------------------------------------- */

typedef struct
{
  ApiCall *call;
  const char *customer, *agent, *queue, *number;
  gint64 limit;
  JsonArray *list;
  guint rows;
  gint64 last; /* at of the last recording looked at */
} Finding;

static gboolean
matches (const Finding *finding, StoreRow *row)
{
  const char *number = store_row_text (row, 6);

  return (finding->customer == NULL ||
          g_strcmp0 (store_row_text (row, 8), finding->customer) == 0) &&
         (finding->queue == NULL || g_strcmp0 (store_row_text (row, 4), finding->queue) == 0) &&
         (finding->number == NULL || (number != NULL && strstr (number, finding->number) != NULL));
}

static void
on_recorded (StoreRow *row, gpointer user_data)
{
  Finding *finding = user_data;
  const char *id = store_row_text (row, 0);
  gboolean visible;

  if (json_array_get_length (finding->list) >= (guint) finding->limit)
    return;
  finding->rows++;
  finding->last = store_row_int (row, 10);
  if (!matches (finding, row) || !may_hear (finding->call, id, finding->agent))
    return;
  visible = sight_of_interaction (finding->call, id, store_row_text (row, 4));
  json_array_add_object_element (finding->list,
                                 history_entry_recorded (finding->call, row, visible));
}

/* Numbers are written with spaces and compared without. */
static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (g_ascii_isdigit (*at) || *at == '+')
      g_string_append_c (digits, *at);

  return g_string_free (digits, FALSE);
}

/* A page looks at so many, whether they match or not; the next begins where it ended. */
void
api_recordings_find (ApiCall *call)
{
  const char *agent = api_call_query (call, "agent");
  g_autofree char *name = agent != NULL ? base_fold (agent) : NULL;
  Finding finding = { .call = call,
                      .customer = api_call_query (call, "customer"),
                      .agent = name,
                      .queue = api_call_query (call, "queue") };
  const char *from = api_call_query (call, "from");
  const char *number = api_call_query (call, "number");
  g_autofree char *digits = digits_of (number);
  g_autoptr (GError) error = NULL;
  gint64 before, since = 0;

  if (from != NULL && !base_time_parse (from, &since))
    {
      api_call_invalid_query (call, "from", 0, "not a time");
      return;
    }
  if (number != NULL && *digits == '\0')
    {
      api_call_invalid_query (call, "number", 0, "no digits");
      return;
    }
  if (!api_call_page (call, &before, &finding.limit))
    return;
  finding.number = number != NULL ? digits : NULL;
  finding.list = json_array_new ();
  if (store_query (centre_store (call->centre), &error, on_recorded, &finding, STORE_GET_RECORDED,
                   before, since, (gint64) LOOKED_AT))
    {
      gboolean more = finding.rows == LOOKED_AT ||
                      json_array_get_length (finding.list) >= (guint) finding.limit;

      history_reply (call, finding.list, more ? finding.last : 0);
      return;
    }
  json_array_unref (finding.list);
  api_call_store_error (call, error);
}

/* --- hearing one ------------------------------------------------------------------------------ */

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
      recordings_interaction (centre_recordings (call->centre), call->parameters[0], FALSE);

  if (interaction == NULL || !api_may_hear_recordings (call, interaction))
    api_call_not_found (call);
  else
    api_recording_send (call, interaction, "recording_heard");
}
