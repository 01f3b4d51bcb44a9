/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of what supervisors write. Pure functions.
 */

#include "desktop/notices/notice-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define PREVIEW_MAX 120

static const struct
{
  const char *priority, *words, *icon;
} priorities[] = {
  { "low", N_ ("Low priority"), "go-down-symbolic" },
  { "normal", N_ ("Normal priority"), "mail-unread-symbolic" },
  { "high", N_ ("High priority"), "dialog-warning-symbolic" },
  { "urgent", N_ ("Urgent"), "dialog-error-symbolic" },
};

static guint
place_of (const char *priority)
{
  for (guint i = 0; i < G_N_ELEMENTS (priorities); i++)
    if (g_str_equal (priorities[i].priority, priority))
      return i;
  return 1;
}

const char *
guichet_notice_priority_words (const char *priority)
{
  return _ (priorities[place_of (priority)].words);
}

const char *
guichet_notice_priority_icon (const char *priority)
{
  return priorities[place_of (priority)].icon;
}

char *
guichet_notice_from_words (GuichetNotice *notice)
{
  const char *from = guichet_notice_get_from (notice);

  if (g_str_equal (guichet_notice_get_audience (notice), "all"))
    return g_strdup_printf (_ ("%s, to everybody"), from);
  if (g_str_equal (guichet_notice_get_audience (notice), "team"))
    return g_strdup_printf (_ ("%s, to the team"), from);
  return g_strdup_printf (_ ("%s, to you"), from);
}

char *
guichet_notice_preview (GuichetNotice *notice)
{
  g_autofree char *line = g_strdup (guichet_notice_get_text (notice));
  g_autofree char *start = NULL;

  line[strcspn (line, "\n")] = '\0';
  if (g_utf8_strlen (line, -1) <= PREVIEW_MAX)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, PREVIEW_MAX);
  return g_strconcat (start, "…", NULL);
}
