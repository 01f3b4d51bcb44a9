/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Who wrote last in a chat, and how many chats are unread: those of a page that does not show them.
 * It shows itself while there are any and "wanted" is TRUE; "count" i is how many. Signal "chosen"
 * (GuichetInteraction *interaction): it was clicked. Never takes the focus by itself. */
#define GUICHET_TYPE_UNREAD_PILL (guichet_unread_pill_get_type ())
G_DECLARE_FINAL_TYPE (GuichetUnreadPill, guichet_unread_pill, GUICHET, UNREAD_PILL, GtkWidget)

GtkWidget *guichet_unread_pill_new (GuichetSession *session);
/* Whether the page does not show the chats itself. */
void guichet_unread_pill_set_wanted (GuichetUnreadPill *self, gboolean wanted);
