/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Shows a text that was changed elsewhere while it was typed here: both, and which to keep. */
#define GUICHET_TYPE_CONFLICT_BAR (guichet_conflict_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuichetConflictBar, guichet_conflict_bar, GUICHET, CONFLICT_BAR, GtkWidget)

void guichet_conflict_bar_set_session (GuichetConflictBar *self, GuichetSession *session);
void
guichet_conflict_bar_set_interaction (GuichetConflictBar *self, GuichetInteraction *interaction);
