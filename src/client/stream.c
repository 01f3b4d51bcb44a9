/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetStream: owns the WebSocket, the cursor and three timers (heartbeat, death, next attempt).
 * Main loop. */
#include "client/stream.h"

#include "base/json.h"
#include "base/log.h"

#define MESSAGE_MAX       (4 * 1024 * 1024)
#define PAUSE_MAX         5000
#define CLOSE_TOKEN_VOID  4401
#define CLOSE_CURSOR_GONE 4410

static const BaseJsonLimits message_limits = { MESSAGE_MAX, 32 };

struct _GuichetStream
{
  GObject parent_instance;
  GuichetApi *api;
  SoupWebsocketConnection *socket;
  GCancellable *connecting; /* NULL unless an attempt is under way */
  char *cursor;
  char *epoch;
  gint64 seq;
  gboolean running;
  gboolean up;
  guint attempts;
  guint heartbeat_id;
  guint death_id;
  guint retry_id;
  guint heartbeat_ms;
  guint dead_ms;
  guint pause_ms;
};

G_DEFINE_FINAL_TYPE (GuichetStream, guichet_stream, G_TYPE_OBJECT)

enum
{
  EVENT,
  LINK,
  SERVER_TIME,
  GONE,
  VOID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void connect_now (GuichetStream *self);
static void
on_message (SoupWebsocketConnection *socket, gint type, GBytes *bytes, GuichetStream *self);
static void on_closed (SoupWebsocketConnection *socket, GuichetStream *self);

static void
set_up (GuichetStream *self, gboolean up)
{
  if (self->up == up)
    return;
  self->up = up;
  g_signal_emit (self, signals[LINK], 0, up);
}

static void
drop_socket (GuichetStream *self)
{
  g_clear_handle_id (&self->heartbeat_id, g_source_remove);
  g_clear_handle_id (&self->death_id, g_source_remove);
  if (self->connecting != NULL)
    {
      g_cancellable_cancel (self->connecting);
      g_clear_object (&self->connecting);
    }
  if (self->socket != NULL)
    {
      g_autoptr (SoupWebsocketConnection) socket = g_steal_pointer (&self->socket);

      g_signal_handlers_disconnect_by_data (socket, self);
      if (soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
    }
}

void
guichet_stream_stop (GuichetStream *self)
{
  self->running = FALSE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  drop_socket (self);
  set_up (self, FALSE);
}

static gboolean
on_retry (gpointer user_data)
{
  GuichetStream *self = user_data;

  self->retry_id = 0;
  connect_now (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (GuichetStream *self)
{
  guint pause = MIN (self->pause_ms << MIN (self->attempts, 8), PAUSE_MAX);

  g_object_ref (self);
  drop_socket (self);
  self->up = FALSE;
  g_signal_emit (self, signals[LINK], 0, FALSE); /* a first attempt that fails is news, too */
  if (self->running && self->retry_id == 0)
    {
      self->attempts++;
      pause = pause / 2 +
              (guint) g_random_int_range (0, (gint32) (pause / 2 + 1)); /* half to whole: no herd */
      self->retry_id = g_timeout_add (pause, on_retry, self);
    }
  g_object_unref (self);
}

static void
stop_and_say (GuichetStream *self, guint signal)
{
  g_object_ref (self);
  guichet_stream_stop (self);
  g_signal_emit (self, signals[signal], 0);
  g_object_unref (self);
}

static gboolean
on_death (gpointer user_data)
{
  GuichetStream *self = user_data;

  self->death_id = 0;
  base_log (BASE_LOG_INFO, "stream", "dead", NULL);
  retry_later (self);
  return G_SOURCE_REMOVE;
}

static void
saw_life (GuichetStream *self)
{
  g_clear_handle_id (&self->death_id, g_source_remove);
  self->death_id = g_timeout_add (self->dead_ms, on_death, self);
}

static gboolean
on_heartbeat_due (gpointer user_data)
{
  GuichetStream *self = user_data;

  if (self->socket != NULL &&
      soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->socket, "{\"type\":\"heartbeat\"}");
  return G_SOURCE_CONTINUE;
}

static void
adopt_socket (GuichetStream *self, SoupWebsocketConnection *socket)
{
  self->socket = socket;
  self->attempts = 0;
  soup_websocket_connection_set_max_incoming_payload_size (socket, MESSAGE_MAX);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), self);
  self->heartbeat_id = g_timeout_add (self->heartbeat_ms, on_heartbeat_due, self);
  saw_life (self);
  on_heartbeat_due (self);
  set_up (self, TRUE);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetStream) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean gone = FALSE;
  SoupWebsocketConnection *socket =
      guichet_api_connect_finish (GUICHET_API (source), result, &gone, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->connecting);
  if (!self->running)
    {
      g_clear_object (&socket);
      return;
    }
  if (socket != NULL)
    adopt_socket (self, socket);
  else if (gone)
    stop_and_say (self, GONE);
  else if (g_error_matches (error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_SIGNED_OUT))
    stop_and_say (self, VOID);
  else
    retry_later (self);
}

static void
connect_now (GuichetStream *self)
{
  g_autofree char *escaped = g_uri_escape_string (self->cursor, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/v1/events?since=", escaped, NULL);

  drop_socket (self);
  self->connecting = g_cancellable_new ();
  guichet_api_connect_async (self->api, path, self->connecting, on_connected, g_object_ref (self));
}

void
guichet_stream_start (GuichetStream *self, const char *cursor, const char *epoch, gint64 seq)
{
  guichet_stream_stop (self);
  g_free (self->cursor);
  self->cursor = g_strdup (cursor);
  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  self->seq = seq;
  self->attempts = 0;
  self->running = TRUE;
  connect_now (self);
}

void
guichet_stream_hurry (GuichetStream *self)
{
  if (!self->running || self->retry_id == 0)
    return;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->attempts = 0;
  connect_now (self);
}

/* A stored event has epoch, seq and prev. TRUE: it is the next one. FALSE: seen before (*hole
 * FALSE) or a hole. */
static gboolean
is_next (GuichetStream *self, const BaseJson *event, gboolean *hole)
{
  const char *epoch = NULL;
  gint64 seq = 0, prev = 0;

  *hole = TRUE;
  if (!base_json_get_string (event, "epoch", 256, &epoch, NULL) ||
      !base_json_get_int (event, "seq", 0, G_MAXINT64, &seq, NULL) ||
      !base_json_opt_int (event, "prev", 0, G_MAXINT64, 0, &prev, NULL))
    return FALSE;
  if (g_strcmp0 (epoch, self->epoch) != 0)
    return FALSE;
  if (seq <= self->seq)
    {
      *hole = FALSE;
      return FALSE;
    }
  if (prev > self->seq)
    return FALSE;
  self->seq = seq;
  *hole = FALSE;
  return TRUE;
}

static void
keep_cursor (GuichetStream *self, const BaseJson *event)
{
  const char *cursor = NULL;

  if (base_json_opt_string (event, "cursor", 4096, NULL, &cursor, NULL) && cursor != NULL)
    {
      g_free (self->cursor);
      self->cursor = g_strdup (cursor);
    }
}

static void
handle_event (GuichetStream *self, const BaseJson *event)
{
  const char *type = "";
  gint64 server_time = 0;
  gboolean hole = FALSE;

  base_json_opt_string (event, "type", 128, "", &type, NULL);
  if (g_str_equal (type, "heartbeat"))
    {
      if (base_json_opt_time (event, "server_time", 0, &server_time, NULL) && server_time != 0)
        g_signal_emit (self, signals[SERVER_TIME], 0, server_time);
      keep_cursor (self, event);
      return;
    }
  if (base_json_has (event, "seq") && !is_next (self, event, &hole))
    {
      if (hole)
        {
          base_log (BASE_LOG_INFO, "stream", "hole", "after", BASE_INT (self->seq), NULL);
          stop_and_say (self, GONE);
        }
      return;
    }
  g_signal_emit (self, signals[EVENT], 0, event->object);
  if (self->running && base_json_has (event, "seq"))
    keep_cursor (self, event);
}

static void
on_message (SoupWebsocketConnection *socket, gint type, GBytes *bytes, GuichetStream *self)
{
  g_autoptr (GuichetStream) alive G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  BaseJson event;

  saw_life (self);
  if (type != SOUP_WEBSOCKET_DATA_TEXT)
    return;
  node = base_json_parse_bytes (bytes, &message_limits, &error);
  if (node == NULL || !base_json_root (&event, node, &error))
    {
      base_log_failure (BASE_LOG_WARNING, "stream", "bad_event", error);
      stop_and_say (self, GONE);
      return;
    }
  handle_event (self, &event);
}

static void
on_closed (SoupWebsocketConnection *socket, GuichetStream *self)
{
  guint code = soup_websocket_connection_get_close_code (socket);

  if (code == CLOSE_TOKEN_VOID)
    stop_and_say (self, VOID);
  else if (code == CLOSE_CURSOR_GONE)
    stop_and_say (self, GONE);
  else
    retry_later (self);
}

gboolean
guichet_stream_get_up (GuichetStream *self)
{
  return self->up;
}

const char *
guichet_stream_get_cursor (GuichetStream *self)
{
  return self->cursor;
}

void
guichet_stream_set_pace (GuichetStream *self, guint heartbeat, guint dead_after, guint first_pause)
{
  self->heartbeat_ms = heartbeat;
  self->dead_ms = dead_after;
  self->pause_ms = first_pause;
}

static void
guichet_stream_dispose (GObject *object)
{
  GuichetStream *self = GUICHET_STREAM (object);

  guichet_stream_stop (self);
  g_clear_object (&self->api);
  G_OBJECT_CLASS (guichet_stream_parent_class)->dispose (object);
}

static void
guichet_stream_finalize (GObject *object)
{
  GuichetStream *self = GUICHET_STREAM (object);

  g_free (self->cursor);
  g_free (self->epoch);
  G_OBJECT_CLASS (guichet_stream_parent_class)->finalize (object);
}

static void
guichet_stream_class_init (GuichetStreamClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_stream_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_stream_finalize;
  signals[EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, JSON_TYPE_OBJECT);
  signals[LINK] = g_signal_new ("link", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_BOOLEAN);
  signals[SERVER_TIME] = g_signal_new ("server-time", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[GONE] =
      g_signal_new ("gone", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[VOID] =
      g_signal_new ("void", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_stream_init (GuichetStream *self)
{
  self->heartbeat_ms = 5000;
  self->dead_ms = 15000;
  self->pause_ms = 100;
}

GuichetStream *
guichet_stream_new (GuichetApi *api)
{
  GuichetStream *self = g_object_new (GUICHET_TYPE_STREAM, NULL);

  self->api = g_object_ref (api);
  return self;
}
