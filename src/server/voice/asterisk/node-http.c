/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions over HTTP, for an Asterisk that takes none on the WebSocket: one at a time, so that
 * they are done in the order in which they were asked. Centre's thread. */
#include "server/voice/asterisk/node-private.h"
#include "server/voice/asterisk/wire.h"

#include <string.h>

#define FETCH_US (10 * 60 * G_USEC_PER_SEC)

typedef struct
{
  Node *node;
  guint64 id;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
} Exchange;

static void
finish (Exchange *exchange, guint status)
{
  Node *node = exchange->node;
  Asked *asked = g_hash_table_lookup (node->asked, &exchange->id);
  g_autoptr (JsonNode) body = NULL;

  if (status != 0 && exchange->body->len > 0)
    body = wire_parse ((const char *) exchange->body->data, exchange->body->len, NULL);
  g_clear_object (&exchange->stream);
  g_object_unref (exchange->message);
  g_byte_array_unref (exchange->body);
  g_free (exchange);
  node->busy = FALSE;
  if (asked != NULL)
    node_answer (node, asked, status, body);
  node_http_next (node);
  node_unref (node);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (exchange->stream, result, NULL);
  gsize length = 0;
  const guint8 *data = chunk != NULL ? g_bytes_get_data (chunk, &length) : NULL;

  if (chunk == NULL || exchange->body->len + length > WIRE_MAX)
    {
      finish (exchange, 0);
      return;
    }
  if (length == 0)
    {
      finish (exchange, soup_message_get_status (exchange->message));
      return;
    }
  g_byte_array_append (exchange->body, data, (guint) length);
  g_input_stream_read_bytes_async (exchange->stream, 64 * 1024, G_PRIORITY_DEFAULT, NULL, on_read,
                                   exchange);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  if (exchange->stream == NULL)
    {
      finish (exchange, 0);
      return;
    }
  g_input_stream_read_bytes_async (exchange->stream, 64 * 1024, G_PRIORITY_DEFAULT, NULL, on_read,
                                   exchange);
}

/* --- files ------------------------------------------------------------------------------------ */

typedef struct
{
  Node *node;
  guint64 id;
  SoupMessage *message;
  GFile *file;
} Fetching;

static void
fetched (Fetching *fetching, guint status)
{
  Asked *asked = g_hash_table_lookup (fetching->node->asked, &fetching->id);

  if (asked != NULL)
    node_answer (fetching->node, asked, status, NULL);
  node_unref (fetching->node);
  g_object_unref (fetching->message);
  g_object_unref (fetching->file);
  g_free (fetching);
}

static void
on_spliced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetching *fetching = user_data;
  gboolean good = g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL) >= 0;

  fetched (fetching, good ? soup_message_get_status (fetching->message) : 0);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fetching *fetching = user_data;
  g_autoptr (GInputStream) in = soup_session_send_finish (SOUP_SESSION (source), result, NULL);
  g_autoptr (GFileOutputStream) out =
      in != NULL && soup_message_get_status (fetching->message) == 200
          ? g_file_create (fetching->file, G_FILE_CREATE_PRIVATE, NULL, NULL)
          : NULL;

  if (out == NULL)
    {
      fetched (fetching, in != NULL ? soup_message_get_status (fetching->message) == 200
                                          ? 0
                                          : soup_message_get_status (fetching->message)
                                    : 0);
      return;
    }
  g_output_stream_splice_async (G_OUTPUT_STREAM (out), in,
                                G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE |
                                    G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                G_PRIORITY_DEFAULT, NULL, on_spliced, fetching);
}

void
node_fetch (Node *self, const char *uri, const char *path, NodeAnswerFunc func, gpointer user_data)
{
  Asked *asked = g_new0 (Asked, 1);
  SoupMessage *message = self->socket != NULL ? node_message (self, "GET", uri) : NULL;
  Fetching *fetching;

  asked->node = self;
  asked->id = ++self->next;
  asked->func = func;
  asked->user_data = user_data;
  asked->deadline = g_get_monotonic_time () + FETCH_US;
  g_hash_table_insert (self->asked, &asked->id, asked);
  if (message == NULL)
    {
      node_answer (self, asked, 0, NULL);
      return;
    }
  fetching = g_new (Fetching, 1);
  fetching->node = node_ref (self);
  fetching->id = asked->id;
  fetching->message = message;
  fetching->file = g_file_new_for_path (path);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, NULL, on_file, fetching);
}

/* --- one question after the other ------------------------------------------------------------- */

void
node_http_next (Node *self)
{
  Asked *asked = self->busy || self->closed ? NULL : g_queue_pop_head (&self->waiting);
  Exchange *exchange;
  SoupMessage *message;

  if (asked == NULL)
    return;
  message = node_message (self, asked->method, asked->uri);
  if (message == NULL)
    {
      node_answer (self, asked, 0, NULL);
      return;
    }
  if (asked->body != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (asked->body, strlen (asked->body));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  exchange = g_new0 (Exchange, 1);
  exchange->node = node_ref (self);
  exchange->id = asked->id;
  exchange->message = message;
  exchange->body = g_byte_array_new ();
  self->busy = TRUE;
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, NULL, on_answer, exchange);
}
