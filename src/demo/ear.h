/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer hears: a sink for a call that judges the sound and may write it down. Made and
 * asked on the main thread, fed on the sink's. */
#pragma once

#include <gst/gst.h>

#include "demo/hearing.h"

G_BEGIN_DECLS

typedef struct _DemoEar DemoEar;

/* @path, if not NULL: a WAV file for everything heard, in the time of the wall: what did not arrive
 * in time is silence there. */
DemoEar *demo_ear_new (const char *path, GError **error);
DemoEar *demo_ear_ref (DemoEar *ear);
void demo_ear_unref (DemoEar *ear);

GstElement *demo_ear_make_sink (DemoEar *ear, guint rate); /* floating */
DemoHears demo_ear_get_hears (DemoEar *ear);
gint64 demo_ear_get_started (DemoEar *ear); /* UTC µs of the first sample, 0 before */
/* No more is written. */
gboolean demo_ear_close (DemoEar *ear, GError **error);

G_END_DECLS
