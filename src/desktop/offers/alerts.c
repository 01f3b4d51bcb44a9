/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hears what comes and says so once: a message that is seen at once is no news. Main thread only.
 */

#include "desktop/offers/alerts.h"

#include "client/voicemail-change.h"
#include "desktop/offers/alert-kind.h"
#include "desktop/voicemail/voicemail-words.h"

#include <gtk/gtk.h>

/* How long a chat that is in view takes to have seen a message. */
#define SETTLE_MS 400
/* Several at once are one sound. */
#define APART_US (2 * G_USEC_PER_SEC)

struct _GuichetAlerts
{
  GObject parent_instance;

  GuichetSession *session;
  GSettings *settings;
  GuichetQuiet *quiet;
  GuichetNotifier *notifier;
  GHashTable *unread; /* interaction id → how many were told of */
  gint64 sounded_at[GUICHET_N_ALERT_KINDS];
  guint settle_id;
};

G_DEFINE_FINAL_TYPE (GuichetAlerts, guichet_alerts, G_TYPE_OBJECT)

static void
sound (GuichetAlerts *self, GuichetAlertKind kind)
{
  g_autofree char *name = guichet_alert_sound (self->settings, kind);
  GuichetPhone *phone = guichet_session_get_phone (self->session);
  gint64 now = g_get_monotonic_time ();

  if (*name == '\0' || guichet_quiet_is_on (self->quiet) ||
      (self->sounded_at[kind] != 0 && now - self->sounded_at[kind] < APART_US))
    return;
  self->sounded_at[kind] = now;
  if (phone == NULL || !guichet_phone_play_sound (phone, name))
    gdk_display_beep (gdk_display_get_default ());
}

static void
on_offers (GListModel *offers, guint position, guint removed, guint added, GuichetAlerts *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetOffer) offer = g_list_model_get_item (offers, i);
      GuichetAlertKind kind = guichet_alert_of_offer (offer);

      if (kind != GUICHET_ALERT_CALL)
        sound (self, kind);
    }
}

static void
look_at (GuichetAlerts *self, GuichetInteraction *interaction)
{
  const char *id = guichet_interaction_get_id (interaction);
  guint told = GPOINTER_TO_UINT (g_hash_table_lookup (self->unread, id));
  guint unread = (guint) guichet_interaction_get_unread (interaction);

  g_hash_table_insert (self->unread, g_strdup (id), GUINT_TO_POINTER (unread));
  if (unread > told)
    {
      sound (self, guichet_alert_of_interaction (interaction));
      guichet_notifier_tell_messages (self->notifier, interaction);
    }
  else if (unread == 0 && told > 0)
    guichet_notifier_forget_messages (self->notifier, interaction);
}

static gboolean
on_settled (gpointer data)
{
  GuichetAlerts *self = data;
  GListModel *list = guichet_session_get_interactions (self->session);

  self->settle_id = 0;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (list, i);

      look_at (self, one);
    }
  return G_SOURCE_REMOVE;
}

static void
on_unread (GuichetAlerts *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, on_settled, self);
}

static void
on_interactions (GListModel *list, guint position, guint removed, guint added, GuichetAlerts *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GuichetInteraction) one = g_list_model_get_item (list, i);

      g_signal_handlers_disconnect_by_data (one, self);
      g_signal_connect_object (one, "notify::unread", G_CALLBACK (on_unread), self,
                               G_CONNECT_SWAPPED);
    }
  if (added > 0)
    on_unread (self);
}

static void
on_closed (GuichetAlerts *self, GuichetInteraction *interaction)
{
  g_hash_table_remove (self->unread, guichet_interaction_get_id (interaction));
  guichet_notifier_forget_messages (self->notifier, interaction);
}

static void
on_notice (GuichetAlerts *self, GuichetNotice *notice)
{
  sound (self, GUICHET_ALERT_TEAM);
  guichet_notifier_tell_notice (self->notifier, notice);
}

static void
on_voicemail (GuichetAlerts *self, GuichetVoicemail *voicemail)
{
  sound (self, GUICHET_ALERT_VOICEMAIL);
  guichet_notifier_tell_voicemail (self->notifier, voicemail);
}

static void
on_voicemails (GuichetAlerts *self)
{
  guint n;
  g_autofree char *boxes = guichet_voicemail_counts (self->session, &n);

  if (n == 0)
    guichet_notifier_forget_voicemail (self->notifier);
}

static void
guichet_alerts_dispose (GObject *object)
{
  GuichetAlerts *self = GUICHET_ALERTS (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->quiet);
  g_clear_object (&self->notifier);
  g_clear_pointer (&self->unread, g_hash_table_unref);
  G_OBJECT_CLASS (guichet_alerts_parent_class)->dispose (object);
}

static void
guichet_alerts_class_init (GuichetAlertsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_alerts_dispose;
}

static void
guichet_alerts_init (GuichetAlerts *self)
{
  self->unread = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

GuichetAlerts *
guichet_alerts_new (GuichetSession *session,
                    GSettings *settings,
                    GuichetQuiet *quiet,
                    GuichetNotifier *notifier)
{
  GuichetAlerts *self = g_object_new (GUICHET_TYPE_ALERTS, NULL);

  self->session = g_object_ref (session);
  self->settings = g_object_ref (settings);
  self->quiet = g_object_ref (quiet);
  self->notifier = g_object_ref (notifier);
  g_signal_connect_object (guichet_session_get_offers (session), "items-changed",
                           G_CALLBACK (on_offers), self, 0);
  g_signal_connect_object (guichet_session_get_interactions (session), "items-changed",
                           G_CALLBACK (on_interactions), self, 0);
  g_signal_connect_object (session, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "voicemail", G_CALLBACK (on_voicemail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (guichet_session_get_voicemails (session), "items-changed",
                           G_CALLBACK (on_voicemails), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "interaction-closed", G_CALLBACK (on_closed), self,
                           G_CONNECT_SWAPPED);
  return self;
}
