/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* As high as its child for the width that there is, up to a height from which on it scrolls. It
 * scrolls sooner where there is no room. */
#define GUICHET_TYPE_CAPPED (guichet_capped_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCapped, guichet_capped, GUICHET, CAPPED, GtkWidget)

/* height: in pixels, at 96 dpi text; 0: as high as the child. */
GtkWidget *guichet_capped_new (GtkWidget *child, int height);
