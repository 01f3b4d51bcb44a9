/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/desk/call-control.h"

/* The line of a call's buttons, which wraps. Opens the search for whom to consult, to add, or to
 * transfer the call to, at the button that asks for it, and sends what is picked. */
#define GUICHET_TYPE_CALL_ASKING (guichet_call_asking_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCallAsking, guichet_call_asking, GUICHET, CALL_ASKING, GtkWidget)

void guichet_call_asking_set_control (GuichetCallAsking *self, GuichetCallControl *control);
/* button: one of the line. action: transfer, consult or conference; says why not. */
void guichet_call_asking_open (GuichetCallAsking *self, ModelAction action, GtkWidget *button);
void guichet_call_asking_close (GuichetCallAsking *self);
