/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor of the engine's calls: the mixer alone, without SIP, RTP, codecs or a clock. Prints how
 * long one tick of so many calls (two legs and a bridge each) takes, as JSON. */
#include "server/voice/builtin/mixer.h"

#include <stdio.h>

#define TICKS 2000

static void
on_output (const gint16 *block, guint n_samples, guint64 tick, gpointer user_data)
{
  *(guint64 *) user_data += (guint64) (guint16) block[tick % n_samples];
}

int
main (int argc, char **argv)
{
  int n_calls = argc > 1 ? (int) g_ascii_strtoull (argv[1], NULL, 10) : 100;
  Mixer *mixer = mixer_new (16000, NULL, NULL);
  g_autofree MixerPort **ports = g_new (MixerPort *, (gsize) n_calls * 2);
  g_autofree gint64 *took = g_new (gint64, TICKS);
  gint16 block[320];
  guint64 sum = 0;
  gint64 total = 0, worst = 0;

  for (int i = 0; i < 320; i++)
    block[i] = (gint16) (i * 100);
  for (int i = 0; i < n_calls; i++)
    {
      MixerBridge *bridge = mixer_add_bridge (mixer);

      for (int side = 0; side < 2; side++)
        {
          ports[i * 2 + side] = mixer_add_port (mixer, on_output, &sum, NULL);
          mixer_set_bridge (mixer, ports[i * 2 + side], bridge);
        }
    }
  for (int tick = 0; tick < TICKS; tick++)
    {
      gint64 begin;

      for (int i = 0; i < n_calls * 2; i++)
        mixer_port_push (ports[i], block, 320);
      begin = g_get_monotonic_time ();
      mixer_tick (mixer, 0);
      took[tick] = g_get_monotonic_time () - begin;
      total += took[tick];
      worst = MAX (worst, took[tick]);
    }
  printf ("{\"calls\": %d, \"tick_us\": %.2f, \"worst_us\": %d, \"check\": %u}\n", n_calls,
          (double) total / TICKS, (int) worst, (unsigned int) (sum & 1));
  mixer_free (mixer);

  return 0;
}
