/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A name that the centre gave, by language: {"en": "Billing", "fr": "Facturation"}.
 * Immutable after reading; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Language, text, language, text, ..., NULL; sorted by language. NULL has no entry. */
typedef char **ModelNames;

/* The text in this language, else its base language (fr for fr_CA), else English, else the first,
 * else the fallback. */
const char *model_names_get (ModelNames names, const char *language, const char *fallback);
/* "en", "fr", "pt_BR": two or three letters and perhaps a region. */
gboolean model_language_valid (const char *text);

G_END_DECLS
