/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The three panes of the desk: list, middle, side. Below 1100 px (more with larger text) the side
 * pane shares the middle's place: one of them is shown, and "narrow" says so. Without anything to
 * show beside, the middle has the room. Properties: narrow b (read-only), show-side b. */
#define GUICHET_TYPE_DESK_LAYOUT (guichet_desk_layout_get_type ())
G_DECLARE_FINAL_TYPE (GuichetDeskLayout, guichet_desk_layout, GUICHET, DESK_LAYOUT, GtkWidget)

GtkWidget *guichet_desk_layout_new (GtkWidget *list, GtkWidget *middle, GtkWidget *side);
gboolean guichet_desk_layout_get_narrow (GuichetDeskLayout *self);
void guichet_desk_layout_set_show_side (GuichetDeskLayout *self, gboolean show);
/* Whether there is anything for the side pane. */
void guichet_desk_layout_set_has_side (GuichetDeskLayout *self, gboolean has);
/* For a middle of this width the side pane gives its place, if that is what it takes; 0: none. */
void guichet_desk_layout_set_wanted (GuichetDeskLayout *self, int width);
gboolean guichet_desk_layout_get_show_side (GuichetDeskLayout *self);
