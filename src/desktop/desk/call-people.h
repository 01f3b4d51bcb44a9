/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/desk/call-control.h"

/* Below the buttons of a call: who is asked to come, who else is in it, and what becomes of a
 * consult. */
#define GUICHET_TYPE_CALL_PEOPLE (guichet_call_people_get_type ())
G_DECLARE_FINAL_TYPE (GuichetCallPeople, guichet_call_people, GUICHET, CALL_PEOPLE, GtkWidget)

void guichet_call_people_set_control (GuichetCallPeople *self, GuichetCallControl *control);
void guichet_call_people_refresh (GuichetCallPeople *self);
/* That the agent has got the charge of this call, until it is read. */
void guichet_call_people_say_charge (GuichetCallPeople *self, GuichetInteraction *interaction);
/* Holds who is consulted, or talks with him or her again. */
void guichet_call_people_hold (GuichetCallPeople *self);
