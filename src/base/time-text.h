/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as text: RFC 3339 in UTC with milliseconds, "2026-03-01T09:30:00.250Z". Any thread. */
#pragma once

#include <glib.h>

#define BASE_TIME_TEXT_SIZE 25

/* base_time_write: writes at into buffer and returns it. Times outside the years 0001 to 9999 are
 * clamped. */
const char *base_time_write (gint64 at, char buffer[BASE_TIME_TEXT_SIZE]);

/* base_time_format: the same in a new string. Free with g_free. */
char *base_time_format (gint64 at);

/* base_time_parse: strict; takes any RFC 3339 offset and 0 to 9 digits of the second. FALSE leaves
 * *at alone. */
gboolean base_time_parse (const char *text, gint64 *at);
