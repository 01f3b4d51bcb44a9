/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Where the own calls of this agent go, set by a supervisor, in a window over that of the widget.
 * Nothing happens if the agent is not led. */
void guichet_forward_window_show (GtkWidget *widget, GuichetSession *session, const char *agent);
