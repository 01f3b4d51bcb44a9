/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The head of the cards. Calls are left out of "all": each rings at the station and is answered
 * there. Hidden where it has nothing to say. Main thread only.
 */

#include "desktop/offers/offer-head.h"

#include "desktop/offers/offer-words.h"
#include "desktop/shortcuts.h"
#include "desktop/text/error-words.h"
#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

struct _GuichetOfferHead
{
  GtkWidget parent_instance;

  GtkLabel *count;
  GtkWidget *all;
  GuichetSession *session;
  GListModel *offers;
};

G_DEFINE_FINAL_TYPE (GuichetOfferHead, guichet_offer_head, GTK_TYPE_WIDGET)

/* Those that can be accepted at once. */
static GPtrArray *
acceptable (GuichetOfferHead *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (self->offers); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (self->offers, i);

      if (guichet_offer_is_chat (offer) && !guichet_offer_get_auto_accept (offer))
        g_ptr_array_add (found, g_steal_pointer (&offer));
    }
  return found;
}

void
guichet_offer_head_show (GuichetOfferHead *self, guint n, guint shown)
{
  g_autoptr (GPtrArray) all = acceptable (self);
  /* Translators: of the contacts that are offered, the first five are shown, as "1–5 of 8" */
  g_autofree char *count = g_strdup_printf (_ ("1–%u of %u"), shown, n);
  g_autofree char *accept =
      g_strdup_printf (g_dngettext (NULL, "Accept all %u", "Accept all %u", all->len), all->len);

  gtk_label_set_text (self->count, shown < n ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->count), shown < n);
  gtk_button_set_label (GTK_BUTTON (self->all), accept);
  gtk_widget_set_visible (self->all, all->len > 1);
  if (all->len > 1)
    guichet_shortcuts_set_tip (self->all, accept, "win.accept-all");
  gtk_widget_set_visible (GTK_WIDGET (self), shown < n || all->len > 1);
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetOfferHead) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GuichetAccepted) accepted =
      guichet_session_accept_all_finish (GUICHET_SESSION (source), result, &error);
  g_autofree char *why = NULL;
  g_autofree char *text = NULL;

  if (accepted != NULL && accepted->failed == 0)
    return;
  if (accepted == NULL)
    text = guichet_words_of_error (error);
  else
    {
      why = guichet_words (GUICHET_WORDS_CENTRE, GUICHET_WORDS_SENTENCE, accepted->reason);
      text =
          g_strdup_printf (g_dngettext (NULL, "%u contact could not be accepted. %s",
                                        "%u contacts could not be accepted. %s", accepted->failed),
                           accepted->failed, why);
    }
  guichet_toast (GTK_WIDGET (self), text);
}

void
guichet_offer_head_accept_all (GuichetOfferHead *self)
{
  g_autoptr (GPtrArray) all = acceptable (self);

  if (all->len > 0)
    guichet_session_accept_all_async (self->session, all, NULL, on_accepted, g_object_ref (self));
  else
    guichet_toast (GTK_WIDGET (self), _ ("No chat is offered to you."));
}

static void
guichet_offer_head_dispose (GObject *object)
{
  GuichetOfferHead *self = GUICHET_OFFER_HEAD (object);

  guichet_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->offers);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (guichet_offer_head_parent_class)->dispose (object);
}

static void
guichet_offer_head_class_init (GuichetOfferHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_offer_head_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
guichet_offer_head_init (GuichetOfferHead *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->count = GTK_LABEL (gtk_label_new (NULL));
  self->all = gtk_button_new ();
  gtk_label_set_xalign (self->count, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->count), TRUE);
  gtk_widget_set_halign (self->all, GTK_ALIGN_END);
  gtk_widget_set_hexpand (self->all, TRUE);
  gtk_widget_add_css_class (self->all, "answer");
  gtk_widget_add_css_class (GTK_WIDGET (self), "offer-card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "folded");
  g_signal_connect_swapped (self->all, "clicked", G_CALLBACK (guichet_offer_head_accept_all), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), self->all);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
guichet_offer_head_new (GuichetSession *session, GListModel *offers)
{
  GuichetOfferHead *self = g_object_new (GUICHET_TYPE_OFFER_HEAD, NULL);

  self->session = g_object_ref (session);
  self->offers = g_object_ref (offers);
  return GTK_WIDGET (self);
}
