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

  GuichetOfferCard *request;
  GuichetConnectingCard *connecting; /* made when it is first needed */
  GuichetSession *session;
  GuichetOffer *offer; /* or NULL */
  gboolean connects;   /* which of the two is shown */
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (GuichetOfferPlace, guichet_offer_place, GTK_TYPE_WIDGET)

static void
fold_card (GuichetOfferPlace *self)
{
  if (self->connects)
    guichet_connecting_card_set_folded (self->connecting, self->folded);
  else
    guichet_offer_card_set_folded (self->request, self->folded);
}

static void
show_request (GuichetOfferPlace *self, GuichetOffer *offer)
{
  guichet_offer_card_set_offer (self->request, offer);
  gtk_widget_set_visible (GTK_WIDGET (self->request), offer != NULL);
}

static void
show_connecting (GuichetOfferPlace *self, GuichetOffer *offer)
{
  if (self->connecting == NULL && offer == NULL)
    return;
  if (self->connecting == NULL)
    {
      self->connecting = GUICHET_CONNECTING_CARD (guichet_connecting_card_new (self->session));
      gtk_widget_set_visible (GTK_WIDGET (self->connecting), FALSE);
      gtk_widget_set_parent (GTK_WIDGET (self->connecting), GTK_WIDGET (self));
    }
  guichet_connecting_card_set_offer (self->connecting, offer);
  gtk_widget_set_visible (GTK_WIDGET (self->connecting), offer != NULL);
}

static void
show_card (GuichetOfferPlace *self)
{
  self->connects = guichet_offer_is_connecting (self->offer);
  show_connecting (self, self->connects ? self->offer : NULL);
  show_request (self, self->connects ? NULL : self->offer);
  fold_card (self);
}

static void
on_stage (GuichetOfferPlace *self)
{
  if (guichet_offer_is_connecting (self->offer) != self->connects)
    show_card (self);
}

static void
leave_offer (GuichetOfferPlace *self)
{
  if (self->offer != NULL)
    g_signal_handlers_disconnect_by_data (self->offer, self);
  g_clear_object (&self->offer);
}

static void
guichet_offer_place_dispose (GObject *object)
{
  GuichetOfferPlace *self = GUICHET_OFFER_PLACE (object);

  leave_offer (self);
  guichet_widget_drop_children (GTK_WIDGET (object));
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
guichet_offer_place_new (GuichetSession *session)
{
  GuichetOfferPlace *self = g_object_new (GUICHET_TYPE_OFFER_PLACE, "visible", FALSE, NULL);

  self->session = g_object_ref (session);
  self->request = GUICHET_OFFER_CARD (guichet_offer_card_new (session));
  gtk_widget_set_visible (GTK_WIDGET (self->request), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->request), GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
guichet_offer_place_set_offer (GuichetOfferPlace *self, GuichetOffer *offer)
{
  leave_offer (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (offer == NULL)
    {
      show_connecting (self, NULL);
      show_request (self, NULL);
      return;
    }
  self->offer = g_object_ref (offer);
  g_signal_connect_swapped (offer, "notify::stage", G_CALLBACK (on_stage), self);
  show_card (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

GuichetOffer *
guichet_offer_place_get_offer (GuichetOfferPlace *self)
{
  return self->offer;
}

void
guichet_offer_place_answer (GuichetOfferPlace *self)
{
  if (!self->connects)
    guichet_offer_card_answer (self->request);
  else
    guichet_toast (GTK_WIDGET (self), guichet_offer_status (self->session, self->offer));
}

void
guichet_offer_place_decline (GuichetOfferPlace *self)
{
  if (!self->connects)
    guichet_offer_card_decline (self->request);
  else
    guichet_connecting_card_decline (self->connecting);
}

void
guichet_offer_place_set_folded (GuichetOfferPlace *self, gboolean folded)
{
  self->folded = folded;
  fold_card (self);
}
