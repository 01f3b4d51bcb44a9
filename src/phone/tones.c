/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring and the knock: sums of decaying partials. Pure. */
#include "phone/tones.h"

#include <math.h>

typedef struct
{
  double at, seconds; /* where it starts, and after how long it is 60 dB softer */
  double frequency, level;
} Note;

/* A chime: two notes, a third apart, each with its octave. */
static const Note ring[] = {
  { 0.00, 0.9, 659.26, 0.22 }, { 0.00, 0.6, 1318.5, 0.06 }, { 0.22, 1.1, 830.61, 0.22 },
  { 0.22, 0.7, 1661.2, 0.06 }, { 0.75, 0.9, 659.26, 0.22 }, { 0.75, 0.6, 1318.5, 0.06 },
  { 0.97, 1.1, 830.61, 0.22 }, { 0.97, 0.7, 1661.2, 0.06 },
};

static const Note knock[] = {
  { 0.00, 0.18, 330.0, 0.10 },
  { 0.25, 0.18, 330.0, 0.10 },
};

static gint16 *
play (const Note *notes, gsize n, double seconds, gsize *count)
{
  gsize length = (gsize) (seconds * PHONE_TONE_RATE);
  g_autofree double *sum = g_new0 (double, length);
  gint16 *samples = g_new0 (gint16, length);

  for (gsize k = 0; k < n; k++)
    {
      gsize from = (gsize) (notes[k].at * PHONE_TONE_RATE);

      for (gsize i = from; i < length; i++)
        {
          double t = (double) (i - from) / PHONE_TONE_RATE;
          double rise = MIN (1.0, t / 0.005), decay = exp (-6.9 * t / notes[k].seconds);
          sum[i] += notes[k].level * rise * decay * sin (2 * G_PI * notes[k].frequency * t);
        }
    }
  for (gsize i = 0; i < length; i++)
    samples[i] = (gint16) lrint (CLAMP (sum[i], -1.0, 1.0) * 32767.0);
  *count = length;
  return samples;
}

gint16 *
phone_tone_ring (gsize *count)
{
  return play (ring, G_N_ELEMENTS (ring), 3.0, count);
}

gint16 *
phone_tone_knock (gsize *count)
{
  return play (knock, G_N_ELEMENTS (knock), 4.0, count);
}
