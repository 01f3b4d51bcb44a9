/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* "4:07", "1:02:09"; whole seconds. */
char *guichet_format_duration (gint64 seconds);

/* An instant of the centre as this desk's local time: "14:05" today, "20 Nov 14:05" before. */
char *guichet_format_instant (gint64 milliseconds, gint64 now);

/* Initials of a name for an avatar, or NULL for a number. */
gboolean guichet_format_is_number (const char *text);

/* What is left of a typed or pasted telephone number: digits, * and #, and one leading +. */
char *guichet_format_dialled (const char *typed);
