/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The agent's state in the header bar: dot, words, timer; its menu chooses Available or Idle with a
 * reason. */
#define GUICHET_TYPE_STATE_BUTTON (guichet_state_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetStateButton, guichet_state_button, GUICHET, STATE_BUTTON, GtkWidget)

void guichet_state_button_set_session (GuichetStateButton *self, GuichetSession *session);
/* From the keyboard: "available", or "idle", which opens the menu at the reasons. */
void guichet_state_button_perform (GuichetStateButton *self, const char *action);
/* The header has little room: a long state may be cut. */
void guichet_state_button_set_tight (GuichetStateButton *self, gboolean tight);
