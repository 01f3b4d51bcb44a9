/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The first card of an offer: a call is being connected to the agent's phone. An alert that takes
 * no focus. It can be declined only once the phone should ring and does not. */
#define GUICHET_TYPE_CONNECTING_CARD (guichet_connecting_card_get_type ())
G_DECLARE_FINAL_TYPE (GuichetConnectingCard,
                      guichet_connecting_card,
                      GUICHET,
                      CONNECTING_CARD,
                      GtkWidget)

GtkWidget *guichet_connecting_card_new (GuichetSession *session);
/* NULL: of none, until it shows the next. */
void guichet_connecting_card_set_offer (GuichetConnectingCard *self, GuichetOffer *offer);

/* Declines, or says why not yet. */
void guichet_connecting_card_decline (GuichetConnectingCard *self);

/* One line instead of the whole. */
void guichet_connecting_card_set_folded (GuichetConnectingCard *self, gboolean folded);
