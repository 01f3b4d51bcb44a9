/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A row for the owner. */
typedef GtkWidget *(*GuichetRowMake) (gpointer owner);
/* Shows the item in the row; NULL: none any more. */
typedef void (*GuichetRowShow) (gpointer row, gpointer item);

/* Rows for as long as their owner lives; it is not kept. */
GtkListItemFactory *
guichet_row_factory_new (GObject *owner, GuichetRowMake make, GuichetRowShow show);

/* A list of such rows with lines between them, nothing of which can be chosen; named so. Takes the
 * factory. */
GtkWidget *guichet_row_list_new (GListModel *model, GtkListItemFactory *factory, const char *name);
/* A list of rows in its scroller, of which a click or Return activates one: activated (view,
 * position, owner). Takes the factory. */
GtkWidget *guichet_row_choices_new (GListModel *model,
                                    GtkListItemFactory *factory,
                                    const char *name,
                                    GCallback activated,
                                    gpointer owner);
