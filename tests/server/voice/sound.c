/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds: WAV files of several rates arrive at the mixer's with their tone at its pitch and level;
 * damaged files are refused or cut, never read beyond their end; the computed sounds are sound. */
#include "server/voice/builtin/sound.h"

#include <math.h>
#include <string.h>

static GByteArray *
make_wav (guint rate, guint channels, double hz, double seconds)
{
  GByteArray *wav = g_byte_array_new ();
  guint32 n = (guint32) (rate * seconds), bytes = n * 2 * channels;
  guint8 head[44] = "RIFF....WAVEfmt ";
  guint32 riff = GUINT32_TO_LE (36 + bytes), fmt = GUINT32_TO_LE (16), r = GUINT32_TO_LE (rate);
  guint32 byte_rate = GUINT32_TO_LE (rate * 2 * channels), size = GUINT32_TO_LE (bytes);

  memcpy (head + 4, &riff, 4);
  memcpy (head + 16, &fmt, 4);
  head[20] = 1;
  head[22] = (guint8) channels;
  memcpy (head + 24, &r, 4);
  memcpy (head + 28, &byte_rate, 4);
  head[32] = (guint8) (2 * channels);
  head[34] = 16;
  memcpy (head + 36, "data", 4);
  memcpy (head + 40, &size, 4);
  g_byte_array_append (wav, head, sizeof head);
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < channels; c++)
      {
        gint16 value = GINT16_TO_LE ((gint16) (10000 * sin (2 * G_PI * hz * i / rate)));

        g_byte_array_append (wav, (guint8 *) &value, 2);
      }

  return wav;
}

/* The amplitude of one frequency (Goertzel's, the slow way). */
static double
amplitude (const gint16 *samples, guint n, guint rate, double hz)
{
  double re = 0, im = 0;

  for (guint i = 0; i < n; i++)
    {
      re += samples[i] * cos (2 * G_PI * hz * i / rate);
      im += samples[i] * sin (2 * G_PI * hz * i / rate);
    }

  return 2 * sqrt (re * re + im * im) / n;
}

static double
rms (const gint16 *samples, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) samples[i] * samples[i];

  return sqrt (sum / n);
}

static void
test_rates (void)
{
  static const guint rates[] = { 8000, 11025, 16000, 22050, 44100, 48000 };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (guint channels = 1; channels <= 2; channels++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GByteArray) wav = make_wav (rates[i], channels, 1000, 0.5);
        g_autoptr (Sound) sound = sound_parse (wav->data, wav->len, 16000, &error);

        g_assert_no_error (error);
        g_assert_cmpint (ABS ((int) sound_get_length (sound) - 8000), <=, 2);
        g_assert_cmpfloat (fabs (amplitude (sound_get_samples (sound), 7680, 16000, 1000) - 10000),
                           <, 200);
        g_assert_cmpfloat (fabs (rms (sound_get_samples (sound), 7680) - 7071), <, 200);
      }
}

/* What the lower rate cannot carry is not folded into it. */
static void
test_aliases (void)
{
  g_autoptr (GByteArray) wav = make_wav (48000, 1, 11000, 0.5);
  g_autoptr (Sound) sound = sound_parse (wav->data, wav->len, 16000, NULL);

  g_assert_cmpfloat (rms (sound_get_samples (sound) + 500, 6000), <, 30);
}

static void
test_damaged (void)
{
  g_autoptr (GByteArray) wav = make_wav (8000, 1, 1000, 0.1);

  for (guint size = 0; size < wav->len; size++)
    {
      g_autofree guint8 *cut = g_memdup2 (wav->data, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (Sound) sound = sound_parse (cut, size, 16000, &error);

      g_assert_cmpint (sound == NULL, ==, error != NULL);
      g_assert_cmpint (sound == NULL, ==, size < 46);
    }
  for (guint round = 0; round < 20000; round++)
    {
      g_autofree guint8 *bad = g_memdup2 (wav->data, 60);
      g_autoptr (GError) error = NULL;
      g_autoptr (Sound) sound = NULL;

      for (guint i = 0; i < 3; i++)
        bad[g_test_rand_int_range (0, 48)] = (guint8) g_test_rand_int_range (0, 256);
      sound = sound_parse (bad, 60, 16000, &error);
      g_assert_cmpint (sound == NULL, ==, error != NULL);
    }
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sound_load ("/nonexistent/none.wav", 16000, &error));
  g_assert_error (error, SOUND_ERROR, SOUND_ERROR_READ);
}

static void
test_computed (void)
{
  g_autoptr (Sound) music = sound_make_music (16000);
  g_autoptr (Sound) ring = sound_make_ringback (16000);
  const gint16 *samples = sound_get_samples (music);
  guint n = sound_get_length (music);

  g_assert_cmpuint (n, ==, 16 * 16000);
  for (guint at = 0; at + 8000 <= n; at += 8000)
    {
      /* Never silent, never loud, and not one tone. */
      double level = rms (samples + at, 8000);

      g_assert_cmpfloat (level, >, 300);
      g_assert_cmpfloat (level, <, 8000);
    }
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (ABS (samples[i]), <, 32767);
  g_assert_cmpint (ABS (samples[0] - samples[n - 1]), <, 1500);
  g_assert_cmpfloat (amplitude (sound_get_samples (ring), 16000, 16000, 425), >, 3000);
  g_assert_cmpfloat (rms (sound_get_samples (ring) + 16000, 64000), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/sound/rates", test_rates);
  g_test_add_func ("/voice/sound/aliases", test_aliases);
  g_test_add_func ("/voice/sound/damaged", test_damaged);
  g_test_add_func ("/voice/sound/missing", test_missing);
  g_test_add_func ("/voice/sound/computed", test_computed);

  return g_test_run ();
}
