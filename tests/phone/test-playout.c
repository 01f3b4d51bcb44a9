/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The playout buffer: no gap where the clocks differ, little waiting, gaps bridged, bursts and
 * silence survived. */
#include "phone/playout.h"

#include <math.h>

#define RATE   16000
#define PACKET (RATE / 50)
#define BLOCK  (RATE / 100)

/* A tone of 200 Hz, so that every period is like the other. */
static void
fill (gint16 *samples, gsize count, guint64 *phase)
{
  for (gsize i = 0; i < count; i++)
    samples[i] = (gint16) lrint (8000 * sin (2 * G_PI * 200.0 * (double) (*phase)++ / RATE));
}

static gboolean
is_silent (const gint16 *samples, gsize count)
{
  for (gsize i = 0; i < count; i++)
    if (ABS (samples[i]) > 50)
      return FALSE;
  return TRUE;
}

/* The greatest step between two samples: a click is a far greater one than the tone has. */
static int
greatest_step (const gint16 *samples, gsize count, gint16 *last)
{
  int most = 0;

  for (gsize i = 0; i < count; i++)
    {
      most = MAX (most, ABS (samples[i] - *last));
      *last = samples[i];
    }
  return most;
}

typedef struct
{
  double seconds, skew; /* the sender's clock is faster by this part */
  double jitter_ms;     /* packets come up to so much late */
  guint burst_every;    /* so many packets come together */
} Run;

static void
run (const Run *what, PhonePlayoutStats *stats, guint *silent, int *step)
{
  g_autoptr (PhonePlayout) playout = phone_playout_new (RATE);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint64 phase = 0, sent = 0;
  gint16 packet[PACKET], block[BLOCK], last = 0;
  gboolean heard = FALSE;

  *silent = 0;
  *step = 0;
  for (guint tick = 0; tick < what->seconds * 100; tick++)
    {
      double now = tick * 10.0, due = (double) sent * 20.0 / (1.0 + what->skew);
      guint burst = MAX (what->burst_every, 1);

      while (due + 20.0 * (burst - 1) + g_rand_double (random) * what->jitter_ms <= now)
        {
          for (guint i = 0; i < burst; i++, sent++)
            {
              fill (packet, PACKET, &phase);
              phone_playout_push (playout, packet, PACKET);
            }
          due = (double) sent * 20.0 / (1.0 + what->skew);
        }
      phone_playout_pull (playout, block, BLOCK);
      heard |= !is_silent (block, BLOCK);
      if (!heard)
        continue;
      *silent += is_silent (block, BLOCK);
      *step = MAX (*step, greatest_step (block, BLOCK, &last));
    }
  phone_playout_get_stats (playout, stats);
}

static void
test_even (void)
{
  const Run even = { .seconds = 30 };
  PhonePlayoutStats stats;
  guint silent;
  int step;

  run (&even, &stats, &silent, &step);
  g_assert_cmpuint (stats.gaps, ==, 0);
  g_assert_cmpuint (silent, ==, 0);
  g_assert_cmpint (step, <, 900);
  g_assert_cmpfloat (stats.waiting_ms, <, 30);
}

static void
test_skew (gconstpointer data)
{
  const Run skewed = { .seconds = 120, .skew = GPOINTER_TO_INT (data) / 1e6 };
  PhonePlayoutStats stats;
  guint silent;
  int step;

  run (&skewed, &stats, &silent, &step);
  g_assert_cmpuint (silent, ==, 0);
  /* A slip is seen only when a whole block is short: bridged with a few milliseconds of the same.
   */
  g_assert_cmpuint (stats.gaps, <=, 6);
  g_assert_cmpint (step, <, 1500);
  g_assert_cmpfloat (stats.waiting_ms, <, 45);
}

static void
test_jitter (void)
{
  const Run rough = { .seconds = 60, .jitter_ms = 30 };
  PhonePlayoutStats stats;
  guint silent;
  int step;

  run (&rough, &stats, &silent, &step);
  g_assert_cmpuint (silent, ==, 0);
  g_assert_cmpuint (stats.gaps, <, 30);
  g_assert_cmpfloat (stats.waiting_ms, <, 110);
}

static void
test_bursts (void)
{
  const Run bursts = { .seconds = 60, .burst_every = 3 };
  PhonePlayoutStats stats;
  guint silent;
  int step;

  run (&bursts, &stats, &silent, &step);
  g_assert_cmpuint (silent, ==, 0);
  g_assert_cmpfloat (stats.waiting_ms, <, 130);
}

/* A second of nothing, as when held: fades, is silent, begins again. */
static void
test_pause (void)
{
  g_autoptr (PhonePlayout) playout = phone_playout_new (RATE);
  guint64 phase = 0;
  gint16 packet[PACKET], block[BLOCK];
  PhonePlayoutStats stats;
  guint silent = 0;

  for (guint i = 0; i < 50; i++)
    {
      fill (packet, PACKET, &phase);
      phone_playout_push (playout, packet, PACKET);
      phone_playout_pull (playout, block, BLOCK);
      phone_playout_pull (playout, block, BLOCK);
    }
  for (guint i = 0; i < 100; i++)
    {
      phone_playout_pull (playout, block, BLOCK);
      silent += is_silent (block, BLOCK);
    }
  g_assert_cmpuint (silent, >, 80);
  g_assert_cmpuint (silent, <, 99);
  for (guint i = 0; i < 50; i++)
    {
      fill (packet, PACKET, &phase);
      phone_playout_push (playout, packet, PACKET);
      phone_playout_pull (playout, block, BLOCK);
      phone_playout_pull (playout, block, BLOCK);
    }
  g_assert_false (is_silent (block, BLOCK));
  phone_playout_get_stats (playout, &stats);
  g_assert_cmpuint (stats.gaps, <=, 2);
}

/* Nobody pulls: memory and waiting stay bounded, and what is heard then is new. */
static void
test_nobody_pulls (void)
{
  g_autoptr (PhonePlayout) playout = phone_playout_new (RATE);
  guint64 phase = 0;
  gint16 packet[PACKET];
  PhonePlayoutStats stats;

  for (guint i = 0; i < 5000; i++)
    {
      fill (packet, PACKET, &phase);
      phone_playout_push (playout, packet, PACKET);
    }
  phone_playout_get_stats (playout, &stats);
  g_assert_cmpfloat (stats.waiting_ms, <=, 20.1);
}

/* Blocks of odd sizes in both directions. */
static void
test_odd_sizes (void)
{
  g_autoptr (PhonePlayout) playout = phone_playout_new (48000);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autofree gint16 *samples = g_new0 (gint16, 100000);

  for (guint i = 0; i < 20000; i++)
    {
      phone_playout_push (playout, samples,
                          (gsize) g_rand_int_range (random, 0, i % 100 ? 2000 : 99999));
      phone_playout_pull (playout, samples,
                          (gsize) g_rand_int_range (random, 0, i % 77 ? 2000 : 20000));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/playout/even", test_even);
  g_test_add_data_func ("/playout/sender-fast", GINT_TO_POINTER (300), test_skew);
  g_test_add_data_func ("/playout/sender-slow", GINT_TO_POINTER (-300), test_skew);
  g_test_add_func ("/playout/jitter", test_jitter);
  g_test_add_func ("/playout/bursts", test_bursts);
  g_test_add_func ("/playout/pause", test_pause);
  g_test_add_func ("/playout/nobody-pulls", test_nobody_pulls);
  g_test_add_func ("/playout/odd-sizes", test_odd_sizes);
  return g_test_run ();
}
