/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last buffer before the speaker: decoded sound is pushed as it comes, the sound card pulls as
 * it plays. It keeps as little waiting as the network's and the machine's unrest allow: it drops or
 * repeats single periods of the sound where nobody hears it, and bridges a gap with what was heard
 * before it. 16-bit mono. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PhonePlayout PhonePlayout;

typedef struct
{
  guint64 pushed, pulled; /* samples */
  guint64 gaps;           /* times that nothing was there to play, after the start */
  guint64 repeated, dropped;
  double waiting_ms; /* in the buffer now */
  double margin_ms;  /* what it wants to keep at least */
} PhonePlayoutStats;

PhonePlayout *phone_playout_new (guint rate);
PhonePlayout *phone_playout_ref (PhonePlayout *playout);
void phone_playout_unref (PhonePlayout *playout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PhonePlayout, phone_playout_unref)

void phone_playout_push (PhonePlayout *playout, const gint16 *samples, gsize count);
/* Always fills all of @samples: with silence before the first sound and in a long gap. */
void phone_playout_pull (PhonePlayout *playout, gint16 *samples, gsize count);
void phone_playout_get_stats (PhonePlayout *playout, PhonePlayoutStats *stats);

G_END_DECLS
