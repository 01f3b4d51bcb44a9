/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Canned replies in the order in which they are shown, and the search in them: everything that is
 * compared is folded once, when a reply comes. Main loop. Inside this room. */
#pragma once

#include "client/canned-reply.h"

#include <gio/gio.h>

typedef struct _GuichetCannedIndex GuichetCannedIndex;

/* Keeps @list sorted: by category, then name, then shortcut. */
GuichetCannedIndex *guichet_canned_index_new (GListStore *list);
void guichet_canned_index_free (GuichetCannedIndex *self);

GuichetCannedReply *guichet_canned_index_find (GuichetCannedIndex *self, const char *id);
/* All of them anew, after many have changed; GuichetCannedReply. */
void guichet_canned_index_fill (GuichetCannedIndex *self, GPtrArray *replies);
/* Adds it, or puts it where it belongs now. */
void guichet_canned_index_put (GuichetCannedIndex *self, GuichetCannedReply *reply);
void guichet_canned_index_remove (GuichetCannedIndex *self, const char *id);

GPtrArray *guichet_canned_index_search (GuichetCannedIndex *self,
                                        const char *query,
                                        const char *category,
                                        guint limit);
