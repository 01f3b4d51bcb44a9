/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* A list view of GuichetRecent: who, queue, what became of it and why, when, how long. name: for a
 * screen reader. */
GtkWidget *guichet_recent_list_new (GListModel *recent, const char *name);
