/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's own sounds, computed: no sound file is shipped. 16-bit mono. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PHONE_TONE_RATE 48000

/* The sounds that can be chosen: "chime", "bell", "drop", "wood", "beat". */
gboolean phone_tone_is_known (const char *name);
/* One round of the ring with this sound, to be repeated: 3 seconds, the last of them silent. One
 * that is not known is the chime. Free with g_free. */
gint16 *phone_tone_ring (const char *name, gsize *count);
/* The sound once. Free with g_free. */
gint16 *phone_tone_once (const char *name, gsize *count);
/* One round of the knock that stands for the ring during a call: two low, short, soft beats and a
 * pause, 4 seconds. */
gint16 *phone_tone_knock (gsize *count);

G_END_DECLS
