/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening hours by the clock of a zone: ordinary days, the two changes of the clocks, holidays.
 * Every minute of a day is asked, so that each instant of opening and closing is known. */
#include "model/hours.h"

static void
hours_free (gpointer data)
{
  ModelHours *hours = data;

  g_strfreev (hours->days);
  g_free (hours->from);
  g_free (hours->until);
  g_free (hours);
}

static void
holiday_free (gpointer data)
{
  ModelHoliday *holiday = data;

  g_free (holiday->date);
  g_free (holiday->from);
  g_free (holiday->until);
  g_free (holiday);
}

/* "sun,mon 08:00-12:00;…" */
static GPtrArray *
hours_new (const char *text)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (hours_free);
  g_auto (GStrv) rows = g_strsplit (text, ";", -1);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit_set (rows[i], " -", 3);
      ModelHours *hours = g_new0 (ModelHours, 1);

      hours->days = g_strsplit (words[0], ",", -1);
      hours->from = g_strdup (words[1]);
      hours->until = g_strdup (words[2]);
      g_assert_true (model_hours_valid (hours));
      g_ptr_array_add (list, hours);
    }

  return list;
}

static void
add_holiday (GPtrArray *list, const char *date, const char *from, const char *until)
{
  ModelHoliday *holiday = g_new0 (ModelHoliday, 1);

  holiday->date = g_strdup (date);
  holiday->from = g_strdup (from);
  holiday->until = g_strdup (until);
  g_assert_true (model_holiday_valid (holiday));
  g_ptr_array_add (list, holiday);
}

/* When it opens (+) and closes (-) in the 24 hours from midnight UTC of a day, in UTC. */
static char *
changes (GPtrArray *hours, GPtrArray *holidays, const char *zone_name, int year, int month, int day)
{
  g_autoptr (GTimeZone) zone = model_hours_zone (zone_name);
  g_autoptr (GDateTime) start = g_date_time_new_utc (year, month, day, 0, 0, 0);
  gint64 at = g_date_time_to_unix (start) * 1000;
  gboolean open;
  GString *text = g_string_new (NULL);

  g_assert_nonnull (zone);
  open = model_hours_open (hours, holidays, zone, at);
  g_string_append (text, open ? "open" : "closed");
  for (guint minute = 1; minute <= 24 * 60; minute++)
    {
      gboolean now = model_hours_open (hours, holidays, zone, at + minute * 60000);

      /* It changes with the minute, not within it. */
      g_assert_true (now == model_hours_open (hours, holidays, zone, at + minute * 60000 + 59999));
      if (now != open)
        g_string_append_printf (text, " %c%02u:%02u", now ? '+' : '-', minute / 60, minute % 60);
      open = now;
    }

  return g_string_free (text, FALSE);
}

static void
expect (const char *hours, const char *zone, int month, int day, const char *expected)
{
  g_autoptr (GPtrArray) list = hours_new (hours);
  g_autofree char *got = changes (list, NULL, zone, 2026, month, day);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_ordinary_day (void)
{
  expect ("mon,tue,wed,thu,fri 08:00-12:00;mon,tue 14:00-18:30", "Europe/Paris", 3, 24,
          "closed +07:00 -11:00 +13:00 -17:30");
  expect ("mon,tue,wed,thu,fri 08:00-18:00", "Europe/Paris", 3, 28, "closed");
  expect ("sat 00:00-24:00", "Europe/Paris", 3, 28, "open -23:00");
  expect ("sat 00:00-24:00;sun 00:00-01:00", "UTC", 3, 28, "open");
}

/* 29 March 2026, 01:00 UTC: Paris goes from 02:00 to 03:00, Sofia from 03:00 to 04:00. */
static void
test_spring (void)
{
  /* The hours of the day move; the evening before has winter time still. */
  expect ("sat,sun,mon 08:00-18:00", "Europe/Paris", 3, 28, "closed +07:00 -17:00");
  expect ("sat,sun,mon 08:00-18:00", "Europe/Paris", 3, 29, "closed +06:00 -16:00");
  expect ("sat,sun,mon 08:00-18:00", "Europe/Paris", 3, 30, "closed +06:00 -16:00");
  expect ("sat,sun 08:00-18:00", "Europe/Sofia", 3, 28, "closed +06:00 -16:00");
  expect ("sat,sun 08:00-18:00", "Europe/Sofia", 3, 29, "closed +05:00 -15:00");
  /* Into, over and out of the hour that is not there. */
  expect ("sun 01:30-02:30", "Europe/Paris", 3, 29, "closed +00:30 -01:00");
  expect ("sun 02:30-04:00", "Europe/Paris", 3, 29, "closed +01:00 -02:00");
  expect ("sun 02:00-03:00", "Europe/Paris", 3, 29, "closed");
  expect ("sun 03:00-04:00", "Europe/Sofia", 3, 29, "closed");
  expect ("sun 01:00-05:00", "Europe/Sofia", 3, 29, "open -02:00");
}

/* 25 October 2026, 01:00 UTC: Paris goes from 03:00 to 02:00, Sofia from 04:00 to 03:00. */
static void
test_autumn (void)
{
  expect ("sat,sun,mon 08:00-18:00", "Europe/Paris", 10, 24, "closed +06:00 -16:00");
  expect ("sat,sun,mon 08:00-18:00", "Europe/Paris", 10, 25, "closed +07:00 -17:00");
  expect ("sat,sun,mon 08:00-18:00", "Europe/Sofia", 10, 25, "closed +06:00 -16:00");
  /* The hour that comes twice. */
  expect ("sun 02:30-03:00", "Europe/Paris", 10, 25, "closed +00:30 -01:00 +01:30 -02:00");
  expect ("sun 02:15-02:45", "Europe/Paris", 10, 25, "closed +00:15 -00:45 +01:15 -01:45");
  expect ("sun 01:30-02:30", "Europe/Paris", 10, 25, "open -00:30 +01:00 -01:30");
  expect ("sun 02:00-03:00", "Europe/Paris", 10, 25, "open -02:00");
  expect ("sun 03:30-04:00", "Europe/Sofia", 10, 25, "closed +00:30 -01:00 +01:30 -02:00");
  /* A whole day is 25 hours long, with no gap. */
  expect ("sun 00:00-24:00", "Europe/Paris", 10, 25, "open -23:00");
  expect ("sun 00:00-24:00", "Europe/Paris", 10, 24, "closed +22:00");
}

static void
expect_holidays (GPtrArray *holidays, int year, int month, int day, const char *expected)
{
  g_autoptr (GPtrArray) hours = hours_new ("mon,tue,wed,thu,fri 08:00-18:00");
  g_autofree char *got = changes (hours, holidays, "Europe/Paris", year, month, day);

  g_assert_cmpstr (got, ==, expected);
}

static void
test_holidays (void)
{
  g_autoptr (GPtrArray) holidays = g_ptr_array_new_with_free_func (holiday_free);
  g_autoptr (GPtrArray) always = g_ptr_array_new ();
  g_autofree char *got = NULL;

  add_holiday (holidays, "12-25", NULL, NULL);
  add_holiday (holidays, "2026-12-24", "09:00", "11:00");
  add_holiday (holidays, "2026-12-24", "13:00", "14:00");
  add_holiday (holidays, "2026-03-29", "02:30", "04:00"); /* a Sunday, and summer time comes */
  add_holiday (holidays, "02-29", NULL, NULL);
  expect_holidays (holidays, 2026, 12, 23, "closed +07:00 -17:00");
  expect_holidays (holidays, 2026, 12, 24, "closed +08:00 -10:00 +12:00 -13:00");
  expect_holidays (holidays, 2026, 12, 25, "closed");
  expect_holidays (holidays, 2031, 12, 24, "closed +07:00 -17:00");
  expect_holidays (holidays, 2031, 12, 25, "closed");
  expect_holidays (holidays, 2026, 3, 29, "closed +01:00 -02:00");
  expect_holidays (holidays, 2028, 2, 29, "closed");
  expect_holidays (holidays, 2028, 3, 1, "closed +07:00 -17:00");
  /* Without hours it is open always, on holidays too. */
  got = changes (always, holidays, "Europe/Paris", 2026, 12, 25);
  g_assert_cmpstr (got, ==, "open");
}

static void
test_words (void)
{
  static const struct
  {
    const char *date, *from, *until;
  } wrong[] = {
    { NULL, NULL, NULL },        { "2026-02-29", NULL, NULL },       { "13-01", NULL, NULL },
    { "1-1", NULL, NULL },       { "2026-1-01", NULL, NULL },        { "12/25", NULL, NULL },
    { "12-25", "08:00", NULL },  { "12-25", NULL, "12:00" },         { "12-25", "12:00", "12:00" },
    { "12-25", "8:00", "9:00" }, { "2026-12-25x", "08:00", "09:00" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      ModelHoliday holiday = { (char *) wrong[i].date, (char *) wrong[i].from,
                               (char *) wrong[i].until };

      g_assert_false (model_holiday_valid (&holiday));
    }
  g_assert_null (model_hours_zone ("Europe/Nowhere"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hours/ordinary-day", test_ordinary_day);
  g_test_add_func ("/hours/spring", test_spring);
  g_test_add_func ("/hours/autumn", test_autumn);
  g_test_add_func ("/hours/holidays", test_holidays);
  g_test_add_func ("/hours/words", test_words);
  return g_test_run ();
}
