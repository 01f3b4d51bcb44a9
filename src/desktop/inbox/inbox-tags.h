/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/inbox/inbox-row.h"

/* The tags of what has ended: their names on a button that opens the choice. tagged (recent, data)
 * is called when a change was answered, done or not. */
GtkWidget *guichet_inbox_tags_new (GuichetSession *session, GuichetInboxFunc tagged, gpointer data);
/* recent NULL: nothing to show. */
void guichet_inbox_tags_show (GtkWidget *tags, GuichetRecent *recent);
