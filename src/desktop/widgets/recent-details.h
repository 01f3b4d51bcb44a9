/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/recent.h"

#include <gtk/gtk.h>

/* Shows all that is known of one past contact in a window of its own, before the window of widget.
 */
void guichet_recent_details_show (GtkWidget *widget, GuichetRecent *recent);
