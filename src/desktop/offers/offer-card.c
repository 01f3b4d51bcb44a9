/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The card of an offer that can be answered: here, at a desk phone, or by itself. Shows one after
 * another: a card that was shown before costs half of a new one. Main thread only.
 */

#include "desktop/offers/offer-card.h"

#include "desktop/offers/card-values.h"
#include "desktop/offers/offer-words.h"
#include "desktop/shortcuts.h"
#include "desktop/text/who.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/timer-label.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetOfferCard
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *who;
  GtkLabel *what;
  GuichetTimerLabel *timer;
  GtkGrid *variables;
  GtkLabel *status;
  GtkWidget *buttons;
  GtkWidget *decline;
  GtkWidget *answer;
  GtkWidget *answer_line; /* of a folded card */

  GuichetSession *session;
  GuichetOffer *offer;
  gboolean folded;
  guint refresh_id;
};

G_DEFINE_FINAL_TYPE (GuichetOfferCard, guichet_offer_card, GTK_TYPE_WIDGET)

/* Of a folded card a line is left: who, the time, and the button. */
static void
show_folded (GuichetOfferCard *self)
{
  gboolean answers = gtk_widget_get_visible (self->answer);
  gboolean any = gtk_widget_get_first_child (GTK_WIDGET (self->variables)) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->variables), any && !self->folded);
  gtk_widget_set_visible (GTK_WIDGET (self->status),
                          *gtk_label_get_text (self->status) != '\0' && !self->folded);
  gtk_widget_set_visible (self->buttons, answers && !self->folded);
  gtk_widget_set_visible (self->answer_line, answers && self->folded);
  gtk_image_set_icon_size (self->icon, self->folded ? GTK_ICON_SIZE_NORMAL : GTK_ICON_SIZE_LARGE);
  guichet_widget_set_class (GTK_WIDGET (self), "folded", self->folded);
}

static gboolean
refresh (gpointer data)
{
  GuichetOfferCard *self = data;
  const char *status = guichet_offer_status (self->session, self->offer);
  g_autofree char *who = guichet_who_offer (self->offer);
  g_autofree char *what = guichet_offer_what (self->offer);
  g_autofree char *spoken = guichet_offer_spoken (self->session, self->offer);
  g_autofree char *from = guichet_offer_from (self->offer);
  gboolean can_answer = guichet_offer_get_can_answer (self->offer);
  gboolean chat = guichet_offer_is_chat (self->offer);
  gboolean here = chat || g_str_equal (guichet_session_get_station (self->session), "softphone");
  const char *verb = chat ? _ ("Accept") : _ ("Answer");
  g_autofree char *answer = g_strdup_printf (chat ? _ ("Accept %s") : _ ("Answer %s"), who);
  g_autofree char *decline = g_strdup_printf (_ ("Decline %s"), who);

  self->refresh_id = 0;
  gtk_image_set_from_icon_name (
      self->icon, chat ? guichet_words_channel_icon (guichet_offer_get_channel (self->offer))
                       : "call-incoming-symbolic");
  gtk_button_set_label (GTK_BUTTON (self->answer), verb);
  gtk_button_set_icon_name (GTK_BUTTON (self->answer_line),
                            chat ? "object-select-symbolic" : "call-start-symbolic");
  gtk_label_set_text (self->who, who);
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->status, status != NULL ? status
                                    : from != NULL ? from
                                                   : guichet_offer_get_subject (self->offer));
  gtk_widget_set_visible (self->answer, here && !guichet_offer_get_auto_accept (self->offer));
  gtk_widget_set_sensitive (self->answer, can_answer);
  gtk_widget_set_sensitive (self->answer_line, can_answer);
  gtk_widget_set_visible (self->decline, here && !guichet_offer_get_auto_accept (self->offer));
  gtk_widget_set_sensitive (self->decline, guichet_offer_get_can_decline (self->offer));
  if (gtk_widget_get_visible (self->answer))
    {
      guichet_shortcuts_set_tip (self->answer, verb, "win.answer");
      guichet_shortcuts_set_tip (self->answer_line, verb, "win.answer");
      guichet_shortcuts_set_tip (self->decline, _ ("Decline"), "win.decline");
    }
  guichet_accessible_name (self->answer, answer);
  guichet_accessible_name (self->answer_line, answer);
  guichet_accessible_name (self->decline, decline);
  guichet_accessible_name (GTK_WIDGET (self), spoken);
  guichet_timer_label_set_caption (self->timer, _ ("Time left"));
  guichet_timer_label_set_kind (self->timer, GUICHET_TIMER_HANDLING);
  guichet_timer_label_set_instant (self->timer, GUICHET_TIMER_DOWN,
                                   guichet_offer_get_deadline (self->offer));
  guichet_card_values_fill (self->variables, self->offer);
  show_folded (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GuichetOfferCard *self)
{
  if (self->offer != NULL)
    guichet_refresh_soon (GTK_WIDGET (self), &self->refresh_id, refresh);
}

static void
on_answer (GuichetOfferCard *self)
{
  guichet_session_accept_async (self->session, self->offer, NULL, guichet_command_done,
                                g_object_ref (self));
}

static void
on_decline (GuichetOfferCard *self)
{
  guichet_session_decline_async (self->session, self->offer, NULL, guichet_command_done,
                                 g_object_ref (self));
}

/* Hears no more of the offer that it showed. */
static void
leave_offer (GuichetOfferCard *self)
{
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->offer == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->offer, self);
  g_signal_handlers_disconnect_by_data (guichet_offer_get_card (self->offer), self);
  g_clear_object (&self->offer);
}

static void
guichet_offer_card_dispose (GObject *object)
{
  GuichetOfferCard *self = GUICHET_OFFER_CARD (object);

  leave_offer (self);
  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_offer_card_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, GuichetOfferCard, name)

static void
guichet_offer_card_class_init (GuichetOfferCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_offer_card_dispose;
  g_type_ensure (GUICHET_TYPE_TIMER_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/guichet/Guichet/offers/offer-card.ui");
  BIND (icon);
  BIND (who);
  BIND (what);
  BIND (timer);
  BIND (variables);
  BIND (status);
  BIND (buttons);
  BIND (decline);
  BIND (answer);
  BIND (answer_line);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_decline);
}

static void
guichet_offer_card_init (GuichetOfferCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  guichet_label_tip_when_cut (self->who);
  guichet_label_tip_when_cut (self->what);
}

GtkWidget *
guichet_offer_card_new (GuichetSession *session)
{
  GuichetOfferCard *self = g_object_new (GUICHET_TYPE_OFFER_CARD, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
guichet_offer_card_set_offer (GuichetOfferCard *self, GuichetOffer *offer)
{
  leave_offer (self);
  if (offer == NULL)
    return;
  self->offer = g_object_ref (offer);
  g_signal_connect_swapped (offer, "notify", G_CALLBACK (on_changed), self);
  g_signal_connect_object (guichet_offer_get_card (offer), "items-changed", G_CALLBACK (on_changed),
                           self, G_CONNECT_SWAPPED);
  refresh (self);
}

void
guichet_offer_card_answer (GuichetOfferCard *self)
{
  if (guichet_offer_get_can_answer (self->offer))
    on_answer (self);
  else if (guichet_offer_status (self->session, self->offer) != NULL)
    guichet_toast (GTK_WIDGET (self), guichet_offer_status (self->session, self->offer));
}

void
guichet_offer_card_decline (GuichetOfferCard *self)
{
  if (guichet_offer_get_can_decline (self->offer))
    on_decline (self);
}

void
guichet_offer_card_set_folded (GuichetOfferCard *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  show_folded (self);
}
