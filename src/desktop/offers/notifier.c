/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Desktop notifications of offers. Carries only what the card may show: never a secure value,
 * numbers as the centre gives them. Main thread only.
 */

#include "desktop/offers/notifier.h"

#include "desktop/notices/notice-words.h"

#include "desktop/offers/alert-kind.h"
#include "desktop/offers/offer-words.h"
#include "desktop/offers/toasts.h"
#include "desktop/text/error-words.h"
#include "desktop/text/who.h"
#include "desktop/voicemail/voicemail-words.h"

#include <glib/gi18n.h>

/* How long the focus may be on its way from one window to the next. */
#define SETTLE_MS 200

/* Most phones ring sooner than this: then nothing is said of connecting. */
#define CONNECTING_MS 300

/* One for all of it. */
#define VOICEMAIL_KEY "voicemail"

struct _GuichetNotifier
{
  GObject parent_instance;

  GApplication *application;
  GuichetSession *session;
  GSettings *settings;
  GuichetQuiet *quiet;
  GtkWindow *window;
  GuichetToasts *toasts;
  guint settle_id;
};

G_DEFINE_FINAL_TYPE (GuichetNotifier, guichet_notifier, G_TYPE_OBJECT)

static char *
key_of (GuichetOffer *offer)
{
  return g_strconcat ("offer-", guichet_offer_get_id (offer), NULL);
}

/* The desk, or a window of its own before it. */
static gboolean
is_in_front (GuichetNotifier *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  if (self->window == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->window)))
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return TRUE;
    }
  return FALSE;
}

/* Only while the desk is not in front, and nobody is to be left in peace. */
static gboolean
is_due (GuichetNotifier *self)
{
  return !is_in_front (self) && !guichet_quiet_is_on (self->quiet);
}

/* And the agent wants them. */
static gboolean
is_wanted (GuichetNotifier *self, GuichetAlertKind kind)
{
  return is_due (self) && g_settings_get_boolean (self->settings, guichet_alert_notify_key (kind));
}

static void
show (GuichetNotifier *self, GuichetOffer *offer)
{
  g_autoptr (GNotification) note = NULL;
  g_autofree char *who = guichet_who_offer (offer);
  g_autofree char *title = NULL;
  g_autofree char *key = key_of (offer);
  const char *id = guichet_offer_get_id (offer);

  /* Translators: what it is, as "Incoming call", and who it is: a customer's name or number */
  title = g_strdup_printf (_ ("%s: %s"), guichet_offer_title (offer), who);
  note = g_notification_new (title);
  g_notification_set_body (note, guichet_offer_get_queue_name (offer));
  g_notification_set_priority (note, G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_category (note,
                               guichet_offer_is_chat (offer) ? "im.received" : "call.incoming");
  g_notification_set_default_action (note, "app.show");
  if (guichet_offer_get_can_answer (offer))
    g_notification_add_button_with_target (
        note, guichet_offer_is_chat (offer) ? _ ("Accept") : _ ("Answer"), "app.answer", "s", id);
  if (guichet_offer_get_can_decline (offer) && !guichet_offer_is_connecting (offer))
    g_notification_add_button_with_target (note, _ ("Decline"), "app.decline", "s", id);
  guichet_toasts_show (self->toasts, key, note,
                       guichet_offer_is_connecting (offer) ? CONNECTING_MS : 0);
}

/* Another stage is news: it is shown although the time of the one before may be over. */
static void
on_stage (GuichetOffer *offer, GParamSpec *pspec, GuichetNotifier *self)
{
  if (is_wanted (self, guichet_alert_of_offer (offer)))
    show (self, offer);
}

static void
on_can_answer (GuichetOffer *offer, GParamSpec *pspec, GuichetNotifier *self)
{
  g_autofree char *key = key_of (offer);

  if (guichet_toasts_stands (self->toasts, key))
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

      g_signal_handlers_disconnect_by_data (offer, self);
      g_signal_connect_object (offer, "notify::stage", G_CALLBACK (on_stage), self, 0);
      g_signal_connect_object (offer, "notify::can-answer", G_CALLBACK (on_can_answer), self, 0);
      /* Of a new one its first stage is told in a moment. */
      if (*guichet_offer_get_stage (offer) != '\0')
        on_stage (offer, NULL, self);
    }
}

static void
on_offer_ended (GuichetNotifier *self, GuichetOffer *offer, const char *outcome, const char *reason)
{
  g_autofree char *key = key_of (offer);

  guichet_toasts_withdraw (self->toasts, key);
  if (is_wanted (self, guichet_alert_of_offer (offer)) && g_str_equal (outcome, "missed"))
    {
      g_autoptr (GNotification) note = NULL;
      g_autofree char *who = guichet_who_offer (offer);
      g_autofree char *text = g_strdup_printf (
          guichet_offer_is_chat (offer) ? _ ("Missed chat: %s") : _ ("Missed call: %s"), who);

      note = g_notification_new (text);
      g_notification_set_body (note, _ ("You are idle until you choose Available."));
      g_notification_set_default_action (note, "app.show");
      guichet_toasts_show (self->toasts, "missed", note, 0);
    }
}

/* An offer that was seen in the window and still stands when the window goes to the back. */
static void
show_standing (GuichetNotifier *self)
{
  GListModel *offers = guichet_session_get_offers (self->session);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, i);
      g_autofree char *key = key_of (offer);

      if (!is_wanted (self, guichet_alert_of_offer (offer)))
        guichet_toasts_withdraw (self->toasts, key);
      else if (!guichet_toasts_stands (self->toasts, key))
        show (self, offer);
    }
}

static gboolean
on_settled (gpointer data)
{
  GuichetNotifier *self = data;

  self->settle_id = 0;
  if (is_due (self))
    show_standing (self);
  else
    guichet_notifier_clear (self);
  return G_SOURCE_REMOVE;
}

static void
on_setting (GuichetNotifier *self)
{
  if (is_due (self))
    show_standing (self);
}

/* One window of the desk loses the focus before another has it. */
static void
on_wanted (GuichetNotifier *self)
{
  if (!is_due (self))
    guichet_notifier_clear (self);
  else if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
on_limits (GuichetNotifier *self)
{
  guichet_toasts_set_limits (self->toasts, (guint) guichet_session_get_toasts_max (self->session),
                             (guint) guichet_session_get_toasts_seconds (self->session));
}

/* --- The buttons of a notification --- */

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GuichetNotifier) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (guichet_session_command_finish (GUICHET_SESSION (source), result, &error) ||
      self->window == NULL)
    return;
  text = guichet_words_of_error (error);
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.toast", "s", text);
}

static void
on_answer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GuichetNotifier *self = data;
  GuichetOffer *offer =
      guichet_session_find_offer (self->session, g_variant_get_string (parameter, NULL));

  if (offer != NULL)
    guichet_session_accept_async (self->session, offer, NULL, on_done, g_object_ref (self));
  g_application_activate (self->application);
}

static void
on_decline (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GuichetNotifier *self = data;
  GuichetOffer *offer =
      guichet_session_find_offer (self->session, g_variant_get_string (parameter, NULL));

  if (offer != NULL)
    guichet_session_decline_async (self->session, offer, NULL, on_done, g_object_ref (self));
}

static const GActionEntry actions[] = {
  { "answer", on_answer, "s" },
  { "decline", on_decline, "s" },
};

static void
guichet_notifier_finalize (GObject *object)
{
  GuichetNotifier *self = GUICHET_NOTIFIER (object);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), actions[i].name);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->quiet);
  g_clear_object (&self->toasts);
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
}

GuichetNotifier *
guichet_notifier_new (GApplication *application,
                      GuichetSession *session,
                      GSettings *settings,
                      GuichetQuiet *quiet)
{
  GuichetNotifier *self = g_object_new (GUICHET_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->quiet = g_object_ref (quiet);
  self->toasts = guichet_toasts_new (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   self);
  on_limits (self);
  g_signal_connect_object (session, "notify::toasts-max", G_CALLBACK (on_limits), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::toasts-seconds", G_CALLBACK (on_limits), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed", G_CALLBACK (on_setting), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (quiet, "changed", G_CALLBACK (on_wanted), self, G_CONNECT_SWAPPED);
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
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_wanted), self,
                           G_CONNECT_SWAPPED);
  /* A window that hides while it is active need not say that it is active no more. */
  g_signal_connect_object (window, "notify::visible", G_CALLBACK (on_wanted), self,
                           G_CONNECT_SWAPPED);
}

static char *
key_of_messages (GuichetInteraction *interaction)
{
  return g_strconcat ("unread-", guichet_interaction_get_id (interaction), NULL);
}

void
guichet_notifier_tell_messages (GuichetNotifier *self, GuichetInteraction *interaction)
{
  int unread = (int) guichet_interaction_get_unread (interaction);
  g_autofree char *key = key_of_messages (interaction);
  g_autofree char *who = guichet_who_interaction (interaction);
  g_autofree char *text = NULL;
  g_autoptr (GNotification) note = NULL;

  if (!is_wanted (self, guichet_alert_of_interaction (interaction)))
    return;
  text = g_strdup_printf (ngettext ("%d new message", "%d new messages", (gulong) unread), unread);
  note = g_notification_new (who);
  g_notification_set_body (note, text);
  g_notification_set_category (note, "im.received");
  g_notification_set_default_action (note, "app.show");
  guichet_toasts_show (self->toasts, key, note, 0);
}

void
guichet_notifier_forget_messages (GuichetNotifier *self, GuichetInteraction *interaction)
{
  g_autofree char *key = key_of_messages (interaction);

  guichet_toasts_withdraw (self->toasts, key);
}

void
guichet_notifier_tell_notice (GuichetNotifier *self, GuichetNotice *notice)
{
  const char *priority = guichet_notice_get_priority (notice);
  gboolean system = *guichet_notice_get_service (notice) != '\0';
  g_autofree char *title =
      system ? guichet_notice_text_words (notice) : guichet_notice_from_words (notice);
  g_autoptr (GNotification) note = NULL;

  if (!is_wanted (self, GUICHET_ALERT_TEAM))
    return;
  note = g_notification_new (title);
  g_notification_set_body (note, guichet_notice_priority_words (priority));
  g_notification_set_priority (note, g_str_equal (priority, "urgent")
                                         ? G_NOTIFICATION_PRIORITY_URGENT
                                         : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action (note, "app.show");
  guichet_toasts_show (self->toasts, guichet_notice_get_id (notice), note, 0);
}

void
guichet_notifier_tell_voicemail (GuichetNotifier *self, GuichetVoicemail *voicemail)
{
  g_autofree char *title = guichet_voicemail_words (voicemail);
  guint n;
  g_autofree char *boxes = guichet_voicemail_counts (self->session, &n);
  g_autoptr (GNotification) note = NULL;

  if (!is_wanted (self, GUICHET_ALERT_VOICEMAIL))
    return;
  note = g_notification_new (title);
  g_notification_set_body (note, boxes);
  g_notification_set_category (note, "call.unanswered");
  g_notification_set_default_action (note, "app.show");
  guichet_toasts_show (self->toasts, VOICEMAIL_KEY, note, 0);
}

void
guichet_notifier_forget_voicemail (GuichetNotifier *self)
{
  guichet_toasts_withdraw (self->toasts, VOICEMAIL_KEY);
}

void
guichet_notifier_tell_hidden (GuichetNotifier *self)
{
  g_autoptr (GNotification) note = g_notification_new (_ ("You are still signed in"));

  g_notification_set_body (note, _ ("Customers still reach you. Open the desk to sign out."));
  g_notification_add_button (note, _ ("Open the desk"), "app.show");
  g_notification_set_default_action (note, "app.show");
  g_application_send_notification (self->application, "hidden", note);
}

void
guichet_notifier_clear (GuichetNotifier *self)
{
  guichet_toasts_clear (self->toasts);
  g_application_withdraw_notification (self->application, "hidden");
}
