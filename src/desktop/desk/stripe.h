/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Whether there are any; all that are on a screen follow. */
void guichet_stripe_set_wanted (gboolean wanted);
/* The colour of a conversation, the same wherever it is shown, on a widget of the class "stripe";
 * NULL: none. It helps the eye alone: names and numbers say whose it is. */
void guichet_stripe_show (GtkWidget *stripe, GuichetInteraction *interaction);
