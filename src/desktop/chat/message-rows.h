/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"
#include "desktop/chat/message-tail.h"

#include <gtk/gtk.h>

/* The rows of a list of messages. They go from chat to chat. Signal "edit" (const char *text,
 * gboolean private): a message that was not sent is wanted back. */
#define GUICHET_TYPE_MESSAGE_ROWS (guichet_message_rows_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMessageRows, guichet_message_rows, GUICHET, MESSAGE_ROWS, GObject)

/* For this view, which shows the tail from now on. */
GuichetMessageRows *
guichet_message_rows_new (GuichetSession *session, GuichetMessageTail *tail, GtkListView *view);
/* Whose messages will come; before they do. */
void
guichet_message_rows_set_interaction (GuichetMessageRows *self, GuichetInteraction *interaction);
