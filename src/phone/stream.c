/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stream of the sound server and the silence in its place. Fields under the loop's lock are
 * marked; the rest is the main thread's. */
#define G_LOG_DOMAIN "phone-sound"

#include "phone/stream.h"

#include <string.h>

#define RECORD_MS       10
#define PLAY_MS         20
#define PLAY_MAX_MS     100
#define SILENCE_MS      20
#define STEP_WINDOW_US  (3 * G_USEC_PER_SEC)
#define STEP_ALLOWED_US (G_USEC_PER_SEC / 2)
#define SAMPLE_MAX      4800

struct _PhoneStream
{
  PhoneSound *sound;
  PhoneDeviceKind kind;
  guint rate;
  char *role;
  PhoneStreamEvents events;
  gpointer user_data;
  GMainContext *main;
  char *device;
  guint silence; /* the timer that records silence */
  gint64 silence_from;
  guint64 silence_count;
  guint watch; /* the timer that looks after the device */
  gint64 window_from;
  guint64 window_count;
  /* under the loop's lock */
  pa_stream *stream;
  GSource *news; /* a state change on its way to the main context */
  gboolean failed;
  guint64 count; /* samples through the device */
  guint play_ms;
};

static gboolean
is_alive (PhoneStream *stream)
{
  return stream->stream && !stream->failed;
}

/* Recording without a device: silence by the clock. */
static gboolean
on_silence (gpointer user_data)
{
  PhoneStream *stream = user_data;
  static const gint16 nothing[SAMPLE_MAX];
  gint64 passed = g_get_monotonic_time () - stream->silence_from;
  guint64 due = (guint64) passed * stream->rate / G_USEC_PER_SEC;
  gint16 samples[SAMPLE_MAX];
  gsize count;

  if (phone_stream_is_flowing (stream))
    {
      stream->silence = 0;
      return G_SOURCE_REMOVE;
    }
  count = (gsize) MIN (due - stream->silence_count, (guint64) SAMPLE_MAX);
  stream->silence_count = due;
  memcpy (samples, nothing, count * sizeof (gint16));
  pa_threaded_mainloop_lock (phone_sound_get_loop (stream->sound));
  if (count > 0)
    stream->events.samples (samples, count, stream->user_data);
  pa_threaded_mainloop_unlock (phone_sound_get_loop (stream->sound));
  return G_SOURCE_CONTINUE;
}

static void
start_silence (PhoneStream *stream)
{
  if (stream->kind != PHONE_MICROPHONE || stream->silence)
    return;
  stream->silence_from = g_get_monotonic_time ();
  stream->silence_count = 0;
  stream->silence = g_timeout_add (SILENCE_MS, on_silence, stream);
}

/* Whether the card works at the pace of the clock; one that starts late or runs in bursts is heard
 * as gaps. */
static gboolean
on_watch (gpointer user_data)
{
  PhoneStream *stream = user_data;
  gint64 now = g_get_monotonic_time (), passed = now - stream->window_from, difference;
  gboolean fresh;
  guint64 count;

  pa_threaded_mainloop_lock (phone_sound_get_loop (stream->sound));
  count = stream->count;
  pa_threaded_mainloop_unlock (phone_sound_get_loop (stream->sound));
  difference = (gint64) ((count - stream->window_count) * G_USEC_PER_SEC / stream->rate) - passed;
  fresh = stream->window_count == 0;
  stream->window_from = now;
  stream->window_count = count;
  if (ABS (difference) > (fresh ? 3 : 1) * STEP_ALLOWED_US && stream->events.out_of_step)
    stream->events.out_of_step (stream->user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_news (gpointer user_data)
{
  PhoneStream *stream = user_data;
  gboolean failed;

  pa_threaded_mainloop_lock (phone_sound_get_loop (stream->sound));
  g_clear_pointer (&stream->news, g_source_unref);
  failed = stream->failed;
  pa_threaded_mainloop_unlock (phone_sound_get_loop (stream->sound));
  if (failed)
    {
      g_debug ("%s is lost", stream->device);
      start_silence (stream);
      if (stream->events.lost)
        stream->events.lost (stream->user_data);
    }
  return G_SOURCE_REMOVE;
}

/* In the library's thread, as the following. */
static void
on_stream_state (pa_stream *pulse, void *user_data)
{
  PhoneStream *stream = user_data;

  if (PA_STREAM_IS_GOOD (pa_stream_get_state (pulse)) || stream->failed)
    return;
  stream->failed = TRUE;
  stream->news = g_idle_source_new ();
  g_source_set_priority (stream->news, G_PRIORITY_DEFAULT);
  g_source_set_callback (stream->news, on_news, stream, NULL);
  g_source_attach (stream->news, stream->main);
}

static void
on_readable (pa_stream *pulse, size_t bytes, void *user_data)
{
  PhoneStream *stream = user_data;
  const void *data;
  gint16 samples[SAMPLE_MAX];

  while (pa_stream_readable_size (pulse) > 0)
    {
      if (pa_stream_peek (pulse, &data, &bytes) < 0 || bytes == 0)
        return;
      for (gsize at = 0; at < bytes / sizeof (gint16);)
        {
          gsize count = MIN (bytes / sizeof (gint16) - at, SAMPLE_MAX);

          if (data)
            memcpy (samples, (const gint16 *) data + at, count * sizeof (gint16));
          else
            memset (samples, 0, count * sizeof (gint16));
          stream->events.samples (samples, count, stream->user_data);
          at += count;
        }
      stream->count += bytes / sizeof (gint16);
      pa_stream_drop (pulse);
    }
}

static void
on_writable (pa_stream *pulse, size_t bytes, void *user_data)
{
  PhoneStream *stream = user_data;
  void *data;

  while (bytes >= sizeof (gint16))
    {
      size_t part = bytes;

      if (pa_stream_begin_write (pulse, &data, &part) < 0 || part < sizeof (gint16))
        return;
      part = MIN (part, bytes) & ~(size_t) 1;
      stream->events.samples (data, part / sizeof (gint16), stream->user_data);
      pa_stream_write (pulse, data, part, NULL, 0, PA_SEEK_RELATIVE);
      stream->count += part / sizeof (gint16);
      bytes -= part;
    }
}

static pa_buffer_attr
buffers (PhoneStream *stream)
{
  guint bytes_per_ms = stream->rate * 2 / 1000;

  return (pa_buffer_attr){
    .maxlength = (uint32_t) -1,
    .tlength = stream->play_ms * bytes_per_ms,
    .prebuf = stream->play_ms / 2 * bytes_per_ms,
    .minreq = stream->play_ms / 4 * bytes_per_ms,
    .fragsize = RECORD_MS * bytes_per_ms,
  };
}

/* The machine could not keep up with so short a buffer: a longer one. */
static void
on_underflow (pa_stream *pulse, void *user_data)
{
  PhoneStream *stream = user_data;
  pa_buffer_attr attr;
  pa_operation *operation;

  if (stream->play_ms >= PLAY_MAX_MS)
    return;
  stream->play_ms += 10;
  attr = buffers (stream);
  operation = pa_stream_set_buffer_attr (pulse, &attr, NULL, NULL);
  if (operation)
    pa_operation_unref (operation);
}

static void
close_device (PhoneStream *stream)
{
  pa_threaded_mainloop_lock (phone_sound_get_loop (stream->sound));
  if (stream->stream)
    {
      pa_stream_set_state_callback (stream->stream, NULL, NULL);
      pa_stream_set_read_callback (stream->stream, NULL, NULL);
      pa_stream_set_write_callback (stream->stream, NULL, NULL);
      pa_stream_set_underflow_callback (stream->stream, NULL, NULL);
      pa_stream_disconnect (stream->stream);
      g_clear_pointer (&stream->stream, pa_stream_unref);
    }
  if (stream->news)
    {
      g_source_destroy (stream->news);
      g_clear_pointer (&stream->news, g_source_unref);
    }
  stream->failed = FALSE;
  stream->count = 0;
  pa_threaded_mainloop_unlock (phone_sound_get_loop (stream->sound));
  g_clear_handle_id (&stream->watch, g_source_remove);
}

static int
connect_stream (PhoneStream *stream)
{
  const pa_stream_flags_t flags = PA_STREAM_ADJUST_LATENCY | PA_STREAM_DONT_MOVE;
  pa_buffer_attr attr = buffers (stream);

  if (stream->kind == PHONE_MICROPHONE)
    {
      pa_stream_set_read_callback (stream->stream, on_readable, stream);
      return pa_stream_connect_record (stream->stream, stream->device, &attr, flags);
    }
  pa_stream_set_write_callback (stream->stream, on_writable, stream);
  pa_stream_set_underflow_callback (stream->stream, on_underflow, stream);
  return pa_stream_connect_playback (stream->stream, stream->device, &attr, flags, NULL, NULL);
}

static void
open_device (PhoneStream *stream)
{
  pa_sample_spec spec = { .format = PA_SAMPLE_S16LE, .rate = stream->rate, .channels = 1 };
  pa_context *context = phone_sound_get_context (stream->sound);
  pa_proplist *properties;

  if (!context || !stream->device)
    return;
  properties = pa_proplist_new ();
  pa_proplist_sets (properties, PA_PROP_MEDIA_ROLE, stream->role);
  pa_threaded_mainloop_lock (phone_sound_get_loop (stream->sound));
  stream->play_ms = PLAY_MS;
  stream->stream = pa_stream_new_with_proplist (context, "Guichet", &spec, NULL, properties);
  if (stream->stream)
    {
      pa_stream_set_state_callback (stream->stream, on_stream_state, stream);
      if (connect_stream (stream) < 0)
        stream->failed = TRUE;
    }
  pa_threaded_mainloop_unlock (phone_sound_get_loop (stream->sound));
  pa_proplist_free (properties);
  stream->window_from = g_get_monotonic_time ();
  stream->window_count = 0;
  stream->watch = g_timeout_add (STEP_WINDOW_US / 1000, on_watch, stream);
}

PhoneStream *
phone_stream_new (PhoneSound *sound,
                  PhoneDeviceKind kind,
                  guint rate,
                  const char *role,
                  const PhoneStreamEvents *events,
                  gpointer user_data)
{
  PhoneStream *stream = g_new0 (PhoneStream, 1);

  stream->sound = sound;
  stream->kind = kind;
  stream->rate = rate;
  stream->role = g_strdup (role);
  stream->events = *events;
  stream->user_data = user_data;
  stream->main = g_main_context_ref_thread_default ();
  start_silence (stream);
  return stream;
}

void
phone_stream_free (PhoneStream *stream)
{
  if (!stream)
    return;
  close_device (stream);
  g_clear_handle_id (&stream->silence, g_source_remove);
  g_main_context_unref (stream->main);
  g_free (stream->device);
  g_free (stream->role);
  g_free (stream);
}

void
phone_stream_set_device (PhoneStream *stream, const char *device)
{
  if (is_alive (stream) && g_strcmp0 (stream->device, device) == 0)
    return;
  close_device (stream);
  g_free (stream->device);
  stream->device = g_strdup (device);
  open_device (stream);
  start_silence (stream);
}

gboolean
phone_stream_is_flowing (PhoneStream *stream)
{
  gboolean flowing;

  pa_threaded_mainloop_lock (phone_sound_get_loop (stream->sound));
  flowing = is_alive (stream) && stream->count > 0;
  pa_threaded_mainloop_unlock (phone_sound_get_loop (stream->sound));
  return flowing;
}
