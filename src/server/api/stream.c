/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent's event stream: one WebSocket from the upgrade to its end. A desk is connected while its
 * stream lives; one that does not read, or says nothing for 15 s, is closed. Centre's thread. */

#include "server/api/call.h"

#include "base/log.h"
#include "base/time-text.h"
#include "server/api/guard-stream.h"

#include <string.h>

#define BEHIND_EVENTS    1000
#define BEHIND_BYTES     (1024 * 1024)
#define BEAT             5000 /* ms */
#define SILENT_BEATS     3    /* after which a desk is gone; a standstill of ours is none */
#define MESSAGES_AT_ONCE 50   /* between two heartbeats of ours */
#define MESSAGE_MAX      4096 /* bytes */

#define CLOSE_TOKEN  4401
#define CLOSE_CURSOR 4410
#define CLOSE_SLOW   4429

typedef struct
{
  int references;
  Api *api;
  SoupWebsocketConnection *connection;
  GuardStream *guard;
  const char *agent;
  ModelId session;
  gint64 since;
  guint silent_beats; /* heartbeats since the desk said anything */
  guint heard_count;
  gint64 beat;    /* ms, monotonic: when the next heartbeat is due */
  guint64 handed; /* bytes given to libsoup, with those written before the upgrade */
  GQueue marks;   /* guint64 *: `handed` after each message that is not out yet */
  gboolean ended;
} ApiStream;

static void
stream_unref (ApiStream *self)
{
  if (--self->references > 0)
    return;
  g_queue_clear_full (&self->marks, g_free);
  g_clear_object (&self->connection);
  g_clear_object (&self->guard);
  g_free (self);
}

static void
close_stream (ApiStream *self, gushort code, const char *why)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, why);
}

/* The stream is over; the desk is lost unless another stream or nobody takes its place. */
static void
end (ApiStream *self, gboolean lost)
{
  AcdCommand command = { .type = ACD_COMMAND_DESK_LOST,
                         .agent = self->agent,
                         .session = self->session };

  if (self->ended)
    return;
  self->ended = TRUE;
  g_hash_table_remove (self->api->streams, self);
  hub_leave (centre_hub (self->api->centre), self->agent, self);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  front_let_close (self->connection);
  if (lost)
    centre_command (self->api->centre, &command, NULL, NULL, NULL, NULL);
  stream_unref (self);
}

static gboolean
is_behind (ApiStream *self)
{
  guint64 written = guard_stream_written (self->guard);
  guint64 *oldest;

  while ((oldest = g_queue_peek_head (&self->marks)) != NULL && *oldest <= written)
    g_free (g_queue_pop_head (&self->marks));

  return self->marks.length > BEHIND_EVENTS ||
         (self->handed > written && self->handed - written > BEHIND_BYTES);
}

static void
on_send (const char *text, gsize length, gpointer user_data)
{
  ApiStream *self = user_data;
  guint64 mark;

  if (self->ended ||
      soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  if (is_behind (self))
    {
      base_log (BASE_LOG_WARNING, "api", "slow_reader", "agent", self->agent, NULL);
      /* A close frame would wait behind what is not read: cut. */
      g_io_stream_close (G_IO_STREAM (self->guard), NULL, NULL);
      end (self, TRUE);
      return;
    }
  self->handed += front_frame_size (length);
  mark = self->handed;
  g_queue_push_tail (&self->marks, g_memdup2 (&mark, sizeof mark));
  soup_websocket_connection_send_text (self->connection, text);
}

static void
on_end (const char *reason, gpointer user_data)
{
  ApiStream *self = user_data;

  close_stream (self, reason != NULL ? CLOSE_TOKEN : SOUP_WEBSOCKET_CLOSE_NORMAL, reason);
  end (self, FALSE);
}

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *bytes, gpointer user_data)
{
  ApiStream *self = user_data;
  const BaseJsonLimits limits = { .max_size = MESSAGE_MAX, .max_depth = 8 };
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  self->silent_beats = 0;
  if (++self->heard_count > MESSAGES_AT_ONCE)
    {
      close_stream (self, CLOSE_SLOW, "too many messages");
      return;
    }
  node = type == SOUP_WEBSOCKET_DATA_TEXT ? base_json_parse_bytes (bytes, &limits, &error) : NULL;
  if (node == NULL)
    {
      base_log (BASE_LOG_WARNING, "api", "bad_message", "agent", self->agent, NULL);
      close_stream (self, SOUP_WEBSOCKET_CLOSE_BAD_DATA, "not JSON");
    }
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer user_data)
{
  end (user_data, TRUE);
}

static void
heartbeat (ApiStream *self)
{
  Hub *hub = centre_hub (self->api->centre);
  g_autofree char *cursor = hub_cursor (hub, self->agent, hub_get_seq (hub));
  char time[BASE_TIME_TEXT_SIZE];
  g_autofree char *text =
      g_strdup_printf ("{\"type\":\"heartbeat\",\"server_time\":\"%s\",\"cursor\":\"%s\"}",
                       base_time_write (centre_now (self->api->centre), time), cursor);

  hub_tell_text (hub, self->agent, text);
}

void
api_stream_tick (Api *api)
{
  g_autoptr (GList) all = g_hash_table_get_keys (api->streams);
  gint64 now = g_get_monotonic_time () / 1000;

  for (GList *l = all; l != NULL; l = l->next)
    {
      ApiStream *self = l->data;

      if (now < self->beat)
        continue;
      self->beat = now + BEAT;
      self->heard_count = 0;
      if (++self->silent_beats > SILENT_BEATS)
        {
          base_log (BASE_LOG_INFO, "api", "desk_silent", "agent", self->agent, NULL);
          g_io_stream_close (G_IO_STREAM (self->guard), NULL, NULL);
          end (self, TRUE);
        }
      else
        heartbeat (self);
    }
}

void
api_stream_close_all (Api *api)
{
  g_autoptr (GList) all = g_hash_table_get_keys (api->streams);

  for (GList *l = all; l != NULL; l = l->next)
    {
      ApiStream *self = l->data;

      close_stream (self, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
      end (self, FALSE);
    }
}

/* --- the upgrade ------------------------------------------------------------------------------ */

static void
start (ApiStream *self)
{
  AcdCommand command = { .type = ACD_COMMAND_DESK_CONNECTED,
                         .agent = self->agent,
                         .session = self->session };

  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
  g_hash_table_add (self->api->streams, self);
  hub_listen (centre_hub (self->api->centre), self->agent, self->since, on_send, on_end, self);
  if (self->ended)
    return;
  heartbeat (self);
  centre_command (self->api->centre, &command, NULL, NULL, NULL, NULL);
}

static void
on_upgraded (SoupServerMessage *message, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;
  ApiStream *self = g_new0 (ApiStream, 1);
  Session *session = sessions_by_agent (centre_sessions (call->centre), call->agent);

  g_signal_handlers_disconnect_by_func (message, on_upgraded, user_data);
  self->references = 1;
  self->api = call->api;
  self->agent = call->agent;
  self->since = *(gint64 *) call->data;
  /* Desks that came back together are not told together ever after. */
  self->beat = g_get_monotonic_time () / 1000 + g_random_int_range (0, BEAT);
  self->connection = front_upgrade (message, NULL, MESSAGE_MAX, &self->guard);
  self->handed = guard_stream_written (self->guard);
  if (session == NULL)
    {
      close_stream (self, CLOSE_TOKEN, NULL);
      stream_unref (self);
      return;
    }
  self->session = session->number;
  session->figures = 0;
  start (self);
}

void
api_stream_open (ApiCall *call)
{
  const char *since = api_call_query (call, "since");
  Hub *hub = centre_hub (call->centre);
  gint64 seq = hub_get_seq (hub);
  g_autoptr (GError) error = NULL;

  if (since != NULL && !hub_parse_cursor (hub, call->agent, since, &seq))
    {
      api_call_problem (call, 410, "cursor_gone", NULL, NULL);
      return;
    }
  if (!soup_websocket_server_check_handshake (call->message, NULL, NULL, NULL, &error))
    {
      JsonObject *more = json_object_new ();

      base_json_set_string (more, "header", "Upgrade");
      api_call_problem (call, 400, "bad_request", more, error->message);
      return;
    }
  call->data = g_memdup2 (&seq, sizeof seq);
  call->data_free = g_free;
  call->answered = TRUE;
  soup_websocket_server_process_handshake (call->message, NULL, NULL, NULL, NULL);
  g_signal_connect (call->message, "wrote-informational", G_CALLBACK (on_upgraded),
                    api_call_ref (call));
  soup_server_message_unpause (call->message);
}
