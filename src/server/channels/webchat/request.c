/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests of customers' browsers: the page and its files, what the form asks, the transcript.
 * Centre's thread. */

#include "server/channels/webchat/webchat-private.h"

#include "base/json.h"
#include "base/time-text.h"
#include "server/centre/render.h"

#include <string.h>

#define PAGE_OF_TRANSCRIPT 10000

/* --- answers ---------------------------------------------------------------------------------- */

void
webchat_answer (SoupServerMessage *message,
                guint status,
                const char *type,
                const char *text,
                gsize length)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  if (soup_message_headers_get_one (headers, "Cache-Control") == NULL)
    soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_server_message_set_status (message, status, NULL);
  if (type != NULL)
    soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, length);
}

void
webchat_reply (SoupServerMessage *message, guint status, JsonObject *object)
{
  g_autofree char *text = base_json_to_text (object);

  json_object_unref (object);
  webchat_answer (message, status, status >= 400 ? "application/problem+json" : "application/json",
                  text, strlen (text));
}

static JsonObject *
problem_new (guint status, const char *code)
{
  JsonObject *problem = json_object_new ();
  g_autofree char *type = g_strconcat ("urn:guichet:error:", code, NULL);

  base_json_set_string (problem, "type", type);
  json_object_set_int_member (problem, "status", status);

  return problem;
}

void
webchat_problem (SoupServerMessage *message,
                 guint status,
                 const char *code,
                 const char *field,
                 const char *reason)
{
  JsonObject *problem = problem_new (status, code);

  if (field != NULL)
    base_json_set_string (problem, "field", field);
  if (reason != NULL)
    base_json_set_string (problem, "reason", reason);
  webchat_reply (message, status, problem);
}

gboolean
webchat_may (Webchat *self, SoupServerMessage *message, Limit *limit, const char *source)
{
  guint wait = limit_take (limit, source, g_get_monotonic_time () / 1000);
  g_autofree char *text = g_strdup_printf ("%u", wait);
  JsonObject *problem;

  if (wait == 0)
    return TRUE;
  problem = problem_new (429, "too_many");
  json_object_set_int_member (problem, "retry_after", wait);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After",
                                text);
  webchat_reply (message, 429, problem);

  return FALSE;
}

const char *
webchat_agent_name (Webchat *self, const char *agent)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelAgent *known =
      definitions != NULL && agent != NULL ? model_definitions_agent (definitions, agent) : NULL;

  return known != NULL ? known->name : NULL;
}

/* --- entry points ----------------------------------------------------------------------------- */

static const ModelEntryPoint *
entry_at (Webchat *self, const char *name)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);

  return definitions != NULL
             ? model_definitions_entry_point_at (definitions, MODEL_CHANNEL_WEBCHAT, name)
             : NULL;
}

/* --- what the form asks ----------------------------------------------------------------------- */

static JsonArray *
fields_of (const ModelDefinitions *definitions, const ModelEntryPoint *entry)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; entry->chat.fields != NULL && i < entry->chat.fields->len; i++)
    {
      const ModelChatField *field = g_ptr_array_index (entry->chat.fields, i);
      const ModelVariable *variable = model_definitions_variable (definitions, field->variable);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "variable", variable->id);
      json_object_set_object_member (object, "names", render_names (variable->names));
      base_json_set_string (object, "type",
                            model_variable_type_to_text ((ModelVariableType) variable->type));
      if (variable->choices != NULL)
        base_json_set_strings (object, "choices", (const char *const *) variable->choices);
      json_object_set_boolean_member (object, "required", field->required);
      json_array_add_object_element (list, object);
    }

  return list;
}

static void
describe (Webchat *self, SoupServerMessage *message, const char *name)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelEntryPoint *entry = entry_at (self, name);
  JsonObject *object, *limits;
  static const char *const none[] = { NULL };
  ChannelLimits allowed;

  if (entry == NULL)
    {
      webchat_problem (message, 404, "not_found", NULL, NULL);
      return;
    }
  object = json_object_new ();
  limits = json_object_new ();
  base_json_set_string (object, "entry", name);
  json_object_set_object_member (object, "names", render_names (entry->names));
  json_object_set_object_member (object, "title", render_names (entry->chat.title));
  json_object_set_object_member (object, "greeting", render_names (entry->chat.greeting));
  base_json_set_string (object, "color", entry->chat.color);
  base_json_set_strings (object, "languages",
                         definitions->settings.languages != NULL
                             ? (const char *const *) definitions->settings.languages
                             : none);
  json_object_set_array_member (object, "fields", fields_of (definitions, entry));
  json_object_set_int_member (limits, "text", MESSAGE_TEXT_MAX);
  json_object_set_int_member (limits, "name", WEBCHAT_NAME_MAX);
  json_object_set_int_member (limits, "value", WEBCHAT_VALUE_MAX);
  json_object_set_int_member (limits, "bot", BOT_LINES_MAX);
  webchat_limits (self, NULL, &allowed);
  attachments_render_limits (&allowed, limits);
  json_object_set_object_member (object, "limits", limits);
  webchat_reply (message, 200, object);
}

/* --- the transcript --------------------------------------------------------------------------- */

typedef struct
{
  Webchat *self;
  Conversation *conversation;
  char *customer;
  GString *text;
} Transcript;

static void
on_interaction_row (StoreRow *row, gpointer user_data)
{
  ((Transcript *) user_data)->customer = g_strdup (store_row_text (row, 2));
}

static void
on_transcript_row (StoreRow *row, gpointer user_data)
{
  Transcript *transcript = user_data;
  g_autoptr (Message) message = message_from_row (transcript->conversation->id, row);
  g_autofree char *bot = message_from (message);
  const char *name = message->agent != NULL ? webchat_agent_name (transcript->self, message->agent)
                     : g_str_equal (message->author, "bot") ? bot
                                                            : transcript->customer;
  char time[BASE_TIME_TEXT_SIZE];

  g_string_append_printf (transcript->text, "[%s] %s\n", base_time_write (message->at, time),
                          name != NULL ? name : "–");
  if (*message->text != '\0')
    g_string_append_printf (transcript->text, "%s\n", message->text);
  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    g_string_append_printf (transcript->text, "[%s]\n",
                            ((const Attachment *) message->attachments->pdata[i])->name);
  g_string_append (transcript->text, message_hands_over (message) ? "\n* * *\n\n" : "\n");
}

static void
transcript (Webchat *self, SoupServerMessage *message)
{
  Transcript whole = { self, webchat_conversation (self, message), NULL, NULL };

  if (whole.conversation == NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "WWW-Authenticate", "Bearer");
      webchat_problem (message, 401, "not_signed_in", NULL, NULL);
      return;
    }
  whole.text = g_string_new (NULL);
  store_query (centre_store (self->centre), NULL, on_interaction_row, &whole, STORE_GET_INTERACTION,
               whole.conversation->interaction_text);
  store_query (centre_store (self->centre), NULL, on_transcript_row, &whole, STORE_GET_PUBLIC_AFTER,
               whole.conversation->id, (gint64) 0, (gint64) PAGE_OF_TRANSCRIPT);
  webchat_answer (message, 200, "text/plain; charset=utf-8", whole.text->str, whole.text->len);
  g_string_free (whole.text, TRUE);
  g_free (whole.customer);
}

/* --- dispatch --------------------------------------------------------------------------------- */

static void
get (Webchat *self,
     SoupServerMessage *message,
     char **parts,
     guint n,
     GHashTable *query,
     const char *source)
{
  gboolean v1 = n == 3 && g_str_equal (parts[1], "v1");

  if (v1 && g_str_equal (parts[2], "stream"))
    webchat_stream_open (self, message, query, source);
  else if (v1 && g_str_equal (parts[2], "transcript"))
    transcript (self, message);
  else if (n == 4 && g_str_equal (parts[1], "v1") && g_str_equal (parts[2], "attachments"))
    webchat_file_send (self, message, parts[3]);
  else if (v1)
    describe (self, message, parts[2]);
  else if (n == 2 && strchr (parts[1], '.') != NULL && !g_str_equal (parts[1], "page.html"))
    webchat_asset_send (self, message, parts[1]);
  else if (n == 2 && entry_at (self, parts[1]) != NULL)
    webchat_asset_send (self, message, "page.html");
  else
    webchat_problem (message, 404, "not_found", NULL, NULL);
}

static void
dispatch (Webchat *self,
          SoupServerMessage *message,
          char **parts,
          GHashTable *query,
          const char *source)
{
  const char *method = soup_server_message_get_method (message);
  guint n = g_strv_length (parts);
  gboolean creates =
      n == 4 && g_str_equal (parts[1], "v1") && g_str_equal (parts[3], "conversations");

  if (n < 2 || n > 4 || !g_str_equal (parts[0], "chat"))
    webchat_problem (message, 404, "not_found", NULL, NULL);
  else if (creates && g_str_equal (method, "POST"))
    {
      if (entry_at (self, parts[2]) != NULL)
        webchat_create (self, message, parts[2], source);
      else
        webchat_problem (message, 404, "not_found", NULL, NULL);
    }
  else if (n == 3 && g_str_equal (parts[1], "v1") && g_str_equal (parts[2], "attachments") &&
           g_str_equal (method, "POST"))
    webchat_file_add (self, message);
  else if (!creates && g_str_equal (method, "GET"))
    get (self, message, parts, n, query, source);
  else
    webchat_problem (message, 405, "bad_request", NULL, NULL);
}

void
webchat_on_request (SoupServer *server,
                    SoupServerMessage *message,
                    const char *path,
                    GHashTable *query,
                    gpointer user_data)
{
  Webchat *self = user_data;
  g_autofree char *source = front_source (message, centre_config (self->centre)->webchat_proxies);
  g_auto (GStrv) parts = g_strsplit (*path == '/' ? path + 1 : path, "/", 6);

  if (webchat_may (self, message, self->requests, source))
    dispatch (self, message, parts, query, source);
}
