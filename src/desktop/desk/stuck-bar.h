/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Says of the work in hand that it is stuck, and has it closed by force after asking once more; not
 * there while all is well. */
#define GUICHET_TYPE_STUCK_BAR (guichet_stuck_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuichetStuckBar, guichet_stuck_bar, GUICHET, STUCK_BAR, GtkWidget)

GtkWidget *guichet_stuck_bar_new (GuichetSession *session);
/* NULL for none. */
void guichet_stuck_bar_set_interaction (GuichetStuckBar *self, GuichetInteraction *interaction);
