/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What goes on with the colleague of this name, by the action main.show-im (the colleague's id) of
 * the widget; if nothing does, a window for the first words, which ends there when they are sent.
 */
void guichet_im_window_show (GtkWidget *widget,
                             GuichetSession *session,
                             const char *colleague,
                             const char *name);
