/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as RFC 3339 text. Days are counted by the proleptic Gregorian calendar (era arithmetic, no
 * locale, no tz data). */
#include "base/time-text.h"

#define DAY_MS        G_GINT64_CONSTANT (86400000)
#define YEAR_1_MS     (-G_GINT64_CONSTANT (719162) * DAY_MS)
#define YEAR_10000_MS (G_GINT64_CONSTANT (2932897) * DAY_MS)

static gint64
days_from_civil (gint64 year, gint month, gint day)
{
  gint64 era, year_of_era, day_of_year;

  year -= month <= 2;
  era = (year >= 0 ? year : year - 399) / 400;
  year_of_era = year - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
         719468;
}

static void
civil_from_days (gint64 days, gint *year, gint *month, gint *day)
{
  gint64 era, day_of_era, year_of_era, day_of_year, shifted;

  days += 719468;
  era = (days >= 0 ? days : days - 146096) / 146097;
  day_of_era = days - era * 146097;
  year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  shifted = (5 * day_of_year + 2) / 153;
  *day = (gint) (day_of_year - (153 * shifted + 2) / 5 + 1);
  *month = (gint) (shifted < 10 ? shifted + 3 : shifted - 9);
  *year = (gint) (year_of_era + era * 400 + (*month <= 2));
}

static void
write_digits (char *at, gint64 value, gint n)
{
  for (gint i = n - 1; i >= 0; i--, value /= 10)
    at[i] = (char) ('0' + value % 10);
}

const char *
base_time_write (gint64 at, char buffer[BASE_TIME_TEXT_SIZE])
{
  static const char shape[BASE_TIME_TEXT_SIZE] = "0000-00-00T00:00:00.000Z";
  gint64 days, rest;
  gint year, month, day;

  at = CLAMP (at, YEAR_1_MS, YEAR_10000_MS - 1);
  days = (at >= 0 ? at : at - (DAY_MS - 1)) / DAY_MS;
  rest = at - days * DAY_MS;
  civil_from_days (days, &year, &month, &day);
  for (gsize i = 0; i < BASE_TIME_TEXT_SIZE; i++)
    buffer[i] = shape[i];
  write_digits (buffer, year, 4);
  write_digits (buffer + 5, month, 2);
  write_digits (buffer + 8, day, 2);
  write_digits (buffer + 11, rest / 3600000, 2);
  write_digits (buffer + 14, rest / 60000 % 60, 2);
  write_digits (buffer + 17, rest / 1000 % 60, 2);
  write_digits (buffer + 20, rest % 1000, 3);
  return buffer;
}

char *
base_time_format (gint64 at)
{
  char buffer[BASE_TIME_TEXT_SIZE];

  return g_strdup (base_time_write (at, buffer));
}

static gboolean
read_digits (const char **text, gint n, gint *value)
{
  *value = 0;
  for (gint i = 0; i < n; i++, (*text)++)
    {
      if (!g_ascii_isdigit (**text))
        return FALSE;
      *value = *value * 10 + (**text - '0');
    }
  return TRUE;
}

static gboolean
read_char (const char **text, char wanted)
{
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

static gboolean
read_fraction (const char **text, gint *milliseconds)
{
  gint digits = 0;
  gint scale = 100;

  *milliseconds = 0;
  if (!read_char (text, '.'))
    return TRUE;
  for (; g_ascii_isdigit (**text); (*text)++, digits++)
    {
      *milliseconds += (**text - '0') * scale;
      scale /= 10;
    }
  return digits >= 1 && digits <= 9;
}

static gboolean
read_offset (const char **text, gint64 *offset)
{
  gint sign, hours, minutes;

  *offset = 0;
  if (read_char (text, 'Z'))
    return TRUE;
  sign = **text == '-' ? -1 : 1;
  if (!read_char (text, '-') && !read_char (text, '+'))
    return FALSE;
  if (!read_digits (text, 2, &hours) || !read_char (text, ':') ||
      !read_digits (text, 2, &minutes) || hours > 23 || minutes > 59)
    return FALSE;
  *offset = sign * (hours * G_GINT64_CONSTANT (3600000) + minutes * G_GINT64_CONSTANT (60000));
  return TRUE;
}

gboolean
base_time_parse (const char *text, gint64 *at)
{
  gint year, month, day, hour, minute, second, milliseconds;
  gint64 offset, result;

  if (text == NULL)
    return FALSE;
  if (!read_digits (&text, 4, &year) || !read_char (&text, '-') ||
      !read_digits (&text, 2, &month) || !read_char (&text, '-') || !read_digits (&text, 2, &day) ||
      !read_char (&text, 'T'))
    return FALSE;
  if (!read_digits (&text, 2, &hour) || !read_char (&text, ':') ||
      !read_digits (&text, 2, &minute) || !read_char (&text, ':') ||
      !read_digits (&text, 2, &second))
    return FALSE;
  if (!read_fraction (&text, &milliseconds) || !read_offset (&text, &offset) || *text != '\0')
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || day < 1 ||
      day > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year) || hour > 23 ||
      minute > 59 || second > 60)
    return FALSE;
  second = MIN (second, 59); /* a leap second is its predecessor */
  result = days_from_civil (year, month, day) * DAY_MS + hour * G_GINT64_CONSTANT (3600000) +
           minute * G_GINT64_CONSTANT (60000) + second * G_GINT64_CONSTANT (1000) + milliseconds;
  *at = result - offset;
  return TRUE;
}
