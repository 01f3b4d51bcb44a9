/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A demo's centre that was left behind notices, on a clock of the test's own. */
#include "server/alone.h"

#define LIMIT 300000

static void
test_never_anybody (void)
{
  Alone alone = { 0 };

  g_assert_false (alone_tell (&alone, FALSE, 1000, LIMIT));
  g_assert_false (alone_tell (&alone, FALSE, 1000 + LIMIT - 1, LIMIT));
  g_assert_true (alone_tell (&alone, FALSE, 1000 + LIMIT, LIMIT));
}

static void
test_somebody_stays (void)
{
  Alone alone = { 0 };

  for (gint64 now = 1; now < 10 * LIMIT; now += 5000)
    g_assert_false (alone_tell (&alone, TRUE, now, LIMIT));
}

static void
test_gone_and_back (void)
{
  Alone alone = { 0 };

  g_assert_false (alone_tell (&alone, TRUE, 1000, LIMIT));
  g_assert_false (alone_tell (&alone, FALSE, 6000, LIMIT));
  g_assert_false (alone_tell (&alone, FALSE, 5000 + LIMIT, LIMIT));
  g_assert_false (alone_tell (&alone, TRUE, 5500 + LIMIT, LIMIT));
  g_assert_false (alone_tell (&alone, FALSE, 6000 + LIMIT, LIMIT));
  g_assert_false (alone_tell (&alone, FALSE, 5999 + 2 * LIMIT, LIMIT));
  g_assert_true (alone_tell (&alone, FALSE, 6000 + 2 * LIMIT, LIMIT));
}

static void
test_machine_slept (void)
{
  Alone alone = { 0 };

  g_assert_false (alone_tell (&alone, TRUE, 1000, LIMIT));
  g_assert_false (alone_tell (&alone, FALSE, 1000 + 100 * LIMIT, LIMIT));
  g_assert_false (alone_tell (&alone, TRUE, 5000 + 100 * LIMIT, LIMIT));
}

static void
test_no_limit (void)
{
  Alone alone = { 0 };

  g_assert_false (alone_tell (&alone, FALSE, 1, 0));
  g_assert_false (alone_tell (&alone, FALSE, 1000000 * (gint64) LIMIT, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/alone/never-anybody", test_never_anybody);
  g_test_add_func ("/server/alone/somebody-stays", test_somebody_stays);
  g_test_add_func ("/server/alone/gone-and-back", test_gone_and_back);
  g_test_add_func ("/server/alone/machine-slept", test_machine_slept);
  g_test_add_func ("/server/alone/no-limit", test_no_limit);

  return g_test_run ();
}
