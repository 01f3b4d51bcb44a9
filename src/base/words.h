/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What finding compares: letters without case and without marks (é is e, Й is и), numbers, and one
 * space between words. Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 0: c is no part of a word, or a mark that stands apart. */
gunichar base_word_char (gunichar c);
/* The words of the text, folded, one space between two. Free with g_free. */
char *base_words (const char *text);
/* The same, as a vector. Free with g_strfreev. */
char **base_words_of (const char *text);

/* Where the first word of @text is that begins with the folded @word: its place and length in
 * bytes, the length of what fits. FALSE: nowhere. */
gboolean base_words_find (const char *text, const char *word, gsize *start, gsize *length);

G_END_DECLS
