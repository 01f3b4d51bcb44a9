/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Words of what supervisors write and of what is out of service. Pure functions.
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

static const struct
{
  const char *service, *out, *back;
} services[] = {
  /* Translators: %s is a name that the administrator gave */
  { "node", N_ ("The telephone system %s is out of service."),
    N_ ("The telephone system %s is back in service.") },
  { "trunk", N_ ("The outside line %s is out of service."),
    N_ ("The outside line %s is back in service.") },
  { "mailbox", N_ ("The mailbox %s cannot be reached."),
    N_ ("The mailbox %s can be reached again.") },
  { "gateway", N_ ("SMS cannot leave by the gateway %s."),
    N_ ("SMS leave by the gateway %s again.") },
  { "page", N_ ("Messages cannot leave by the page %s."),
    N_ ("Messages leave by the page %s again.") },
  /* Translators: %s is a number */
  { "forwarding",
    N_ ("Your calls no longer go to %s: they may not go to whom that number belongs to now."),
    NULL },
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
guichet_notice_text_words (GuichetNotice *notice)
{
  const char *service = guichet_notice_get_service (notice);
  const char *text = guichet_notice_get_text (notice);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    if (g_str_equal (services[i].service, service))
      return g_strdup_printf (
          _ (guichet_notice_get_back_at (notice) == 0 || services[i].back == NULL
                 ? services[i].out
                 : services[i].back),
          text);
#pragma GCC diagnostic pop
  return g_strdup (text);
}

char *
guichet_notice_from_words (GuichetNotice *notice)
{
  const char *from = guichet_notice_get_from (notice);

  if (*guichet_notice_get_service (notice) != '\0')
    return g_strdup (_ ("System message"));
  if (g_str_equal (guichet_notice_get_audience (notice), "all"))
    return g_strdup_printf (_ ("%s, to everybody"), from);
  if (g_str_equal (guichet_notice_get_audience (notice), "team"))
    return g_strdup_printf (_ ("%s, to the team"), from);
  return g_strdup_printf (_ ("%s, to you"), from);
}

char *
guichet_notice_preview (GuichetNotice *notice)
{
  g_autofree char *line = guichet_notice_text_words (notice);
  g_autofree char *start = NULL;

  line[strcspn (line, "\n")] = '\0';
  if (g_utf8_strlen (line, -1) <= PREVIEW_MAX)
    return g_steal_pointer (&line);
  start = g_utf8_substring (line, 0, PREVIEW_MAX);
  return g_strconcat (start, "…", NULL);
}

char *
guichet_notice_news (GuichetNotice *notice)
{
  g_autofree char *preview = guichet_notice_preview (notice);
  const char *priority = guichet_notice_priority_words (guichet_notice_get_priority (notice));

  if (*guichet_notice_get_service (notice) != '\0')
    return g_strjoin (" · ", priority, preview, NULL);
  /* Translators: a priority, who wrote, what */
  return g_strdup_printf (_ ("%s · %s: %s"), priority, guichet_notice_get_from (notice), preview);
}
