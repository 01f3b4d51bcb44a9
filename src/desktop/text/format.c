/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Durations, instants and numbers as people read and type them.
 */

#include "desktop/text/format.h"

#include <glib/gi18n.h>

char *
guichet_format_duration (gint64 seconds)
{
  gint64 hours = seconds / 3600;

  if (seconds < 0)
    seconds = hours = 0;
  if (hours > 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", hours, (int) (seconds / 60 % 60),
                            (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

char *
guichet_format_instant (gint64 milliseconds, gint64 now)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (milliseconds / 1000);
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / 1000);

  if (at == NULL || today == NULL)
    return g_strdup ("");
  if (g_date_time_get_year (at) == g_date_time_get_year (today) &&
      g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (today))
    /* Translators: a time of today, see g_date_time_format () */
    return g_date_time_format (at, _ ("%H:%M"));
  /* Translators: a day and a time, see g_date_time_format () */
  return g_date_time_format (at, _ ("%e %b %H:%M"));
}

gboolean
guichet_format_is_number (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

char *
guichet_format_dialled (const char *typed)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = typed; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p) || *p == '*' || *p == '#' || (*p == '+' && clean->len == 0))
      g_string_append_c (clean, *p);
  return g_string_free (clean, FALSE);
}
