/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Fills a card's grid with the variables of an offer, or of the agent's own call: six at most, in
 * the order that the centre's definitions give them on cards, and never a secure one. */
void guichet_card_values_fill (GtkGrid *grid, GuichetOffer *offer);
void guichet_card_values_fill_own (GtkGrid *grid,
                                   GuichetSession *session,
                                   GuichetInteraction *interaction);
