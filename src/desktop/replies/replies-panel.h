/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"

#include <gtk/gtk.h>

/* The replies on the right of the desk: searched, narrowed to a category, checked and filled in,
 * then inserted: it activates "desk.insert-reply" (s: the text). */
#define GUICHET_TYPE_REPLIES_PANEL (guichet_replies_panel_get_type ())
G_DECLARE_FINAL_TYPE (GuichetRepliesPanel, guichet_replies_panel, GUICHET, REPLIES_PANEL, GtkWidget)

GtkWidget *guichet_replies_panel_new (GuichetSession *session);
void
guichet_replies_panel_set_interaction (GuichetRepliesPanel *self, GuichetInteraction *interaction);
void guichet_replies_panel_focus (GuichetRepliesPanel *self);
/* Asks for what this reply's variables stand for; inserts it at once where it has none. */
void guichet_replies_panel_fill (GuichetRepliesPanel *self, GuichetCannedReply *reply);
