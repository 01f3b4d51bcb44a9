/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer by itself: sums, saturation, nobody hears himself, music, plays, too much and too
 * little input, changes in the middle of everything. */
#include "server/voice/builtin/mixer.h"
#include "server/voice/builtin/ticker.h"

#include <string.h>

#define RATE  16000
#define BLOCK 320

typedef struct
{
  gint16 block[BLOCK];
  guint64 tick;
  guint calls;
} Ear;

static void
on_output (const gint16 *block, guint n_samples, guint64 tick, gpointer user_data)
{
  Ear *ear = user_data;

  g_assert_cmpuint (n_samples, ==, BLOCK);
  memcpy (ear->block, block, sizeof ear->block);
  ear->tick = tick;
  ear->calls++;
}

static void
say (MixerPort *port, gint16 value, guint blocks)
{
  gint16 samples[BLOCK];

  for (guint i = 0; i < BLOCK; i++)
    samples[i] = value;
  for (guint i = 0; i < blocks; i++)
    mixer_port_push (port, samples, BLOCK);
}

static Sound *
constant_sound (gint16 value, guint n)
{
  gint16 *samples = g_new (gint16, n);

  for (guint i = 0; i < n; i++)
    samples[i] = value;

  return sound_new_take (samples, n);
}

static void
assert_all (const Ear *ear, gint16 value)
{
  for (guint i = 0; i < BLOCK; i++)
    g_assert_cmpint (ear->block[i], ==, value);
}

static void
test_sum (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  Ear ears[4] = { 0 };
  MixerPort *ports[4];

  for (guint i = 0; i < 4; i++)
    {
      ports[i] = mixer_add_port (mixer, on_output, &ears[i], NULL);
      say (ports[i], (gint16) (1000 << i), 3);
      if (i < 3)
        mixer_set_bridge (mixer, ports[i], bridge);
    }
  mixer_tick (mixer, 0);
  assert_all (&ears[0], 2000 + 4000);
  assert_all (&ears[1], 1000 + 4000);
  assert_all (&ears[2], 1000 + 2000);
  assert_all (&ears[3], 0);

  mixer_set_bridge (mixer, ports[1], NULL);
  mixer_tick (mixer, 0);
  assert_all (&ears[0], 4000);
  assert_all (&ears[1], 0);

  mixer_remove_port (mixer, ports[2]);
  mixer_tick (mixer, 5);
  assert_all (&ears[0], 0);
  g_assert_cmpuint (ears[2].calls, ==, 2);
  g_assert_cmpuint (ears[0].tick, ==, 7);

  mixer_remove_bridge (mixer, bridge);
  mixer_tick (mixer, 0);
  assert_all (&ears[0], 0);
  mixer_free (mixer);
}

static void
test_saturation (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  Ear ears[3] = { 0 };
  MixerPort *ports[3];

  for (guint i = 0; i < 3; i++)
    {
      ports[i] = mixer_add_port (mixer, on_output, &ears[i], NULL);
      mixer_set_bridge (mixer, ports[i], bridge);
      say (ports[i], i == 0 ? -30000 : 30000, 2);
    }
  mixer_tick (mixer, 0);
  assert_all (&ears[0], G_MAXINT16);
  /* The sum saturates once, at the end: what is taken out of it was in it whole. */
  assert_all (&ears[1], 0);
  say (ports[1], -30000, 1);
  say (ports[0], -30000, 1);
  mixer_tick (mixer, 0);
  mixer_tick (mixer, 0);
  assert_all (&ears[2], G_MININT16);
  mixer_free (mixer);
}

static void
test_input (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  Ear mouth = { 0 }, ear = { 0 };
  MixerPort *from = mixer_add_port (mixer, on_output, &mouth, NULL);
  MixerPort *to = mixer_add_port (mixer, on_output, &ear, NULL);
  MixerCounts counts;
  gint16 ramp[BLOCK];

  mixer_set_bridge (mixer, from, bridge);
  mixer_set_bridge (mixer, to, bridge);

  /* One block is not yet enough, two are; then one missing is silence, and prefills again. */
  say (from, 100, 1);
  mixer_tick (mixer, 0);
  assert_all (&ear, 0);
  say (from, 100, 1);
  mixer_tick (mixer, 0);
  mixer_tick (mixer, 0);
  assert_all (&ear, 100);
  mixer_tick (mixer, 0);
  assert_all (&ear, 0);
  say (from, 100, 1);
  mixer_tick (mixer, 0);
  assert_all (&ear, 0);
  mixer_port_get_counts (from, &counts);
  g_assert_cmpuint (counts.missing, ==, 1);
  g_assert_cmpuint (counts.dropped, ==, 0);
  g_assert_cmpuint (counts.ticks, ==, 5);

  /* Ten more at once: the oldest go, what is heard is the newest. */
  for (gint16 value = 1; value <= 10; value++)
    say (from, value, 1);
  for (guint i = 0; i < 6; i++)
    {
      mixer_tick (mixer, 0);
      if (ear.block[0] == 10)
        break;
    }
  assert_all (&ear, 10);
  mixer_port_get_counts (from, &counts);
  g_assert_cmpuint (counts.dropped, ==, 8);

  /* Odd amounts arrive as they were sent. */
  mixer_tick (mixer, 0);
  for (guint i = 0; i < BLOCK; i++)
    ramp[i] = (gint16) i;
  for (guint round = 0; round < 2; round++)
    for (guint at = 0; at < BLOCK; at += 32)
      mixer_port_push (from, ramp + at, 32);
  mixer_tick (mixer, 0);
  g_assert_cmpmem (ear.block, sizeof ear.block, ramp, sizeof ramp);

  /* What comes without a tick in between is kept as far as there is room, then lost. */
  say (from, 1, 200);
  mixer_port_get_counts (from, &counts);
  g_assert_cmpuint (counts.dropped, >, 100);
  mixer_free (mixer);
}

static void
on_play_end (guint play, gpointer user_data)
{
  g_array_append_val ((GArray *) user_data, play);
}

static void
test_music_and_plays (void)
{
  g_autoptr (GArray) ended = g_array_new (FALSE, FALSE, sizeof (guint));
  Mixer *mixer = mixer_new (RATE, on_play_end, ended);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  g_autoptr (Sound) music = constant_sound (7, 100);
  g_autoptr (Sound) clip = constant_sound (50, BLOCK + BLOCK / 2);
  Ear customer = { 0 }, agent = { 0 };
  MixerPort *ports[2] = { mixer_add_port (mixer, on_output, &customer, NULL),
                          mixer_add_port (mixer, on_output, &agent, NULL) };
  guint play, endless;

  mixer_set_bridge (mixer, ports[0], bridge);
  mixer_set_bridge (mixer, ports[1], bridge);
  say (ports[0], 1000, 6);
  say (ports[1], 2000, 6);

  mixer_set_music (mixer, ports[0], music);
  mixer_tick (mixer, 0);
  assert_all (&customer, 7);
  assert_all (&agent, 0);

  play = mixer_play (mixer, ports[0], NULL, clip, FALSE);
  mixer_tick (mixer, 0);
  assert_all (&customer, 50);
  g_assert_cmpuint (ended->len, ==, 0);
  mixer_tick (mixer, 0);
  g_assert_cmpint (customer.block[0], ==, 50);
  g_assert_cmpint (customer.block[BLOCK - 1], ==, 0);
  g_assert_cmpuint (ended->len, ==, 0);
  mixer_dispatch (mixer);
  g_assert_cmpuint (ended->len, ==, 1);
  g_assert_cmpuint (g_array_index (ended, guint, 0), ==, play);
  g_assert_false (mixer_stop_play (mixer, play));

  mixer_set_music (mixer, ports[0], NULL);
  endless = mixer_play (mixer, NULL, bridge, clip, TRUE);
  mixer_tick (mixer, 0);
  assert_all (&customer, 2050);
  assert_all (&agent, 1050);
  g_assert_true (mixer_stop_play (mixer, endless));
  mixer_tick (mixer, 0);
  assert_all (&customer, 2000);

  /* A play whose bridge goes is gone without a word. */
  endless = mixer_play (mixer, NULL, bridge, clip, TRUE);
  mixer_remove_bridge (mixer, bridge);
  mixer_tick (mixer, 0);
  g_assert_false (mixer_stop_play (mixer, endless));

  /* One that ends before it is stopped is over, and told of once. */
  play = mixer_play (mixer, ports[0], NULL, clip, FALSE);
  mixer_tick (mixer, 0);
  mixer_tick (mixer, 0);
  g_assert_false (mixer_stop_play (mixer, play));
  mixer_dispatch (mixer);
  mixer_dispatch (mixer);
  g_assert_cmpuint (ended->len, ==, 2);
  mixer_free (mixer);
}

static void
on_gone (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
assert_taken (Ring *ring, guint channels, gint16 left, gint16 right)
{
  gint16 taken[2 * BLOCK];

  g_assert_cmpuint (ring_read (ring, taken, BLOCK), ==, BLOCK);
  for (guint i = 0; i < BLOCK; i++)
    {
      g_assert_cmpint (taken[i * channels], ==, left);
      g_assert_cmpint (taken[i * channels + channels - 1], ==, right);
    }
}

static void
assert_noise (Ring *ring, guint blocks)
{
  gint16 taken[2 * BLOCK];
  gint64 power = 0;

  g_assert_cmpuint (ring_get_fill (ring), ==, blocks * BLOCK);
  for (guint n = 0; n < blocks; n++)
    {
      ring_read (ring, taken, BLOCK);
      for (guint i = 0; i < 2 * BLOCK; i++)
        power += (gint64) taken[i] * taken[i];
    }
  power /= 2 * BLOCK * blocks;
  g_assert_cmpint (power, >, 90 * 90);
  g_assert_cmpint (power, <, 120 * 120);
}

/* A customer, an agent and a colleague; what is recorded, and what of it is not. */
static void
test_taps (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  g_autoptr (Sound) music = constant_sound (7, 100);
  g_autoptr (Ring) both = ring_new (16 * BLOCK, 2 * sizeof (gint16));
  g_autoptr (Ring) alone = ring_new (16 * BLOCK, sizeof (gint16));
  Ear ears[3] = { 0 };
  MixerPort *ports[3];
  MixerTap *taps[2];
  gboolean gone = FALSE;

  for (guint i = 0; i < 3; i++)
    {
      ports[i] = mixer_add_port (mixer, on_output, &ears[i], NULL);
      say (ports[i], (gint16) (1000 << i), 6);
      mixer_set_bridge (mixer, ports[i], bridge);
    }
  taps[0] = mixer_add_tap (mixer, ports[0], bridge, both, on_gone, &gone);
  taps[1] = mixer_add_tap (mixer, ports[1], NULL, alone, NULL, NULL);
  mixer_tick (mixer, 0);
  assert_taken (both, 2, 1000, 6000);
  assert_taken (alone, 1, 2000, 2000);

  mixer_set_muted (mixer, ports[1], TRUE);
  mixer_tick (mixer, 0);
  assert_all (&ears[0], 4000);
  assert_all (&ears[1], 5000);
  assert_taken (both, 2, 1000, 4000);
  mixer_set_muted (mixer, ports[1], FALSE);

  /* Nothing of the pause is there, not even its silence. */
  mixer_tap_set_mode (taps[0], MIXER_TAP_NOTHING);
  mixer_tick (mixer, 0);
  mixer_tap_set_mode (taps[0], MIXER_TAP_SOUND);
  for (guint i = 0; i < 10; i++)
    mixer_tick (mixer, 0);
  g_assert_cmpuint (ring_get_fill (both), ==, 0);
  for (guint i = 0; i < 3; i++)
    say (ports[i], (gint16) (1000 << i), 6);

  /* Or it is noise, for as long. */
  mixer_tap_set_mode (taps[0], MIXER_TAP_NOISE);
  mixer_tick (mixer, 0);
  mixer_tap_set_mode (taps[0], MIXER_TAP_SOUND);
  for (guint i = 0; i < 10; i++)
    mixer_tick (mixer, 0);
  assert_noise (both, 11);
  for (guint i = 0; i < 3; i++)
    say (ports[i], (gint16) (1000 << i), 6);

  mixer_set_music (mixer, ports[0], music);
  mixer_tick (mixer, 0);
  assert_taken (both, 2, 0, 6000);
  mixer_set_music (mixer, ports[0], NULL);
  mixer_set_bridge (mixer, ports[0], NULL);
  mixer_tick (mixer, 0);
  assert_taken (both, 2, 0, 6000);

  mixer_remove_tap (mixer, taps[0]);
  mixer_tick (mixer, 0);
  g_assert_cmpuint (ring_get_fill (both), ==, 0);
  g_assert_false (gone);
  mixer_dispatch (mixer);
  g_assert_true (gone);
  mixer_free (mixer); /* the other tap goes with it */
}

/* The supervisor hears both, the agent alone hears the supervisor. */
static void
test_snoop (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  g_autoptr (Sound) clip = constant_sound (50, 10 * BLOCK);
  Ear ears[3] = { 0 };
  MixerPort *ports[3]; /* customer, agent, supervisor */

  for (guint i = 0; i < 3; i++)
    {
      ports[i] = mixer_add_port (mixer, on_output, &ears[i], NULL);
      say (ports[i], (gint16) (1000 << i), 6);
      if (i < 2)
        mixer_set_bridge (mixer, ports[i], bridge);
    }
  mixer_set_snoop (mixer, ports[2], ports[1], FALSE);
  mixer_tick (mixer, 0);
  assert_all (&ears[2], 3000);
  assert_all (&ears[1], 1000);

  mixer_set_snoop (mixer, ports[2], ports[1], TRUE);
  mixer_tick (mixer, 0);
  assert_all (&ears[0], 2000);
  assert_all (&ears[1], 1000 + 4000);
  assert_all (&ears[2], 3000);

  mixer_play (mixer, ports[2], NULL, clip, FALSE);
  mixer_tick (mixer, 0);
  assert_all (&ears[2], 3050);
  g_assert_cmpuint (ears[2].calls, ==, 3);

  mixer_remove_port (mixer, ports[1]);
  mixer_tick (mixer, 0);
  assert_all (&ears[2], 50);
  mixer_remove_port (mixer, ports[2]);
  mixer_tick (mixer, 0);
  assert_all (&ears[0], 0);
  mixer_free (mixer);
}

static void
on_any_output (const gint16 *block, guint n_samples, guint64 tick, gpointer user_data)
{
  g_atomic_int_inc ((gint *) user_data);
}

static gpointer
push_forever (gpointer data)
{
  MixerPort *port = data;
  gint16 block[BLOCK] = { 0 };

  for (guint i = 0; i < 2000; i++)
    mixer_port_push (port, block, BLOCK / 2);
  mixer_port_unref (port);

  return NULL;
}

/* Legs come, go and talk while another thread ticks on its own clock. */
static void
test_threads (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  Ticker *ticker = ticker_new (mixer);
  MixerBridge *bridge = mixer_add_bridge (mixer);
  TickerCounts counts;
  gint outputs = 0;
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  do
    {
      MixerPort *port = mixer_add_port (mixer, on_any_output, &outputs, NULL);
      GThread *thread = g_thread_new ("leg", push_forever, mixer_port_ref (port));
      gint before = g_atomic_int_get (&outputs);

      mixer_set_bridge (mixer, port, bridge);
      while (g_atomic_int_get (&outputs) == before && g_get_monotonic_time () < deadline)
        g_thread_yield ();
      mixer_remove_port (mixer, port);
      g_thread_join (thread);
      mixer_dispatch (mixer);
      ticker_get_counts (ticker, &counts);
    }
  while (counts.ticks < 10 && g_get_monotonic_time () < deadline);

  ticker_free (ticker);
  g_assert_cmpuint (counts.ticks, >=, 10);
  g_assert_cmpint (outputs, >, 0);
  mixer_free (mixer);
}

static gint stuck;

static void
on_stuck_output (const gint16 *block, guint n_samples, guint64 tick, gpointer user_data)
{
  if (g_atomic_int_compare_and_exchange (&stuck, 1, 0))
    g_usleep (400 * 1000); /* on purpose: an output that is stuck */
  else
    g_atomic_int_inc ((gint *) user_data);
}

/* A tick that takes 400 ms is late, what was due meanwhile is skipped, and the clock goes on. */
static void
test_late (void)
{
  Mixer *mixer = mixer_new (RATE, NULL, NULL);
  gint outputs = 0;
  MixerPort *port = mixer_add_port (mixer, on_stuck_output, &outputs, NULL);
  gint64 begin = g_get_monotonic_time ();
  gint64 deadline = begin + 60 * G_USEC_PER_SEC;
  Ticker *ticker;
  TickerCounts counts;
  gint64 elapsed;

  stuck = 1;
  ticker = ticker_new (mixer);
  do
    {
      g_thread_yield ();
      ticker_get_counts (ticker, &counts);
    }
  while (counts.ticks < 40 && g_get_monotonic_time () < deadline);
  elapsed = g_get_monotonic_time () - begin;
  ticker_free (ticker);

  g_assert_cmpuint (counts.late, >=, 1 + counts.skipped);
  g_assert_cmpuint (counts.skipped, >=, 10);
  g_assert_cmpint (counts.worst_us, >=, 400 * 1000);
  g_assert_cmpint ((gint64) counts.ticks, <=, elapsed / 20000 + 1);
  mixer_remove_port (mixer, port);
  mixer_free (mixer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/mixer/sum", test_sum);
  g_test_add_func ("/voice/mixer/saturation", test_saturation);
  g_test_add_func ("/voice/mixer/input", test_input);
  g_test_add_func ("/voice/mixer/music-and-plays", test_music_and_plays);
  g_test_add_func ("/voice/mixer/taps", test_taps);
  g_test_add_func ("/voice/mixer/snoop", test_snoop);
  g_test_add_func ("/voice/mixer/threads", test_threads);
  g_test_add_func ("/voice/mixer/late", test_late);

  return g_test_run ();
}
