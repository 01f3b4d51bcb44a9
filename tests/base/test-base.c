/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clock, times as text, log lines, ids and transitions. */
#include "base/clock.h"
#include "base/ids.h"
#include "base/log.h"
#include "base/source.h"
#include "base/time-text.h"
#include "base/transition.h"

#include <string.h>

/* Who is one source. */
static void
test_sources (void)
{
  static const char *const cases[][2] = {
    { "192.0.2.7", "192.0.2.7" },
    { "::ffff:192.0.2.7", "192.0.2.7" },
    { "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::" },
    { "2001:db8:1:2::", "2001:0db8:0001:0002::" },
    { "2001:db8:1:3::1", "2001:0db8:0001:0003::" },
    { "unknown", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = base_source_key (cases[i][0]);

      g_assert_cmpstr (key, ==, cases[i][1]);
    }
}

static void
test_clock (void)
{
  g_autoptr (BaseClock) real = base_clock_new (0);
  g_autoptr (BaseClock) ahead = base_clock_new (G_GINT64_CONSTANT (4102444800000));
  g_autoptr (BaseClock) fake = base_clock_new_fake (1000);
  gint64 last = 0;

  g_assert_cmpint (ABS (base_clock_now (real) - g_get_real_time () / 1000), <, 2000);
  g_assert_cmpint (base_clock_now (ahead), >=, G_GINT64_CONSTANT (4102444800000));
  for (guint i = 0; i < 1000; i++)
    {
      g_assert_cmpint (base_clock_now (real), >=, last);
      last = base_clock_now (real);
    }
  base_clock_advance (fake, 234);
  g_assert_cmpint (base_clock_now (fake), ==, 1234);
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    gint64 at;
  } good[] = {
    { "1970-01-01T00:00:00.000Z", 0 },
    { "2026-03-01T09:30:00.250Z", G_GINT64_CONSTANT (1772357400250) },
    { "2000-02-29T23:59:59.999Z", G_GINT64_CONSTANT (951868799999) },
    { "1969-12-31T23:59:59.999Z", -1 },
    { "0001-01-01T00:00:00.000Z", G_GINT64_CONSTANT (-62135596800000) },
    { "9999-12-31T23:59:59.999Z", G_GINT64_CONSTANT (253402300799999) },
  };
  static const char *const bad[] = {
    "",
    "2026-03-01",
    "2026-02-29T00:00:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T09:60:00Z",
    "2026-03-01 09:30:00Z",
    "2026-03-01T09:30:00",
    "2026-03-01T09:30:00.Z",
    "2026-03-01T09:30:00.1234567890Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-03-00T00:00:00Z",
    "0000-03-01T00:00:00Z",
    "2026-03-01T09:30:00+24:00",
    "2026-03-01T09:30:00Zx",
    "+2026-03-01T09:30:00Z",
  };
  gint64 at = 42;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      char buffer[BASE_TIME_TEXT_SIZE];
      g_assert_true (base_time_parse (good[i].text, &at));
      g_assert_cmpint (at, ==, good[i].at);
      g_assert_cmpstr (base_time_write (at, buffer), ==, good[i].text);
    }
  at = 42;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (base_time_parse (bad[i], &at) || at != 42)
      g_error ("%s was taken", bad[i]);
  g_assert_true (base_time_parse ("2026-03-01T11:30:00.25+02:00", &at));
  g_assert_cmpint (at, ==, G_GINT64_CONSTANT (1772357400250));
  g_assert_true (base_time_parse ("2016-12-31T23:59:60Z", &at));
}

/* Against GLib's own calendar, over all of it. */
static void
test_times_against_glib (void)
{
  for (gint64 seconds = G_GINT64_CONSTANT (-62135596800);
       seconds < G_GINT64_CONSTANT (253402300800); seconds += G_GINT64_CONSTANT (97654321))
    {
      g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *wanted = g_date_time_format (moment, "-%m-%dT%H:%M:%S.000Z");
      g_autofree char *year = g_strdup_printf ("%04d", g_date_time_get_year (moment));
      char buffer[BASE_TIME_TEXT_SIZE];

      base_time_write (seconds * 1000, buffer);
      g_assert_cmpstr (buffer + 4, ==, wanted);
      g_assert_cmpint (strncmp (buffer, year, 4), ==, 0);
    }
}

static void
test_log (void)
{
  g_autofree char *line = base_log_line (0, BASE_LOG_WARNING, "api", "refused", "path", "/v1/desk",
                                         "agent", "a \"b\"\n", "status", BASE_INT (404), "none",
                                         BASE_TEXT (NULL), "bad", "\xff", NULL);

  g_assert_cmpstr (
      line, ==,
      "time=1970-01-01T00:00:00.000Z level=warning area=api event=refused path=/v1/desk "
      "agent=\"a \\\"b\\\"\\n\" status=404 none=\"\" bad=\xef\xbf\xbd");
}

static void
test_ids (void)
{
  g_autofree char *one = base_token_new (16);
  g_autofree char *two = base_token_new (16);

  g_assert_cmpuint (strlen (one), ==, 22);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (base_id_is_valid (one, 22));
  g_assert_false (base_id_is_valid (one, 21));
  g_assert_false (base_id_is_valid ("", 10));
  g_assert_false (base_id_is_valid ("a/b", 10));
  g_assert_false (base_id_is_valid ("\xc3\xa9", 10));
  g_assert_true (base_secret_equal ("abc", "abc"));
  g_assert_false (base_secret_equal ("abc", "abd"));
  g_assert_false (base_secret_equal ("abc", "ab"));
  g_assert_false (base_secret_equal (NULL, NULL));
}

static void
test_transitions (void)
{
  static const char *const states[] = { "off", "on" };
  static const char *const events[] = { "press", "break" };
  static const BaseTransition table[2][2] = {
    { BASE_TO (1, 7), { 0 } },
    { BASE_TO (0, 8), BASE_TO (0, 9) },
  };
  const BaseMachine machine = { "lamp", 2, 2, states, events, &table[0][0] };
  guint state = 0, action = 0;

  g_assert_false (base_machine_apply (&machine, NULL, &state, 1, &action));
  g_assert_cmpuint (state, ==, 0);
  g_assert_true (base_machine_apply (&machine, "hall", &state, 0, &action));
  g_assert_cmpuint (state, ==, 1);
  g_assert_cmpuint (action, ==, 7);
  g_assert_true (base_machine_apply (&machine, "hall", &state, 1, NULL));
  g_assert_cmpuint (state, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock", test_clock);
  g_test_add_func ("/base/times", test_times);
  g_test_add_func ("/base/times-against-glib", test_times_against_glib);
  g_test_add_func ("/base/log", test_log);
  g_test_add_func ("/base/ids", test_ids);
  g_test_add_func ("/base/sources", test_sources);
  g_test_add_func ("/base/transitions", test_transitions);
  return g_test_run ();
}
