/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The recorder: a line and the memory behind it, then a file; or the other way round. The line's
 * callbacks are in the sound library's thread and touch only what is under "the line's". */
#include "phone/recorder.h"

#include "phone/error.h"
#include "phone/sound-file.h"

#include <string.h>

#define LEAST_MS 300
#define TAIL_MS  300 /* until the last sample has been heard */

typedef enum
{
  IDLE,
  RECORDING,
  WRITING,
  READING,
  PLAYING,
} State;

struct _PhoneRecorder
{
  PhoneAudio *audio;
  void (*changed) (gpointer user_data);
  gpointer user_data;
  State state;
  const char *result;
  char *path;
  gboolean interrupted;
  guint end;
  PhoneLine *line;
  PhoneSoundFile *file;
  gint16 *sound; /* the line's while one is open, as the next three */
  gsize room, count, at;
};

static const char *const names[] = { "idle", "recording", "writing", "playing", "playing" };

static void
set_state (PhoneRecorder *recorder, State state, const char *result)
{
  recorder->state = state;
  recorder->result = result;
  recorder->changed (recorder->user_data);
}

static void
clear (PhoneRecorder *recorder)
{
  g_clear_handle_id (&recorder->end, g_source_remove);
  g_clear_pointer (&recorder->line, phone_line_close);
  g_clear_pointer (&recorder->file, phone_sound_file_free);
  g_clear_pointer (&recorder->sound, g_free);
  recorder->room = recorder->at = 0;
}

static void
on_record (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneRecorder *recorder = user_data;
  gsize take = MIN (count, recorder->room - recorder->count);

  memcpy (recorder->sound + recorder->count, samples, take * sizeof (gint16));
  recorder->count += take;
}

static void
on_play (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneRecorder *recorder = user_data;
  gsize take = MIN (count, recorder->count - recorder->at);

  memcpy (samples, recorder->sound + recorder->at, take * sizeof (gint16));
  memset (samples + take, 0, (count - take) * sizeof (gint16));
  recorder->at += take;
}

static gboolean
on_end (gpointer user_data)
{
  PhoneRecorder *recorder = user_data;

  recorder->end = 0;
  if (recorder->state == PLAYING)
    {
      clear (recorder);
      set_state (recorder, IDLE, "played");
    }
  else
    phone_recorder_stop (recorder, FALSE);
  return G_SOURCE_REMOVE;
}

static void
on_written (const GError *error, gpointer user_data)
{
  PhoneRecorder *recorder = user_data;

  if (error)
    g_message ("a recording could not be written: %s", error->message);
  clear (recorder);
  set_state (recorder, IDLE, error ? "failed" : recorder->interrupted ? "interrupted" : "recorded");
}

static void
write_down (PhoneRecorder *recorder)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&recorder->line, phone_line_close);
  if (recorder->count * 1000 < LEAST_MS * PHONE_FILE_RATE)
    {
      clear (recorder);
      recorder->count = 0;
      set_state (recorder, IDLE, "nothing");
      return;
    }
  recorder->file = phone_sound_file_write (recorder->path, recorder->sound, recorder->count,
                                           on_written, recorder, &error);
  g_clear_pointer (&recorder->sound, g_free);
  if (recorder->file)
    set_state (recorder, WRITING, "");
  else
    on_written (error, recorder);
}

PhoneRecorder *
phone_recorder_new (PhoneAudio *audio, void (*changed) (gpointer user_data), gpointer user_data)
{
  PhoneRecorder *recorder = g_new0 (PhoneRecorder, 1);

  recorder->audio = audio;
  recorder->changed = changed;
  recorder->user_data = user_data;
  recorder->result = "";
  return recorder;
}

void
phone_recorder_free (PhoneRecorder *recorder)
{
  if (!recorder)
    return;
  clear (recorder);
  g_free (recorder->path);
  g_free (recorder);
}

const char *
phone_recorder_get_state (PhoneRecorder *recorder)
{
  return names[recorder->state];
}

const char *
phone_recorder_get_result (PhoneRecorder *recorder)
{
  return recorder->result;
}

double
phone_recorder_get_seconds (PhoneRecorder *recorder)
{
  /* While it is recorded the count is another thread's. */
  return recorder->state == RECORDING ? 0 : (double) recorder->count / PHONE_FILE_RATE;
}

gboolean
phone_recorder_is_busy (PhoneRecorder *recorder)
{
  return recorder->state != IDLE && recorder->state != WRITING;
}

static gboolean
may_begin (PhoneRecorder *recorder, const char *path, PhoneUse use, GError **error)
{
  if (!g_path_is_absolute (path))
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "path: not absolute");
  else if (recorder->state != IDLE)
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_WRONG_STATE, "it is %s", names[recorder->state]);
  else if (!phone_audio_get_active (recorder->audio, use))
    g_set_error (error, PHONE_ERROR, PHONE_ERROR_NO_DEVICE, "no device");
  else
    return TRUE;
  return FALSE;
}

gboolean
phone_recorder_record (PhoneRecorder *recorder, const char *path, guint seconds, GError **error)
{
  if (seconds < 1 || seconds > PHONE_RECORD_MAX_S)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "seconds: not within 1 and %d",
                   PHONE_RECORD_MAX_S);
      return FALSE;
    }
  if (!may_begin (recorder, path, PHONE_USE_MICROPHONE, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "path: it is there already");
      return FALSE;
    }
  g_free (recorder->path);
  recorder->path = g_strdup (path);
  recorder->interrupted = FALSE;
  recorder->room = (gsize) seconds * PHONE_FILE_RATE;
  recorder->sound = g_new0 (gint16, recorder->room);
  recorder->count = 0;
  recorder->line =
      phone_line_open (recorder->audio, PHONE_USE_MICROPHONE, PHONE_FILE_RATE, on_record, recorder);
  recorder->end = g_timeout_add_seconds (seconds, on_end, recorder);
  set_state (recorder, RECORDING, "");
  return TRUE;
}

static void
on_read (const GError *error, gpointer user_data)
{
  PhoneRecorder *recorder = user_data;

  if (error)
    {
      g_message ("a sound could not be read: %s", error->message);
      clear (recorder);
      set_state (recorder, IDLE, "failed");
      return;
    }
  recorder->sound = phone_sound_file_take (recorder->file, &recorder->count);
  g_clear_pointer (&recorder->file, phone_sound_file_free);
  recorder->at = 0;
  recorder->line =
      phone_line_open (recorder->audio, PHONE_USE_SPEAKER, PHONE_FILE_RATE, on_play, recorder);
  recorder->end = g_timeout_add ((guint) (recorder->count * 1000 / PHONE_FILE_RATE) + TAIL_MS,
                                 on_end, recorder);
  set_state (recorder, PLAYING, "");
}

gboolean
phone_recorder_play (PhoneRecorder *recorder, const char *path, guint from, GError **error)
{
  if (!may_begin (recorder, path, PHONE_USE_SPEAKER, error))
    return FALSE;
  recorder->file = phone_sound_file_read (path, from, on_read, recorder, error);
  if (!recorder->file)
    return FALSE;
  recorder->count = 0;
  set_state (recorder, READING, "");
  return TRUE;
}

void
phone_recorder_stop (PhoneRecorder *recorder, gboolean call)
{
  switch (recorder->state)
    {
    case RECORDING:
      recorder->interrupted = call;
      g_clear_handle_id (&recorder->end, g_source_remove);
      write_down (recorder);
      break;
    case READING:
    case PLAYING:
      clear (recorder);
      set_state (recorder, IDLE, call ? "interrupted" : "played");
      break;
    case IDLE:
    case WRITING:
      break;
    }
}
