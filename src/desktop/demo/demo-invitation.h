/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Whoever tries the demo can be a customer as well: from now on the application has the action
 * "write-as-customer", which opens @page in a browser, or copies its address where there is none.
 * NULL: no longer. The address is said on the terminal, too. */
void guichet_demo_invitation_offer (GtkApplication *application, const char *page);

/* A link to that page, hidden where there is none. */
GtkWidget *guichet_demo_invitation_new (void);
