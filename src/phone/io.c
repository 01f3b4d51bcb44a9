/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between a call's GStreamer graph and its two lines. The microphone's samples are pushed with
 * their own smooth time stamps, so that a late thread is not heard; what the graph decodes goes to
 * the playout buffer as it comes. */
#define G_LOG_DOMAIN "phone-sound"

#include "phone/io.h"

#include "phone/priority.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>

#include <string.h>

#define BLOCK_NS     (10 * GST_MSECOND)
#define QUEUE_BLOCKS 6                  /* a graph that stalls for longer loses sound */
#define JUMP_NS      (80 * GST_MSECOND) /* further from the clock than this the time stamps jump */
#define NUDGE_NS     (GST_MSECOND / 10) /* else they are drawn to it, by this much a buffer */

struct _PhoneIo
{
  PhoneAudio *audio;
  GstAppSrc *source;
  PhoneLine *microphone, *speaker;
  PhonePlayout *playout;
  guint rate;
  /* The microphone line's: */
  GstClockTime next; /* time stamp of the next block */
  gint16 block[480];
  gsize block_size, block_filled;
};

/* In the sound library's thread. */
static GstClockTime
stamp (PhoneIo *io, GstClockTime now, GstClockTime duration)
{
  GstClockTime pts = io->next;
  GstClockTime start = now > duration ? now - duration : 0;

  if (pts == GST_CLOCK_TIME_NONE || ABS (GST_CLOCK_DIFF (pts, start)) > (gint64) JUMP_NS)
    pts = start;
  else if (pts < start)
    pts += MIN (NUDGE_NS, start - pts);
  else
    pts -= MIN (MIN (NUDGE_NS, pts - start), pts);
  io->next = pts + duration;
  return pts;
}

static void
push_block (PhoneIo *io)
{
  GstClockTime now = gst_element_get_current_running_time (GST_ELEMENT (io->source));
  gsize bytes = io->block_size * sizeof (gint16);
  GstBuffer *buffer;

  if (now == GST_CLOCK_TIME_NONE ||
      gst_app_src_get_current_level_bytes (io->source) > QUEUE_BLOCKS * bytes)
    return;
  buffer = gst_buffer_new_memdup (io->block, bytes);
  GST_BUFFER_DURATION (buffer) = BLOCK_NS;
  GST_BUFFER_PTS (buffer) = stamp (io, now, BLOCK_NS);
  gst_app_src_push_buffer (io->source, buffer);
}

/* The sound processing wants blocks of 10 ms, whatever the sound server gives. */
static void
on_microphone (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneIo *io = user_data;

  while (count > 0)
    {
      gsize take = MIN (count, io->block_size - io->block_filled);

      memcpy (io->block + io->block_filled, samples, take * sizeof (gint16));
      io->block_filled += take;
      samples += take;
      count -= take;
      if (io->block_filled < io->block_size)
        return;
      io->block_filled = 0;
      push_block (io);
    }
}

static void
on_speaker (gint16 *samples, gsize count, gpointer user_data)
{
  phone_playout_pull (user_data, samples, count);
}

/* In a streaming thread of the graph. */
static GstFlowReturn
on_decoded (GstAppSink *sink, gpointer user_data)
{
  GstSample *sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;

  if (!sample)
    return GST_FLOW_OK;
  if (gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    {
      phone_playout_push (user_data, (const gint16 *) map.data, map.size / sizeof (gint16));
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  gst_sample_unref (sample);
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
make_source (guint rate, gpointer user_data)
{
  PhoneIo *io = user_data;
  GstElement *element = gst_element_factory_make ("appsrc", NULL);
  g_autoptr (GstCaps) caps = make_caps (rate);

  if (!element || rate / 100 > G_N_ELEMENTS (io->block))
    return NULL;
  g_object_set (element, "caps", caps, "format", GST_FORMAT_TIME, "is-live", TRUE, "min-latency",
                (gint64) (10 * GST_MSECOND), "max-bytes", (guint64) 0, NULL);
  g_clear_pointer (&io->microphone, phone_line_close);
  gst_clear_object (&io->source);
  io->source = gst_object_ref (GST_APP_SRC (element)); /* and stays floating for the graph */
  io->rate = rate;
  io->next = GST_CLOCK_TIME_NONE;
  io->block_size = rate / 100;
  io->block_filled = 0;
  io->microphone = phone_line_open (io->audio, PHONE_USE_MICROPHONE, rate, on_microphone, io);
  return element;
}

static GstElement *
make_sink (guint rate, gpointer user_data)
{
  PhoneIo *io = user_data;
  GstElement *element = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = on_decoded };
  g_autoptr (GstCaps) caps = make_caps (rate);

  if (!element)
    return NULL;
  g_object_set (element, "caps", caps, "sync", FALSE, "async", FALSE, "qos", FALSE,
                "enable-last-sample", FALSE, NULL);
  g_clear_pointer (&io->speaker, phone_line_close);
  g_clear_pointer (&io->playout, phone_playout_unref);
  io->playout = phone_playout_new (rate);
  gst_app_sink_set_callbacks (GST_APP_SINK (element), &callbacks, phone_playout_ref (io->playout),
                              (GDestroyNotify) phone_playout_unref);
  io->speaker = phone_line_open (io->audio, PHONE_USE_SPEAKER, rate, on_speaker, io->playout);
  return element;
}

PhoneIo *
phone_io_new (PhoneAudio *audio)
{
  PhoneIo *io = g_new0 (PhoneIo, 1);

  io->audio = audio;
  return io;
}

void
phone_io_close (PhoneIo *io)
{
  g_clear_pointer (&io->microphone, phone_line_close);
  g_clear_pointer (&io->speaker, phone_line_close);
}

void
phone_io_free (PhoneIo *io)
{
  if (!io)
    return;
  phone_io_close (io);
  gst_clear_object (&io->source);
  g_clear_pointer (&io->playout, phone_playout_unref);
  g_free (io);
}

TelMediaIo
phone_io_get_media_io (PhoneIo *io)
{
  return (TelMediaIo){ .make_source = make_source,
                       .make_sink = make_sink,
                       .user_data = io,
                       .thread = phone_priority_ask };
}

gboolean
phone_io_get_stats (PhoneIo *io, PhonePlayoutStats *stats)
{
  if (!io->playout)
    return FALSE;
  phone_playout_get_stats (io->playout, stats);
  return TRUE;
}
