/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"
#include "desktop/chat/chat-view.h"
#include "desktop/desk/work-layout.h"

/* The chats before the agent's eyes: one, or two beside each other. One of them is the current one.
 * Properties: on b, a second chat stands beside the current one while there are two; two b
 * (read-only), it does. Signal "chosen" (GuichetInteraction *): the keyboard went into the other
 * one, which wants to be the current one. */
#define GUICHET_TYPE_BESIDE (guichet_beside_get_type ())
G_DECLARE_FINAL_TYPE (GuichetBeside, guichet_beside, GUICHET, BESIDE, GObject)

GuichetBeside *guichet_beside_new (GuichetSession *session, GuichetWorkLayout *layout);
/* Makes this chat the current one, in its column if it has one; NULL: a call is shown. */
void guichet_beside_show (GuichetBeside *self, GuichetInteraction *chat);
/* Shows this chat beside the current one, and turns that on. */
void guichet_beside_add (GuichetBeside *self, GuichetInteraction *chat);
gboolean guichet_beside_shows (GuichetBeside *self, GuichetInteraction *chat);
/* NULL before the first chat. */
GuichetChatView *guichet_beside_get_current (GuichetBeside *self);
/* The field that is nearest to the corner of the cards. */
GtkWidget *guichet_beside_get_field (GuichetBeside *self);
/* Whoever was writing, or chooses in this list, goes on there; anybody else is taken to the field
 * of the current chat. */
void guichet_beside_take_focus (GuichetBeside *self, GtkWidget *list);
void guichet_beside_set_narrow (GuichetBeside *self, gboolean narrow);
