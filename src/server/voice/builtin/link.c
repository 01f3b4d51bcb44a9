/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between one leg's media session and its port of the mixer. Owns the port and the appsrc's
 * reference. Made and closed on the voice thread; the tick pushes from the mixer's thread, the
 * appsink's callback runs on a streaming thread and holds the port, never the link. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/link.h"

#include <gst/app/app.h>

/* As much sound as may wait in front of a leg's encoder before the oldest goes. */
#define QUEUE_BLOCKS 5

struct _Link
{
  Mixer *mixer;
  MixerPort *port;
  GMutex lock; /* guards what follows */
  GstElement *source;
  gboolean started;
  guint64 first_tick;
  GstClockTime first_time;
};

/* Times of the blocks are exact multiples of 20 ms after the first, so that RTP's are too. */
static GstClockTime
block_time (Link *self, guint64 tick)
{
  if (!self->started)
    {
      self->first_time = gst_element_get_current_running_time (self->source);
      self->first_tick = tick;
      self->started = GST_CLOCK_TIME_IS_VALID (self->first_time);
    }

  return self->started ? self->first_time + (tick - self->first_tick) * MIXER_TICK_MS * GST_MSECOND
                       : GST_CLOCK_TIME_NONE;
}

static void
on_output (const gint16 *block, guint n_samples, guint64 tick, gpointer user_data)
{
  Link *self = user_data;

  g_mutex_lock (&self->lock);
  if (self->source != NULL)
    {
      GstClockTime time = block_time (self, tick);

      if (GST_CLOCK_TIME_IS_VALID (time))
        {
          GstBuffer *buffer = gst_buffer_new_memdup (block, n_samples * sizeof (gint16));

          GST_BUFFER_PTS (buffer) = time;
          GST_BUFFER_DURATION (buffer) = MIXER_TICK_MS * GST_MSECOND;
          gst_app_src_push_buffer (GST_APP_SRC (self->source), buffer);
        }
    }
  g_mutex_unlock (&self->lock);
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample ? gst_sample_get_buffer (sample) : NULL;
  GstMapInfo map;

  if (buffer != NULL && gst_buffer_map (buffer, &map, GST_MAP_READ))
    {
      mixer_port_push (user_data, (const gint16 *) (gpointer) map.data, (guint) (map.size / 2));
      gst_buffer_unmap (buffer, &map);
    }

  return GST_FLOW_OK;
}

static GstCaps *
make_caps (guint rate)
{
  return gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout",
                              G_TYPE_STRING, "interleaved", "channels", G_TYPE_INT, 1, "rate",
                              G_TYPE_INT, (gint) rate, NULL);
}

static GstElement *
on_make_source (guint rate, gpointer user_data)
{
  Link *self = user_data;
  g_autoptr (GstCaps) caps = make_caps (rate);
  GstElement *source = gst_element_factory_make ("appsrc", NULL);

  if (source == NULL || rate != mixer_get_rate (self->mixer))
    {
      g_clear_object (&source);
      return NULL;
    }
  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, "is-live", TRUE, "max-bytes",
                (guint64) mixer_get_block (self->mixer) * sizeof (gint16) * QUEUE_BLOCKS,
                "leaky-type", GST_APP_LEAKY_TYPE_DOWNSTREAM, NULL);

  g_mutex_lock (&self->lock);
  gst_clear_object (&self->source);
  self->source = gst_object_ref (source);
  self->started = FALSE;
  g_mutex_unlock (&self->lock);

  return source;
}

static void
release_port (gpointer data)
{
  mixer_port_unref (data);
}

static GstElement *
on_make_sink (guint rate, gpointer user_data)
{
  Link *self = user_data;
  g_autoptr (GstCaps) caps = make_caps (rate);
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };

  if (sink == NULL)
    return NULL;
  g_object_set (sink, "caps", caps, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE,
                "max-buffers", (guint) 20, "drop", TRUE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, mixer_port_ref (self->port),
                              release_port);

  return sink;
}

Link *
link_new (Mixer *mixer)
{
  Link *self = g_new0 (Link, 1);

  self->mixer = mixer;
  g_mutex_init (&self->lock);
  self->port = mixer_add_port (mixer, on_output, self);

  return self;
}

void
link_close (Link *self)
{
  if (self == NULL)
    return;

  mixer_remove_port (self->mixer, self->port);
  gst_clear_object (&self->source);
  g_mutex_clear (&self->lock);
  g_free (self);
}

MixerPort *
link_get_port (Link *self)
{
  return self->port;
}

TelMediaIo
link_get_io (Link *self)
{
  TelMediaIo io = { .make_source = on_make_source,
                    .make_sink = on_make_sink,
                    .user_data = self,
                    .rate = mixer_get_rate (self->mixer) };

  return io;
}
