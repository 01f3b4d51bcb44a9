/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What stands in the middle of the desk while there is no work: what comes next, or why nothing
 * does. Whoever is out of (or paused in) all queues that bring writing joins them here. */
#define GUICHET_TYPE_EMPTY_PAGE (guichet_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (GuichetEmptyPage, guichet_empty_page, GUICHET, EMPTY_PAGE, GtkWidget)

GtkWidget *guichet_empty_page_new (GuichetSession *session);
