/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Says that a message was not sent because its chat was over, with its text, until the agent has
 * copied it: one after the other. Hidden while there is none. */
#define GUICHET_TYPE_UNSENT_BAR (guichet_unsent_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuichetUnsentBar, guichet_unsent_bar, GUICHET, UNSENT_BAR, GtkWidget)

void guichet_unsent_bar_set_session (GuichetUnsentBar *self, GuichetSession *session);
