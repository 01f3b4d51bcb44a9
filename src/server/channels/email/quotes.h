/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lines of a mail quote earlier mail. In the texts that the centre keeps these are exactly
 * the lines that begin with ">": a desk folds them and needs no rules of its own. Pure; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text that was written as format=flowed (RFC 3676), its soft line ends taken back. */
char *quotes_unflow (const char *text, gboolean delete_space);
/* The words of one who answers above or below what is quoted: puts ">" before lines that quote
 * without saying so ("On … wrote:", "-----Original Message-----" and what follows). @answers: the
 * mail answers another, so that the block of headers of a forwarded one may count as quote. Where
 * nothing else would be left, nothing is marked. @text is UTF-8 with \n. Free with g_free. */
char *quotes_mark (const char *text);
/* @text as the quote below an answer: "> " before each line. */
char *quotes_quote (const char *text);
/* Text of ours as format=flowed: lines of at most 76 characters with soft ends, ">" and "From "
 * stuffed. */
char *quotes_flow (const char *text);

G_END_DECLS
