/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recording and playing for the first-run page. The recording lives in memory until the next one.
 */
#include "phone/sound-test.h"

#include "phone/error.h"

#include <string.h>

#define RATE 48000

struct _PhoneSoundTest
{
  PhoneAudio *audio;
  void (*changed) (gpointer user_data);
  gpointer user_data;
  PhoneTestState state;
  PhoneLine *line;
  guint end;
  gint16 *sound; /* the line's while one is open, as the next three */
  gsize room, count, at;
};

static const char *const names[] = { "idle", "recording", "recorded", "playing", "ringing" };

static void
set_state (PhoneSoundTest *test, PhoneTestState state)
{
  if (test->state == state)
    return;
  test->state = state;
  test->changed (test->user_data);
}

static void
on_record (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneSoundTest *test = user_data;
  gsize take = MIN (count, test->room - test->count);

  memcpy (test->sound + test->count, samples, take * sizeof (gint16));
  test->count += take;
}

static void
on_play (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneSoundTest *test = user_data;
  gsize take = MIN (count, test->count - test->at);

  memcpy (samples, test->sound + test->at, take * sizeof (gint16));
  memset (samples + take, 0, (count - take) * sizeof (gint16));
  test->at += take;
}

static gboolean
on_end (gpointer user_data)
{
  PhoneSoundTest *test = user_data;

  test->end = 0;
  phone_sound_test_stop (test);
  return G_SOURCE_REMOVE;
}

PhoneSoundTest *
phone_sound_test_new (PhoneAudio *audio, void (*changed) (gpointer user_data), gpointer user_data)
{
  PhoneSoundTest *test = g_new0 (PhoneSoundTest, 1);

  test->audio = audio;
  test->changed = changed;
  test->user_data = user_data;
  return test;
}

void
phone_sound_test_free (PhoneSoundTest *test)
{
  if (!test)
    return;
  g_clear_handle_id (&test->end, g_source_remove);
  g_clear_pointer (&test->line, phone_line_close);
  g_free (test->sound);
  g_free (test);
}

PhoneTestState
phone_sound_test_get_state (PhoneSoundTest *test)
{
  return test->state;
}

const char *
phone_sound_test_get_state_name (PhoneSoundTest *test)
{
  return names[test->state];
}

gboolean
phone_sound_test_record (PhoneSoundTest *test, guint seconds, GError **error)
{
  phone_sound_test_stop (test);
  if (!phone_audio_get_active (test->audio, PHONE_USE_MICROPHONE))
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_DEVICE, "no microphone");
      return FALSE;
    }
  g_free (test->sound);
  test->room = (gsize) seconds * RATE;
  test->count = 0;
  test->sound = g_new (gint16, test->room);
  test->line = phone_line_open (test->audio, PHONE_USE_MICROPHONE, RATE, on_record, test);
  test->end = g_timeout_add (seconds * 1000 + 200, on_end, test);
  set_state (test, PHONE_TEST_RECORDING);
  return TRUE;
}

gboolean
phone_sound_test_play (PhoneSoundTest *test, GError **error)
{
  phone_sound_test_stop (test);
  if (test->state != PHONE_TEST_RECORDED)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_WRONG_STATE, "nothing was recorded");
      return FALSE;
    }
  if (!phone_audio_get_active (test->audio, PHONE_USE_SPEAKER))
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_DEVICE, "no speaker");
      return FALSE;
    }
  test->at = 0;
  test->line = phone_line_open (test->audio, PHONE_USE_SPEAKER, RATE, on_play, test);
  test->end = g_timeout_add ((guint) (test->count * 1000 / RATE) + 300, on_end, test);
  set_state (test, PHONE_TEST_PLAYING);
  return TRUE;
}

void
phone_sound_test_ring (PhoneSoundTest *test, guint seconds)
{
  phone_sound_test_stop (test);
  test->end = g_timeout_add_seconds (seconds, on_end, test);
  set_state (test, PHONE_TEST_RINGING);
}

void
phone_sound_test_stop (PhoneSoundTest *test)
{
  g_clear_handle_id (&test->end, g_source_remove);
  g_clear_pointer (&test->line, phone_line_close);
  set_state (test, test->count > 0 ? PHONE_TEST_RECORDED : PHONE_TEST_IDLE);
}
