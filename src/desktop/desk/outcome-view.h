/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* What the agent records of an interaction, during it and in the wrap-up: notes, disposition, tags;
 * and the wrap-up's time left, extension and submission. */
#define GUICHET_TYPE_OUTCOME_VIEW (guichet_outcome_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetOutcomeView, guichet_outcome_view, GUICHET, OUTCOME_VIEW, GtkWidget)

void guichet_outcome_view_set_session (GuichetOutcomeView *self, GuichetSession *session);
void
guichet_outcome_view_set_interaction (GuichetOutcomeView *self, GuichetInteraction *interaction);
/* From the keyboard: "notes", "disposition", "tags", "submit", "extend". */
void guichet_outcome_view_perform (GuichetOutcomeView *self, const char *action);
