/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guard in front of libsoup. GuardInput reads from the connection into a buffer of its own and
 * hands out only what has been checked, never more than one request in one read, so that an answer
 * of ours cannot fall into another answer. */

#include "server/api/guard-stream.h"

#include "base/log.h"
#include "server/api/http-check.h"

#include <string.h>

typedef enum
{
  PHASE_HEAD,
  PHASE_LENGTH,
  PHASE_CHUNKS,
  PHASE_UPGRADED,
  PHASE_REFUSED,
} Phase;

/* Counts what went out to the connection, which libsoup does not tell. */
#define GUARD_TYPE_OUTPUT (guard_output_get_type ())
G_DECLARE_FINAL_TYPE (GuardOutput, guard_output, GUARD, OUTPUT, GFilterOutputStream)

#define GUARD_TYPE_INPUT (guard_input_get_type ())
G_DECLARE_FINAL_TYPE (GuardInput, guard_input, GUARD, INPUT, GFilterInputStream)

struct _GuardInput
{
  GFilterInputStream parent_instance;

  GOutputStream *output; /* for refusals */
  char *peer;
  GByteArray *buffer;
  gsize checked; /* of the buffer: may be handed out */
  gsize scanned; /* of the head: no end before here */
  Phase phase;
  guint64 left;
  HttpChunks chunks;
  gint64 last_active;
  guint passed; /* heads that were let through */
  gboolean refused_head;
  gboolean goodbye; /* said */
  GuardOutput *counter;
};

static void guard_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_TYPE_WITH_CODE (GuardInput,
                         guard_input,
                         G_TYPE_FILTER_INPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                guard_input_pollable_init))

struct _GuardOutput
{
  GFilterOutputStream parent_instance;

  guint64 written;
  gboolean muted; /* nothing goes out any more */
};

static void guard_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_TYPE_WITH_CODE (GuardOutput,
                         guard_output,
                         G_TYPE_FILTER_OUTPUT_STREAM,
                         G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                guard_output_pollable_init))

struct _GuardStream
{
  GIOStream parent_instance;

  GIOStream *connection;
  GuardInput *input;
  GuardOutput *output;
};

G_DEFINE_FINAL_TYPE (GuardStream, guard_stream, G_TYPE_IO_STREAM)

static void
refuse (GuardInput *self, guint status, const char *why)
{
  g_autofree char *body =
      g_strdup_printf ("{\"type\":\"urn:guichet:error:%s\",\"status\":%u,\"detail\":\"%s\"}",
                       status == 413 ? "too_large" : "bad_request", status, why);
  g_autofree char *answer = g_strdup_printf (
      "HTTP/1.1 %u Refused\r\nContent-Type: application/problem+json\r\nContent-Length: %zu\r\n"
      "Connection: close\r\n\r\n%s",
      status, strlen (body), body);

  base_log (BASE_LOG_WARNING, "api", "request_refused", "peer", self->peer, "status",
            BASE_INT (status), "why", why, NULL);
  self->refused_head = self->phase == PHASE_HEAD;
  self->phase = PHASE_REFUSED;
  g_byte_array_set_size (self->buffer, 0);
  self->checked = 0;
  /* A fresh answer fits the socket's buffer; who does not read it loses it. */
  g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (self->output), answer,
                                              strlen (answer), NULL, NULL);
}

static void
check_head (GuardInput *self)
{
  const char *data = (const char *) self->buffer->data;
  gsize from = self->scanned > 3 ? self->scanned - 3 : 0;
  const char *end = memmem (data + from, self->buffer->len - from, "\r\n\r\n", 4);
  const char *why = NULL;
  HttpHead head = { 0 };
  gsize length;
  guint status;

  self->scanned = self->buffer->len;
  if (end == NULL)
    {
      /* A head with bare line feeds never ends by its own rules: do not wait for it. */
      if (memmem (data, self->buffer->len, "\n\n", 2) != NULL ||
          memchr (data, '\0', self->buffer->len) != NULL)
        refuse (self, 400, "line ends");
      else if (self->buffer->len > HTTP_HEAD_MAX)
        refuse (self, 431, "head too large");
      return;
    }

  length = (gsize) (end - data) + 4;
  status = length > HTTP_HEAD_MAX ? 431 : http_check_head (data, length, &head, &why);
  if (status != 0)
    {
      refuse (self, status, why != NULL ? why : "head too large");
      return;
    }
  self->checked = length;
  self->passed++;
  self->scanned = 0;
  self->left = head.length;
  self->chunks = (HttpChunks){ 0 };
  self->phase = head.body == HTTP_BODY_LENGTH    ? PHASE_LENGTH
                : head.body == HTTP_BODY_CHUNKED ? PHASE_CHUNKS
                                                 : PHASE_HEAD;
}

/* Moves `checked` as far as what is in the buffer allows. */
static void
check (GuardInput *self)
{
  gsize available = self->buffer->len;

  switch (self->phase)
    {
    case PHASE_HEAD:
      if (available > 0)
        check_head (self);
      break;
    case PHASE_LENGTH:
      self->checked = (gsize) MIN ((guint64) available, self->left);
      self->left -= self->checked;
      if (self->left == 0)
        self->phase = PHASE_HEAD;
      break;
    case PHASE_CHUNKS:
      self->checked =
          http_chunks_take (&self->chunks, (const char *) self->buffer->data, available);
      if (self->chunks.state == HTTP_CHUNK_BAD)
        refuse (self, self->chunks.total > HTTP_BODY_MAX ? 413 : 400, "chunked body");
      else if (self->chunks.state == HTTP_CHUNK_END)
        self->phase = PHASE_HEAD;
      break;
    case PHASE_UPGRADED:
      self->checked = available;
      break;
    case PHASE_REFUSED:
      break;
    }
}

static gssize
hand_out (GuardInput *self, void *buffer, gsize count)
{
  gsize n = MIN (count, self->checked);

  memcpy (buffer, self->buffer->data, n);
  g_byte_array_remove_range (self->buffer, 0, (guint) n);
  self->checked -= n;

  return (gssize) n;
}

/* libsoup 3.2 does not let go of a connection that ends between two requests (completion_cb is not
 * set before the first byte of the next one). It is given a last request that asks to close; the
 * answer goes nowhere. FALSE: not between two requests, or said already. */
static gboolean
say_goodbye (GuardInput *self)
{
  static const char last[] = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  if (self->passed == 0 || self->goodbye)
    return FALSE;
  self->goodbye = TRUE;
  self->counter->muted = TRUE;
  self->phase = PHASE_REFUSED;
  g_byte_array_set_size (self->buffer, 0);
  g_byte_array_append (self->buffer, (const guint8 *) last, sizeof last - 1);
  self->checked = sizeof last - 1;

  return TRUE;
}

/* Bytes came from the connection. */
static void
take_in (GuardInput *self, const guint8 *bytes, gsize count)
{
  self->last_active = g_get_monotonic_time () / 1000;
  g_byte_array_append (self->buffer, bytes, (guint) count);
  check (self);
}

static gssize
guard_input_read (GInputStream *stream,
                  void *buffer,
                  gsize count,
                  GCancellable *cancellable,
                  GError **error)
{
  GuardInput *self = GUARD_INPUT (stream);
  guint8 bytes[4096];

  check (self);
  while (self->checked == 0 && self->phase != PHASE_REFUSED)
    {
      gssize n = g_input_stream_read (self->parent_instance.base_stream, bytes, sizeof bytes,
                                      cancellable, error);
      if (n <= 0)
        return n;
      take_in (self, bytes, (gsize) n);
    }

  return hand_out (self, buffer, count);
}

static gssize
guard_input_read_nonblocking (GPollableInputStream *stream,
                              void *buffer,
                              gsize count,
                              GError **error)
{
  GuardInput *self = GUARD_INPUT (stream);
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (self->parent_instance.base_stream);
  guint8 bytes[4096];

  if (self->checked == 0)
    check (self);
  while (self->checked == 0 && self->phase != PHASE_REFUSED)
    {
      g_autoptr (GError) local = NULL;
      gssize n = g_pollable_input_stream_read_nonblocking (base, bytes, sizeof bytes, NULL, &local);

      if (n <= 0 && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) &&
          self->phase == PHASE_HEAD && say_goodbye (self))
        break;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      if (n <= 0)
        return n;
      take_in (self, bytes, (gsize) n);
    }
  if (self->checked == 0 && self->refused_head)
    say_goodbye (self);

  return hand_out (self, buffer, count);
}

static gboolean
guard_input_is_readable (GPollableInputStream *stream)
{
  GuardInput *self = GUARD_INPUT (stream);

  if (self->checked == 0)
    check (self);

  return self->checked > 0 || self->phase == PHASE_REFUSED ||
         g_pollable_input_stream_is_readable (
             G_POLLABLE_INPUT_STREAM (self->parent_instance.base_stream));
}

static GSource *
guard_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GuardInput *self = GUARD_INPUT (stream);
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (self->parent_instance.base_stream);
  GSource *source = g_pollable_source_new (G_OBJECT (stream));
  g_autoptr (GSource) child = NULL;

  if (self->checked == 0)
    check (self);
  if (self->checked > 0 || self->phase == PHASE_REFUSED)
    child = g_timeout_source_new (0);
  else
    child = g_pollable_input_stream_create_source (base, cancellable);
  g_source_set_dummy_callback (child);
  g_source_add_child_source (source, child);

  return source;
}

static void
guard_input_finalize (GObject *object)
{
  GuardInput *self = GUARD_INPUT (object);

  g_clear_object (&self->output);
  g_clear_object (&self->counter);
  g_byte_array_unref (self->buffer);
  g_free (self->peer);
  G_OBJECT_CLASS (guard_input_parent_class)->finalize (object);
}

static void
guard_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = guard_input_is_readable;
  iface->create_source = guard_input_create_source;
  iface->read_nonblocking = guard_input_read_nonblocking;
}

static void
guard_input_class_init (GuardInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guard_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = guard_input_read;
}

static void
guard_input_init (GuardInput *self)
{
  self->buffer = g_byte_array_new ();
  self->last_active = g_get_monotonic_time () / 1000;
}

static GPollableOutputStream *
base_of (GuardOutput *self)
{
  return G_POLLABLE_OUTPUT_STREAM (self->parent_instance.base_stream);
}

static gssize
guard_output_write (GOutputStream *stream,
                    const void *buffer,
                    gsize count,
                    GCancellable *cancellable,
                    GError **error)
{
  GuardOutput *self = GUARD_OUTPUT (stream);
  gssize n;

  if (self->muted)
    return (gssize) count;
  n = g_output_stream_write (self->parent_instance.base_stream, buffer, count, cancellable, error);

  self->written += n > 0 ? (guint64) n : 0;

  return n;
}

static gssize
guard_output_write_nonblocking (GPollableOutputStream *stream,
                                const void *buffer,
                                gsize count,
                                GError **error)
{
  GuardOutput *self = GUARD_OUTPUT (stream);
  gssize n;

  if (self->muted)
    return (gssize) count;
  n = g_pollable_output_stream_write_nonblocking (base_of (self), buffer, count, NULL, error);

  self->written += n > 0 ? (guint64) n : 0;

  return n;
}

static gboolean
guard_output_is_writable (GPollableOutputStream *stream)
{
  return GUARD_OUTPUT (stream)->muted ||
         g_pollable_output_stream_is_writable (base_of (GUARD_OUTPUT (stream)));
}

static GSource *
guard_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) child =
      g_pollable_output_stream_create_source (base_of (GUARD_OUTPUT (stream)), cancellable);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
guard_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = guard_output_is_writable;
  iface->create_source = guard_output_create_source;
  iface->write_nonblocking = guard_output_write_nonblocking;
}

static void
guard_output_class_init (GuardOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = guard_output_write;
}

static void
guard_output_init (GuardOutput *self)
{
}

static GInputStream *
guard_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (GUARD_STREAM (stream)->input);
}

static GOutputStream *
guard_stream_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (GUARD_STREAM (stream)->output);
}

static gboolean
guard_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (GUARD_STREAM (stream)->connection, cancellable, error);
}

static void
guard_stream_finalize (GObject *object)
{
  GuardStream *self = GUARD_STREAM (object);

  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (guard_stream_parent_class)->finalize (object);
}

static void
guard_stream_class_init (GuardStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guard_stream_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = guard_stream_get_input_stream;
  G_IO_STREAM_CLASS (klass)->get_output_stream = guard_stream_get_output_stream;
  G_IO_STREAM_CLASS (klass)->close_fn = guard_stream_close;
}

static void
guard_stream_init (GuardStream *self)
{
}

GIOStream *
guard_stream_new (GIOStream *connection, const char *peer)
{
  GuardStream *self = g_object_new (GUARD_TYPE_STREAM, NULL);

  self->connection = g_object_ref (connection);
  self->input =
      g_object_new (GUARD_TYPE_INPUT, "base-stream", g_io_stream_get_input_stream (connection),
                    "close-base-stream", FALSE, NULL);
  self->output =
      g_object_new (GUARD_TYPE_OUTPUT, "base-stream", g_io_stream_get_output_stream (connection),
                    "close-base-stream", FALSE, NULL);
  self->input->counter = g_object_ref (self->output);
  self->input->output = g_object_ref (g_io_stream_get_output_stream (connection));
  self->input->peer = g_strdup (peer);

  return G_IO_STREAM (self);
}

void
guard_stream_upgraded (GuardStream *self)
{
  self->input->phase = PHASE_UPGRADED;
}

gint64
guard_stream_last_active (GuardStream *self, gboolean *in_head)
{
  *in_head = self->input->phase == PHASE_HEAD && self->input->buffer->len > 0;

  return self->input->last_active;
}

gboolean
guard_stream_is_upgraded (GuardStream *self)
{
  return self->input->phase == PHASE_UPGRADED;
}

guint64
guard_stream_written (GuardStream *self)
{
  return self->output->written;
}
