/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer makes of the sound in the ear: nothing, music, or somebody. Pure: samples in,
 * a verdict out; the time is the time of the samples.
 *
 * Music goes on without a breath; people pause. So sound without a gap for some time is music, and
 * music is over with the first longer gap. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DEMO_HEARING_RATE 16000

typedef enum
{
  DEMO_HEARS_NOTHING,
  DEMO_HEARS_MUSIC,
  DEMO_HEARS_SOMEBODY,
} DemoHears;

const char *demo_hears_name (DemoHears hears);

typedef struct
{
  DemoHears hears;
  guint64 samples;    /* heard so far */
  guint64 sound_ms;   /* sound without a longer gap, so far */
  guint64 silence_ms; /* silence without sound, so far */
  double square;      /* of the frame that is being filled */
  guint filled;
} DemoHearing;

/* Takes @n samples; TRUE when what it hears changed. */
gboolean demo_hearing_take (DemoHearing *hearing, const gint16 *samples, gsize n);

G_END_DECLS
