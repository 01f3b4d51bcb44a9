/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* A window for the first words to a colleague of this name. Once they are sent it closes and
 * activates the action main.show-im (the colleague's id) of the widget. */
void guichet_im_window_show (GtkWidget *widget,
                             GuichetSession *session,
                             const char *colleague,
                             const char *name);
