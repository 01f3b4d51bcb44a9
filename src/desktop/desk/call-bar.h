/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The top of the call view: customer, queue, state, timers, and what can be done with the call. */
#define GUICHET_TYPE_CALL_BAR (guichet_call_bar_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCallBar, guichet_call_bar, GUICHET, CALL_BAR, GtkWidget)

void guichet_call_bar_set_session (GuichetCallBar *self, GuichetSession *session);
void guichet_call_bar_set_interaction (GuichetCallBar *self, GuichetInteraction *interaction);

/* In a narrow window the details need a button. */
/* After the details, back to the button that opened them. */
void guichet_call_bar_focus_details (GuichetCallBar *self);
void guichet_call_bar_set_narrow (GuichetCallBar *self, gboolean narrow);

/* This call has come into the agent's charge. */
void guichet_call_bar_say_charge (GuichetCallBar *self, GuichetInteraction *interaction);

/* From the keyboard: "hold", "mute", "end", "keypad", "consult", "transfer", "confer", "leave",
 * "end-consult", "hold-colleague". What is not possible now is said in a toast.
 */
void guichet_call_bar_perform (GuichetCallBar *self, const char *action);
