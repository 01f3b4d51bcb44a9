/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What a row asks of its window; data as given. */
typedef void (*GuichetInboxFunc) (GuichetRecent *recent, gpointer data);

/* Rows of a view: who, the last line, since when; "Assign to me" on what waits, tags on what has
 * ended. assign and tagged (the tags were changed, or could not be) get data. */
GtkListItemFactory *guichet_inbox_rows_factory (GuichetSession *session,
                                                GuichetInboxFunc assign,
                                                GuichetInboxFunc tagged,
                                                gpointer data);
/* Puts the rows in the place of those shown from position on; what is the same stays as it is. */
void guichet_inbox_rows_splice (GListStore *rows, guint position, GPtrArray *wanted);
