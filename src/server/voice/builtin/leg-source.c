/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source element of a leg: a live GstPushSrc. Its streaming thread, and no other, takes from
 * the outlet; it waits on the mixer's pulse, so the tick has nothing to do with GStreamer's locks.
 */
#include "server/voice/builtin/leg-source.h"

#include <gst/base/gstpushsrc.h>

typedef struct
{
  GstPushSrc parent;
  Outlet *outlet;
  GstCaps *caps;
  GstClockTime tick_time;
  gint flushing; /* atomic */
  gboolean started;
  guint64 first_tick;
  GstClockTime first_time;
} LegSource;

typedef struct
{
  GstPushSrcClass parent;
} LegSourceClass;

static GType leg_source_get_type (void);
G_DEFINE_TYPE (LegSource, leg_source, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate pads =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS ("audio/x-raw"));

/* Waits for a block. FALSE: it is to stop. */
static gboolean
wait_for_block (LegSource *self, gint16 *block, guint64 *tick)
{
  Pulse *pulse = outlet_get_pulse (self->outlet);

  for (;;)
    {
      guint seen = pulse_get (pulse);

      if (g_atomic_int_get (&self->flushing))
        return FALSE;
      if (outlet_take (self->outlet, block, tick))
        return TRUE;
      pulse_wait (pulse, seen);
    }
}

/* Times of the blocks are exact multiples of 20 ms after the first, so that RTP's are too. */
static GstClockTime
block_time (LegSource *self, guint64 tick)
{
  if (!self->started)
    {
      self->first_time = gst_element_get_current_running_time (GST_ELEMENT (self));
      self->first_tick = tick;
      self->started = GST_CLOCK_TIME_IS_VALID (self->first_time);
    }

  return self->started ? self->first_time + (tick - self->first_tick) * self->tick_time : 0;
}

static GstFlowReturn
leg_source_create (GstPushSrc *source, GstBuffer **buffer)
{
  LegSource *self = (LegSource *) source;
  gsize size = outlet_get_block (self->outlet) * sizeof (gint16);
  g_autofree gint16 *block = g_malloc (size);
  guint64 tick;

  if (!self->started)
    outlet_empty (self->outlet);
  if (!wait_for_block (self, block, &tick))
    return GST_FLOW_FLUSHING;

  *buffer = gst_buffer_new_wrapped (g_steal_pointer (&block), size);
  GST_BUFFER_PTS (*buffer) = block_time (self, tick);
  GST_BUFFER_DURATION (*buffer) = self->tick_time;

  return GST_FLOW_OK;
}

static gboolean
leg_source_unlock (GstBaseSrc *source)
{
  LegSource *self = (LegSource *) source;

  g_atomic_int_set (&self->flushing, 1);
  pulse_beat (outlet_get_pulse (self->outlet));

  return TRUE;
}

static gboolean
leg_source_unlock_stop (GstBaseSrc *source)
{
  g_atomic_int_set (&((LegSource *) source)->flushing, 0);

  return TRUE;
}

static gboolean
leg_source_start (GstBaseSrc *source)
{
  ((LegSource *) source)->started = FALSE;

  return TRUE;
}

static GstCaps *
leg_source_get_caps (GstBaseSrc *source, GstCaps *filter)
{
  LegSource *self = (LegSource *) source;

  return filter ? gst_caps_intersect_full (filter, self->caps, GST_CAPS_INTERSECT_FIRST)
                : gst_caps_ref (self->caps);
}

static void
leg_source_finalize (GObject *object)
{
  LegSource *self = (LegSource *) object;

  outlet_unref (self->outlet);
  gst_caps_unref (self->caps);
  G_OBJECT_CLASS (leg_source_parent_class)->finalize (object);
}

static void
leg_source_class_init (LegSourceClass *klass)
{
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = leg_source_finalize;
  gst_element_class_add_static_pad_template (element, &pads);
  gst_element_class_set_static_metadata (element, "Leg source", "Source/Audio",
                                         "Gives what the mixer made for a leg", "Guichet");
  base->start = leg_source_start;
  base->unlock = leg_source_unlock;
  base->unlock_stop = leg_source_unlock_stop;
  base->get_caps = leg_source_get_caps;
  GST_PUSH_SRC_CLASS (klass)->create = leg_source_create;
}

static void
leg_source_init (LegSource *self)
{
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

GstElement *
leg_source_new (Outlet *outlet, GstCaps *caps, GstClockTime tick_time)
{
  LegSource *self = g_object_new (leg_source_get_type (), NULL);

  self->outlet = outlet_ref (outlet);
  self->caps = gst_caps_ref (caps);
  self->tick_time = tick_time;

  return GST_ELEMENT (self);
}
