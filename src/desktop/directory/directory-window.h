/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The address book: everybody and everything that the agent may turn to, found while it is typed,
 * with what can be done; above it a button for each speed dial. @page: the main page, in whose
 * window work is shown. */
GtkWidget *guichet_directory_window_new (GtkWidget *page, GuichetSession *session);
