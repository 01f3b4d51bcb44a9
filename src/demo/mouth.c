/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source of silence whose buffers are filled, as they pass, from a queue of lines. The queue and
 * its place are under the lock; the mouth outlives the source by its reference. */
#include "demo/mouth.h"

#include <math.h>
#include <string.h>

struct _DemoMouth
{
  gatomicrefcount refs;
  GMutex lock;
  GQueue lines; /* GBytes */
  gsize at;     /* bytes of the first line that were spoken */
};

DemoMouth *
demo_mouth_new (void)
{
  DemoMouth *mouth = g_new0 (DemoMouth, 1);

  g_atomic_ref_count_init (&mouth->refs);
  g_mutex_init (&mouth->lock);
  g_queue_init (&mouth->lines);
  return mouth;
}

DemoMouth *
demo_mouth_ref (DemoMouth *mouth)
{
  g_atomic_ref_count_inc (&mouth->refs);
  return mouth;
}

void
demo_mouth_unref (DemoMouth *mouth)
{
  if (!g_atomic_ref_count_dec (&mouth->refs))
    return;
  g_queue_clear_full (&mouth->lines, (GDestroyNotify) g_bytes_unref);
  g_mutex_clear (&mouth->lock);
  g_free (mouth);
}

/* Speaks @size bytes into @out; what it has no words for stays silent. */
static void
speak (DemoMouth *mouth, guint8 *out, gsize size)
{
  gsize done = 0;

  g_mutex_lock (&mouth->lock);
  while (done < size && !g_queue_is_empty (&mouth->lines))
    {
      GBytes *line = g_queue_peek_head (&mouth->lines);
      gsize length;
      const guint8 *data = g_bytes_get_data (line, &length);
      gsize n = MIN (size - done, length - mouth->at);

      memcpy (out + done, data + mouth->at, n);
      done += n;
      mouth->at += n;
      if (mouth->at == length)
        {
          g_bytes_unref (g_queue_pop_head (&mouth->lines));
          mouth->at = 0;
        }
    }
  g_mutex_unlock (&mouth->lock);
}

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstBuffer *buffer = gst_buffer_make_writable (gst_pad_probe_info_get_buffer (info));
  GstMapInfo map;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  GST_BUFFER_FLAG_UNSET (buffer, GST_BUFFER_FLAG_GAP);
  if (gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      memset (map.data, 0, map.size);
      speak (user_data, map.data, map.size);
      gst_buffer_unmap (buffer, &map);
    }
  return GST_PAD_PROBE_OK;
}

GstElement *
demo_mouth_make_source (DemoMouth *mouth, guint rate)
{
  g_autofree char *description =
      g_strdup_printf ("audiotestsrc name=silence is-live=true wave=silence samplesperbuffer=%u ! "
                       "audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=%u",
                       rate / 50, rate);
  GstElement *bin = gst_parse_bin_from_description (description, TRUE, NULL);
  g_autoptr (GstElement) silence = bin ? gst_bin_get_by_name (GST_BIN (bin), "silence") : NULL;
  g_autoptr (GstPad) pad = silence ? gst_element_get_static_pad (silence, "src") : NULL;

  if (pad != NULL)
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, demo_mouth_ref (mouth),
                       (GDestroyNotify) demo_mouth_unref);
  return bin;
}

void
demo_mouth_say (DemoMouth *mouth, GBytes *samples)
{
  if (g_bytes_get_size (samples) == 0)
    return;
  g_mutex_lock (&mouth->lock);
  g_queue_push_tail (&mouth->lines, g_bytes_ref (samples));
  g_mutex_unlock (&mouth->lock);
}

void
demo_mouth_tone (DemoMouth *mouth, guint rate, double hz, double db, guint ms)
{
  gsize n = (gsize) rate * ms / 1000;
  gint16 *samples = g_new (gint16, n);
  g_autoptr (GBytes) bytes = NULL;
  double peak = pow (10, db / 20) * 32767;

  for (gsize i = 0; i < n; i++)
    samples[i] = (gint16) lrint (peak * sin (2 * G_PI * hz * (double) i / rate));
  bytes = g_bytes_new_take (samples, n * sizeof *samples);
  demo_mouth_say (mouth, bytes);
}

void
demo_mouth_hush (DemoMouth *mouth)
{
  g_mutex_lock (&mouth->lock);
  g_queue_clear_full (&mouth->lines, (GDestroyNotify) g_bytes_unref);
  mouth->at = 0;
  g_mutex_unlock (&mouth->lock);
}

gboolean
demo_mouth_is_silent (DemoMouth *mouth)
{
  gboolean silent;

  g_mutex_lock (&mouth->lock);
  silent = g_queue_is_empty (&mouth->lines);
  g_mutex_unlock (&mouth->lock);
  return silent;
}
