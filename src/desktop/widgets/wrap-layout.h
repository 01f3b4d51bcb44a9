/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Places children beside each other, and below where there is no room, each at its own width; or,
 * even, in columns of one width that fill the line. Settable: "even" b. */
#define GUICHET_TYPE_WRAP_LAYOUT (guichet_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (GuichetWrapLayout,
                      guichet_wrap_layout,
                      GUICHET,
                      WRAP_LAYOUT,
                      GtkLayoutManager)

GtkLayoutManager *guichet_wrap_layout_new (gboolean even);
