/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer says: a live source for a call, silent until it is given lines. Made and given
 * lines on the main thread, drained on the source's. */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct _DemoMouth DemoMouth;

DemoMouth *demo_mouth_new (void);
DemoMouth *demo_mouth_ref (DemoMouth *mouth);
void demo_mouth_unref (DemoMouth *mouth);

/* A new source at @rate that speaks what the mouth is given; floating. */
GstElement *demo_mouth_make_source (DemoMouth *mouth, guint rate);

void demo_mouth_say (DemoMouth *mouth, GBytes *samples); /* after what is being said */
void demo_mouth_tone (DemoMouth *mouth, guint rate, double hz, double db, guint ms);
void demo_mouth_hush (DemoMouth *mouth);
gboolean demo_mouth_is_silent (DemoMouth *mouth);

G_END_DECLS
