/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/offer.h"

#include <gtk/gtk.h>

/* Fills a card's grid with the offer's variables, six at most and never a secure one. */
void guichet_card_values_fill (GtkGrid *grid, GuichetOffer *offer);
