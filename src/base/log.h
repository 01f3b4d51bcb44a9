/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log: one line of key=value pairs on standard error for each thing that happened, whole even
 * when threads write at once. Values are quoted where they need it. Never log secrets, notes,
 * values of variables or whole numbers. */
#pragma once

#include <glib.h>

typedef enum
{
  BASE_LOG_DEBUG,
  BASE_LOG_INFO,
  BASE_LOG_WARNING,
  BASE_LOG_ERROR,
} BaseLogLevel;

/* base_log_setup: what is below level is dropped (default: info), and messages of libraries take
 * the same form. */
void base_log_setup (BaseLogLevel level);

/* base_log_level_from_text: "debug", "info", "warning" or "error". */
gboolean base_log_level_from_text (const char *text, BaseLogLevel *level);

/* base_log: area is the room or part ("api", "store"), event a snake_case word; then pairs of
 * strings, then NULL. A NULL value ends the pairs as well, so give BASE_TEXT () for a value that
 * may be NULL, BASE_INT () for a number: base_log (BASE_LOG_INFO, "phone", "registered", "user",
 * user, "status", BASE_INT (200), NULL); */
void base_log (BaseLogLevel level, const char *area, const char *event, ...) G_GNUC_NULL_TERMINATED;

/* base_log_failure: the same for a failure, with the domain and message of error, which may be
 * NULL.
 */
void
base_log_failure (BaseLogLevel level, const char *area, const char *event, const GError *error);

#define BASE_INT(value)  base_log_int_text ((char[24]){ 0 }, (gint64) (value))
#define BASE_TEXT(value) base_log_text (value)

const char *base_log_int_text (char buffer[24], gint64 value);
const char *base_log_text (const char *value);

/* base_log_line: the line that base_log would write, for tests. Free with g_free. */
char *base_log_line (gint64 at, BaseLogLevel level, const char *area, const char *event, ...)
    G_GNUC_NULL_TERMINATED;
