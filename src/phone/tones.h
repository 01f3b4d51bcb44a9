/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's own sounds, computed: no sound file is shipped. 16-bit mono. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PHONE_TONE_RATE 48000

/* One round of the ring, to be repeated: two soft chimes and a pause, 3 seconds. Free with g_free.
 */
gint16 *phone_tone_ring (gsize *count);
/* One round of the knock that stands for the ring during a call: two low, short, soft beats and a
 * pause, 4 seconds. */
gint16 *phone_tone_knock (gsize *count);

G_END_DECLS
