/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Desktop notifications of offers. Carries only what the card may show: never a secure value,
 * numbers as the centre gives them. Main thread only.
 */

#include "desktop/offers/notifier.h"

#include "desktop/text/words.h"
#include "desktop/text/who.h"

#include <glib/gi18n.h>

struct _GuichetNotifier
{
  GObject parent_instance;

  GApplication *application;
  GuichetSession *session;
  GtkWindow *window;
  GHashTable *shown; /* offer ids whose notification stands */
};

G_DEFINE_FINAL_TYPE (GuichetNotifier, guichet_notifier, G_TYPE_OBJECT)

static char *
id_of (const char *offer)
{
  return g_strconcat ("offer-", offer, NULL);
}

static gboolean
in_front (GuichetNotifier *self)
{
  return self->window != NULL && gtk_widget_get_visible (GTK_WIDGET (self->window)) &&
         gtk_window_is_active (self->window);
}

static void
show (GuichetNotifier *self, GuichetOffer *offer)
{
  g_autoptr (GNotification) note = NULL;
  g_autofree char *who = guichet_who_offer (offer);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autofree char *id = id_of (guichet_offer_get_id (offer));
  const char *key = guichet_offer_get_id (offer);

  /* Translators: a customer's name or number calls */
  title = g_strdup_printf (_ ("Incoming call: %s"), who);
  body = g_strdup (guichet_offer_get_queue_name (offer));
  note = g_notification_new (title);
  g_notification_set_body (note, body);
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_category (note, "call.incoming");
  g_notification_set_default_action (note, "app.show");
  if (guichet_offer_get_can_answer (offer))
    g_notification_add_button_with_target (note, _ ("Answer"), "app.answer", "s", key);
  if (guichet_offer_get_can_decline (offer))
    g_notification_add_button_with_target (note, _ ("Decline"), "app.decline", "s", key);
  g_application_send_notification (self->application, id, note);
  g_hash_table_add (self->shown, g_strdup (key));
}

static void
withdraw (GuichetNotifier *self, const char *offer)
{
  g_autofree char *id = id_of (offer);

  if (g_hash_table_remove (self->shown, offer))
    g_application_withdraw_notification (self->application, id);
}

static void
on_can_answer (GuichetOffer *offer, GParamSpec *pspec, GuichetNotifier *self)
{
  /* The phone began to ring: now the notification has its buttons. */
  if (g_hash_table_contains (self->shown, guichet_offer_get_id (offer)))
    show (self, offer);
}

static void
on_offers_changed (GListModel *offers,
                   guint position,
                   guint removed,
                   guint added,
                   GuichetNotifier *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, i);

      g_signal_handlers_disconnect_by_func (offer, on_can_answer, self);
      g_signal_connect_object (offer, "notify::can-answer", G_CALLBACK (on_can_answer), self, 0);
      if (!in_front (self))
        show (self, offer);
    }
}

static void
on_offer_ended (GuichetNotifier *self, GuichetOffer *offer, const char *outcome, const char *reason)
{
  withdraw (self, guichet_offer_get_id (offer));
  if (!in_front (self) && g_str_equal (outcome, "missed"))
    {
      g_autoptr (GNotification) note = NULL;
      g_autofree char *who = guichet_who_offer (offer);
      g_autofree char *text = g_strdup_printf (_ ("Missed call: %s"), who);

      note = g_notification_new (text);
      g_notification_set_body (note, _ ("You are idle until you choose Available."));
      g_notification_set_default_action (note, "app.show");
      g_application_send_notification (self->application, "missed", note);
    }
}

static void
on_active (GuichetNotifier *self)
{
  GListModel *offers = guichet_session_get_offers (self->session);

  if (in_front (self))
    {
      guichet_notifier_clear (self);
      return;
    }
  /* An offer that was seen in the window and still stands when the window goes to the back. */
  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, i);

      if (!g_hash_table_contains (self->shown, guichet_offer_get_id (offer)))
        show (self, offer);
    }
}

static void
guichet_notifier_finalize (GObject *object)
{
  GuichetNotifier *self = GUICHET_NOTIFIER (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  G_OBJECT_CLASS (guichet_notifier_parent_class)->finalize (object);
}

static void
guichet_notifier_class_init (GuichetNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = guichet_notifier_finalize;
}

static void
guichet_notifier_init (GuichetNotifier *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GuichetNotifier *
guichet_notifier_new (GApplication *application, GuichetSession *session)
{
  GuichetNotifier *self = g_object_new (GUICHET_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->session = g_object_ref (session);
  g_signal_connect_object (guichet_session_get_offers (session), "items-changed",
                           G_CALLBACK (on_offers_changed), self, 0);
  g_signal_connect_object (session, "offer-ended", G_CALLBACK (on_offer_ended), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
guichet_notifier_set_window (GuichetNotifier *self, GtkWindow *window)
{
  g_set_weak_pointer (&self->window, window);
  if (window == NULL)
    return;
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_active), self,
                           G_CONNECT_SWAPPED);
  /* A window that hides while it is active need not say that it is active no more. */
  g_signal_connect_object (window, "notify::visible", G_CALLBACK (on_active), self,
                           G_CONNECT_SWAPPED);
}

void
guichet_notifier_tell_hidden (GuichetNotifier *self)
{
  g_autoptr (GNotification) note = g_notification_new (_ ("You are still signed in"));

  g_notification_set_body (note, _ ("Calls keep coming. Open the desk to sign out."));
  g_notification_add_button (note, _ ("Open the desk"), "app.show");
  g_notification_set_default_action (note, "app.show");
  g_application_send_notification (self->application, "hidden", note);
}

void
guichet_notifier_clear (GuichetNotifier *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *id = id_of (key);

      g_application_withdraw_notification (self->application, id);
      g_hash_table_iter_remove (&iter);
    }
  g_application_withdraw_notification (self->application, "missed");
  g_application_withdraw_notification (self->application, "hidden");
}
