/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The place of one offer in the corner: first the card of a call that is being connected, then, a
 * new alert, the card that asks to answer. Hidden without an offer, and ready for the next. */
#define GUICHET_TYPE_OFFER_PLACE (guichet_offer_place_get_type ())
G_DECLARE_FINAL_TYPE (GuichetOfferPlace, guichet_offer_place, GUICHET, OFFER_PLACE, GtkWidget)

GtkWidget *guichet_offer_place_new (GuichetSession *session);
void guichet_offer_place_set_offer (GuichetOfferPlace *self, GuichetOffer *offer);
GuichetOffer *guichet_offer_place_get_offer (GuichetOfferPlace *self);

/* By key; where it cannot be done now, it is said why. */
void guichet_offer_place_answer (GuichetOfferPlace *self);
void guichet_offer_place_decline (GuichetOfferPlace *self);

/* One line instead of the whole card. */
void guichet_offer_place_set_folded (GuichetOfferPlace *self, gboolean folded);
