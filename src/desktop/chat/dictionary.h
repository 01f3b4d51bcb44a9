/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The words of one language, and which languages there are. */
typedef struct _GuichetDictionary GuichetDictionary;

/* On a thread; source is the callback's. "fr" or "fr_FR": that one, or one of the language. */
void guichet_dictionary_load_async (gpointer source,
                                    const char *language,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback done);
GuichetDictionary *guichet_dictionary_load_finish (GAsyncResult *result, GError **error);
void guichet_dictionary_free (GuichetDictionary *self);

/* What it is called; "": there is none, and nothing below but the tags may be asked. */
const char *guichet_dictionary_tag (const GuichetDictionary *self);
/* Of all languages; borrowed. */
GPtrArray *guichet_dictionary_tags (const GuichetDictionary *self);

/* What is joined by hyphens is right where each part is. */
gboolean guichet_dictionary_has (GuichetDictionary *self, const char *word, gsize length);
/* Better ones, the best first. Free it. */
char **guichet_dictionary_suggest (GuichetDictionary *self, const char *word);
/* For good, or for as long as this one is loaded. */
void guichet_dictionary_add (GuichetDictionary *self, const char *word, gboolean lasting);

/* "Français", where its language is known here; else the tag. */
const char *guichet_dictionary_language (const char *tag);
