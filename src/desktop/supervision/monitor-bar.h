/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* While a supervisor follows a call: whose, how, and the way out of it. While an agent's call is
 * followed and the centre says so: by whom. */
#define GUICHET_TYPE_MONITOR_BAR (guichet_monitor_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMonitorBar, guichet_monitor_bar, GUICHET, MONITOR_BAR, GtkWidget)

GtkWidget *guichet_monitor_bar_new (GuichetSession *session);
