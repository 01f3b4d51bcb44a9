/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

#include <gtk/gtk.h>

/* A chat: who it is with, its timers and actions, the messages, and where the agent writes. */
#define GUICHET_TYPE_CHAT_VIEW (guichet_chat_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetChatView, guichet_chat_view, GUICHET, CHAT_VIEW, GtkWidget)

GtkWidget *guichet_chat_view_new (GuichetSession *session);
/* NULL: none. */
void guichet_chat_view_set_interaction (GuichetChatView *self, GuichetInteraction *interaction);
void guichet_chat_view_set_narrow (GuichetChatView *self, gboolean narrow);
/* Another chat stands beside this one: both say whose they are, and which has the keyboard. */
void guichet_chat_view_set_beside (GuichetChatView *self, gboolean beside, gboolean current);
void guichet_chat_view_focus_details (GuichetChatView *self);
/* Takes the focus to where the agent writes, where that is possible. */
/* FALSE: another one is being edited. */
gboolean guichet_chat_view_insert_reply (GuichetChatView *self, const char *text);
void guichet_chat_view_focus (GuichetChatView *self);
GtkWidget *guichet_chat_view_get_field (GuichetChatView *self);
/* The key of submitting sends a mail that is being written. FALSE: none is. */
gboolean guichet_chat_view_submit (GuichetChatView *self);
/* "end", "private", "spelling", "unread", "copy", "transfer", "unassign", "consult", "confer",
 * "leave", "end-consult" */
void guichet_chat_view_perform (GuichetChatView *self, const char *action);
