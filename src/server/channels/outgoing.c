/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests to services, and their bounded answers. A request that a broken connection cut short is
 * told as such: libsoup repeats none on a connection that was not used before. Centre's thread. */

#include "server/channels/outgoing.h"

struct _Outgoing
{
  SoupSession *session;
  GCancellable *cancellable;
};

typedef struct
{
  SoupMessage *message;
  GCancellable *cancellable;
  OutgoingFunc done;
  gpointer user_data;
  gboolean left;
  GInputStream *stream;
  GByteArray *body;
  char chunk[4096];
} Request;

Outgoing *
outgoing_new (guint timeout)
{
  Outgoing *self = g_new0 (Outgoing, 1);

  self->session =
      soup_session_new_with_options ("timeout", timeout, "max-conns", 16, "max-conns-per-host", 8,
                                     "user-agent", "Guichet", "accept-language-auto", FALSE, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  self->cancellable = g_cancellable_new ();

  return self;
}

void
outgoing_free (Outgoing *self)
{
  if (self == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  soup_session_abort (self->session);
  g_object_unref (self->session);
  g_free (self);
}

static guint
retry_after (SoupMessage *message)
{
  const char *text =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  gint64 seconds = 0;

  if (text != NULL)
    g_ascii_string_to_signed (text, 10, 0, 3600, &seconds, NULL);

  return (guint) seconds;
}

static void
finish (Request *request, guint status, const GError *error)
{
  OutgoingAnswer answer = { .status = status,
                            .left = request->left,
                            .problem = error != NULL ? error->message : NULL };

  g_byte_array_append (request->body, (const guint8 *) "", 1);
  answer.body = (const char *) request->body->data;
  answer.length = request->body->len - 1;
  if (status != 0)
    answer.retry_after = retry_after (request->message);
  if (!g_cancellable_is_cancelled (request->cancellable))
    request->done (&answer, request->user_data);
  g_clear_object (&request->stream);
  g_object_unref (request->message);
  g_object_unref (request->cancellable);
  g_byte_array_unref (request->body);
  g_free (request);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (GError) error = NULL;
  gssize got = g_input_stream_read_finish (request->stream, result, &error);

  if (got > 0 && request->body->len + (gsize) got <= OUTGOING_BODY_MAX)
    {
      g_byte_array_append (request->body, (const guint8 *) request->chunk, (guint) got);
      g_input_stream_read_async (request->stream, request->chunk, sizeof request->chunk,
                                 G_PRIORITY_DEFAULT, request->cancellable, on_read, request);
      return;
    }
  /* The head said what became of it; a body that is cut or too long changes nothing. */
  finish (request, soup_message_get_status (request->message), NULL);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (GError) error = NULL;

  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (request->stream == NULL)
    {
      finish (request, 0, error);
      return;
    }
  g_input_stream_read_async (request->stream, request->chunk, sizeof request->chunk,
                             G_PRIORITY_DEFAULT, request->cancellable, on_read, request);
}

static void
on_wrote (SoupMessage *message, gpointer user_data)
{
  ((Request *) user_data)->left = TRUE;
}

void
outgoing_send (Outgoing *self, SoupMessage *message, OutgoingFunc done, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);

  request->message = message;
  request->cancellable = g_object_ref (self->cancellable);
  request->done = done;
  request->user_data = user_data;
  request->body = g_byte_array_new ();
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION | SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote), request);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable, on_answer,
                           request);
}
