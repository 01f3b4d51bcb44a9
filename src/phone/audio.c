/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings, active devices and open lines. */
#define G_LOG_DOMAIN "phone-sound"

#include "phone/audio.h"

#include "phone/stream.h"

#include <math.h>

#define REOPEN_MS  300
#define LATE_FOR_S 10 /* a sound card out of step is a problem for so long */

struct _PhoneAudio
{
  void (*changed) (gpointer user_data);
  gpointer user_data;
  PhoneSound *sound;
  PhoneSettings settings;
  char *active[PHONE_N_USES];
  GPtrArray *lines;
  guint reopen, late;
  gint gains[PHONE_N_USES]; /* 1/1024, atomic */
};

struct _PhoneLine
{
  PhoneAudio *audio;
  PhoneUse use;
  PhoneStream *stream;
  void (*samples) (gint16 *samples, gsize count, gpointer user_data);
  gpointer user_data;
  double squares; /* of the samples since the levels were taken; under the sound's lock */
  guint64 squared;
};

static PhoneDeviceKind
kind_of (PhoneUse use)
{
  return use == PHONE_USE_MICROPHONE ? PHONE_MICROPHONE : PHONE_SPEAKER;
}

/* Chooses the devices anew and moves the lines there. */
static void
follow (PhoneAudio *audio)
{
  for (int use = 0; use < PHONE_N_USES; use++)
    {
      g_free (audio->active[use]);
      audio->active[use] = g_strdup (phone_devices_pick (
          phone_sound_get_devices (audio->sound, kind_of (use)), audio->settings.devices[use]));
    }
  for (guint i = 0; i < audio->lines->len; i++)
    {
      PhoneLine *line = audio->lines->pdata[i];
      phone_stream_set_device (line->stream, audio->active[line->use]);
    }
}

static void
on_sound_changed (gpointer user_data)
{
  PhoneAudio *audio = user_data;

  follow (audio);
  audio->changed (audio->user_data);
}

static gboolean
on_reopen (gpointer user_data)
{
  PhoneAudio *audio = user_data;

  audio->reopen = 0;
  follow (audio);
  return G_SOURCE_REMOVE;
}

static void
on_line_lost (gpointer user_data)
{
  PhoneLine *line = user_data;

  /* If the device went, the list will say so sooner. */
  if (!line->audio->reopen)
    line->audio->reopen = g_timeout_add (REOPEN_MS, on_reopen, line->audio);
}

static gboolean
on_late_over (gpointer user_data)
{
  PhoneAudio *audio = user_data;

  audio->late = 0;
  audio->changed (audio->user_data);
  return G_SOURCE_REMOVE;
}

static void
on_line_out_of_step (gpointer user_data)
{
  PhoneLine *line = user_data;
  PhoneAudio *audio = line->audio;

  g_message ("the sound card of use %d is out of step, opened again", line->use);
  phone_stream_set_device (line->stream, NULL);
  phone_stream_set_device (line->stream, audio->active[line->use]);
  g_clear_handle_id (&audio->late, g_source_remove);
  audio->late = g_timeout_add_seconds (LATE_FOR_S, on_late_over, audio);
  audio->changed (audio->user_data);
}

static void
apply_gain (gint16 *samples, gsize count, gint gain)
{
  if (gain == 1024)
    return;
  for (gsize i = 0; i < count; i++)
    samples[i] = (gint16) (samples[i] * gain / 1024);
}

static void
add_level (PhoneLine *line, const gint16 *samples, gsize count)
{
  gint64 sum = 0;

  for (gsize i = 0; i < count; i++)
    sum += samples[i] * samples[i];
  line->squares += (double) sum;
  line->squared += count;
}

static void
on_line_samples (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneLine *line = user_data;
  gint gain = g_atomic_int_get (&line->audio->gains[line->use]);

  if (line->use == PHONE_USE_MICROPHONE)
    apply_gain (samples, count, gain);
  line->samples (samples, count, line->user_data);
  if (line->use != PHONE_USE_MICROPHONE)
    apply_gain (samples, count, gain);
  add_level (line, samples, count);
}

static void
take_volumes (PhoneAudio *audio)
{
  /* Cubic, as the desktop's own volume controls: half is heard as half. The function, not the
   * macro: gcc 12 drops stores by the macro here. */
  for (int use = 0; use < PHONE_N_USES; use++)
    (g_atomic_int_set) (&audio->gains[use],
                        (gint) lrint (pow (audio->settings.volumes[use], 3) * 1024));
}

PhoneAudio *
phone_audio_new (void (*changed) (gpointer user_data), gpointer user_data)
{
  PhoneAudio *audio = g_new0 (PhoneAudio, 1);

  audio->changed = changed;
  audio->user_data = user_data;
  audio->lines = g_ptr_array_new ();
  phone_settings_init (&audio->settings);
  take_volumes (audio);
  audio->sound = phone_sound_new (on_sound_changed, audio);
  return audio;
}

void
phone_audio_free (PhoneAudio *audio)
{
  if (!audio)
    return;
  g_clear_handle_id (&audio->reopen, g_source_remove);
  g_clear_handle_id (&audio->late, g_source_remove);
  phone_sound_free (audio->sound);
  g_ptr_array_unref (audio->lines);
  for (int use = 0; use < PHONE_N_USES; use++)
    g_free (audio->active[use]);
  phone_settings_clear (&audio->settings);
  g_free (audio);
}

gboolean
phone_audio_configure (PhoneAudio *audio, GVariant *changes, GError **error)
{
  if (!phone_settings_update (&audio->settings, changes, error))
    return FALSE;
  take_volumes (audio);
  follow (audio);
  audio->changed (audio->user_data);
  return TRUE;
}

const PhoneSettings *
phone_audio_get_settings (PhoneAudio *audio)
{
  return &audio->settings;
}

GPtrArray *
phone_audio_get_devices (PhoneAudio *audio, PhoneDeviceKind kind)
{
  return phone_sound_get_devices (audio->sound, kind);
}

const char *
phone_audio_get_active (PhoneAudio *audio, PhoneUse use)
{
  return audio->active[use];
}

gboolean
phone_audio_is_settled (PhoneAudio *audio)
{
  return phone_sound_is_settled (audio->sound);
}

void
phone_audio_add_problems (PhoneAudio *audio, GPtrArray *problems)
{
  static const char *const none[] = { "no_microphone", "no_speaker" };
  static const char *const lost[] = { "microphone_lost", "speaker_lost", "ringer_lost" };

  if (!phone_sound_is_settled (audio->sound))
    return;
  if (!phone_sound_is_up (audio->sound))
    g_ptr_array_add (problems, (gpointer) "sound_server_lost");
  for (int use = 0; use < PHONE_N_USES; use++)
    {
      GPtrArray *devices = phone_sound_get_devices (audio->sound, kind_of (use));

      if (!audio->active[use] && use != PHONE_USE_RINGER)
        g_ptr_array_add (problems, (gpointer) none[use]);
      else if (audio->active[use] && phone_devices_lost (devices, audio->settings.devices[use]))
        g_ptr_array_add (problems, (gpointer) lost[use]);
    }
  if (audio->late)
    g_ptr_array_add (problems, (gpointer) "playback_late");
}

gboolean
phone_audio_take_levels (PhoneAudio *audio, double *microphone, double *speaker)
{
  double power[PHONE_N_USES] = { 0 }, levels[PHONE_N_USES];
  gboolean any = FALSE;

  pa_threaded_mainloop_lock (phone_sound_get_loop (audio->sound));
  for (guint i = 0; i < audio->lines->len; i++)
    {
      PhoneLine *line = audio->lines->pdata[i];

      if (line->squared > 0)
        power[line->use] = MAX (power[line->use], line->squares / (double) line->squared);
      line->squares = 0;
      line->squared = 0;
      any |= line->use != PHONE_USE_RINGER;
    }
  pa_threaded_mainloop_unlock (phone_sound_get_loop (audio->sound));
  for (int use = 0; use < PHONE_N_USES; use++)
    levels[use] =
        power[use] > 0 ? MAX (-100.0, 10 * log10 (power[use] / (32768.0 * 32768.0))) : -100.0;
  *microphone = levels[PHONE_USE_MICROPHONE];
  *speaker = levels[PHONE_USE_SPEAKER];
  return any;
}

PhoneLine *
phone_line_open (PhoneAudio *audio,
                 PhoneUse use,
                 guint rate,
                 void (*samples) (gint16 *samples, gsize count, gpointer user_data),
                 gpointer user_data)
{
  const PhoneStreamEvents events = { on_line_samples, on_line_lost, on_line_out_of_step };
  PhoneLine *line = g_new0 (PhoneLine, 1);

  line->audio = audio;
  line->use = use;
  line->samples = samples;
  line->user_data = user_data;
  line->stream = phone_stream_new (audio->sound, kind_of (use), rate,
                                   use == PHONE_USE_RINGER ? "event" : "phone", &events, line);
  g_ptr_array_add (audio->lines, line);
  phone_stream_set_device (line->stream, audio->active[use]);
  return line;
}

void
phone_line_close (PhoneLine *line)
{
  if (!line)
    return;
  g_ptr_array_remove (line->audio->lines, line);
  phone_stream_free (line->stream);
  g_free (line);
}

gboolean
phone_line_is_flowing (PhoneLine *line)
{
  return phone_stream_is_flowing (line->stream);
}
