/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define GUICHET_TYPE_FOUND_LIST (guichet_found_list_get_type ())
G_DECLARE_FINAL_TYPE (GuichetFoundList, guichet_found_list, GUICHET, FOUND_LIST, GObject)

/* A page's list in an order of its own, of which an entry finds some: what it finds, and whether
 * the pages show the "list" or "nothing". Filter and order are asked with the owner, which has the
 * entry and the pages and outlives this. */
GuichetFoundList *guichet_found_list_new (GtkSearchEntry *entry,
                                          const char *name,
                                          GtkStack *pages,
                                          GtkCustomFilterFunc wanted,
                                          GCompareDataFunc compare,
                                          gpointer owner);

/* What is found of these; made when first asked for. Owned by this. */
GListModel *guichet_found_list_of (GuichetFoundList *self, GListModel *all);

/* The words in the entry, folded; NULL: none yet. */
const char *guichet_found_list_get_words (GuichetFoundList *self);

/* Others are wanted, or the order is another. */
void guichet_found_list_filter (GuichetFoundList *self);
void guichet_found_list_sort (GuichetFoundList *self);

/* The entry takes the focus as soon as it is seen; on FALSE no more. */
void guichet_found_list_search (GuichetFoundList *self, gboolean on);
