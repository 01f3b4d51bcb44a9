/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Does it: "call", "im", or with an interaction "consult", "conference", "transfer". What goes
 * wrong is said in a toast of the widget's window. FALSE: it is impossible now, which was said. */
gboolean guichet_target_act (GtkWidget *widget,
                             GuichetSession *session,
                             GuichetInteraction *interaction,
                             GuichetTarget *target,
                             const char *action);
typedef void (*GuichetTargetDone) (gpointer object);

/* What can be done with it, in a popover at the widget; what cannot be now is greyed with its
 * reason. @done (object) is called once something was chosen; NULL: nobody wants to know. */
void guichet_target_menu_popup (GtkWidget *at,
                                GuichetSession *session,
                                GuichetInteraction *interaction,
                                GuichetTarget *target,
                                GuichetTargetDone done,
                                gpointer object);
