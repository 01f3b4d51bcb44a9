/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The desk: task list, the selected piece of work, and its details. Installs the action
 * "desk.details", "desk.alone", and "desk.beside" and "desk.work-on" (s: an interaction). */
#define GUICHET_TYPE_DESK_VIEW (guichet_desk_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetDeskView, guichet_desk_view, GUICHET, DESK_VIEW, GtkWidget)

GtkWidget *guichet_desk_view_new (GuichetSession *session);
/* Whether two chats stand beside each other is kept there. */
void guichet_desk_view_bind_settings (GuichetDeskView *self, GSettings *settings);
/* From the keyboard: see GuichetCallBar and GuichetOutcomeView; "details", "next", "previous". */
void guichet_desk_view_perform (GuichetDeskView *self, const char *action);
/* Shows this piece of work. */
void guichet_desk_view_select (GuichetDeskView *self, GuichetInteraction *interaction);
/* The field of the chat that is shown, which no card may cover; NULL before the first chat. */
GtkWidget *guichet_desk_view_get_field (GuichetDeskView *self);
/* Whether this interaction is before the agent's eyes in the call view. */
gboolean guichet_desk_view_shows (GuichetDeskView *self, GuichetInteraction *interaction);
