/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log. Owns only the level; lines are built in full and written with one write (2), from any
 * thread. */
#include "base/log.h"

#include "base/time-text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const level_names[] = { "debug", "info", "warning", "error" };
static gint lowest = BASE_LOG_INFO; /* atomic */

static gboolean
needs_quotes (const char *value)
{
  if (*value == '\0')
    return TRUE;
  for (; *value != '\0'; value++)
    if ((guchar) *value <= ' ' || *value == '"' || *value == '=' || *value == '\\' ||
        *value == 0x7f)
      return TRUE;
  return FALSE;
}

static void
append_value (GString *line, const char *value)
{
  g_autofree char *valid = NULL;

  if (!g_utf8_validate (value, -1, NULL))
    value = valid = g_utf8_make_valid (value, -1);
  if (!needs_quotes (value))
    {
      g_string_append (line, value);
      return;
    }
  g_string_append_c (line, '"');
  for (; *value != '\0'; value++)
    {
      if (*value == '"' || *value == '\\')
        g_string_append_printf (line, "\\%c", *value);
      else if (*value == '\n')
        g_string_append (line, "\\n");
      else if ((guchar) *value < ' ' || *value == 0x7f)
        g_string_append_printf (line, "\\x%02x", (guchar) *value);
      else
        g_string_append_c (line, *value);
    }
  g_string_append_c (line, '"');
}

static GString *
begin_line (gint64 at, BaseLogLevel level, const char *area, const char *event)
{
  GString *line = g_string_sized_new (160);
  char time[BASE_TIME_TEXT_SIZE];

  g_string_append_printf (line, "time=%s level=%s area=", base_time_write (at, time),
                          level_names[level]);
  append_value (line, area);
  g_string_append (line, " event=");
  append_value (line, event);
  return line;
}

static void
append_pair (GString *line, const char *key, const char *value)
{
  g_string_append_printf (line, " %s=", key);
  append_value (line, value);
}

static void
append_pairs (GString *line, va_list pairs)
{
  const char *key, *value;

  while ((key = va_arg (pairs, const char *)) != NULL &&
         (value = va_arg (pairs, const char *)) != NULL)
    append_pair (line, key, value);
}

static void
write_line (GString *line)
{
  const char *at = line->str;
  gsize left;

  g_string_append_c (line, '\n');
  for (left = line->len; left > 0;)
    {
      gssize wrote = write (STDERR_FILENO, at, left);
      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote <= 0)
        return;
      at += wrote;
      left -= (gsize) wrote;
    }
}

static gboolean
is_wanted (BaseLogLevel level)
{
  return (gint) level >= g_atomic_int_get (&lowest);
}

static BaseLogLevel
level_from_glib (GLogLevelFlags flags)
{
  if (flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return BASE_LOG_ERROR;
  if (flags & G_LOG_LEVEL_WARNING)
    return BASE_LOG_WARNING;
  if (flags & (G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO))
    return BASE_LOG_INFO;
  return BASE_LOG_DEBUG;
}

static GLogWriterOutput
on_glib_message (GLogLevelFlags flags, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  BaseLogLevel level = level_from_glib (flags);
  const char *domain = "glib";
  const char *message = "";
  GString *line;

  if (!is_wanted (level))
    return G_LOG_WRITER_HANDLED;
  for (gsize i = 0; i < n_fields; i++)
    {
      if (strcmp (fields[i].key, "GLIB_DOMAIN") == 0 && fields[i].length < 0)
        domain = fields[i].value;
      else if (strcmp (fields[i].key, "MESSAGE") == 0 && fields[i].length < 0)
        message = fields[i].value;
    }
  line = begin_line (g_get_real_time () / 1000, level, domain, "message");
  append_pair (line, "text", message);
  write_line (line);
  g_string_free (line, TRUE);
  return G_LOG_WRITER_HANDLED;
}

void
base_log_setup (BaseLogLevel level)
{
  static gsize installed;

  g_atomic_int_set (&lowest, (gint) level);
  if (g_once_init_enter (&installed))
    {
      g_log_set_writer_func (on_glib_message, NULL, NULL);
      g_once_init_leave (&installed, 1);
    }
}

gboolean
base_log_level_from_text (const char *text, BaseLogLevel *level)
{
  for (guint i = 0; i < G_N_ELEMENTS (level_names); i++)
    if (g_strcmp0 (text, level_names[i]) == 0)
      {
        *level = (BaseLogLevel) i;
        return TRUE;
      }
  return FALSE;
}

void
base_log (BaseLogLevel level, const char *area, const char *event, ...)
{
  va_list pairs;
  GString *line;

  g_return_if_fail (area != NULL && event != NULL);
  if (!is_wanted (level))
    return;
  line = begin_line (g_get_real_time () / 1000, level, area, event);
  va_start (pairs, event);
  append_pairs (line, pairs);
  va_end (pairs);
  write_line (line);
  g_string_free (line, TRUE);
}

void
base_log_failure (BaseLogLevel level, const char *area, const char *event, const GError *error)
{
  if (error == NULL)
    base_log (level, area, event, NULL);
  else
    base_log (level, area, event, "domain", g_quark_to_string (error->domain), "code",
              BASE_INT (error->code), "error", error->message, NULL);
}

const char *
base_log_int_text (char buffer[24], gint64 value)
{
  g_snprintf (buffer, 24, "%" G_GINT64_FORMAT, value);
  return buffer;
}

const char *
base_log_text (const char *value)
{
  return value != NULL ? value : "";
}

char *
base_log_line (gint64 at, BaseLogLevel level, const char *area, const char *event, ...)
{
  va_list pairs;
  GString *line = begin_line (at, level, area, event);

  va_start (pairs, event);
  append_pairs (line, pairs);
  va_end (pairs);
  return g_string_free (line, FALSE);
}
