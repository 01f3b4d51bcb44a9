/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The manager of canned replies: search, add, change, delete with undo, import, export. */
GtkWidget *guichet_replies_window_new (GtkWindow *parent, GuichetSession *session);
