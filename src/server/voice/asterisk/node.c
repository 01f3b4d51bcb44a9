/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps one connection to an Asterisk, asks over it and reads what comes. Centre's thread. */
#include "server/voice/asterisk/node-private.h"
#include "server/voice/asterisk/wire.h"

#include "base/log.h"

#include <string.h>

#define BEAT_MS       500
#define ANSWER_US     (5 * G_USEC_PER_SEC) /* until a question counts as unanswered */
#define CONNECT_US    (5 * G_USEC_PER_SEC)
#define PROBE_US      (2 * G_USEC_PER_SEC) /* the first question tells whether it takes any there */
#define PING_US       (4 * G_USEC_PER_SEC)
#define AGAIN_US      (G_USEC_PER_SEC / 4)
#define AGAIN_MAX_US  (2 * G_USEC_PER_SEC)
#define LONG_US       (60 * G_USEC_PER_SEC) /* away for so long it may take longer to be seen again */
#define AGAIN_LONG_US (10 * G_USEC_PER_SEC)

void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->method);
  g_free (asked->uri);
  g_free (asked->body);
  g_free (asked);
}

Node *
node_ref (Node *self)
{
  return g_rc_box_acquire (self);
}

static void
node_clear (gpointer data)
{
  Node *self = data;

  g_hash_table_unref (self->asked);
  g_clear_object (&self->session);
  g_clear_object (&self->attempt);
  g_clear_object (&self->authorities);
  g_main_context_unref (self->context);
}

void
node_unref (Node *self)
{
  g_rc_box_release_full (self, node_clear);
}

void
node_answer (Node *self, Asked *asked, guint status, JsonNode *body)
{
  NodeAnswerFunc func = g_steal_pointer (&asked->func);
  gpointer user_data = asked->user_data;
  const guint64 id = asked->id;

  g_queue_remove (&self->waiting, asked);
  g_hash_table_remove (self->asked, &id);
  if (func != NULL)
    func (self, status, body, user_data);
}

/* None is answered twice: each takes itself out of the table first. */
static void
answer_all (Node *self)
{
  GHashTableIter iter;
  gpointer asked;

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &asked))
    {
      node_answer (self, asked, 0, NULL);
      g_hash_table_iter_init (&iter, self->asked);
    }
}

static void
schedule (Node *self)
{
  const gint64 now = g_get_monotonic_time ();
  const gboolean long_gone = self->down_since != 0 && now - self->down_since > LONG_US;
  const gint64 most = long_gone ? AGAIN_LONG_US : AGAIN_MAX_US;
  gint64 wait = AGAIN_US;

  for (guint i = 0; i < self->attempts && wait < most; i++)
    wait *= 2;
  wait = MIN (wait, most);
  /* Several servers shall not knock at the same moment. */
  wait += g_random_int_range (0, (gint32) (wait / 4) + 1);
  self->attempts++;
  self->due = now + wait;
}

static void
lose (Node *self, const char *why)
{
  gboolean up = self->up;

  if (self->socket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->socket, self);
      if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
      g_clear_object (&self->socket);
    }
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
  g_clear_object (&self->attempt);
  g_queue_clear_full (&self->early, (GDestroyNotify) json_object_unref);
  self->up = FALSE;
  if (self->down_since == 0)
    self->down_since = g_get_monotonic_time ();
  schedule (self);
  if (!self->closed && (up || self->attempts == 2))
    {
      base_log (BASE_LOG_WARNING, "voice", "node_lost", "node", self->config->name, "why",
                BASE_TEXT (why), NULL);
      self->funcs->away (self, self->user_data);
    }
  if (up && !self->closed)
    self->funcs->down (self, self->user_data);
  answer_all (self);
}

void
node_drop (Node *self, const char *why)
{
  if (self->socket != NULL || self->attempt != NULL)
    lose (self, why);
}

/* --- questions -------------------------------------------------------------------------------- */

static void
ask (Node *self, const char *method, const char *uri, const char *body, Asked *asked)
{
  g_autofree char *text = NULL;

  asked->node = self;
  asked->id = ++self->next;
  g_hash_table_insert (self->asked, &asked->id, asked);
  if (self->socket == NULL)
    {
      node_answer (self, asked, 0, NULL);
      return;
    }
  if (self->http)
    {
      asked->method = g_strdup (method);
      asked->uri = g_strdup (uri);
      asked->body = g_strdup (body);
      g_queue_push_tail (&self->waiting, asked);
      node_http_next (self);
      return;
    }
  text = wire_request (asked->id, method, uri, body);
  soup_websocket_connection_send_text (self->socket, text);
}

void
node_ask (Node *self,
          const char *method,
          const char *uri,
          const char *body,
          NodeAnswerFunc func,
          gpointer user_data)
{
  Asked *asked = g_new0 (Asked, 1);

  g_debug ("%s: %s %s", self->config->name, method, uri);
  asked->func = func;
  asked->user_data = user_data;
  asked->deadline = g_get_monotonic_time () + ANSWER_US;
  ask (self, method, uri, body, asked);
}

static void
take_answer (Node *self, JsonObject *object)
{
  const char *text = wire_text (object, "request_id");
  JsonNode *member = json_object_get_member (object, "message_body");
  const char *inner = member != NULL && JSON_NODE_HOLDS_VALUE (member) &&
                              json_node_get_value_type (member) == G_TYPE_STRING
                          ? json_node_get_string (member)
                          : NULL;
  g_autoptr (JsonNode) body = NULL;
  guint64 id = 0;
  Asked *asked;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &id, NULL))
    return;
  self->takes_there = TRUE;
  asked = g_hash_table_lookup (self->asked, &id);
  if (asked == NULL)
    return;
  if (inner != NULL && *inner != '\0')
    body = wire_parse (inner, strlen (inner), NULL);
  node_answer (self, asked, (guint) CLAMP (wire_number (object, "status_code", 0), 0, 999), body);
}

static void
on_text (SoupWebsocketConnection *socket, int type, GBytes *message, gpointer user_data)
{
  Node *self = user_data;
  gsize length;
  const char *data = g_bytes_get_data (message, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  const char *kind;

  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  node = wire_parse (data, length, &error);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      base_log_failure (BASE_LOG_WARNING, "voice", "node_says_nonsense", error);
      return;
    }
  object = json_node_get_object (node);
  kind = wire_text (object, "type");
  if (g_strcmp0 (kind, "RESTResponse") == 0)
    take_answer (self, object);
  else if (kind != NULL && self->up)
    self->funcs->event (self, kind, object, self->user_data);
  else if (kind != NULL)
    g_queue_push_tail (&self->early, json_object_ref (object));
}

/* --- the connection --------------------------------------------------------------------------- */

static void
on_closed (SoupWebsocketConnection *socket, gpointer user_data)
{
  lose (user_data, "the connection was closed");
}

/* A ping that is not answered: it is not there, whatever the connection looks like. */
static void
on_ping (Node *self, guint status, JsonNode *body, gpointer user_data)
{
  if (status == 0 && self->up && !self->closed)
    lose (self, "it does not answer");
}

static void
become_up (Node *self)
{
  JsonObject *event;

  self->up = TRUE;
  self->attempts = 0;
  self->down_since = 0;
  self->due = g_get_monotonic_time () + PING_US;
  base_log (BASE_LOG_INFO, "voice", "node_up", "node", self->config->name, "requests",
            self->http ? "http" : "websocket", NULL);
  self->funcs->up (self, self->user_data);
  while ((event = g_queue_pop_head (&self->early)) != NULL)
    {
      self->funcs->event (self, wire_text (event, "type"), event, self->user_data);
      json_object_unref (event);
    }
}

static void
on_probe (Node *self, guint status, JsonNode *body, gpointer user_data)
{
  if (self->closed || self->socket == NULL)
    return;
  if (status == 0 && !self->http)
    {
      Asked *again = g_new0 (Asked, 1);

      self->http = TRUE;
      again->func = on_probe;
      again->deadline = g_get_monotonic_time () + ANSWER_US;
      ask (self, "GET", "asterisk/ping", NULL, again);
      return;
    }
  if (status / 100 == 2)
    become_up (self);
  else
    lose (self, "it refuses what is asked");
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Node *self = user_data;
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *socket =
      soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  Asked *probe;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->closed)
    {
      g_clear_object (&socket);
      node_unref (self);
      return;
    }
  self->refused = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  if (socket == NULL)
    {
      lose (self, error->message);
      node_unref (self);
      return;
    }
  g_clear_object (&self->attempt);
  self->socket = socket;
  /* That it was once too slow to say so is no reason to ask over HTTP for ever. */
  if (self->takes_there)
    self->http = self->config->http;
  soup_websocket_connection_set_max_incoming_payload_size (socket, WIRE_MAX);
  g_signal_connect (socket, "message", G_CALLBACK (on_text), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
  probe = g_new0 (Asked, 1);
  probe->func = on_probe;
  probe->deadline = g_get_monotonic_time () + (self->http ? ANSWER_US : PROBE_US);
  self->due = probe->deadline + G_USEC_PER_SEC;
  ask (self, "GET", "asterisk/ping", NULL, probe);
  node_unref (self);
}

static gboolean
on_certificate (SoupMessage *message,
                GTlsCertificate *certificate,
                GTlsCertificateFlags errors,
                gpointer user_data)
{
  return FALSE;
}

SoupMessage *
node_message (Node *self, const char *method, const char *uri)
{
  g_autofree char *whole = g_strconcat (self->config->url, "/", uri, NULL);
  g_autofree char *who = g_strconcat (self->config->user, ":", self->config->password, NULL);
  g_autofree char *coded = g_base64_encode ((const guchar *) who, strlen (who));
  g_autofree char *header = g_strconcat ("Basic ", coded, NULL);
  SoupMessage *message = soup_message_new (method, whole);

  if (message == NULL)
    return NULL;
  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", header);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_certificate), NULL);

  return message;
}

static void
attempt (Node *self)
{
  g_autofree char *app =
      g_uri_escape_string (self->config->app ? self->config->app : "guichet", NULL, FALSE);
  /* Phones have a name of their own: who listens to an endpoint gets all of its calls, too. */
  g_autofree char *uri = g_strconcat ("events?app=", app, ",", app, NODE_PHONES, NULL);
  g_autoptr (SoupMessage) message = node_message (self, "GET", uri);

  if (message == NULL)
    {
      lose (self, "the address is none");
      return;
    }
  self->attempt = g_cancellable_new ();
  self->due = g_get_monotonic_time () + CONNECT_US;
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        self->attempt, on_connected, node_ref (self));
}

static void
end_late (Node *self, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->asked);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Asked *) value)->deadline <= now)
      {
        node_answer (self, value, 0, NULL);
        g_hash_table_iter_init (&iter, self->asked);
      }
}

/* After we stood still: what came meanwhile is read before anything counts as late. */
static gboolean
stood_still (Node *self, gint64 now)
{
  const gboolean first = !self->late;

  self->late = now - self->beaten_at > 2 * BEAT_MS * 1000;
  self->beaten_at = now;

  return self->late && first;
}

static gboolean
on_beat (gpointer user_data)
{
  Node *self = node_ref (user_data);
  const gint64 now = g_get_monotonic_time ();

  if (stood_still (self, now))
    {
      node_unref (self);
      return G_SOURCE_CONTINUE;
    }
  end_late (self, now);
  if (self->closed)
    ;
  else if (self->up && now >= self->due)
    {
      self->due = now + PING_US;
      node_ask (self, "GET", "asterisk/ping", NULL, on_ping, NULL);
    }
  else if (!self->up && now >= self->due)
    {
      if (self->socket != NULL || self->attempt != NULL)
        lose (self, "it does not answer");
      else
        attempt (self);
    }
  if (!self->closed)
    self->funcs->beat (self, self->user_data);
  node_unref (self);

  return G_SOURCE_CONTINUE;
}

Node *
node_new (const AsteriskNode *config,
          GMainContext *context,
          const NodeFuncs *funcs,
          gpointer user_data)
{
  Node *self = g_rc_box_new0 (Node);
  g_autoptr (GError) error = NULL;

  self->config = config;
  self->context = g_main_context_ref (context);
  self->funcs = funcs;
  self->user_data = user_data;
  self->asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, asked_free);
  self->session = soup_session_new_with_options ("timeout", 10, "max-conns-per-host", 4,
                                                 "user-agent", "Guichet", NULL);
  self->http = config->http;
  self->down_since = g_get_monotonic_time ();
  g_queue_init (&self->waiting);
  g_queue_init (&self->early);
  if (config->ca != NULL)
    self->authorities = g_tls_file_database_new (config->ca, &error);
  if (self->authorities != NULL)
    soup_session_set_tls_database (self->session, self->authorities);
  if (error != NULL)
    base_log_failure (BASE_LOG_WARNING, "voice", "node_ca_unread", error);

  return self;
}

void
node_open (Node *self)
{
  self->beaten_at = g_get_monotonic_time ();
  self->timer = g_timeout_source_new (BEAT_MS);
  g_source_set_callback (self->timer, on_beat, self, NULL);
  g_source_attach (self->timer, self->context);
  attempt (self);
}

void
node_close (Node *self)
{
  self->closed = TRUE;
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  lose (self, NULL);
  soup_session_abort (self->session);
}

void
node_free (Node *self)
{
  if (self == NULL)
    return;
  if (!self->closed)
    node_close (self);
  node_unref (self);
}

const AsteriskNode *
node_get_config (Node *self)
{
  return self->config;
}

gboolean
node_is_up (Node *self)
{
  return self->up;
}

gint64
node_get_down_since (Node *self)
{
  return self->down_since;
}

gboolean
node_is_refused (Node *self)
{
  return self->refused;
}
