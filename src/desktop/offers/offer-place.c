/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of its two cards an offer shows. The second is a widget of its own, so that a screen reader
 * meets a new alert; neither takes the focus. Main thread only.
 */

#include "desktop/offers/offer-place.h"

#include "desktop/offers/connecting-card.h"
#include "desktop/offers/offer-card.h"
#include "desktop/offers/offer-words.h"
#include "desktop/widgets/util.h"

struct _GuichetOfferPlace
{
  GtkWidget parent_instance;

  GtkWidget *card;
  GuichetSession *session;
  GuichetOffer *offer;
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (GuichetOfferPlace, guichet_offer_place, GTK_TYPE_WIDGET)

static void
fold_card (GuichetOfferPlace *self)
{
  if (GUICHET_IS_CONNECTING_CARD (self->card))
    guichet_connecting_card_set_folded (GUICHET_CONNECTING_CARD (self->card), self->folded);
  else
    guichet_offer_card_set_folded (GUICHET_OFFER_CARD (self->card), self->folded);
}

static void
on_stage (GuichetOfferPlace *self)
{
  gboolean connecting = guichet_offer_is_connecting (self->offer);

  if (self->card != NULL && GUICHET_IS_CONNECTING_CARD (self->card) == connecting)
    return;
  g_clear_pointer (&self->card, gtk_widget_unparent);
  self->card = connecting ? guichet_connecting_card_new (self->session, self->offer)
                          : guichet_offer_card_new (self->session, self->offer);
  gtk_widget_set_parent (self->card, GTK_WIDGET (self));
  fold_card (self);
}

static void
guichet_offer_place_dispose (GObject *object)
{
  GuichetOfferPlace *self = GUICHET_OFFER_PLACE (object);

  if (self->offer != NULL)
    g_signal_handlers_disconnect_by_data (self->offer, self);
  g_clear_pointer (&self->card, gtk_widget_unparent);
  g_clear_object (&self->offer);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_offer_place_parent_class)->dispose (object);
}

static void
guichet_offer_place_class_init (GuichetOfferPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_offer_place_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_offer_place_init (GuichetOfferPlace *self)
{
}

GtkWidget *
guichet_offer_place_new (GuichetSession *session, GuichetOffer *offer)
{
  GuichetOfferPlace *self = g_object_new (GUICHET_TYPE_OFFER_PLACE, NULL);

  self->session = g_object_ref (session);
  self->offer = g_object_ref (offer);
  g_signal_connect_swapped (offer, "notify::stage", G_CALLBACK (on_stage), self);
  on_stage (self);
  return GTK_WIDGET (self);
}

void
guichet_offer_place_answer (GuichetOfferPlace *self)
{
  if (GUICHET_IS_OFFER_CARD (self->card))
    guichet_offer_card_answer (GUICHET_OFFER_CARD (self->card));
  else
    guichet_toast (GTK_WIDGET (self), guichet_offer_status (self->session, self->offer));
}

void
guichet_offer_place_decline (GuichetOfferPlace *self)
{
  if (GUICHET_IS_OFFER_CARD (self->card))
    guichet_offer_card_decline (GUICHET_OFFER_CARD (self->card));
  else
    guichet_connecting_card_decline (GUICHET_CONNECTING_CARD (self->card));
}

void
guichet_offer_place_set_folded (GuichetOfferPlace *self, gboolean folded)
{
  self->folded = folded;
  fold_card (self);
}
