/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The button in a chat's head behind which it is transferred or given back. Hidden where the agent
 * may do neither. */
#define GUICHET_TYPE_HAND_ON (guichet_hand_on_get_type ())
G_DECLARE_FINAL_TYPE (GuichetHandOn, guichet_hand_on, GUICHET, HAND_ON, GtkWidget)

void guichet_hand_on_set_session (GuichetHandOn *self, GuichetSession *session);
/* The chat, or NULL; again whenever it has changed. */
void guichet_hand_on_refresh (GuichetHandOn *self, GuichetInteraction *interaction);
/* "transfer", "unassign" */
/* A message has gone that escalates: whoever knows at once who is to have it says so. */
void guichet_hand_on_escalate (GuichetHandOn *self);
void guichet_hand_on_perform (GuichetHandOn *self, const char *action);
