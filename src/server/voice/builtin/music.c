/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sounds that are computed: the ring-back tone and the music of those who wait, a small tune
 * written for this program: four chords, plucked, with a slow bass. */
#define G_LOG_DOMAIN "guichetd-sound"

#include "server/voice/builtin/sound.h"

#include <complex.h>
#include <math.h>

#define BEAT_S  0.5 /* one plucked note */
#define N_BEATS 32  /* 16 s */

/* Semitones above A3 (220 Hz) of each beat, eight to a chord: C, A minor, F, G. */
static const int melody[N_BEATS] = {
  3, 10, 7, 15, 12, 10, 7, 10, 0, 7, 3,  12, 10, 7,  3,  7,
  8, 3,  0, 12, 8,  3,  0, 3,  2, 5, 10, 14, 17, 14, 10, 5,
};

/* Semitones of each chord's bass, one for eight beats. */
static const int bass[N_BEATS / 8] = { -9, -12, -16, -14 };

typedef struct
{
  guint length;
  double *samples;
} Note;

static void
note_free (Note *note)
{
  g_free (note->samples);
  g_free (note);
}

/* A plucked string, nearly: a few harmonics that die away, the higher ones sooner. The harmonic h
 * is the h-th power of a fundamental that turns and shrinks from sample to sample, so that no
 * sample needs a sine. */
static Note *
pluck (guint rate, double hz, double seconds, double level)
{
  guint length = (guint) (seconds * rate);
  Note *note = g_new (Note, 1);
  double complex step = cexp ((-2.2 + 2 * G_PI * hz * I) / rate);
  double complex fundamental = 1;

  *note = (Note){ length, g_new (double, length) };
  for (guint i = 0; i < length; i++)
    {
      double t = (double) i / rate;
      double attack = MIN (1.0, t / 0.008);
      double release = MIN (1.0, (seconds - t) / 0.05);
      double complex harmonic = fundamental;
      double value = 0;

      for (int h = 1; h <= 4; h++)
        {
          value += cimag (harmonic) / (h * h);
          harmonic *= fundamental;
        }
      fundamental *= step;
      note->samples[i] = value * attack * release * level;
    }
  return note;
}

/* The tail of the last notes sounds over the first: the loop has no seam. */
static void
add_note (double *mix, guint n, guint at, const Note *note)
{
  for (guint i = 0; i < note->length; i++, at++)
    mix[at < n ? at : at - n] += note->samples[i];
}

static double
semitones (int steps)
{
  return 220.0 * pow (2.0, steps / 12.0);
}

Sound *
sound_make_music (guint rate)
{
  guint n = (guint) (N_BEATS * BEAT_S * rate);
  g_autofree double *mix = g_new0 (double, n);
  /* The string of each pitch is plucked once, however often the tune has it. */
  g_autoptr (GHashTable) strings =
      g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) note_free);
  gint16 *samples = g_new (gint16, n);

  for (guint beat = 0; beat < N_BEATS; beat++)
    {
      guint at = (guint) (beat * BEAT_S * rate);
      gpointer pitch = GINT_TO_POINTER (melody[beat]);

      if (!g_hash_table_contains (strings, pitch))
        g_hash_table_insert (strings, pitch, pluck (rate, semitones (melody[beat]), 1.6, 0.16));
      add_note (mix, n, at, g_hash_table_lookup (strings, pitch));
      if (beat % 8 == 0)
        {
          Note *low = pluck (rate, semitones (bass[beat / 8] + 12), 3.8, 0.22);

          add_note (mix, n, at, low);
          note_free (low);
        }
    }
  for (guint i = 0; i < n; i++)
    samples[i] = (gint16) CLAMP (lrint (mix[i] * 32767 * 0.7), G_MININT16, G_MAXINT16);

  return sound_new_take (samples, n);
}

Sound *
sound_make_ringback (guint rate)
{
  guint n = rate * 5;
  gint16 *samples = g_new0 (gint16, n);

  for (guint i = 0; i < rate; i++)
    {
      double t = (double) i / rate;
      double edge = MIN (1.0, MIN (t, 1.0 - t) / 0.01);

      samples[i] = (gint16) lrint (sin (2 * G_PI * 425 * t) * edge * 0.1 * 32767);
    }

  return sound_new_take (samples, n);
}

Sound *
sound_make_confirm (guint rate)
{
  const double beep = 0.15;
  guint n = rate * 2;
  gint16 *samples = g_new0 (gint16, n);

  for (guint i = 0; i < n; i++)
    {
      double t = fmod ((double) i / rate, 0.3);
      double edge = MIN (1.0, MIN (t, beep - t) / 0.01);

      if (i < rate * 6 / 10 && t < beep)
        samples[i] = (gint16) lrint (sin (2 * G_PI * 800 * t) * edge * 0.2 * 32767);
    }

  return sound_new_take (samples, n);
}
