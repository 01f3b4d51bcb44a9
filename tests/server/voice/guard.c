/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strangers are heard so much and no more: one source, many, more than can be remembered. */
#include "server/voice/builtin/guard.h"

#define SECOND G_USEC_PER_SEC
#define RATE   20
#define BURST  200 /* of one; of all: 1 000 */

static guint
send (Guard *guard, const char *address, guint n, gint64 now)
{
  guint admitted = 0;

  for (guint i = 0; i < n; i++)
    admitted += guard_admit (guard, address, now) ? 1 : 0;

  return admitted;
}

static void
expect_told (void)
{
  g_test_expect_message ("guichetd-voice", G_LOG_LEVEL_MESSAGE, "*come too fast*");
}

static void
test_one (void)
{
  g_autoptr (Guard) guard = guard_new (RATE);
  gint64 now = 1000 * SECOND;

  expect_told ();
  g_assert_cmpuint (send (guard, "192.0.2.1", 5000, now), ==, BURST);
  /* Another is not kept from it. */
  g_assert_cmpuint (send (guard, "192.0.2.2", 100, now), ==, 100);
  /* A second's worth comes back in a second; ten minutes bring no more than a burst. */
  g_assert_cmpuint (send (guard, "192.0.2.1", 5000, now + SECOND), ==, RATE);
  g_test_assert_expected_messages ();
  expect_told ();
  g_assert_cmpuint (send (guard, "192.0.2.1", 5000, now + 600 * SECOND), ==, BURST);
  g_test_assert_expected_messages ();
  /* One who keeps to the rate is always heard. */
  for (guint i = 0; i < 1000; i++)
    g_assert_true (
        guard_admit (guard, "192.0.2.3", now + 700 * SECOND + (gint64) i * SECOND / RATE));
}

static void
test_networks (void)
{
  g_autoptr (Guard) guard = guard_new (RATE);
  guint admitted = 0;

  expect_told ();
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *address = g_strdup_printf ("2001:db8::%x", i);

      admitted += guard_admit (guard, address, SECOND) ? 1 : 0;
    }
  g_assert_cmpuint (admitted, ==, BURST);
  g_assert_cmpuint (guard_count_sources (guard), ==, 1);
  g_assert_true (guard_admit (guard, "2001:db8:0:1::1", SECOND));
  g_test_assert_expected_messages ();
}

/* A million sources: neither more requests than all may have, nor memory for more than so many. */
static void
test_many (void)
{
  g_autoptr (Guard) guard = guard_new (RATE);
  guint admitted = 0;

  expect_told ();
  for (guint i = 0; i < 1000000; i++)
    {
      char address[32];

      g_snprintf (address, sizeof address, "10.%u.%u.%u", i >> 16, (i >> 8) & 255, i & 255);
      admitted += guard_admit (guard, address, SECOND + (gint64) i * 10) ? 1 : 0;
    }
  g_test_assert_expected_messages ();
  /* In ten seconds. */
  g_assert_cmpuint (admitted, <=, 5 * BURST + 10 * 10 * RATE + 1);
  g_assert_cmpuint (admitted, >, 5 * BURST);
  g_assert_cmpuint (guard_count_sources (guard), <=, 4096);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/guard/one", test_one);
  g_test_add_func ("/voice/guard/networks", test_networks);
  g_test_add_func ("/voice/guard/many", test_many);

  return g_test_run ();
}
