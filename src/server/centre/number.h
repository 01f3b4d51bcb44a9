/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people type and phones dial them. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NUMBER_MAX 32

/* Digits, perhaps with a plus before them; stars and hashes count as digits. */
gboolean number_is_valid (const char *number);
/* Without what people type between digits. Free with g_free. */
char *number_tidy (const char *typed);
/* A number to call: without what people type between digits; NULL: none. Free with g_free. */
char *customer_number_clean (const char *typed);

G_END_DECLS
