/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer tells music, speech and silence apart; sound files keep what was written. */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "demo/hearing.h"
#include "demo/people.h"
#include "demo/wav.h"

#define RATE DEMO_HEARING_RATE

/* @ms of a tone (0 Hz: silence) at @db; TRUE when it was ever heard as @hears meanwhile. */
static gboolean
hear_tone (DemoHearing *hearing, double hz, double db, guint ms, DemoHears hears)
{
  gboolean ever = FALSE;
  double peak = pow (10, db / 20) * 32767;

  for (guint i = 0; i < ms * RATE / 1000; i++)
    {
      gint16 sample = hz > 0 ? (gint16) lrint (peak * sin (2 * G_PI * hz * i / RATE)) : 0;

      demo_hearing_take (hearing, &sample, 1);
      ever |= hearing->hears == hears;
    }
  return ever;
}

static void
test_silence (void)
{
  DemoHearing hearing = { 0 };

  g_assert_false (hear_tone (&hearing, 0, 0, 20000, DEMO_HEARS_SOMEBODY));
  g_assert_cmpint (hearing.hears, ==, DEMO_HEARS_NOTHING);
  g_assert_false (hear_tone (&hearing, 200, -60, 20000, DEMO_HEARS_MUSIC));
  g_assert_cmpint (hearing.hears, ==, DEMO_HEARS_NOTHING);
}

static void
test_music (void)
{
  DemoHearing hearing = { 0 };

  g_assert_false (hear_tone (&hearing, 440, -25, 2500, DEMO_HEARS_MUSIC));
  g_assert_true (hear_tone (&hearing, 330, -30, 1000, DEMO_HEARS_MUSIC));
  g_assert_true (hear_tone (&hearing, 0, 0, 60, DEMO_HEARS_MUSIC));
  g_assert_true (hear_tone (&hearing, 440, -25, 8000, DEMO_HEARS_MUSIC));
  g_assert_cmpint (hearing.hears, ==, DEMO_HEARS_MUSIC);
  hear_tone (&hearing, 0, 0, 400, DEMO_HEARS_NOTHING);
  g_assert_cmpint (hearing.hears, ==, DEMO_HEARS_NOTHING);
  g_assert_false (hear_tone (&hearing, 0, 0, 3000, DEMO_HEARS_MUSIC));
  g_assert_cmpint (hearing.hears, ==, DEMO_HEARS_NOTHING);
}

/* Everybody's every line is heard as somebody, and never as music. */
static void
test_speech (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = demo_people_load (g_getenv ("GUICHET_DEMO_DATA"), &error);
  guint heard = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (people->len, >=, 3);
  for (guint i = 0; i < people->len; i++)
    for (DemoLine line = 0; line < DEMO_N_LINES; line++)
      {
        g_autoptr (GBytes) speech = demo_person_speech (people->pdata[i], line, &error);
        DemoHearing hearing = { 0 };
        gsize size = 0;
        const gint16 *samples = speech ? g_bytes_get_data (speech, &size) : NULL;
        gboolean somebody = FALSE;

        g_assert_no_error (error);
        for (gsize s = 0; s < size / 2; s++)
          {
            demo_hearing_take (&hearing, samples + s, 1);
            somebody |= hearing.hears == DEMO_HEARS_SOMEBODY;
            if (hearing.hears == DEMO_HEARS_MUSIC)
              g_error ("%s %s sounds like music", ((DemoPerson *) people->pdata[i])->id,
                       demo_line_name (line));
          }
        somebody |= hear_tone (&hearing, 0, 0, 500, DEMO_HEARS_SOMEBODY);
        g_assert_true (somebody);
        heard++;
      }
  g_assert_cmpuint (heard, ==, people->len * DEMO_N_LINES);
}

static void
test_wav (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("guichet-wav-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "a.wav", NULL);
  const gint16 samples[] = { 0, 1, -1, 32767, -32768, 12345 };
  DemoWav *wav = demo_wav_create (path, RATE, &error);
  g_autoptr (GBytes) read = NULL;

  g_assert_no_error (error);
  demo_wav_write (wav, samples, G_N_ELEMENTS (samples));
  g_assert_true (demo_wav_close (wav, &error));
  read = demo_wav_read (path, RATE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), samples, sizeof samples);

  g_assert_null (demo_wav_read (path, 8000, &error));
  g_assert_error (error, DEMO_WAV_ERROR, DEMO_WAV_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "RIFF....WAVEfmt \xff\xff\xff\xff", 20, NULL));
  g_assert_null (demo_wav_read (path, RATE, &error));
  g_assert_error (error, DEMO_WAV_ERROR, DEMO_WAV_ERROR_FORMAT);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/hearing/silence", test_silence);
  g_test_add_func ("/demo/hearing/music", test_music);
  g_test_add_func ("/demo/hearing/speech", test_speech);
  g_test_add_func ("/demo/wav", test_wav);
  return g_test_run ();
}
