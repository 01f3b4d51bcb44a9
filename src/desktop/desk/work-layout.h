/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The middle of the desk: a call's bar above what is noted of it, or one chat, or two beside each
 * other where there is room, with what is noted below the one that is being worked on. Property:
 * both b (read-only), two chats are before the agent's eyes. */
#define GUICHET_TYPE_WORK_LAYOUT (guichet_work_layout_get_type ())
G_DECLARE_FINAL_TYPE (GuichetWorkLayout, guichet_work_layout, GUICHET, WORK_LAYOUT, GtkWidget)

#define GUICHET_WORK_COLUMNS 2

GtkWidget *guichet_work_layout_new (GtkWidget *call, GtkWidget *below);
/* The next column, from the left. */
void guichet_work_layout_add_chat (GuichetWorkLayout *self, GtkWidget *chat);
/* The call. */
void guichet_work_layout_show_call (GuichetWorkLayout *self);
/* The chat in this column; with two, the one in the other as well. */
void guichet_work_layout_show_chat (GuichetWorkLayout *self, guint column, gboolean two);
gboolean guichet_work_layout_get_both (GuichetWorkLayout *self);
/* How wide the middle is to be for two chats. */
int guichet_work_layout_get_wanted (GuichetWorkLayout *self);
