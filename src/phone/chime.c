/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line that lives as long as its sound. */
#include "phone/chime.h"

#include "phone/tones.h"

#define SOFTER 4 /* times, in the headset */

struct _PhoneChime
{
  PhoneAudio *audio;
  PhoneLine *line;
  guint end;
  gint16 *sound; /* the line's while it is open */
  gsize count, at;
};

static void
on_play (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneChime *chime = user_data;

  for (gsize i = 0; i < count; i++)
    samples[i] = chime->at < chime->count ? chime->sound[chime->at++] : 0;
}

PhoneChime *
phone_chime_new (PhoneAudio *audio)
{
  PhoneChime *chime = g_new0 (PhoneChime, 1);

  chime->audio = audio;
  return chime;
}

void
phone_chime_stop (PhoneChime *chime)
{
  g_clear_handle_id (&chime->end, g_source_remove);
  g_clear_pointer (&chime->line, phone_line_close);
  g_clear_pointer (&chime->sound, g_free);
}

static gboolean
on_end (gpointer user_data)
{
  PhoneChime *chime = user_data;

  chime->end = 0;
  phone_chime_stop (chime);
  return G_SOURCE_REMOVE;
}

void
phone_chime_play (PhoneChime *chime, const char *name, gboolean softly)
{
  if (chime->line)
    return;
  chime->sound = phone_tone_once (name, &chime->count);
  chime->at = 0;
  for (gsize i = 0; softly && i < chime->count; i++)
    chime->sound[i] = (gint16) (chime->sound[i] / SOFTER);
  chime->line = phone_line_open (chime->audio, softly ? PHONE_USE_SPEAKER : PHONE_USE_RINGER,
                                 PHONE_TONE_RATE, on_play, chime);
  chime->end = g_timeout_add ((guint) (chime->count * 1000 / PHONE_TONE_RATE) + 300, on_end, chime);
}

void
phone_chime_free (PhoneChime *chime)
{
  if (!chime)
    return;
  phone_chime_stop (chime);
  g_free (chime);
}
