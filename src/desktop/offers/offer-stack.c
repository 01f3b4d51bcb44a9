/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The cards of the offers, above every view: e-mails, social messages, chats and calls from top to
 * bottom, of each the oldest first; of more than five the first ones and the newest call. Takes no
 * focus and lets the pointer through beside the cards. Main thread only.
 */

#include "desktop/offers/offer-stack.h"

#include "desktop/offers/offer-head.h"
#include "desktop/offers/offer-place.h"
#include "desktop/offers/offer-words.h"
#include "desktop/offers/outgoing-card.h"
#include "desktop/offers/rona-card.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

/* Of the height of the window; beyond it the first cards are a line each. */
#define SHARE 0.6
/* Of the card of an own call, which only repeats what stands in the call. */
#define OWN_SHARE  0.45
#define SHOWN      5
#define CARD_WIDTH 340

/* Seconds; a start has enough to do. */
#define AFTER_START 2

struct _GuichetOfferStack
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *cards;
  GuichetOutgoingCard *outgoing;
  GuichetRonaCard *rona;
  GuichetOfferHead *head;
  GuichetSession *session;
  GListModel *offers; /* in the order of their cards */
  guint fold_id;
  guint prepare_id;
};

G_DEFINE_FINAL_TYPE (GuichetOfferStack, guichet_offer_stack, GTK_TYPE_WIDGET)

static GuichetOfferPlace *
place_of (GtkWidget *child)
{
  return GUICHET_OFFER_PLACE (child);
}

/* The places of offers come first; behind them are those that wait for one. */
static GtkWidget *
taken (GtkWidget *child)
{
  return child != NULL && guichet_offer_place_get_offer (place_of (child)) != NULL ? child : NULL;
}

static GtkWidget *
first_place (GuichetOfferStack *self)
{
  return taken (gtk_widget_get_first_child (self->cards));
}

static GtkWidget *
next_place (GtkWidget *child)
{
  return taken (gtk_widget_get_next_sibling (child));
}

static int
height_of (GtkWidget *widget)
{
  int natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Whole whatever else there is: the newest call, else the newest of all. */
static GtkWidget *
newest (GuichetOfferStack *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->cards);

  while (last != NULL && taken (last) == NULL)
    last = gtk_widget_get_prev_sibling (last);
  return last;
}

/* The first of them in their order, and always the newest. */
static void
choose (GuichetOfferStack *self, guint n)
{
  guint place = 0;

  for (GtkWidget *child = first_place (self); child != NULL; child = next_place (child))
    {
      gtk_widget_set_visible (child, n <= SHOWN || place < SHOWN - 1 || child == newest (self));
      place++;
    }
}

/* As many whole cards as have room; from the top they become a line each. */
static void
fold (GuichetOfferStack *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  int height = parent != NULL ? gtk_widget_get_height (parent) : 0;
  int room = (int) (height * SHARE);
  guint n = g_list_model_get_n_items (self->offers);
  GtkWidget *child;

  guichet_outgoing_card_set_folded (self->outgoing, FALSE);
  if (height > 0 && height_of (GTK_WIDGET (self->outgoing)) > height * OWN_SHARE)
    guichet_outgoing_card_set_folded (self->outgoing, TRUE);
  choose (self, n);
  guichet_offer_head_show (self->head, n, MIN (n, SHOWN));
  for (child = first_place (self); child != NULL; child = next_place (child))
    guichet_offer_place_set_folded (place_of (child), FALSE);
  for (child = first_place (self);
       room > 0 && child != newest (self) && height_of (self->box) > room;
       child = next_place (child))
    guichet_offer_place_set_folded (place_of (child), TRUE);
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
  GtkWidget *child = first_place (self);

  while (child != NULL && position-- > 0)
    child = next_place (child);
  return child;
}

/* Ready before the next offer: made here, its card would take twice the time until it is painted.
 */
static GtkWidget *
spare_place (GuichetOfferStack *self)
{
  GtkWidget *last = gtk_widget_get_last_child (self->cards);

  if (last != NULL && taken (last) == NULL)
    return last;
  last = guichet_offer_place_new (self->session);
  gtk_box_append (GTK_BOX (self->cards), last);
  return last;
}

static gboolean
prepare (gpointer data)
{
  GuichetOfferStack *self = data;

  self->prepare_id = 0;
  spare_place (self);
  return G_SOURCE_REMOVE;
}

static void
on_map (GuichetOfferStack *self)
{
  if (self->prepare_id == 0)
    self->prepare_id =
        g_timeout_add_seconds_full (G_PRIORITY_LOW, AFTER_START, prepare, self, NULL);
}

/* One waits for the next offer, and one for the next but one; any more go. */
static void
clear_place (GuichetOfferStack *self, GtkWidget *place)
{
  GtkWidget *last = newest (self);
  GtkWidget *spare = gtk_widget_get_next_sibling (last);

  guichet_offer_place_set_offer (place_of (place), NULL);
  if (spare != NULL && gtk_widget_get_next_sibling (spare) != NULL)
    gtk_box_remove (GTK_BOX (self->cards), place);
  else if (place != last)
    gtk_box_reorder_child_after (GTK_BOX (self->cards), place, last);
}

static void
on_offers (GListModel *offers, guint position, guint removed, guint added, GuichetOfferStack *self)
{
  GtkWidget *before;

  for (guint i = 0; i < removed; i++)
    {
      GtkWidget *gone = nth (self, position);

      if (gone != NULL)
        clear_place (self, gone);
    }
  before = position > 0 ? nth (self, position - 1) : NULL;
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, position + i);
      GtkWidget *card = spare_place (self);

      gtk_box_reorder_child_after (GTK_BOX (self->cards), card, before);
      guichet_offer_place_set_offer (place_of (card), offer);
      g_signal_handlers_disconnect_by_func (offer, on_layout, self);
      g_signal_connect_object (offer, "notify::stage", G_CALLBACK (on_layout), self,
                               G_CONNECT_SWAPPED);
      before = card;
    }
  fold (self);
}

/* Something clear, so that there is always something over the views: the first card would otherwise
 * put another node around all of them, and GTK would paint the whole window anew. */
static void
guichet_offer_stack_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 0 }, &GRAPHENE_RECT_INIT (0, 0, 1, 1));
  GTK_WIDGET_CLASS (guichet_offer_stack_parent_class)->snapshot (widget, snapshot);
}

static void
guichet_offer_stack_dispose (GObject *object)
{
  GuichetOfferStack *self = GUICHET_OFFER_STACK (object);

  g_clear_handle_id (&self->fold_id, g_source_remove);
  g_clear_handle_id (&self->prepare_id, g_source_remove);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->offers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_offer_stack_parent_class)->dispose (object);
}

static void
guichet_offer_stack_class_init (GuichetOfferStackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_offer_stack_dispose;
  GTK_WIDGET_CLASS (klass)->snapshot = guichet_offer_stack_snapshot;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_offer_stack_init (GuichetOfferStack *self)
{
}

/* A new card comes among the others of its kind. */
static GListModel *
in_order (GListModel *offers)
{
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (guichet_offer_compare, NULL, NULL));

  return G_LIST_MODEL (gtk_sort_list_model_new (g_object_ref (offers), sorter));
}

GtkWidget *
guichet_offer_stack_new (GuichetSession *session)
{
  GuichetOfferStack *self = g_object_new (GUICHET_TYPE_OFFER_STACK, NULL);

  self->session = g_object_ref (session);
  self->offers = in_order (guichet_session_get_offers (session));
  self->head = GUICHET_OFFER_HEAD (guichet_offer_head_new (session, self->offers));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->rona = GUICHET_RONA_CARD (guichet_rona_card_new (session));
  self->outgoing = GUICHET_OUTGOING_CARD (guichet_outgoing_card_new (session));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->outgoing));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->rona));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (self->box), self->cards);
  gtk_widget_set_size_request (self->box, CARD_WIDTH, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 18);
  g_signal_connect (self, "realize", G_CALLBACK (on_realize), NULL);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
  g_signal_connect_object (self->offers, "items-changed", G_CALLBACK (on_offers), self, 0);
  g_signal_connect_swapped (self->outgoing, "notify::visible", G_CALLBACK (fold), self);
  g_signal_connect_swapped (self->rona, "notify::visible", G_CALLBACK (fold), self);
  on_offers (self->offers, 0, 0, g_list_model_get_n_items (self->offers), self);
  return GTK_WIDGET (self);
}

/* What keys are about: the call that waits longest, for a caller hears it ring; else the card on
 * top. */
static GtkWidget *
foremost (GuichetOfferStack *self)
{
  GtkWidget *child = first_place (self);

  for (guint i = 0; i < g_list_model_get_n_items (self->offers); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (self->offers, i);

      if (!guichet_offer_is_chat (offer))
        return nth (self, i);
    }
  return child;
}

void
guichet_offer_stack_perform (GuichetOfferStack *self, const char *action)
{
  GtkWidget *first = foremost (self);

  if (first == NULL)
    guichet_toast (GTK_WIDGET (self), _ ("No contact is offered to you."));
  else if (g_str_equal (action, "accept-all"))
    guichet_offer_head_accept_all (self->head);
  else if (g_str_equal (action, "answer"))
    guichet_offer_place_answer (place_of (first));
  else
    guichet_offer_place_decline (place_of (first));
}
