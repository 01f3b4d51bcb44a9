/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams of agents with a window of what was sent. Centre's thread. */
#include "server/centre/hub.h"

#include "base/json.h"

#include <string.h>

#define WINDOW_EVENTS 1000
#define WINDOW_BYTES  (1024 * 1024)

typedef struct
{
  gint64 seq;
  gsize length;
  char *text;
} Message;

typedef struct
{
  GQueue window; /* Message */
  gsize bytes;
  gint64 floor; /* a cursor below cannot be served */
  gint64 last;  /* seq of the last message */
  HubSendFunc send;
  HubEndFunc end;
  gpointer user_data;
} Stream;

struct _Hub
{
  char *epoch;
  gint64 floor;
  gint64 seq;
  GHashTable *streams; /* agent → Stream */
};

static void
message_free (gpointer data)
{
  Message *message = data;

  g_free (message->text);
  g_free (message);
}

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  g_queue_clear_full (&stream->window, message_free);
  g_free (stream);
}

Hub *
hub_new (const char *epoch, gint64 floor)
{
  Hub *self = g_new0 (Hub, 1);

  self->epoch = g_strdup (epoch);
  self->floor = self->seq = floor;
  self->streams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stream_free);

  return self;
}

void
hub_free (Hub *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->streams);
  g_free (self->epoch);
  g_free (self);
}

static Stream *
stream_of (Hub *self, const char *agent)
{
  Stream *stream = g_hash_table_lookup (self->streams, agent);

  if (stream == NULL)
    {
      stream = g_new0 (Stream, 1);
      stream->floor = stream->last = self->floor;
      g_queue_init (&stream->window);
      g_hash_table_insert (self->streams, g_strdup (agent), stream);
    }

  return stream;
}

char *
hub_cursor (Hub *self, const char *agent, gint64 seq)
{
  guint mark = g_str_hash (agent);

  return g_strdup_printf ("%s.%x.%" G_GINT64_FORMAT, self->epoch, mark, seq);
}

gboolean
hub_parse_cursor (Hub *self, const char *agent, const char *cursor, gint64 *seq)
{
  g_auto (GStrv) parts = g_strsplit (cursor, ".", 4);
  g_autofree char *expected = NULL;

  if (g_strv_length (parts) != 3 ||
      !g_ascii_string_to_signed (parts[2], 10, 0, G_MAXINT64, seq, NULL))
    return FALSE;
  expected = hub_cursor (self, agent, *seq);

  return strcmp (expected, cursor) == 0 && *seq <= self->seq &&
         *seq >= stream_of (self, agent)->floor;
}

static void
trim (Stream *stream)
{
  while (stream->window.length > WINDOW_EVENTS || stream->bytes > WINDOW_BYTES)
    {
      Message *oldest = g_queue_pop_head (&stream->window);

      stream->floor = oldest->seq;
      stream->bytes -= oldest->length;
      message_free (oldest);
    }
}

void
hub_publish (Hub *self, const char *agent, gint64 seq, JsonObject *object)
{
  Stream *stream = stream_of (self, agent);
  g_autofree char *cursor = hub_cursor (self, agent, seq);
  Message *message = g_new0 (Message, 1);

  base_json_set_string (object, "epoch", self->epoch);
  json_object_set_int_member (object, "seq", seq);
  json_object_set_int_member (object, "prev", stream->last);
  base_json_set_string (object, "cursor", cursor);
  message->text = base_json_to_text (object);
  message->length = strlen (message->text);
  message->seq = stream->last = seq;
  json_object_unref (object);

  g_queue_push_tail (&stream->window, message);
  stream->bytes += message->length;
  if (stream->send != NULL)
    stream->send (message->text, message->length, stream->user_data);
  trim (stream);
}

void
hub_tell_text (Hub *self, const char *agent, const char *text)
{
  Stream *stream = stream_of (self, agent);

  if (stream->send != NULL)
    stream->send (text, strlen (text), stream->user_data);
}

void
hub_tell (Hub *self, const char *agent, JsonObject *object)
{
  if (hub_has_listener (self, agent))
    {
      g_autofree char *text = base_json_to_text (object);

      hub_tell_text (self, agent, text);
    }
  json_object_unref (object);
}

gboolean
hub_has_listener (Hub *self, const char *agent)
{
  return stream_of (self, agent)->send != NULL;
}

void
hub_listen (Hub *self,
            const char *agent,
            gint64 seq,
            HubSendFunc send,
            HubEndFunc end,
            gpointer user_data)
{
  Stream *stream = stream_of (self, agent);

  hub_end (self, agent, NULL);
  stream->send = send;
  stream->end = end;
  stream->user_data = user_data;
  for (GList *l = stream->window.head; l != NULL && stream->send == send; l = l->next)
    {
      Message *message = l->data;

      if (message->seq > seq)
        send (message->text, message->length, user_data);
    }
}

void
hub_leave (Hub *self, const char *agent, gpointer user_data)
{
  Stream *stream = stream_of (self, agent);

  if (stream->user_data != user_data)
    return;
  stream->send = NULL;
  stream->end = NULL;
  stream->user_data = NULL;
}

void
hub_end (Hub *self, const char *agent, const char *reason)
{
  Stream *stream = stream_of (self, agent);
  HubEndFunc end = stream->end;
  gpointer user_data = stream->user_data;

  if (stream->send == NULL)
    return;
  if (reason != NULL)
    {
      JsonObject *ended = json_object_new ();

      base_json_set_string (ended, "type", "session.ended");
      base_json_set_string (ended, "reason", reason);
      hub_tell (self, agent, ended);
    }
  stream->send = NULL;
  stream->end = NULL;
  stream->user_data = NULL;
  end (reason, user_data);
}

void
hub_set_seq (Hub *self, gint64 seq)
{
  self->seq = MAX (self->seq, seq);
}

gint64
hub_get_seq (Hub *self)
{
  return self->seq;
}

const char *
hub_get_epoch (Hub *self)
{
  return self->epoch;
}
