/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a search finds, in the order in which it is shown. */
typedef enum
{
  GUICHET_SEARCH_CUSTOMER, /* GuichetCustomer */
  GUICHET_SEARCH_MESSAGE,  /* GuichetRecent */
  GUICHET_SEARCH_NOTE,     /* GuichetRecent */
  GUICHET_SEARCH_REPLY,    /* GuichetCannedReply */
  GUICHET_SEARCH_CONTACT,  /* GuichetRecent */
} GuichetSearchKind;

GuichetSearchKind guichet_search_kind (gpointer item);

/* Rows of these results, the first of each kind under its name. */
GtkListItemFactory *guichet_search_rows_factory (GListModel *results);

/* wanted: what results should hold. Rows that are the same stay as they are. */
gboolean guichet_search_rows_same (GListStore *results, GPtrArray *wanted);
void guichet_search_rows_splice (GListStore *results, GPtrArray *wanted);
