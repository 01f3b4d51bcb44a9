/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What a supervisor may do about this agent now. Transfer full. */
GMenuModel *guichet_agent_menu_new (GuichetSession *session, GuichetLiveAgent *agent);
/* The actions of such menus, for a widget around them; session_of: whose. */
void guichet_agent_menu_install (GtkWidgetClass *widget_class,
                                 GuichetSession *(*session_of) (GtkWidget *) );
