/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The rows of a list view over a GuichetDirectory. */
GtkListItemFactory *guichet_target_factory_new (GuichetSession *session);
/* For what one is chosen in this list ("transfer"…), before it is filled. */
void guichet_target_list_set_purpose (GtkWidget *view, const char *purpose);
