/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"

#include <gtk/gtk.h>

/* The right of the desk: call variables and customer, and the customer's history. */
#define GUICHET_TYPE_SIDE_PANE (guichet_side_pane_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSidePane, guichet_side_pane, GUICHET, SIDE_PANE, GtkWidget)

GtkWidget *guichet_side_pane_new (GuichetSession *session);
void guichet_side_pane_set_interaction (GuichetSidePane *self, GuichetInteraction *interaction);
/* In a narrow window it covers the call and needs a way back. */
void guichet_side_pane_set_narrow (GuichetSidePane *self, gboolean narrow);
/* In a narrow window: the button that leads back to the call. */
/* Opens the menu of links to other programs, where there are any. */
gboolean guichet_side_pane_has_links (GuichetSidePane *self);
void guichet_side_pane_launch (GuichetSidePane *self);
void guichet_side_pane_focus (GuichetSidePane *self);
/* The clips of a call; FALSE: it is none. */
gboolean guichet_side_pane_show_clips (GuichetSidePane *self);
/* The replies of a chat, looked at: all of them, or one that is filled in (NULL: none). */
void guichet_side_pane_show_replies (GuichetSidePane *self, GuichetCannedReply *reply);
