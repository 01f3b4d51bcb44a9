/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer by itself: sums, saturation, nobody hears himself, music, plays, too much and too
 * little input, changes in the middle of everything, and 1 000 random operations a seed, each
 * followed by a tick, beside a naive mixer that is written to be obviously right. */
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

/* --- The naive mixer: one entry a leg, everything by the book. --- */

#define N_LEGS    8
#define N_BRIDGES 3

typedef struct
{
  gboolean live;
  int bridge; /* -1: none */
  gboolean music;
  guint music_at;
  gint16 queue[6][BLOCK];
  guint n_queue;
  gboolean running;
  gint16 in[BLOCK];
  Ear ear;
  MixerPort *port;
} NaiveLeg;

typedef struct
{
  int leg, bridge; /* one of them -1 */
  guint at;
  gboolean loop;
  guint play;
} NaivePlay;

typedef struct
{
  Mixer *mixer;
  Sound *music, *clip;
  MixerBridge *bridges[N_BRIDGES];
  NaiveLeg legs[N_LEGS];
  GArray *plays;
} Naive;

static gint32
naive_play_sample (Naive *naive, NaivePlay *play, guint sample)
{
  guint n = sound_get_length (naive->clip);
  guint at = play->at + sample;

  if (play->loop)
    at %= n;

  return at < n ? sound_get_samples (naive->clip)[at] : 0;
}

static gint16
naive_hears (Naive *naive, int me, guint sample)
{
  NaiveLeg *leg = &naive->legs[me];
  gint32 sum = 0;
  gboolean played = FALSE;

  for (guint i = 0; i < naive->plays->len; i++)
    {
      NaivePlay *play = &g_array_index (naive->plays, NaivePlay, i);

      if (play->leg == me)
        {
          sum += naive_play_sample (naive, play, sample);
          played = TRUE;
        }
      else if (play->bridge >= 0 && play->bridge == leg->bridge && !leg->music)
        sum += naive_play_sample (naive, play, sample);
    }
  if (leg->music && !played)
    sum += sound_get_samples (
        naive->music)[(leg->music_at + sample) % sound_get_length (naive->music)];
  if (!leg->music && leg->bridge >= 0)
    for (int other = 0; other < N_LEGS; other++)
      if (other != me && naive->legs[other].live && naive->legs[other].bridge == leg->bridge &&
          !naive->legs[other].music)
        sum += naive->legs[other].in[sample];

  return (gint16) CLAMP (sum, G_MININT16, G_MAXINT16);
}

static gboolean
naive_has_play (Naive *naive, int leg)
{
  for (guint i = 0; i < naive->plays->len; i++)
    if (g_array_index (naive->plays, NaivePlay, i).leg == leg)
      return TRUE;

  return FALSE;
}

static void
naive_tick (Naive *naive)
{
  for (int i = 0; i < N_LEGS; i++)
    {
      NaiveLeg *leg = &naive->legs[i];

      if (!leg->live)
        continue;
      memset (leg->in, 0, sizeof leg->in);
      if (leg->running ? leg->n_queue < 1 : leg->n_queue < 2)
        {
          leg->running = FALSE;
          continue;
        }
      leg->running = TRUE;
      memcpy (leg->in, leg->queue[0], sizeof leg->in);
      memmove (leg->queue[0], leg->queue[1], sizeof leg->in * 5);
      leg->n_queue--;
    }

  mixer_tick (naive->mixer, 0);

  for (int i = 0; i < N_LEGS; i++)
    {
      if (!naive->legs[i].live)
        continue;
      for (guint s = 0; s < BLOCK; s++)
        g_assert_cmpint (naive->legs[i].ear.block[s], ==, naive_hears (naive, i, s));
      if (naive->legs[i].music && !naive_has_play (naive, i))
        naive->legs[i].music_at += BLOCK;
    }

  for (guint i = naive->plays->len; i > 0; i--)
    {
      NaivePlay *play = &g_array_index (naive->plays, NaivePlay, i - 1);

      play->at += BLOCK;
      if (!play->loop && play->at >= sound_get_length (naive->clip))
        g_array_remove_index (naive->plays, i - 1);
    }
}

static void
naive_drop_plays (Naive *naive, int leg, int bridge)
{
  for (guint i = naive->plays->len; i > 0; i--)
    {
      NaivePlay *play = &g_array_index (naive->plays, NaivePlay, i - 1);

      if ((leg >= 0 && play->leg == leg) || (bridge >= 0 && play->bridge == bridge))
        g_array_remove_index (naive->plays, i - 1);
    }
}

static void
naive_toggle_leg (Naive *naive, int i)
{
  NaiveLeg *leg = &naive->legs[i];

  if (leg->live)
    {
      mixer_remove_port (naive->mixer, leg->port);
      naive_drop_plays (naive, i, -1);
    }
  gboolean live = !leg->live;
  memset (leg, 0, sizeof *leg);
  leg->bridge = -1;
  leg->live = live;
  if (live)
    leg->port = mixer_add_port (naive->mixer, on_output, &leg->ear, NULL);
}

static void
naive_push (Naive *naive, NaiveLeg *leg)
{
  gint16 block[BLOCK];

  for (guint s = 0; s < BLOCK; s++)
    block[s] = (gint16) g_test_rand_int_range (G_MININT16, G_MAXINT16 + 1);
  mixer_port_push (leg->port, block, BLOCK);
  if (leg->n_queue == 6)
    {
      memmove (leg->queue[0], leg->queue[4], sizeof block * 2);
      leg->n_queue = 2;
    }
  memcpy (leg->queue[leg->n_queue++], block, sizeof block);
}

static void
naive_start_play (Naive *naive, int leg, int bridge)
{
  NaivePlay play = { .leg = leg, .bridge = bridge, .loop = g_test_rand_bit () };

  play.play = mixer_play (naive->mixer, leg >= 0 ? naive->legs[leg].port : NULL,
                          bridge >= 0 ? naive->bridges[bridge] : NULL, naive->clip, play.loop);
  g_array_append_val (naive->plays, play);
}

static void
naive_recreate_bridge (Naive *naive, int bridge)
{
  mixer_remove_bridge (naive->mixer, naive->bridges[bridge]);
  naive_drop_plays (naive, -1, bridge);
  for (int i = 0; i < N_LEGS; i++)
    if (naive->legs[i].live && naive->legs[i].bridge == bridge)
      naive->legs[i].bridge = -1;
  naive->bridges[bridge] = mixer_add_bridge (naive->mixer);
}

static void
naive_stop_play (Naive *naive)
{
  guint i;

  if (naive->plays->len == 0)
    return;
  i = (guint) g_test_rand_int_range (0, (gint32) naive->plays->len);
  g_assert_true (mixer_stop_play (naive->mixer, g_array_index (naive->plays, NaivePlay, i).play));
  g_array_remove_index (naive->plays, i);
}

static void
naive_step (Naive *naive)
{
  int i = g_test_rand_int_range (0, N_LEGS);
  int bridge = g_test_rand_int_range (0, N_BRIDGES);
  NaiveLeg *leg = &naive->legs[i];
  int what = g_test_rand_int_range (0, 20);

  if (what == 0 || !leg->live)
    naive_toggle_leg (naive, i);
  else if (what < 9)
    for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
      naive_push (naive, leg);
  else if (what < 14)
    {
      leg->bridge = g_test_rand_int_range (0, 4) == 0 ? -1 : bridge;
      mixer_set_bridge (naive->mixer, leg->port,
                        leg->bridge < 0 ? NULL : naive->bridges[leg->bridge]);
    }
  else if (what < 16)
    {
      leg->music = !leg->music;
      leg->music_at = 0;
      mixer_set_music (naive->mixer, leg->port, leg->music ? naive->music : NULL);
    }
  else if (what == 16)
    naive_start_play (naive, i, -1);
  else if (what == 17)
    naive_start_play (naive, -1, bridge);
  else if (what == 18)
    naive_stop_play (naive);
  else
    naive_recreate_bridge (naive, bridge);
}

static void
test_random (void)
{
  Naive *naive = g_new0 (Naive, 1);
  gint16 *music = g_new (gint16, 777), *clip = g_new (gint16, 1000);

  for (guint i = 0; i < 777; i++)
    music[i] = (gint16) i;
  for (guint i = 0; i < 1000; i++)
    clip[i] = (gint16) (10 * i);
  naive->mixer = mixer_new (RATE, NULL, NULL);
  naive->music = sound_new_take (music, 777);
  naive->clip = sound_new_take (clip, 1000);
  naive->plays = g_array_new (FALSE, FALSE, sizeof (NaivePlay));
  for (int i = 0; i < N_BRIDGES; i++)
    naive->bridges[i] = mixer_add_bridge (naive->mixer);

  for (guint step = 0; step < 1000; step++)
    {
      naive_step (naive);
      naive_tick (naive);
      if (step % 7 == 0)
        mixer_dispatch (naive->mixer);
    }

  mixer_free (naive->mixer);
  sound_unref (naive->music);
  sound_unref (naive->clip);
  g_array_unref (naive->plays);
  g_free (naive);
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
  g_test_add_func ("/voice/mixer/random", test_random);
  g_test_add_func ("/voice/mixer/threads", test_threads);
  g_test_add_func ("/voice/mixer/late", test_late);

  return g_test_run ();
}
