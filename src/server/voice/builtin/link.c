/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between one leg's media session and its port of the mixer. Owns the port and the outlet's
 * reference. Made and closed on the voice thread; the tick puts into the outlet, the appsink's
 * callback runs on a streaming thread and holds the port, never the link. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/link.h"

#include "server/voice/builtin/leg-source.h"

#include <gst/app/app.h>

struct _Link
{
  Mixer *mixer;
  MixerPort *port;
  Outlet *outlet;
};

static void
on_output (const gint16 *block, guint n_samples, guint64 tick, gpointer outlet)
{
  outlet_put (outlet, block, tick);
}

static void
release_outlet (gpointer outlet)
{
  outlet_unref (outlet);
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

  if (rate != mixer_get_rate (self->mixer))
    return NULL;

  return leg_source_new (self->outlet, caps, MIXER_TICK_MS * GST_MSECOND);
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
  self->outlet = outlet_new (mixer_get_pulse (mixer), mixer_get_block (mixer));
  self->port = mixer_add_port (mixer, on_output, outlet_ref (self->outlet), release_outlet);

  return self;
}

void
link_close (Link *self)
{
  if (self == NULL)
    return;

  mixer_remove_port (self->mixer, self->port);
  outlet_unref (self->outlet);
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
