/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form is sent until it is taken: with the same key it stays one conversation. Each opening of
 * the stream asks for what came after the last message seen, and sends again what nobody
 * acknowledged. */
#define G_LOG_DOMAIN "guichet-demo"

#include "demo/chat-link.h"

#include "base/ids.h"
#include "base/json.h"
#include "base/log.h"

#include <libsoup/soup.h>
#include <string.h>

#define RETRY_MS     1000
#define HEARTBEAT_MS 15000
#define MESSAGE_MAX  (64 * 1024)
#define TEXT_MAX     4096
#define CLOSE_TOKEN  4401
#define TOO_MANY     429

typedef struct
{
  char *key;
  char *text;
} Unsent;

struct _DemoChatLink
{
  const DemoChatEvents *events;
  gpointer user_data;
  SoupSession *http;
  GCancellable *cancellable;
  char *origin; /* without the path */
  char *entry;
  char *form; /* JSON */
  char *token;
  SoupWebsocketConnection *socket;
  GQueue unsent; /* Unsent, in their order */
  gint64 last;   /* number of a message */
  gboolean ending;
  guint retry;
  guint heartbeat;
};

static void begin (DemoChatLink *self);

static void
unsent_free (gpointer data)
{
  Unsent *unsent = data;

  g_free (unsent->key);
  g_free (unsent->text);
  g_free (unsent);
}

static gboolean
on_retry (gpointer user_data)
{
  DemoChatLink *self = user_data;

  self->retry = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
drop_socket (DemoChatLink *self)
{
  g_clear_handle_id (&self->heartbeat, g_source_remove);
  if (self->socket == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->socket, self);
  if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_clear_object (&self->socket);
}

static void
try_later (DemoChatLink *self)
{
  drop_socket (self);
  if (self->retry == 0)
    self->retry = g_timeout_add (RETRY_MS, on_retry, self);
}

/* --- to the centre ------------------------------------------------------------------------ */

static gboolean
is_open (DemoChatLink *self)
{
  return self->socket != NULL &&
         soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
send_object (DemoChatLink *self, JsonObject *object)
{
  g_autofree char *text = base_json_to_text (object);

  if (is_open (self))
    soup_websocket_connection_send_text (self->socket, text);
  json_object_unref (object);
}

static JsonObject *
new_object (const char *type)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "type", type);
  return object;
}

static void
send_message (gpointer data, gpointer user_data)
{
  const Unsent *unsent = data;
  JsonObject *object = new_object ("message");

  json_object_set_string_member (object, "key", unsent->key);
  json_object_set_string_member (object, "text", unsent->text);
  send_object (user_data, object);
}

void
demo_chat_link_write (DemoChatLink *self, const char *text)
{
  Unsent *unsent = g_new0 (Unsent, 1);

  unsent->key = g_uuid_string_random ();
  unsent->text = g_strdup (text);
  g_queue_push_tail (&self->unsent, unsent);
  send_message (unsent, self);
}

void
demo_chat_link_typing (DemoChatLink *self, gboolean on)
{
  JsonObject *object = new_object ("typing");

  json_object_set_boolean_member (object, "on", on);
  send_object (self, object);
}

void
demo_chat_link_read (DemoChatLink *self, gint64 number)
{
  JsonObject *object = new_object ("read");

  json_object_set_int_member (object, "number", number);
  send_object (self, object);
}

void
demo_chat_link_end (DemoChatLink *self)
{
  self->ending = TRUE;
  send_object (self, new_object ("end"));
}

static gboolean
on_heartbeat (gpointer user_data)
{
  send_object (user_data, new_object ("heartbeat"));
  return G_SOURCE_CONTINUE;
}

/* --- from the centre ---------------------------------------------------------------------- */

static void
take_state (DemoChatLink *self, const BaseJson *event)
{
  const char *state = "", *agent = NULL, *reason = NULL;

  if (base_json_get_string (event, "state", 32, &state, NULL) &&
      base_json_opt_string (event, "agent", 256, NULL, &agent, NULL) &&
      base_json_opt_string (event, "reason", 64, NULL, &reason, NULL))
    self->events->state (state, agent != NULL ? agent : reason, self->user_data);
}

static void
take_message (DemoChatLink *self, const BaseJson *event)
{
  const char *author, *text;
  gint64 number;
  BaseJson message;

  if (!base_json_get_object (event, "message", &message, NULL) ||
      !base_json_get_int (&message, "number", 1, G_MAXINT64, &number, NULL) ||
      !base_json_get_string (&message, "author", 32, &author, NULL) ||
      !base_json_get_string (&message, "text", TEXT_MAX, &text, NULL) || number <= self->last)
    return;
  self->last = number;
  if (strcmp (author, "customer") != 0)
    self->events->said (number, author, text, self->user_data);
}

/* Acknowledged or refused: it is not sent again. */
static void
forget (DemoChatLink *self, const BaseJson *event)
{
  const char *key;

  if (!base_json_get_string (event, "key", 64, &key, NULL))
    return;
  for (GList *l = self->unsent.head; l != NULL; l = l->next)
    if (strcmp (((Unsent *) l->data)->key, key) == 0)
      {
        unsent_free (l->data);
        g_queue_delete_link (&self->unsent, l);
        return;
      }
}

static void
take (DemoChatLink *self, const BaseJson *event)
{
  const char *type = "";
  gint64 number = 0;
  gboolean on = FALSE;

  base_json_opt_string (event, "type", 32, "", &type, NULL);
  base_json_opt_int (event, "number", 0, G_MAXINT64, 0, &number, NULL);
  if (strcmp (type, "state") == 0)
    take_state (self, event);
  else if (strcmp (type, "message") == 0)
    take_message (self, event);
  else if (strcmp (type, "typing") == 0 && base_json_get_bool (event, "on", &on, NULL))
    self->events->typing (on, self->user_data);
  else if (strcmp (type, "read") == 0)
    self->events->read (number, self->user_data);
  else if (strcmp (type, "acknowledged") == 0)
    {
      self->last = MAX (self->last, number);
      forget (self, event);
      self->events->acknowledged (number, self->user_data);
    }
  else if (strcmp (type, "refused") == 0)
    forget (self, event);
}

static void
on_message (SoupWebsocketConnection *socket, gint type, GBytes *bytes, gpointer user_data)
{
  static const BaseJsonLimits limits = { MESSAGE_MAX, 16 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = base_json_parse_bytes (bytes, &limits, &error);
  BaseJson event;

  if (node == NULL || !base_json_root (&event, node, &error))
    base_log_failure (BASE_LOG_WARNING, "chat", "bad_event", error);
  else
    take (user_data, &event);
}

static void
on_closed (SoupWebsocketConnection *socket, gpointer user_data)
{
  DemoChatLink *self = user_data;

  if (soup_websocket_connection_get_close_code (socket) != CLOSE_TOKEN)
    {
      try_later (self);
      return;
    }
  drop_socket (self);
  self->events->broken ("token", self->user_data);
}

static void
on_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *socket =
      soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  DemoChatLink *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (socket == NULL)
    {
      try_later (self);
      return;
    }
  self->socket = socket;
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
  self->heartbeat = g_timeout_add (HEARTBEAT_MS, on_heartbeat, self);
  g_queue_foreach (&self->unsent, send_message, self);
  if (self->ending)
    demo_chat_link_end (self);
}

static void
open_stream (DemoChatLink *self)
{
  g_autofree char *url =
      g_strdup_printf ("%s/chat/v1/stream?since=%" G_GINT64_FORMAT, self->origin, self->last);
  g_autofree char *protocol = g_strconcat ("guichet.", self->token, NULL);
  char *protocols[] = { protocol, NULL };
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

  soup_session_websocket_connect_async (self->http, message, NULL, protocols, G_PRIORITY_DEFAULT,
                                        self->cancellable, on_open, self);
}

static gboolean
read_token (DemoChatLink *self, GBytes *body)
{
  g_autoptr (JsonNode) node = base_json_parse_bytes (body, NULL, NULL);
  const char *token;
  BaseJson root;

  if (node == NULL || !base_json_root (&root, node, NULL) ||
      !base_json_get_string (&root, "token", 120, &token, NULL))
    return FALSE;
  self->token = g_strdup (token);
  return TRUE;
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  DemoChatLink *self = user_data;
  SoupMessage *message;
  guint status;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  message = soup_session_get_async_result_message (self->http, result);
  status = message != NULL ? soup_message_get_status (message) : 0;
  if (body != NULL && SOUP_STATUS_IS_SUCCESSFUL (status) && read_token (self, body))
    open_stream (self);
  else if (body != NULL && SOUP_STATUS_IS_CLIENT_ERROR (status) && status != TOO_MANY)
    self->events->broken ("form", self->user_data);
  else
    try_later (self);
}

static void
begin (DemoChatLink *self)
{
  g_autofree char *url = g_strdup_printf ("%s/chat/v1/%s/conversations", self->origin, self->entry);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) body = NULL;

  if (self->token != NULL)
    {
      open_stream (self);
      return;
    }
  message = soup_message_new ("POST", url);
  body = g_bytes_new (self->form, strlen (self->form));
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_and_read_async (self->http, message, G_PRIORITY_DEFAULT, self->cancellable,
                                    on_begun, self);
}

static char *
form_text (const DemoChatForm *form)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *key = g_uuid_string_random ();
  JsonObject *values = json_object_new ();

  json_object_set_string_member (object, "key", key);
  json_object_set_string_member (object, "name", form->name);
  json_object_set_string_member (object, "language", form->language);
  if (form->subject != NULL)
    json_object_set_string_member (values, "subject", form->subject);
  json_object_set_object_member (object, "values", values);
  if (form->bot != NULL)
    json_object_set_object_member (object, "bot", json_object_ref (form->bot));
  return base_json_to_text (object);
}

static gboolean
on_first (gpointer user_data)
{
  DemoChatLink *self = user_data;
  g_autoptr (GUri) uri = g_uri_parse (self->origin, G_URI_FLAGS_NONE, NULL);

  self->retry = 0;
  if (uri != NULL)
    begin (self);
  else
    self->events->broken ("address", self->user_data);
  return G_SOURCE_REMOVE;
}

DemoChatLink *
demo_chat_link_new (const DemoChatForm *form, const DemoChatEvents *events, gpointer user_data)
{
  DemoChatLink *self = g_new0 (DemoChatLink, 1);
  const char *path = strstr (form->page, "/chat/");

  self->events = events;
  self->user_data = user_data;
  self->origin = path != NULL ? g_strndup (form->page, (gsize) (path - form->page)) : g_strdup ("");
  self->entry = g_strdup (path != NULL ? path + strlen ("/chat/") : "");
  self->form = form_text (form);
  self->http = soup_session_new ();
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->unsent);
  self->retry = g_idle_add (on_first, self);
  return self;
}

void
demo_chat_link_free (DemoChatLink *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  drop_socket (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->http);
  g_queue_clear_full (&self->unsent, unsent_free);
  g_free (self->origin);
  g_free (self->entry);
  g_free (self->form);
  g_free (self->token);
  g_free (self);
}
