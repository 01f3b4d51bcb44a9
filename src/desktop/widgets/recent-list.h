/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* A list view of GuichetRecent: who, queue, what became of it and why, when, how long. name: for a
 * screen reader. */
/* "Missed · Not answered" or "Handled · 3:12 · Invoice corrected". Free with g_free. */
char *guichet_recent_outcome (GuichetRecent *recent);

GtkWidget *guichet_recent_list_new (GListModel *recent, const char *name);
