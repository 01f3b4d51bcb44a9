/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The list under a search field: one click or Enter chooses. @activate (object, position) is called
 * for it. The scrolled list, at most @height high; its list view in @view. */
GtkWidget *guichet_choices_new (GtkSingleSelection *selection,
                                GtkListItemFactory *factory,
                                int height,
                                GCallback activate,
                                gpointer object,
                                GtkWidget **view);
/* Up and Down move in the list while the cursor stays in @search; Escape closes its popover. */
void guichet_choices_lead (GtkWidget *search, GtkWidget *view);
