/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

#include <gtk/gtk.h>

/* One message in a chat: the customer's at the start, ours at the end, the centre's in the middle,
 * under the day's name where it is the first of its day. */
#define GUICHET_TYPE_MESSAGE_ROW (guichet_message_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMessageRow, guichet_message_row, GUICHET, MESSAGE_ROW, GtkWidget)

GtkWidget *guichet_message_row_new (GuichetSession *session);

/* before: the message above, or NULL. message NULL: none. Signals of the row: "try-again", "edit"
 * (both of a failed message). */
void guichet_message_row_show (GuichetMessageRow *self,
                               GuichetInteraction *interaction,
                               GuichetMessage *message,
                               GuichetMessage *before);
GuichetMessage *guichet_message_row_get_message (GuichetMessageRow *self);
