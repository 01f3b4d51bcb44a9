/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The card of one offer: who, queue, up to six variables, time left, Answer and Decline. Never
 * takes the focus. */
#define GUICHET_TYPE_OFFER_CARD (guichet_offer_card_get_type ())
G_DECLARE_FINAL_TYPE (GuichetOfferCard, guichet_offer_card, GUICHET, OFFER_CARD, GtkWidget)

GtkWidget *guichet_offer_card_new (GuichetSession *session);
/* NULL: of none, until it shows the next. */
void guichet_offer_card_set_offer (GuichetOfferCard *self, GuichetOffer *offer);
void guichet_offer_card_answer (GuichetOfferCard *self);
void guichet_offer_card_decline (GuichetOfferCard *self);
/* A line only, where there is no room for all of it. */
void guichet_offer_card_set_folded (GuichetOfferCard *self, gboolean folded);
