/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring, the sounds to choose from and the knock: sums of decaying partials. Pure. */
#include "phone/tones.h"

#include <math.h>

typedef struct
{
  double at, seconds; /* where it starts, and after how long it is 60 dB softer */
  double frequency, level;
} Note;

/* A chime: two notes, a third apart, each with its octave. */
static const Note chime[] = {
  { 0.00, 0.9, 659.26, 0.22 }, { 0.00, 0.6, 1318.5, 0.06 }, { 0.22, 1.1, 830.61, 0.22 },
  { 0.22, 0.7, 1661.2, 0.06 }, { 0.75, 0.9, 659.26, 0.22 }, { 0.75, 0.6, 1318.5, 0.06 },
  { 0.97, 1.1, 830.61, 0.22 }, { 0.97, 0.7, 1661.2, 0.06 },
};

/* One strike, with partials that are no harmonics. */
static const Note bell[] = {
  { 0.00, 1.4, 880.00, 0.22 },
  { 0.00, 1.0, 2428.8, 0.06 },
  { 0.00, 0.5, 4752.0, 0.03 },
};

static const Note drop[] = {
  { 0.00, 0.25, 1174.7, 0.20 },
  { 0.09, 0.40, 1568.0, 0.16 },
};

static const Note wood[] = {
  { 0.00, 0.15, 523.25, 0.28 },
  { 0.14, 0.15, 659.26, 0.28 },
  { 0.28, 0.25, 783.99, 0.24 },
};

static const Note beat[] = {
  { 0.00, 0.20, 440.00, 0.24 },
  { 0.18, 0.20, 440.00, 0.24 },
  { 0.36, 0.40, 554.37, 0.22 },
};

static const struct
{
  const char *name;
  const Note *notes;
  gsize n;
  double seconds;
} sounds[] = {
  { "chime", chime, G_N_ELEMENTS (chime), 2.0 }, { "bell", bell, G_N_ELEMENTS (bell), 1.5 },
  { "drop", drop, G_N_ELEMENTS (drop), 0.6 },    { "wood", wood, G_N_ELEMENTS (wood), 0.7 },
  { "beat", beat, G_N_ELEMENTS (beat), 0.9 },
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

gboolean
phone_tone_is_known (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_equal (sounds[i].name, name))
      return TRUE;
  return FALSE;
}

static gint16 *
play_named (const char *name, double seconds, gsize *count)
{
  gsize at = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_equal (sounds[i].name, name))
      at = i;
  return play (sounds[at].notes, sounds[at].n, seconds > 0 ? seconds : sounds[at].seconds, count);
}

gint16 *
phone_tone_ring (const char *name, gsize *count)
{
  return play_named (name, 3.0, count);
}

gint16 *
phone_tone_once (const char *name, gsize *count)
{
  return play_named (name, 0, count);
}

gint16 *
phone_tone_knock (gsize *count)
{
  return play (knock, G_N_ELEMENTS (knock), 4.0, count);
}
