/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What a row asks of its window; data as given. */
typedef void (*GuichetInboxFunc) (GuichetRecent *recent, gpointer data);

/* Something was done; problem: NULL, or a sentence that says why it could not be. */
typedef void (*GuichetInboxDone) (const char *problem, gpointer data);

/* Rows of a view: who, the last line, since when; "Assign to me" on what waits, where it stands on
 * what is the agent's own, tags on what has ended. assign, tagged (the tags were changed, or could
 * not be) and done get data. */
GtkListItemFactory *guichet_inbox_rows_factory (GuichetSession *session,
                                                GuichetInboxFunc assign,
                                                GuichetInboxFunc tagged,
                                                GuichetInboxDone done,
                                                gpointer data);
/* Whether two GuichetRecent would look the same in a row. A GEqualFunc. */
gboolean guichet_inbox_rows_same (gconstpointer first, gconstpointer second);
