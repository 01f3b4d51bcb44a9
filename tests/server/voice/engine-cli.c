/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A voice engine (the built-in one, or with "nodes" the one over Asterisk) without a centre:
 * requests as JSON lines on standard input, events as JSON lines on standard output; its
 * configuration is the JSON of the first argument. Standard input's end stops the engine. For tests
 * and benchmarks only: it trusts its input. */
#include "server/voice/asterisk/asterisk.h"
#include "server/voice/builtin/parts.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  GMainLoop *loop;
  VoiceEngine *engine;
  GDataInputStream *input;
  gboolean stopped;
} Cli;

static const struct
{
  const char *name;
  gsize offset;
} texts[] = {
  { "leg", G_STRUCT_OFFSET (VoiceRequest, leg) },
  { "call", G_STRUCT_OFFSET (VoiceRequest, call) },
  { "bridge", G_STRUCT_OFFSET (VoiceRequest, bridge) },
  { "agent", G_STRUCT_OFFSET (VoiceRequest, agent) },
  { "user", G_STRUCT_OFFSET (VoiceRequest, user) },
  { "ha1", G_STRUCT_OFFSET (VoiceRequest, ha1) },
  { "password", G_STRUCT_OFFSET (VoiceRequest, password) },
  { "target", G_STRUCT_OFFSET (VoiceRequest, target) },
  { "trunk", G_STRUCT_OFFSET (VoiceRequest, trunk) },
  { "offer", G_STRUCT_OFFSET (VoiceRequest, offer) },
  { "caller_number", G_STRUCT_OFFSET (VoiceRequest, caller_number) },
  { "caller_name", G_STRUCT_OFFSET (VoiceRequest, caller_name) },
  { "media", G_STRUCT_OFFSET (VoiceRequest, media) },
  { "play", G_STRUCT_OFFSET (VoiceRequest, play) },
  { "digits", G_STRUCT_OFFSET (VoiceRequest, digits) },
  { "path", G_STRUCT_OFFSET (VoiceRequest, path) },
  { "record", G_STRUCT_OFFSET (VoiceRequest, record) },
  { "other", G_STRUCT_OFFSET (VoiceRequest, other) },
};

static char *
get_text (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static VoiceTarget
target_kind (JsonObject *object)
{
  const char *kind = json_object_get_string_member_with_default (object, "target_kind", "agent");

  return g_str_equal (kind, "uri")      ? VOICE_TARGET_URI
         : g_str_equal (kind, "number") ? VOICE_TARGET_NUMBER
                                        : VOICE_TARGET_AGENT;
}

static VoiceRequest *
parse_request (JsonObject *object)
{
  const char *what = json_object_get_string_member_with_default (object, "do", "");
  const char *cause = json_object_get_string_member_with_default (object, "cause", "normal");
  int kind = voice_request_kind_from_name (what);
  VoiceRequest *request;

  if (kind < 0 || voice_cause_from_name (cause) < 0)
    {
      g_printerr ("cannot do %s for %s\n", what, cause);
      return NULL;
    }
  request = voice_request_new ((VoiceRequestKind) kind,
                               json_object_get_string_member_with_default (object, "id", NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    G_STRUCT_MEMBER (char *, request, texts[i].offset) = get_text (object, texts[i].name);
  request->cause = (VoiceCause) voice_cause_from_name (cause);
  request->target_kind = target_kind (object);
  request->status = (int) json_object_get_int_member_with_default (object, "status", 0);
  request->whisper = json_object_get_boolean_member_with_default (object, "whisper", FALSE);
  request->noise = json_object_get_boolean_member_with_default (object, "noise", FALSE);
  request->loop = json_object_get_boolean_member_with_default (object, "loop", FALSE);

  return request;
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_lists (JsonBuilder *builder, const VoiceEvent *event)
{
  json_builder_set_member_name (builder, "legs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < event->legs->len; i++)
    {
      VoiceLegInfo *info = event->legs->pdata[i];

      json_builder_begin_object (builder);
      add_text (builder, "leg", info->leg);
      add_text (builder, "bridge", info->bridge);
      add_text (builder, "call", info->call);
      add_text (builder, "agent", info->agent);
      add_text (builder, "offer", info->offer);
      add_text (builder, "address", info->address);
      add_text (builder, "state", voice_leg_state_name (info->state));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "bridges");
  json_builder_begin_object (builder);
  for (guint i = 0; i < event->bridges->len; i++)
    {
      VoiceBridgeInfo *info = event->bridges->pdata[i];

      json_builder_set_member_name (builder, info->bridge);
      json_builder_add_int_value (builder, g_strv_length (info->legs));
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "registrations");
  json_builder_begin_array (builder);
  for (guint i = 0; event->registrations[i] != NULL; i++)
    json_builder_add_string_value (builder, event->registrations[i]);
  json_builder_end_array (builder);
}

static void
add_variables (JsonBuilder *builder, GHashTable *variables)
{
  GHashTableIter iter;
  gpointer name, value;

  json_builder_set_member_name (builder, "variables");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    add_text (builder, name, value);
  json_builder_end_object (builder);
}

static void
add_details (JsonBuilder *builder, const VoiceEvent *event)
{
  if (event->kind == VOICE_EVENT_FAILED || event->kind == VOICE_EVENT_BROKEN)
    add_text (builder, "code", voice_code_name (event->code));
  if (event->duration_ms > 0)
    add_number (builder, "duration_ms", (double) event->duration_ms);
  if (event->kind == VOICE_EVENT_LEG_ENDED)
    {
      add_text (builder, "cause", voice_cause_name (event->cause));
      add_text (builder, "by", voice_by_name (event->by));
      add_number (builder, "sip_status", event->sip_status);
    }
  if (event->kind == VOICE_EVENT_SERVICE_CHANGED)
    {
      json_builder_set_member_name (builder, "ready");
      json_builder_add_boolean_value (builder, event->ready);
      add_text (builder, "node", event->node);
    }
  if (event->kind == VOICE_EVENT_REGISTRATION_CHANGED)
    {
      json_builder_set_member_name (builder, "ready");
      json_builder_add_boolean_value (builder, event->ready);
      add_text (builder, "reason", voice_registration_reason_name (event->reason));
    }
  if (event->kind == VOICE_EVENT_LEG_QUALITY)
    {
      add_number (builder, "loss", event->quality.loss);
      add_number (builder, "jitter_ms", event->quality.jitter_ms);
      add_number (builder, "received", (double) event->quality.received);
      add_number (builder, "dropped", (double) event->quality.dropped);
      add_number (builder, "missing", (double) event->quality.missing);
    }
  if (event->variables != NULL)
    add_variables (builder, event->variables);
  if (event->legs != NULL)
    add_lists (builder, event);
}

static void
print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);

  puts (text);
  fflush (stdout);
}

static void
on_event (VoiceEngine *engine, VoiceEvent *event, gpointer user_data)
{
  Cli *cli = user_data;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_text (builder, "event", voice_event_kind_name (event->kind));
  add_text (builder, "request", event->request);
  add_text (builder, "leg", event->leg);
  add_text (builder, "agent", event->agent);
  add_text (builder, "number", event->number);
  add_text (builder, "caller_number", event->caller_number);
  add_text (builder, "caller_name", event->caller_name);
  add_text (builder, "call_id", event->call_id);
  add_text (builder, "trunk", event->trunk);
  add_text (builder, "digits", event->digits);
  add_text (builder, "other", event->other);
  add_text (builder, "detail", event->detail);
  add_text (builder, "tls", event->tls);
  add_number (builder, "at_us", (double) g_get_monotonic_time ());
  add_details (builder, event);
  json_builder_end_object (builder);
  print (builder);
  if (event->kind == VOICE_EVENT_STOPPED || event->kind == VOICE_EVENT_BROKEN)
    g_main_loop_quit (cli->loop);
}

/* What the engine does not tell its users: how its clock is doing. */
static void
print_ticks (Cli *cli)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  TickerCounts counts;

  ticker_get_counts (((Builtin *) cli->engine)->ticker, &counts);
  json_builder_begin_object (builder);
  add_text (builder, "event", "ticks");
  add_number (builder, "ticks", (double) counts.ticks);
  add_number (builder, "late", (double) counts.late);
  add_number (builder, "skipped", (double) counts.skipped);
  add_number (builder, "worst_us", (double) counts.worst_us);
  json_builder_end_object (builder);
  print (builder);
}

static void
take_line (Cli *cli, const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  VoiceRequest *request;

  if (!json_parser_load_from_data (parser, line, -1, &error))
    {
      g_printerr ("%s\n", error->message);
      return;
    }
  object = json_node_get_object (json_parser_get_root (parser));
  if (g_strcmp0 (json_object_get_string_member_with_default (object, "do", ""), "ticks") == 0)
    print_ticks (cli);
  else if ((request = parse_request (object)) != NULL)
    voice_engine_submit (cli->engine, request);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cli *cli = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (cli->input, result, NULL, NULL);

  if (line == NULL)
    {
      voice_engine_stop (cli->engine);
      return;
    }
  take_line (cli, line);
  g_data_input_stream_read_line_async (cli->input, G_PRIORITY_DEFAULT, NULL, on_line, cli);
}

static GStrv
get_list (JsonObject *object, const char *name)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array =
      json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));

  return g_strv_builder_end (builder);
}

static VoiceTrunk *
parse_trunk (JsonObject *object)
{
  VoiceTrunk *trunk = voice_trunk_new (json_object_get_string_member (object, "name"));

  trunk->addresses = get_list (object, "addresses");
  trunk->user = get_text (object, "user");
  trunk->password = get_text (object, "password");
  trunk->proxy = get_text (object, "proxy");
  trunk->unwatched = json_object_get_boolean_member_with_default (object, "unwatched", FALSE);
  trunk->media = get_text (object, "media");
  if (json_object_has_member (object, "variables"))
    {
      JsonObject *map = json_object_get_object_member (object, "variables");
      g_autoptr (GList) names = json_object_get_members (map);

      trunk->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      for (GList *at = names; at != NULL; at = at->next)
        g_hash_table_insert (trunk->variables, g_strdup (at->data), get_text (map, at->data));
    }

  return trunk;
}

static guint
get_number (JsonObject *object, const char *name)
{
  return (guint) json_object_get_int_member_with_default (object, name, 0);
}

static VoiceConfig *
parse_config (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  VoiceConfig *config = voice_config_new ();
  JsonObject *object;
  JsonArray *trunks;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    g_error ("the configuration is not JSON");
  object = json_node_get_object (json_parser_get_root (parser));
  config->port = get_number (object, "port");
  config->tls_port = get_number (object, "tls_port");
  config->tls_dir = get_text (object, "tls_dir");
  config->sounds = get_text (object, "sounds");
  config->max_calls = get_number (object, "max_calls");
  config->max_registrations = get_number (object, "max_registrations");
  config->media_timeout = get_number (object, "media_timeout");
  config->stranger_rate = get_number (object, "stranger_rate");
  config->watch_ms = get_number (object, "watch_ms");
  trunks = json_object_has_member (object, "trunks")
               ? json_object_get_array_member (object, "trunks")
               : NULL;
  for (guint i = 0; trunks != NULL && i < json_array_get_length (trunks); i++)
    g_ptr_array_add (config->trunks, parse_trunk (json_array_get_object_element (trunks, i)));

  return config;
}

static AsteriskNode *
parse_node (JsonObject *object)
{
  AsteriskNode *node = asterisk_node_new (json_object_get_string_member (object, "name"));

  node->url = get_text (object, "url");
  node->user = get_text (object, "user");
  node->password = get_text (object, "password");
  node->sip = get_text (object, "sip");
  node->sip_tls = get_text (object, "sip_tls");
  node->stations = get_text (object, "stations");
  node->numbers = get_text (object, "numbers");
  node->sounds = get_text (object, "sounds");
  node->share = get_text (object, "share");
  node->http = json_object_get_boolean_member_with_default (object, "http", FALSE);
  node->provision = json_object_get_boolean_member_with_default (object, "make_stations", TRUE);
  node->srtp = node->sip_tls != NULL;
  node->max_calls = get_number (object, "max_calls");

  return node;
}

static VoiceEngine *
engine_from (const char *text, Cli *cli)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  AsteriskConfig *config;
  JsonObject *object;
  JsonArray *nodes;

  if (!json_parser_load_from_data (parser, text, -1, NULL))
    g_error ("the configuration is not JSON");
  object = json_node_get_object (json_parser_get_root (parser));
  if (!json_object_has_member (object, "nodes"))
    return voice_builtin_new (parse_config (text), NULL, on_event, cli);
  config = asterisk_config_new ();
  nodes = json_object_get_array_member (object, "nodes");
  for (guint i = 0; i < json_array_get_length (nodes); i++)
    g_ptr_array_add (config->nodes, parse_node (json_array_get_object_element (nodes, i)));

  return voice_asterisk_new (config, NULL, on_event, cli);
}

int
main (int argc, char **argv)
{
  g_autoptr (GInputStream) standard = g_unix_input_stream_new (0, FALSE);
  Cli cli = { .loop = g_main_loop_new (NULL, FALSE), .input = g_data_input_stream_new (standard) };

  if (argc != 2)
    {
      g_printerr ("usage: engine-cli CONFIGURATION\n");
      return 2;
    }
  cli.engine = engine_from (argv[1], &cli);
  voice_engine_start (cli.engine);
  g_data_input_stream_read_line_async (cli.input, G_PRIORITY_DEFAULT, NULL, on_line, &cli);
  g_main_loop_run (cli.loop);
  voice_engine_free (cli.engine);
  g_object_unref (cli.input);
  g_main_loop_unref (cli.loop);

  return 0;
}
