/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Conversations in three views: mine, unassigned, resolved; taking one, asking for one more. Escape
 * closes it. */
GtkWidget *guichet_inbox_window_new (GtkWindow *parent, GuichetSession *session);
