/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cards of the offers, above every view. Takes no focus and lets the pointer through beside the
 * cards. Main thread only.
 */

#include "desktop/offers/offer-stack.h"

#include "desktop/offers/offer-place.h"
#include "desktop/offers/rona-card.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* Of the height of the window; beyond it the oldest cards are a line each. */
#define SHARE      0.6
#define CARD_WIDTH 340

struct _GuichetOfferStack
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *cards;
  GuichetRonaCard *rona;
  GuichetSession *session;
  guint fold_id;
};

G_DEFINE_FINAL_TYPE (GuichetOfferStack, guichet_offer_stack, GTK_TYPE_WIDGET)

static GuichetOfferPlace *
place_of (GtkWidget *child)
{
  return GUICHET_OFFER_PLACE (child);
}

static int
height_of (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* As many whole cards as have room; the newest, at the bottom, always is. */
static void
fold (GuichetOfferStack *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  int room = parent != NULL ? (int) (gtk_widget_get_height (parent) * SHARE) : 0;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (self->cards); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    guichet_offer_place_set_folded (place_of (child), FALSE);
  for (child = gtk_widget_get_first_child (self->cards);
       room > 0 && child != NULL && gtk_widget_get_next_sibling (child) != NULL &&
       height_of (self->box) > room;
       child = gtk_widget_get_next_sibling (child))
    guichet_offer_place_set_folded (place_of (child), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->cards) != NULL ||
                                                 guichet_rona_card_is_shown (self->rona));
}

static gboolean
fold_again (gpointer data)
{
  GuichetOfferStack *self = data;

  self->fold_id = 0;
  fold (self);
  return G_SOURCE_REMOVE;
}

/* The window has another size, or a card has. */
static void
on_layout (GuichetOfferStack *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->fold_id, fold_again);
}

static void
on_realize (GuichetOfferStack *self)
{
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (GTK_WIDGET (self))),
                           "layout", G_CALLBACK (on_layout), self, G_CONNECT_SWAPPED);
}

static GtkWidget *
nth (GuichetOfferStack *self, guint position)
{
  GtkWidget *child = gtk_widget_get_first_child (self->cards);

  while (child != NULL && position-- > 0)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
on_offers (GListModel *offers, guint position, guint removed, guint added, GuichetOfferStack *self)
{
  GtkWidget *before;

  for (guint i = 0; i < removed; i++)
    {
      GtkWidget *gone = nth (self, position);

      if (gone != NULL)
        gtk_box_remove (GTK_BOX (self->cards), gone);
    }
  before = position > 0 ? nth (self, position - 1) : NULL;
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, position + i);
      GtkWidget *card = guichet_offer_place_new (self->session, offer);

      gtk_box_insert_child_after (GTK_BOX (self->cards), card, before);
      g_signal_handlers_disconnect_by_func (offer, on_layout, self);
      g_signal_connect_object (offer, "notify::stage", G_CALLBACK (on_layout), self,
                               G_CONNECT_SWAPPED);
      before = card;
    }
  fold (self);
}

static void
guichet_offer_stack_dispose (GObject *object)
{
  GuichetOfferStack *self = GUICHET_OFFER_STACK (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_offer_stack_parent_class)->dispose (object);
}

static void
guichet_offer_stack_class_init (GuichetOfferStackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_offer_stack_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_offer_stack_init (GuichetOfferStack *self)
{
}

GtkWidget *
guichet_offer_stack_new (GuichetSession *session)
{
  GuichetOfferStack *self = g_object_new (GUICHET_TYPE_OFFER_STACK, NULL);
  GListModel *offers = guichet_session_get_offers (session);

  self->session = g_object_ref (session);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->rona = GUICHET_RONA_CARD (guichet_rona_card_new (session));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->rona));
  gtk_box_append (GTK_BOX (self->box), self->cards);
  gtk_widget_set_size_request (self->box, CARD_WIDTH, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 18);
  g_signal_connect (self, "realize", G_CALLBACK (on_realize), NULL);
  g_signal_connect_object (offers, "items-changed", G_CALLBACK (on_offers), self, 0);
  g_signal_connect_swapped (self->rona, "notify::visible", G_CALLBACK (fold), self);
  on_offers (offers, 0, 0, g_list_model_get_n_items (offers), self);
  return GTK_WIDGET (self);
}

void
guichet_offer_stack_perform (GuichetOfferStack *self, const char *action)
{
  GtkWidget *oldest = gtk_widget_get_first_child (self->cards);

  if (oldest == NULL)
    guichet_toast (GTK_WIDGET (self), _ ("No contact is offered to you."));
  else if (g_str_equal (action, "answer"))
    guichet_offer_place_answer (place_of (oldest));
  else
    guichet_offer_place_decline (place_of (oldest));
}
