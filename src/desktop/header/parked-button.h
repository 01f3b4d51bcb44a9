/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The header's list of parked calls, hidden while there is none: who, where, how long, and a button
 * that fetches one. Says in passing where the agent's own was put. */
#define GUICHET_TYPE_PARKED_BUTTON (guichet_parked_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetParkedButton, guichet_parked_button, GUICHET, PARKED_BUTTON, GtkWidget)

void guichet_parked_button_set_session (GuichetParkedButton *self, GuichetSession *session);
/* Opens the list, or says that there is nothing in it. */
void guichet_parked_button_open (GuichetParkedButton *self);
