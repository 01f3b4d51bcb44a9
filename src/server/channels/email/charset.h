/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of mails as UTF-8, whatever they were written in and whatever they say that they are
 * written in. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Always gives valid UTF-8 without NUL: what cannot be read becomes U+FFFD. @charset NULL, unknown
 * or plainly wrong: UTF-8 where it is valid, else what the bytes look like (windows-1251, KOI8-R or
 * windows-1252). Free with g_free. */
char *charset_to_utf8 (const char *text, gsize size, const char *charset);

G_END_DECLS
