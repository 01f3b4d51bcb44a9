/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Above the cards: how many of how many are shown, and a button that accepts all that is written.
 */
#define GUICHET_TYPE_OFFER_HEAD (guichet_offer_head_get_type ())
G_DECLARE_FINAL_TYPE (GuichetOfferHead, guichet_offer_head, GUICHET, OFFER_HEAD, GtkWidget)

GtkWidget *guichet_offer_head_new (GuichetSession *session, GListModel *offers);
/* There are so many, of which so many are shown. */
void guichet_offer_head_show (GuichetOfferHead *self, guint n, guint shown);
void guichet_offer_head_accept_all (GuichetOfferHead *self);
