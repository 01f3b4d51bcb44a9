/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session of the one who asks: what it is, its station, its phone, its end; and the agent's own
 * state. Centre's thread. */
#include "server/api/handlers.h"

#include "base/time-text.h"
#include "server/api/session-json.h"
#include "server/centre/render.h"

static const char *const station_words[] = { "softphone", "desk_phone", "outside_number", NULL };
static const ModelStation stations[] = { MODEL_STATION_SOFTPHONE, MODEL_STATION_DESK_PHONE,
                                         MODEL_STATION_OUTSIDE };

gboolean
session_read_station (const BaseJson *json, ModelStation *station, char **address, GError **error)
{
  guint kind;
  const char *text;

  if (!base_json_only (json, error, "kind", "address", NULL) ||
      !base_json_get_word (json, "kind", station_words, &kind, error) ||
      !base_json_opt_string (json, "address", 128, NULL, &text, error))
    return FALSE;
  *station = stations[kind];
  if (*station == MODEL_STATION_OUTSIDE && text == NULL)
    return base_json_refuse (json, "address", BASE_ERROR_MISSING, 0, "an outside number needs it",
                             error);
  for (const char *c = text; c != NULL && *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("+*#.-_@:;=", *c) == NULL)
      return base_json_refuse (json, "address", BASE_ERROR_RANGE, 0, "not a number or SIP address",
                               error);
  *address = g_strdup (text);

  return TRUE;
}

static JsonNode *
sip_to_json (Api *api, const Session *session, gboolean secrets)
{
  const char *address = api->sip_tls != NULL ? api->sip_tls : api->sip;
  g_autofree char *uri = NULL;
  g_autofree char *registrar = NULL;
  g_autofree char *password = NULL;
  JsonObject *sip;

  if (session->station == MODEL_STATION_OUTSIDE || address == NULL)
    return json_node_new (JSON_NODE_NULL);
  sip = json_object_new ();
  uri = g_strdup_printf ("sip:%s@%s", session->agent, address);
  registrar = g_strdup_printf ("sip:%s", address);
  base_json_set_string (sip, "uri", uri);
  base_json_set_string (sip, "registrar", registrar);
  base_json_set_string (sip, "user", session->agent);
  if (secrets)
    {
      password = session_sip_password (centre_sessions (api->centre), session);
      base_json_set_string (sip, "password", password);
    }
  base_json_set_string (sip, "transport", api->sip_tls != NULL ? "tls" : "tcp");
  base_json_set_string (sip, "srtp", api->sip_tls != NULL ? "required" : "optional");
  if (api->sip_tls != NULL && api->sip_ca != NULL)
    base_json_set_string (sip, "ca", api->sip_ca);

  return base_json_node_take_object (sip);
}

static JsonObject *
limits_to_json (void)
{
  JsonObject *limits = json_object_new ();

  json_object_set_int_member (limits, "note", API_NOTE_MAX);
  json_object_set_int_member (limits, "value", API_VALUE_MAX);
  json_object_set_int_member (limits, "name", API_NAME_MAX);
  json_object_set_int_member (limits, "number", API_NUMBER_MAX);

  return limits;
}

JsonObject *
session_to_json (Api *api, const Session *session, gboolean secrets)
{
  JsonObject *object = json_object_new ();
  JsonObject *station = json_object_new ();
  char time[BASE_TIME_TEXT_SIZE];

  base_json_set_string (object, "session", session->id);
  json_object_set_object_member (object, "agent", render_agent (api->centre, session->agent));
  for (guint i = 0; station_words[i] != NULL; i++)
    if (stations[i] == session->station)
      base_json_set_string (station, "kind", station_words[i]);
  base_json_set_string (station, "address", session->address);
  json_object_set_object_member (object, "station", station);
  json_object_set_member (object, "sip", sip_to_json (api, session, secrets));
  base_json_set_string (object, "server_time", base_time_write (centre_now (api->centre), time));
  json_object_set_object_member (object, "centre", render_centre (api->centre));
  json_object_set_object_member (object, "limits", limits_to_json ());

  return object;
}

void
api_session_get (ApiCall *call)
{
  api_call_reply (call, 200, session_to_json (call->api, call->session, FALSE));
}

/* --- its station ------------------------------------------------------------------------------ */

typedef struct
{
  ModelStation station;
  char *address;
} StationChange;

static void
station_change_free (gpointer data)
{
  StationChange *change = data;

  g_free (change->address);
  g_free (change);
}

static void
on_prepare_station (ApiCall *call, StoreBatch *batch)
{
  Session *session = sessions_by_agent (centre_sessions (call->centre), call->agent);
  StationChange *change = call->data;

  if (session == NULL)
    return;
  session->station = change->station;
  g_free (session->address);
  session->address = g_strdup (change->address);
  g_clear_pointer (&session->phone_reason, g_free);
  session_store (session, batch);
}

/* A line for the softphone, with its password: not for keeping. */
static void
on_station_done (ApiCall *call, JsonObject *answer)
{
  Session *session = sessions_by_agent (centre_sessions (call->centre), call->agent);

  json_object_set_member (answer, "sip",
                          session != NULL ? sip_to_json (call->api, session, TRUE)
                                          : json_node_new (JSON_NODE_NULL));
}

static gboolean
is_that_station (const Session *session, ModelStation station, const char *address)
{
  return session->station == station && g_strcmp0 (session->address, address) == 0;
}

void
api_session_station (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  ModelStation station;
  StationChange *change;
  AcdCommand command = { .type = ACD_COMMAND_SET_STATION, .session = call->session->number };

  if (!session_read_station (&call->body, &station, &address, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  call->secret = TRUE;
  if (is_that_station (call->session, station, address))
    {
      JsonObject *answer = api_call_mark (call);

      on_station_done (call, answer);
      api_call_reply_durable (call, 200, answer);
      return;
    }
  change = g_new0 (StationChange, 1);
  change->station = station;
  change->address = g_steal_pointer (&address);
  call->data = change;
  call->data_free = station_change_free;
  call->prepare = on_prepare_station;
  call->finish = on_station_done;
  command.station = (gint32) station;
  command.on = station_is_fixed (station, change->address);
  api_call_command (call, &command, NULL);
}

void
api_session_delete (ApiCall *call)
{
  AcdCommand command = { .type = ACD_COMMAND_SIGN_OUT };

  api_call_command (call, &command, NULL);
}

/* What the phone says of itself is kept for the moment when it leaves the registrar, and believed
 * at once when it says that it cannot. */
void
api_session_phone (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  gboolean ready;
  const char *reason;
  AcdCommand command = { .type = ACD_COMMAND_STATION_LOST };

  if (!base_json_only (&call->body, &error, "ready", "reason", NULL) ||
      !base_json_get_bool (&call->body, "ready", &ready, &error) ||
      !base_json_opt_string (&call->body, "reason", 64, NULL, &reason, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  g_clear_pointer (&call->session->phone_reason, g_free);
  if (!ready)
    {
      command.reason = g_strcmp0 (reason, "suspending") == 0 ? model_code (MODEL_CODE_SUSPENDED)
                                                             : model_code (MODEL_CODE_DEVICE_FAULT);
      call->session->phone_reason = g_strdup (command.reason);
      api_call_command (call, &command, NULL);
    }
  else
    api_call_write (call, store_batch_new (), 200, api_call_mark (call));
}

/* --- the agent's state ------------------------------------------------------------------------ */

static gboolean
known_reason (ApiCall *call, const char *reason, gboolean pause)
{
  const ModelReason *known =
      reason != NULL ? model_definitions_reason (centre_definitions (call->centre), reason) : NULL;

  if (reason == NULL || (known != NULL && (pause ? known->for_pause : known->for_idle)))
    return TRUE;
  api_call_invalid (call, "/reason", 0, "no such reason");

  return FALSE;
}

/* FALSE: answered. */
static gboolean
read_channel (ApiCall *call, AcdCommand *command, const char *text)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent =
      model_definitions_agent (definitions, command->agent != NULL ? command->agent : call->agent);
  ModelChannel channel;

  if (agent == NULL || !model_channel_from_text (text, &channel) || channel == MODEL_CHANNEL_IM ||
      model_definitions_slots (definitions, agent, channel) == 0)
    {
      api_call_invalid (call, "/channel", 0, "not a channel of this agent");
      return FALSE;
    }
  command->type = ACD_COMMAND_SET_CHANNEL;
  command->channel = (gint32) channel;

  return TRUE;
}

gboolean
api_read_state (ApiCall *call, AcdCommand *command)
{
  static const char *const words[] = { "available", "idle", NULL };
  g_autoptr (GError) error = NULL;
  guint state;
  const char *reason, *channel;

  if (!base_json_only (&call->body, &error, "state", "reason", "channel", NULL) ||
      !base_json_opt_string (&call->body, "channel", 64, NULL, &channel, &error) ||
      !base_json_get_word (&call->body, "state", words, &state, &error) ||
      !base_json_opt_string (&call->body, "reason", 64, NULL, &reason, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  if (!known_reason (call, reason, FALSE))
    return FALSE;
  command->type = ACD_COMMAND_SET_STATE;
  command->state = state == 0 ? MODEL_AGENT_AVAILABLE : MODEL_AGENT_IDLE;
  command->reason = state == 0 ? NULL : reason;

  return channel == NULL || read_channel (call, command, channel);
}

void
api_state_set (ApiCall *call)
{
  AcdCommand command = { 0 };

  if (api_read_state (call, &command))
    api_call_command (call, &command, NULL);
}

static gboolean
is_queue_of (ApiCall *call, const char *id, const char *queue)
{
  const ModelAgent *agent = model_definitions_agent (centre_definitions (call->centre), id);

  return agent != NULL && agent->queues != NULL &&
         g_strv_contains ((const char *const *) agent->queues, queue);
}

/* FALSE: answered. NULL in @queues means all. */
static gboolean
read_queues (ApiCall *call, const char *agent, char ***queues)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_object_get_member (call->body.object, "queues");

  *queues = NULL;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      g_strcmp0 (json_node_get_string (node), "all") == 0)
    return TRUE;
  if (!base_json_get_strings (&call->body, "queues", 1000, 64, queues, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  for (guint i = 0; (*queues)[i] != NULL; i++)
    if (!is_queue_of (call, agent, (*queues)[i]))
      {
        api_call_invalid (call, "/queues", 0, "not a queue of this agent");
        return FALSE;
      }
  if (**queues == NULL)
    {
      api_call_invalid (call, "/queues", 0, "no queue is named");
      return FALSE;
    }

  return TRUE;
}

gboolean
api_read_memberships (ApiCall *call, AcdCommand *command, char ***queues)
{
  static const char *const words[] = { "ready", "paused", "out", NULL };
  static const ModelMembership states[] = { MODEL_MEMBERSHIP_READY, MODEL_MEMBERSHIP_PAUSED,
                                            MODEL_MEMBERSHIP_OUT };
  g_autoptr (GError) error = NULL;
  guint state;
  const char *reason;

  if (!base_json_only (&call->body, &error, "queues", "state", "reason", NULL) ||
      !base_json_get_word (&call->body, "state", words, &state, &error) ||
      !base_json_opt_string (&call->body, "reason", 64, NULL, &reason, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  if (!read_queues (call, command->agent, queues) || !known_reason (call, reason, TRUE))
    return FALSE;
  command->type = ACD_COMMAND_SET_MEMBERSHIP;
  command->membership = (gint32) states[state];
  command->reason = states[state] == MODEL_MEMBERSHIP_PAUSED ? reason : NULL;
  command->queues = *queues;

  return TRUE;
}

void
api_memberships_set (ApiCall *call)
{
  g_auto (GStrv) queues = NULL;
  AcdCommand command = { .agent = call->agent };

  if (api_read_memberships (call, &command, &queues))
    api_call_command (call, &command, NULL);
}

void
api_session_team (ApiCall *call)
{
  const ModelDefinitions *definitions = centre_definitions (call->centre);
  const ModelAgent *agent = model_definitions_agent (definitions, call->agent);
  g_autoptr (GError) error = NULL;
  AcdCommand command = { .type = ACD_COMMAND_SET_TEAM };

  if (!base_json_only (&call->body, &error, "team", NULL) ||
      !base_json_get_string (&call->body, "team", 128, &command.team, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  if (agent == NULL || !model_agent_may_be_of (agent, command.team))
    {
      api_call_invalid (call, "/team", 0, "one of the agent's teams");
      return;
    }
  api_call_command (call, &command, NULL);
}

void
api_auto_accept_set (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  AcdCommand command = { .type = ACD_COMMAND_SET_AUTO_ACCEPT };

  if (!base_json_only (&call->body, &error, "on", NULL) ||
      !base_json_get_bool (&call->body, "on", &command.on, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  api_call_command (call, &command, NULL);
}
