/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small centre's stream of events: what is stored, lost, repeated, closed. */
#include "fake-centre-parts.h"

static void
send_stored (FakeCentre *self, guint index)
{
  g_autofree char *prev = g_strdup_printf ("%" G_GINT64_FORMAT, self->sent);
  const char *text = self->events->pdata[index];
  const char *mark = strstr (text, "%PREV%");
  g_autofree char *whole = g_strdup_printf ("%.*s%s%s", (int) (mark - text), text, prev, mark + 6);

  self->sent = g_array_index (self->event_seqs, gint64, index);
  soup_websocket_connection_send_text (self->stream, whole);
}

static void
on_stream_closed (SoupWebsocketConnection *stream, gpointer user_data)
{
  FakeCentre *self = user_data;

  if (self->stream == stream)
    g_clear_object (&self->stream);
}

/* 410 and 401 before the upgrade. */
void
fake_centre_on_early (SoupServer *server,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query,
                      gpointer user_data)
{
  FakeCentre *self = user_data;
  const char *since = query != NULL ? g_hash_table_lookup (query, "since") : NULL;

  if (g_str_equal (path, "/v1/events") &&
      (since == NULL || g_ascii_strtoll (since + 1, NULL, 10) < self->oldest))
    fake_centre_answer (message, 410,
                        "{\"type\":\"urn:guichet:error:cursor_gone\",\"status\":410}");
}

void
fake_centre_on_stream (SoupServer *server,
                       SoupServerMessage *message,
                       const char *path,
                       SoupWebsocketConnection *stream,
                       gpointer user_data)
{
  FakeCentre *self = user_data;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  gint64 since = g_ascii_strtoll (strstr (query, "since=") + 7, NULL, 10);

  g_set_object (&self->stream, stream);
  g_signal_connect (stream, "closed", G_CALLBACK (on_stream_closed), self);
  self->streams++;
  self->sent = since;
  for (guint i = 0; i < self->events->len; i++)
    if (g_array_index (self->event_seqs, gint64, i) > since)
      send_stored (self, i);
}

static gboolean
on_heartbeat (gpointer user_data)
{
  FakeCentre *self = user_data;
  char now[BASE_TIME_TEXT_SIZE];
  g_autofree char *text = NULL;

  fake_centre_now_text (now);
  text = g_strdup_printf (
      "{\"type\":\"heartbeat\",\"server_time\":\"%s\",\"cursor\":\"c%" G_GINT64_FORMAT "\"}", now,
      self->sent);
  fake_centre_say (self, text);
  return G_SOURCE_CONTINUE;
}

void
fake_centre_set_heartbeat (FakeCentre *self, guint milliseconds)
{
  g_clear_handle_id (&self->heartbeat_id, g_source_remove);
  if (milliseconds > 0)
    self->heartbeat_id = g_timeout_add (milliseconds, on_heartbeat, self);
}

static void
store_event (FakeCentre *self, const char *type, const char *members)
{
  char now[BASE_TIME_TEXT_SIZE];

  fake_centre_now_text (now);
  self->seq++;
  g_array_append_val (self->event_seqs, self->seq);
  g_ptr_array_add (self->events,
                   g_strdup_printf ("{\"epoch\":\"" EPOCH "\",\"seq\":%" G_GINT64_FORMAT
                                    ",\"prev\":%%PREV%%,\"cursor\":\"c%" G_GINT64_FORMAT
                                    "\",\"at\":\"%s\",\"type\":\"%s\"%s%s}",
                                    self->seq, self->seq, now, type, *members != '\0' ? "," : "",
                                    members));
}

void
fake_centre_event (FakeCentre *self, const char *type, const char *members)
{
  store_event (self, type, members);
  if (self->stream != NULL)
    send_stored (self, self->events->len - 1);
}

void
fake_centre_lose_event (FakeCentre *self, const char *type, const char *members)
{
  store_event (self, type, members);
  self->sent = self->seq;
}

void
fake_centre_say (FakeCentre *self, const char *text)
{
  if (self->stream != NULL &&
      soup_websocket_connection_get_state (self->stream) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_send_text (self->stream, text);
}

void
fake_centre_forget_before (FakeCentre *self)
{
  self->seq++;
  self->oldest = self->seq;
}

void
fake_centre_drop (FakeCentre *self)
{
  g_autoptr (SoupWebsocketConnection) stream = g_steal_pointer (&self->stream);
  GSocketConnection *connection;

  if (stream == NULL)
    return;
  g_signal_handlers_disconnect_by_data (stream, self);
  connection = G_IS_SOCKET_CONNECTION (soup_websocket_connection_get_io_stream (stream))
                   ? G_SOCKET_CONNECTION (soup_websocket_connection_get_io_stream (stream))
                   : NULL;
  if (connection != NULL)
    g_socket_close (g_socket_connection_get_socket (connection), NULL);
  else
    g_io_stream_close (soup_websocket_connection_get_io_stream (stream), NULL, NULL);
}

void
fake_centre_close (FakeCentre *self, guint code)
{
  if (self->stream != NULL)
    soup_websocket_connection_close (self->stream, (gushort) code, NULL);
}

gboolean
fake_centre_has_stream (FakeCentre *self)
{
  return self->stream != NULL;
}

guint
fake_centre_count_streams (FakeCentre *self)
{
  return self->streams;
}
