/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

#include <gtk/gtk.h>

/* The messages of a chat. Stays at the newest one while it is there; otherwise says what came and
 * leads to it. What is seen is marked as read. Signal "edit" (const char *text): a message that was
 * not sent is wanted back in the composer. */
#define GUICHET_TYPE_MESSAGE_LIST (guichet_message_list_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMessageList, guichet_message_list, GUICHET, MESSAGE_LIST, GtkWidget)

GtkWidget *guichet_message_list_new (GuichetSession *session);
void
guichet_message_list_set_interaction (GuichetMessageList *self, GuichetInteraction *interaction);

/* Shows the first unread message, or the newest. */
void guichet_message_list_jump (GuichetMessageList *self);
