/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "desktop/desk/call-control.h"

/* One who is in a call with several: who, as what, doing what since when, and what the agent may do
 * about it. */
#define GUICHET_TYPE_PERSON_CARD (guichet_person_card_get_type ())
G_DECLARE_FINAL_TYPE (GuichetPersonCard, guichet_person_card, GUICHET, PERSON_CARD, GtkWidget)

/* part NULL: the customer. */
GtkWidget *guichet_person_card_new (GuichetCallControl *control, GuichetParticipation *part);
void guichet_person_card_refresh (GuichetPersonCard *self);
/* NULL: the customer. */
GuichetParticipation *guichet_person_card_get_part (GuichetPersonCard *self);
/* Holds or resumes who is consulted, if that is the one. */
void guichet_person_card_hold (GuichetPersonCard *self);
