/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening hours and holidays: the tables of their JSON form, and whether it is open at a time.
 * Pure functions. */
#include "model/hours.h"

#include "model/words.h"

#include <string.h>

static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

static const ModelField hours_fields[] = {
  { "days", MODEL_FIELD_STRINGS, G_STRUCT_OFFSET (ModelHours, days), MODEL_FIELD_REQUIRED,
    .max = 3 },
  { "from", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHours, from), MODEL_FIELD_REQUIRED,
    .max = 5 },
  { "until", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHours, until), MODEL_FIELD_REQUIRED,
    .max = 5 },
  { NULL },
};
const ModelNoun model_hours_noun = { "hours", sizeof (ModelHours), hours_fields };

static const ModelField holiday_fields[] = {
  { "date", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHoliday, date), MODEL_FIELD_REQUIRED,
    .max = 10 },
  { "from", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHoliday, from), .max = 5 },
  { "until", MODEL_FIELD_STRING, G_STRUCT_OFFSET (ModelHoliday, until), .max = 5 },
  { NULL },
};
const ModelNoun model_holiday_noun = { "holiday", sizeof (ModelHoliday), holiday_fields };

/* The minute of the day, or -1. */
static int
minute_of (const char *text)
{
  int hour, minute;

  if (text == NULL || strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) ||
      !g_ascii_isdigit (text[1]) || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return -1;
  hour = (text[0] - '0') * 10 + text[1] - '0';
  minute = (text[3] - '0') * 10 + text[4] - '0';
  return minute > 59 || hour * 60 + minute > 24 * 60 ? -1 : hour * 60 + minute;
}

static gboolean
has_span (const char *from, const char *until)
{
  return minute_of (from) >= 0 && minute_of (until) > minute_of (from);
}

static gboolean
is_within (const char *from, const char *until, int minute)
{
  return has_span (from, until) && minute >= minute_of (from) && minute < minute_of (until);
}

gboolean
model_hours_valid (const ModelHours *hours)
{
  for (char **day = hours->days; day != NULL && *day != NULL; day++)
    if (model_enum_from_text (days, *day) < 0)
      return FALSE;
  return has_span (hours->from, hours->until);
}

/* "12-25" is a day of a leap year, so that the 29th of February may be one. */
static gboolean
is_date (const char *text)
{
  g_autofree char *whole = NULL;
  GDate date;

  if (text == NULL || (strlen (text) != 5 && strlen (text) != 10))
    return FALSE;
  whole = g_strconcat (strlen (text) == 5 ? "2024-" : "", text, NULL);
  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? whole[i] != '-' : !g_ascii_isdigit (whole[i]))
      return FALSE;
  g_date_clear (&date, 1);
  return g_date_valid_dmy ((GDateDay) g_ascii_strtoull (whole + 8, NULL, 10),
                           (GDateMonth) g_ascii_strtoull (whole + 5, NULL, 10),
                           (GDateYear) g_ascii_strtoull (whole, NULL, 10));
}

gboolean
model_holiday_valid (const ModelHoliday *holiday)
{
  return is_date (holiday->date) && ((holiday->from == NULL && holiday->until == NULL) ||
                                     has_span (holiday->from, holiday->until));
}

GTimeZone *
model_hours_zone (const char *name)
{
  return g_time_zone_new_identifier (name);
}

/* TRUE: @local is a holiday; then *open says whether it has hours now. */
static gboolean
is_holiday (GPtrArray *holidays, GDateTime *local, int minute, gboolean *open)
{
  g_autofree char *today = g_date_time_format (local, "%Y-%m-%d");
  gboolean found = FALSE;

  *open = FALSE;
  for (guint i = 0; holidays != NULL && i < holidays->len; i++)
    {
      const ModelHoliday *holiday = holidays->pdata[i];

      if (!g_str_equal (holiday->date, today) && !g_str_equal (holiday->date, today + 5))
        continue;
      found = TRUE;
      *open |= is_within (holiday->from, holiday->until, minute);
    }
  return found;
}

gboolean
model_hours_open (GPtrArray *hours, GPtrArray *holidays, GTimeZone *zone, gint64 now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  const char *day;
  gboolean open;
  int minute;

  if (hours == NULL || hours->len == 0)
    return TRUE;
  g_return_val_if_fail (local != NULL, FALSE);
  day = days[g_date_time_get_day_of_week (local) - 1];
  minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  if (is_holiday (holidays, local, minute, &open))
    return open;
  for (guint i = 0; i < hours->len; i++)
    {
      const ModelHours *row = hours->pdata[i];

      if (g_strv_contains ((const char *const *) row->days, day) &&
          is_within (row->from, row->until, minute))
        return TRUE;
    }
  return FALSE;
}
