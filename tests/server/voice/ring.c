/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands between the tick and the other threads: rings beside a queue, in one thread and
 * between two; the pulse; the outlet's dropping of the oldest. */
#include "server/voice/builtin/outlet.h"
#include "server/voice/builtin/ring.h"

#define N_ITEMS 200000

/* Random amounts in and out, beside two counters: what comes out is what went in, in its order. */
static void
test_order (void)
{
  g_autoptr (Ring) ring = ring_new (100, sizeof (guint32));
  guint32 in = 0, out = 0, items[200];

  for (guint step = 0; step < 10000; step++)
    {
      guint n = (guint) g_test_rand_int_range (0, 200), done;

      for (guint i = 0; i < n; i++)
        items[i] = in + i;
      done = ring_write (ring, items, n);
      g_assert_cmpuint (done, ==, MIN (n, 128 - (in - out)));
      in += done;
      g_assert_cmpuint (ring_get_fill (ring), ==, in - out);
      if (step % 10 == 0)
        {
          guint skip = (in - out) / 2;

          ring_skip (ring, skip);
          out += skip;
        }
      n = ring_read (ring, items, (guint) g_test_rand_int_range (0, 200));
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (items[i], ==, out++);
    }
}

typedef struct
{
  Ring *ring;
  Pulse *pulse;
} Pipe;

static gpointer
write_all (gpointer data)
{
  Pipe *pipe = data;

  for (guint64 i = 0; i < N_ITEMS;)
    {
      guint64 items[3] = { i, i + 1, i + 2 };
      guint n = ring_write (pipe->ring, items, (guint) MIN (3, N_ITEMS - i));

      i += n;
      pulse_beat (pipe->pulse);
      if (n == 0)
        g_thread_yield ();
    }

  return NULL;
}

/* Nothing is lost, doubled or torn between two threads, and a beat never passes unseen. */
static void
test_threads (void)
{
  g_autoptr (Ring) ring = ring_new (64, sizeof (guint64));
  Pipe pipe = { ring, pulse_new () };
  GThread *thread = g_thread_new ("writer", write_all, &pipe);
  guint64 expected = 0;

  while (expected < N_ITEMS)
    {
      guint seen = pulse_get (pipe.pulse);
      guint64 items[5];
      guint n = ring_read (ring, items, 5);

      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (items[i], ==, expected++);
      if (n == 0)
        pulse_wait (pipe.pulse, seen);
    }
  g_thread_join (thread);
  pulse_unref (pipe.pulse);
}

static void
test_outlet (void)
{
  Pulse *pulse = pulse_new ();
  Outlet *outlet = outlet_new (pulse, 2);
  gint16 block[2] = { 0 };
  guint64 tick = 0;

  g_assert_false (outlet_take (outlet, block, &tick));
  for (gint16 i = 1; i <= 10; i++)
    outlet_put (outlet, (const gint16[]){ i, (gint16) -i }, (guint64) i + 100);
  for (gint16 i = 6; i <= 10; i++)
    {
      g_assert_true (outlet_take (outlet, block, &tick));
      g_assert_cmpint (block[0], ==, i);
      g_assert_cmpint (block[1], ==, -i);
      g_assert_cmpuint (tick, ==, (guint64) i + 100);
    }
  g_assert_false (outlet_take (outlet, block, &tick));
  outlet_put (outlet, block, 1);
  outlet_empty (outlet);
  g_assert_false (outlet_take (outlet, block, &tick));
  outlet_unref (outlet);
  pulse_unref (pulse);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/ring/order", test_order);
  g_test_add_func ("/voice/ring/threads", test_threads);
  g_test_add_func ("/voice/ring/outlet", test_outlet);

  return g_test_run ();
}
