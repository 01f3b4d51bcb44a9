/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer beside a naive one that is written to be obviously right: 1 000 random operations a
 * seed, each followed by a tick. One entry a leg, everything by the book. */
#include "server/voice/builtin/mixer.h"

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

#define N_LEGS    8
#define N_BRIDGES 3

typedef struct
{
  gboolean live;
  int bridge; /* -1: none */
  gboolean music, muted, whisper;
  gboolean listens;
  int other;
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

static gint32
naive_plays (Naive *naive, int me, guint sample)
{
  gint32 sum = 0;

  for (guint i = 0; i < naive->plays->len; i++)
    if (g_array_index (naive->plays, NaivePlay, i).leg == me)
      sum += naive_play_sample (naive, &g_array_index (naive->plays, NaivePlay, i), sample);

  return sum;
}

static gint32
naive_hears_itself (Naive *naive, int me, guint sample)
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

  return sum;
}

static gint16
naive_hears (Naive *naive, int me, guint sample)
{
  NaiveLeg *leg = &naive->legs[me];
  gint32 sum = 0;

  if (!leg->listens)
    sum = naive_hears_itself (naive, me, sample);
  else
    sum = naive_hears_itself (naive, leg->other, sample) + naive->legs[leg->other].in[sample] +
          naive_plays (naive, me, sample);
  for (int i = 0; i < N_LEGS; i++)
    if (naive->legs[i].live && naive->legs[i].listens && naive->legs[i].other == me &&
        naive->legs[i].whisper)
      sum += naive->legs[i].in[sample];

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
      if (!leg->muted)
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
    }
  for (int i = 0; i < N_LEGS; i++)
    if (naive->legs[i].live && naive->legs[i].music && !naive_has_play (naive, i) &&
        !naive->legs[i].listens)
      naive->legs[i].music_at += BLOCK;

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
  for (int other = 0; other < N_LEGS; other++)
    if (naive->legs[other].listens && naive->legs[other].other == i)
      naive->legs[other].listens = FALSE;
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

/* Who listens is in no bridge and listens to none who listens. */
static void
naive_toggle_snoop (Naive *naive, int i, int other)
{
  NaiveLeg *leg = &naive->legs[i];

  for (int j = 0; j < N_LEGS; j++)
    if (naive->legs[j].live && naive->legs[j].listens && naive->legs[j].other == i)
      return;
  if (!leg->listens && (i == other || !naive->legs[other].live || naive->legs[other].listens))
    return;
  leg->listens = !leg->listens;
  leg->other = other;
  leg->whisper = g_test_rand_bit ();
  mixer_set_bridge (naive->mixer, leg->port, NULL);
  leg->bridge = -1;
  mixer_set_snoop (naive->mixer, leg->port, leg->listens ? naive->legs[other].port : NULL,
                   leg->whisper);
}

static void
naive_step (Naive *naive)
{
  int i = g_test_rand_int_range (0, N_LEGS);
  int bridge = g_test_rand_int_range (0, N_BRIDGES);
  NaiveLeg *leg = &naive->legs[i];
  int what = g_test_rand_int_range (0, 23);

  if (what == 0 || !leg->live)
    naive_toggle_leg (naive, i);
  else if (what < 9)
    for (int n = g_test_rand_int_range (1, 5); n > 0; n--)
      naive_push (naive, leg);
  else if (what < 14 && !leg->listens)
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
  else if (what == 20)
    mixer_set_muted (naive->mixer, leg->port, leg->muted = !leg->muted);
  else if (what > 20)
    naive_toggle_snoop (naive, i, g_test_rand_int_range (0, N_LEGS));
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/naive/random", test_random);

  return g_test_run ();
}
