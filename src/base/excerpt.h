/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a text is shown that a search found. Pure, any thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Whether each of the folded words begins one of the text. */
gboolean base_words_in (const char *text, char **words);

/* The place of the first of the words, cut out: [{"text","match"}]. */
JsonArray *base_excerpt (const char *text, char **words);

G_END_DECLS
