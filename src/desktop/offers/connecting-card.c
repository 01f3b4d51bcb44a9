/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The card of a call whose phone does not ring yet: who it is, for which queue, and that it comes.
 * A phone that should ring and does not is said here too. Main thread only.
 */

#include "desktop/offers/connecting-card.h"

#include "desktop/offers/card-values.h"
#include "desktop/offers/offer-words.h"
#include "desktop/shortcuts.h"
#include "desktop/text/who.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetConnectingCard
{
  GtkWidget parent_instance;

  GtkSpinner *spinner;
  GtkWidget *fault;
  GtkLabel *who;
  GtkLabel *what;
  GtkGrid *variables;
  GtkLabel *status;
  GtkWidget *decline;

  GuichetSession *session;
  GuichetOffer *offer;
  gboolean folded;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetConnectingCard, guichet_connecting_card, GTK_TYPE_WIDGET)

static gboolean
can_decline (GuichetConnectingCard *self)
{
  return guichet_offer_is_missing (self->offer) && guichet_offer_get_can_decline (self->offer);
}

/* Of a folded card a line is left, unless something is wrong. */
static void
show_folded (GuichetConnectingCard *self)
{
  gboolean missing = guichet_offer_is_missing (self->offer);
  gboolean any = gtk_widget_get_first_child (GTK_WIDGET (self->variables)) != NULL;
  int size = self->folded ? 16 : 32;

  gtk_widget_set_visible (GTK_WIDGET (self->variables), any && !self->folded);
  gtk_widget_set_visible (GTK_WIDGET (self->status), missing || !self->folded);
  gtk_widget_set_visible (self->decline, can_decline (self));
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), size, size);
  guichet_widget_set_class (GTK_WIDGET (self), "folded", self->folded);
}

static gboolean
refresh (gpointer data)
{
  GuichetConnectingCard *self = data;
  const char *status = guichet_offer_status (self->session, self->offer);
  gboolean missing = guichet_offer_is_missing (self->offer);
  g_autofree char *who = guichet_who_offer (self->offer);
  g_autofree char *what = guichet_offer_what (self->offer);
  g_autofree char *spoken = guichet_offer_spoken (self->session, self->offer);
  g_autofree char *decline = g_strdup_printf (_ ("Decline %s"), who);

  self->refresh_id = 0;
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->status, status != NULL ? status : "");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !missing);
  gtk_widget_set_visible (self->fault, missing);
  guichet_shortcuts_set_tip (self->decline, _ ("Decline"), "win.decline");
  guichet_accessible_name (self->decline, decline);
  guichet_accessible_name (GTK_WIDGET (self), spoken);
  guichet_card_values_fill (self->variables, self->offer);
  show_folded (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetConnectingCard *self)
{
  guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

static void
on_decline (GuichetConnectingCard *self)
{
  guichet_session_decline_async (self->session, self->offer, NULL, guichet_command_done,
                                 g_object_ref (self));
}

/* Hears no more of the offer that it showed. */
static void
leave_offer (GuichetConnectingCard *self)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->offer != NULL)
    g_signal_handlers_disconnect_by_data (self->offer, self);
  g_clear_object (&self->offer);
}

static void
guichet_connecting_card_dispose (GObject *object)
{
  GuichetConnectingCard *self = GUICHET_CONNECTING_CARD (object);

  leave_offer (self);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_connecting_card_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetConnectingCard, name)

static void
guichet_connecting_card_class_init (GuichetConnectingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_connecting_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/offers/connecting-card.ui");
  BIND (spinner);
  BIND (fault);
  BIND (who);
  BIND (what);
  BIND (variables);
  BIND (status);
  BIND (decline);
  gtk_widget_class_bind_template_callback (widget_class, on_decline);
}

static void
guichet_connecting_card_init (GuichetConnectingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_label_tip_when_cut (self->who);
  guichet_label_tip_when_cut (self->what);
}

GtkWidget *
guichet_connecting_card_new (GuichetSession *session)
{
  GuichetConnectingCard *self = g_object_new (GUICHET_TYPE_CONNECTING_CARD, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_connecting_card_set_offer (GuichetConnectingCard *self, GuichetOffer *offer)
{
  leave_offer (self);
  gtk_spinner_set_spinning (self->spinner, offer != NULL);
  if (offer == NULL)
    return;
  self->offer = g_object_ref (offer);
  g_signal_connect_swapped (offer, "notify", G_CALLBACK (on_changed), self);
  refresh (self);
}

void
guichet_connecting_card_decline (GuichetConnectingCard *self)
{
  if (can_decline (self))
    on_decline (self);
  else
    guichet_toast (GTK_WIDGET (self), guichet_offer_status (self->session, self->offer));
}

void
guichet_connecting_card_set_folded (GuichetConnectingCard *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  show_folded (self);
}
