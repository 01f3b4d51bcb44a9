/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fakesink that hands over every buffer; judgement and file are under the lock. */
#include "demo/ear.h"

#include "demo/wav.h"

#define LATE_MS 200 /* a file that is so far behind the clock is filled with silence */

struct _DemoEar
{
  gatomicrefcount refs;
  GMutex lock;
  DemoHearing hearing;
  DemoWav *file;
  gint64 started; /* UTC, µs */
  gint64 clock;   /* monotonic, µs, of the first sample */
  gint64 written; /* samples */
};

DemoEar *
demo_ear_new (const char *path, GError **error)
{
  DemoWav *file = NULL;
  DemoEar *ear;

  if (path != NULL && (file = demo_wav_create (path, DEMO_HEARING_RATE, error)) == NULL)
    return NULL;
  ear = g_new0 (DemoEar, 1);
  g_atomic_ref_count_init (&ear->refs);
  g_mutex_init (&ear->lock);
  ear->file = file;
  return ear;
}

DemoEar *
demo_ear_ref (DemoEar *ear)
{
  g_atomic_ref_count_inc (&ear->refs);
  return ear;
}

void
demo_ear_unref (DemoEar *ear)
{
  if (!g_atomic_ref_count_dec (&ear->refs))
    return;
  demo_ear_close (ear, NULL);
  g_mutex_clear (&ear->lock);
  g_free (ear);
}

static void
write_silence (DemoEar *ear, gint64 samples)
{
  static const gint16 silence[DEMO_HEARING_RATE / 50];

  while (samples > 0)
    {
      gsize n = (gsize) MIN (samples, (gint64) G_N_ELEMENTS (silence));

      demo_wav_write (ear->file, silence, n);
      ear->written += (gint64) n;
      samples -= (gint64) n;
    }
}

static void
hear (DemoEar *ear, const gint16 *samples, gsize n)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&ear->lock);
  if (ear->started == 0)
    {
      ear->started = g_get_real_time ();
      ear->clock = now;
    }
  demo_hearing_take (&ear->hearing, samples, n);
  if (ear->file != NULL)
    {
      gint64 due = (now - ear->clock) * DEMO_HEARING_RATE / G_USEC_PER_SEC;

      if (due - ear->written > DEMO_HEARING_RATE * LATE_MS / 1000)
        write_silence (ear, due - ear->written);
      demo_wav_write (ear->file, samples, n);
      ear->written += (gint64) n;
    }
  g_mutex_unlock (&ear->lock);
}

static void
on_handoff (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer user_data)
{
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  hear (user_data, (const gint16 *) map.data, map.size / sizeof (gint16));
  gst_buffer_unmap (buffer, &map);
}

static void
on_gone (gpointer user_data, GClosure *closure)
{
  demo_ear_unref (user_data);
}

GstElement *
demo_ear_make_sink (DemoEar *ear, guint rate)
{
  g_autofree char *description =
      g_strdup_printf ("audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=%u ! "
                       "fakesink name=sink sync=false async=false signal-handoffs=true",
                       rate);
  GstElement *bin = gst_parse_bin_from_description (description, TRUE, NULL);
  g_autoptr (GstElement) sink = bin ? gst_bin_get_by_name (GST_BIN (bin), "sink") : NULL;

  if (sink != NULL)
    g_signal_connect_data (sink, "handoff", G_CALLBACK (on_handoff), demo_ear_ref (ear), on_gone,
                           0);
  return bin;
}

DemoHears
demo_ear_get_hears (DemoEar *ear)
{
  DemoHears hears;

  g_mutex_lock (&ear->lock);
  hears = ear->hearing.hears;
  g_mutex_unlock (&ear->lock);
  return hears;
}

gint64
demo_ear_get_started (DemoEar *ear)
{
  gint64 started;

  g_mutex_lock (&ear->lock);
  started = ear->started;
  g_mutex_unlock (&ear->lock);
  return started;
}

gboolean
demo_ear_close (DemoEar *ear, GError **error)
{
  DemoWav *file;

  g_mutex_lock (&ear->lock);
  file = g_steal_pointer (&ear->file);
  g_mutex_unlock (&ear->lock);
  return file == NULL || demo_wav_close (file, error);
}
