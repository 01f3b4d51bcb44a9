/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The clips on the right of a call: found, chosen, played to all who talk there, stopped. It says
 * in a toast what stopped one. */
#define GUICHET_TYPE_CLIPS_PANEL (guichet_clips_panel_get_type ())
G_DECLARE_FINAL_TYPE (GuichetClipsPanel, guichet_clips_panel, GUICHET, CLIPS_PANEL, GtkWidget)

GtkWidget *guichet_clips_panel_new (GuichetSession *session);
void guichet_clips_panel_set_interaction (GuichetClipsPanel *self, GuichetInteraction *interaction);
void guichet_clips_panel_focus (GuichetClipsPanel *self);
