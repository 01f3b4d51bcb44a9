/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ringer: a line that plays one computed sound round and round while it rings. */
#include "phone/ringer.h"

#include "phone/tones.h"

struct _PhoneRinger
{
  PhoneAudio *audio;
  PhoneRing ring;
  char *name; /* of the sound */
  PhoneLine *line;
  gint16 *sound; /* the line's while it is open */
  gsize count, at;
};

static void
on_play (gint16 *samples, gsize count, gpointer user_data)
{
  PhoneRinger *ringer = user_data;

  for (gsize i = 0; i < count; i++)
    {
      samples[i] = ringer->sound[ringer->at];
      ringer->at = (ringer->at + 1) % ringer->count;
    }
}

PhoneRinger *
phone_ringer_new (PhoneAudio *audio)
{
  PhoneRinger *ringer = g_new0 (PhoneRinger, 1);

  ringer->audio = audio;
  ringer->name = g_strdup ("");
  return ringer;
}

void
phone_ringer_set (PhoneRinger *ringer, PhoneRing ring, const char *name)
{
  if (ring == ringer->ring && (ring != PHONE_RING_ALOUD || g_str_equal (name, ringer->name)))
    return;
  if (!g_str_equal (name, ringer->name))
    {
      g_free (ringer->name);
      ringer->name = g_strdup (name);
    }
  g_clear_pointer (&ringer->line, phone_line_close);
  g_clear_pointer (&ringer->sound, g_free);
  ringer->ring = ring;
  ringer->at = 0;
  if (ring == PHONE_RING_NONE)
    return;
  ringer->sound = ring == PHONE_RING_ALOUD ? phone_tone_ring (ringer->name, &ringer->count)
                                           : phone_tone_knock (&ringer->count);
  ringer->line = phone_line_open (ringer->audio,
                                  ring == PHONE_RING_ALOUD ? PHONE_USE_RINGER : PHONE_USE_SPEAKER,
                                  PHONE_TONE_RATE, on_play, ringer);
}

void
phone_ringer_free (PhoneRinger *ringer)
{
  if (!ringer)
    return;
  phone_ringer_set (ringer, PHONE_RING_NONE, "");
  g_free (ringer->name);
  g_free (ringer);
}
