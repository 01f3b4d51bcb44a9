/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as searches compare it. Pure. */
#pragma once

#include <glib.h>

/* base_fold: without case and accents, in every script: "societe" finds "Société", "и" finds "Й".
 * What is no UTF-8 gives "". Free with g_free. */
char *base_fold (const char *text);
/* base_fold_has: whether each of the @words (white space between them) is somewhere in @text, both
 * folded. */
gboolean base_fold_has (const char *text, const char *words);
