/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Search of customers, messages and notes while it is typed. Down leads into the results, Enter
 * opens one, Escape closes. */
GtkWidget *guichet_search_window_new (GtkWindow *parent, GuichetSession *session);
