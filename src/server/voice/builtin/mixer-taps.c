/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taps of the tick: what is said goes into the rings of those who record it. A part of the tick's
 * side of the mixer, on its thread; owns nothing, waits for nobody. */
#define G_LOG_DOMAIN "guichetd-mixer"

#include "server/voice/builtin/mixer-private.h"

#define NOISE_PEAK 180

static void
write_stereo (Mixer *mixer, const MixerTap *tap)
{
  const MixerPort *port = tap->port;
  gboolean there = port->bridge == tap->bridge && port->music == NULL;
  gint16 *at = mixer->stereo;

  for (guint s = 0; s < mixer->block; s++)
    {
      gint16 left = there ? port->in[s] : 0;

      *at++ = left;
      *at++ = (gint16) CLAMP (tap->bridge->sum[s] - left, G_MININT16, G_MAXINT16);
    }
  ring_write (tap->ring, mixer->stereo, mixer->block);
}

/* Of -50 dB, even over all frequencies; the two sides of a stereo ring differ. */
static void
write_noise (Mixer *mixer, const MixerTap *tap)
{
  const guint n = mixer->block * (tap->bridge != NULL ? 2 : 1);

  for (guint i = 0; i < n; i++)
    {
      mixer->noise = mixer->noise * 1664525u + 1013904223u;
      mixer->stereo[i] = (gint16) ((gint32) (mixer->noise >> 16) % (2 * NOISE_PEAK) - NOISE_PEAK);
    }
  ring_write (tap->ring, mixer->stereo, mixer->block);
}

/* Whether this tick is left out; the owner may pause it at any time. */
static gboolean
is_still (MixerTap *tap)
{
  int still = atomic_load (&tap->still);

  if (still > 0)
    atomic_compare_exchange_strong (&tap->still, &still, still - 1);
  return still != 0;
}

void
mixer_write_taps (Mixer *mixer)
{
  for (MixerTap *tap = mixer->taps; tap != NULL; tap = tap->next)
    if (is_still (tap))
      {
        if (atomic_load (&tap->noise))
          write_noise (mixer, tap);
      }
    else if (tap->bridge != NULL)
      write_stereo (mixer, tap);
    else
      ring_write (tap->ring, tap->port->in, mixer->block);
}
