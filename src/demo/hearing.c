/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames of 20 ms are sound or silence by their level; the lengths of the runs decide. */
#include "demo/hearing.h"

#include <math.h>

#define FRAME_MS      20
#define FRAME         (DEMO_HEARING_RATE * FRAME_MS / 1000)
#define FLOOR_DB      -36.0    /* quieter is silence: music is always louder, people are not */
#define MUSIC_MS      2600     /* sound for so long without a breath is music */
#define BREATH_MS     FRAME_MS /* a gap that music does not have */
#define MUSIC_OVER_MS 80       /* music is over after so much silence */
#define NOTHING_MS    1500     /* nobody speaks any more */

const char *
demo_hears_name (DemoHears hears)
{
  static const char *const names[] = { "nothing", "music", "somebody" };

  return names[hears];
}

static DemoHears
judge (const DemoHearing *h)
{
  switch (h->hears)
    {
    case DEMO_HEARS_MUSIC:
      return h->silence_ms >= MUSIC_OVER_MS ? DEMO_HEARS_NOTHING : DEMO_HEARS_MUSIC;
    case DEMO_HEARS_NOTHING:
      if (h->sound_ms >= MUSIC_MS && h->silence_ms == 0)
        return DEMO_HEARS_MUSIC;
      /* a breath after sound: somebody said something */
      return h->sound_ms >= 3 * FRAME_MS && h->silence_ms == BREATH_MS ? DEMO_HEARS_SOMEBODY
                                                                       : DEMO_HEARS_NOTHING;
    case DEMO_HEARS_SOMEBODY:
      if (h->sound_ms >= MUSIC_MS && h->silence_ms == 0)
        return DEMO_HEARS_MUSIC;
      return h->silence_ms >= NOTHING_MS ? DEMO_HEARS_NOTHING : DEMO_HEARS_SOMEBODY;
    }
  return h->hears;
}

static gboolean
take_frame (DemoHearing *h, double mean_square)
{
  double db = mean_square > 0 ? 10 * log10 (mean_square / (32768.0 * 32768.0)) : -100;
  DemoHears now;

  if (db > FLOOR_DB)
    {
      if (h->silence_ms >= BREATH_MS)
        h->sound_ms = 0;
      h->sound_ms += FRAME_MS;
      h->silence_ms = 0;
    }
  else
    h->silence_ms += FRAME_MS;
  now = judge (h);
  if (now == h->hears)
    return FALSE;
  h->hears = now;
  return TRUE;
}

gboolean
demo_hearing_take (DemoHearing *hearing, const gint16 *samples, gsize n)
{
  DemoHears before = hearing->hears;

  for (gsize i = 0; i < n; i++)
    {
      hearing->square += (double) samples[i] * samples[i];
      if (++hearing->filled < FRAME)
        continue;
      take_frame (hearing, hearing->square / FRAME);
      hearing->square = 0;
      hearing->filled = 0;
    }
  hearing->samples += n;
  return hearing->hears != before;
}
