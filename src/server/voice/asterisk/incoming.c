/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call that the dialplan handed to us: what its trunk's headers say is asked for, then the centre
 * hears of it. */
#include "server/voice/asterisk/parts.h"
#include "server/voice/asterisk/wire.h"

#include "base/log.h"

#include <string.h>

#define VALUE_MAX 256

typedef struct
{
  Asterisk *engine;
  char *leg, *variable;
} Header;

static char *
known (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
announce (Leg *leg)
{
  VoiceEvent *event = g_steal_pointer (&leg->incoming);

  leg->announced = TRUE;
  ari_engine_emit (leg->engine, event);
}

static void
on_header (Node *node, guint status, JsonNode *body, gpointer user_data)
{
  Header *header = user_data;
  Leg *leg = g_hash_table_lookup (header->engine->legs, header->leg);
  JsonObject *object =
      body != NULL && JSON_NODE_HOLDS_OBJECT (body) ? json_node_get_object (body) : NULL;
  const char *value = status == 200 ? wire_text (object, "value") : NULL;

  if (leg != NULL && leg->incoming != NULL)
    {
      if (value != NULL && *value != '\0' && strlen (value) <= VALUE_MAX)
        g_hash_table_insert (leg->incoming->variables, g_strdup (header->variable),
                             g_strdup (value));
      if (--leg->asking == 0)
        announce (leg);
    }
  g_free (header->leg);
  g_free (header->variable);
  g_free (header);
}

static void
ask_headers (Leg *leg, GHashTable *headers)
{
  GHashTableIter iter;
  gpointer name, variable;

  leg->incoming->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  leg->asking = g_hash_table_size (headers);
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &variable))
    {
      g_autofree char *function = g_strdup_printf ("PJSIP_HEADER(read,%s)", (char *) name);
      g_autofree char *escaped = ari_rest_escape (function);
      g_autofree char *uri = g_strconcat (leg->path, "/variable?variable=", escaped, NULL);
      Header *header = g_new (Header, 1);

      header->engine = leg->engine;
      header->leg = g_strdup (leg->id);
      header->variable = g_strdup (variable);
      node_ask (leg->side->node, "GET", uri, NULL, on_header, header);
    }
}

static void
refuse (Side *side, const char *channel, int cause, const char *why)
{
  g_autofree char *escaped = ari_rest_escape (channel);

  base_log (BASE_LOG_WARNING, "voice", "call_refused", "node", node_get_config (side->node)->name,
            "why", why, NULL);
  ari_rest_tell (side, "DELETE", NULL, "channels/%s?reason_code=%d", escaped, cause);
}

/* The agent's own phone dials; Asterisk has asked it for its password. */
static VoiceEvent *
describe_station (Leg *leg, JsonObject *channel, const char *number)
{
  VoiceEvent *event = ari_leg_event (leg, VOICE_EVENT_LEG_INCOMING);

  event->number = g_strdup (number);
  event->agent = g_strdup (leg->agent);
  event->call_id = known (wire_text (channel, "protocol_id"));

  return event;
}

static VoiceEvent *
describe (Leg *leg, JsonObject *channel, const char *number)
{
  VoiceEvent *event = ari_leg_event (leg, VOICE_EVENT_LEG_INCOMING);
  JsonObject *caller = wire_object (channel, "caller");

  event->number = g_strdup (number);
  event->caller_number = known (wire_text (caller, "number"));
  event->caller_name = known (wire_text (caller, "name"));
  event->call_id = known (wire_text (channel, "protocol_id"));
  event->trunk = wire_endpoint_of (wire_text (channel, "name"));

  return event;
}

/* args: what stands behind the application in Stasis (): "in", then the number that was called. */
void
ari_incoming_take (Side *side, JsonObject *channel, JsonArray *args)
{
  const AsteriskNode *config = node_get_config (side->node);
  const char *name = wire_text (channel, "id");
  const char *number = wire_item (args, 1);
  const guint max = config->max_calls ? config->max_calls : ASTERISK_DEFAULT_MAX_CALLS;
  g_autofree char *id = g_strconcat (config->name, ":", name, NULL);
  g_autofree char *endpoint = wire_endpoint_of (wire_text (channel, "name"));
  const char *agent = ari_station_agent (side->engine, endpoint);
  GHashTable *headers;
  Leg *leg;

  if (number == NULL || *number == '\0')
    number = wire_text (wire_object (channel, "dialplan"), "exten");
  if (side->engine->stopping)
    refuse (side, name, 34, "stopping");
  else if (number == NULL || *number == '\0')
    refuse (side, name, 1, "no number was called");
  else if (ari_legs_incoming (side) >= max)
    refuse (side, name, 34, "as many calls as configured");
  else
    {
      leg = ari_leg_new (side, id, name, FALSE);
      leg->ours = TRUE;
      leg->address = known (wire_text (channel, "name"));
      if (g_strcmp0 (wire_text (channel, "state"), "Up") == 0)
        leg->state = VOICE_LEG_UP;
      if (agent != NULL)
        {
          leg->agent = g_strdup (agent);
          leg->incoming = describe_station (leg, channel, number);
          ari_transfer_claim (leg);
          ari_leg_save (leg);
          announce (leg);
          return;
        }
      leg->incoming = describe (leg, channel, number);
      headers = leg->incoming->trunk != NULL
                    ? g_hash_table_lookup (side->engine->config->trunks, leg->incoming->trunk)
                    : NULL;
      if (headers != NULL && g_hash_table_size (headers) > 0)
        ask_headers (leg, headers);
      else
        announce (leg);
    }
}
