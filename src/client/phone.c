/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetPhone: owns the D-Bus proxy of guichet-phone, the lists of its calls and devices, and what
 * must be given to a phone that comes back: settings, account, lease. Main loop. */
#include "client/phone.h"

#include "base/log.h"
#include "client/error.h"
#include "client/fields/phone.h"
#include "client/phone-parts.h"

#define BUS_NAME         "org.guichet.Guichet.Phone"
#define BUS_PATH         "/org/guichet/Guichet/Phone"
#define LEASE_SECONDS    30
#define RENEW_SECONDS    10
#define RESTART_FIRST_MS 250
#define RESTART_MAX_MS   10000

enum
{
  DTMF_RECEIVED,
  SETTLED,
  N_SIGNALS
};

static guint phone_signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GuichetPhone, guichet_phone, GUICHET_TYPE_RECORD)

static const GuichetField phone_fields[N_PHONE_FIELDS] = {
  [PHONE_PRESENT] = { "present", GUICHET_FIELD_BOOL },
  [PHONE_REGISTRATION] = { "registration", GUICHET_FIELD_STRING },
  [PHONE_REGISTRATION_REASON] = { "registration-reason", GUICHET_FIELD_STRING },
  [PHONE_REGISTRATION_STATUS] = { "registration-status", GUICHET_FIELD_INT },
  [PHONE_PROBLEMS] = { "problems", GUICHET_FIELD_STRV },
  [PHONE_MICROPHONES] = { "microphones", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [PHONE_SPEAKERS] = { "speakers", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [PHONE_MICROPHONE] = { "microphone", GUICHET_FIELD_STRING },
  [PHONE_SPEAKER] = { "speaker", GUICHET_FIELD_STRING },
  [PHONE_RINGER] = { "ringer", GUICHET_FIELD_STRING },
  [PHONE_ACTIVE_MICROPHONE] = { "active-microphone", GUICHET_FIELD_STRING },
  [PHONE_ACTIVE_SPEAKER] = { "active-speaker", GUICHET_FIELD_STRING },
  [PHONE_ACTIVE_RINGER] = { "active-ringer", GUICHET_FIELD_STRING },
  [PHONE_MICROPHONE_VOLUME] = { "microphone-volume", GUICHET_FIELD_DOUBLE },
  [PHONE_SPEAKER_VOLUME] = { "speaker-volume", GUICHET_FIELD_DOUBLE },
  [PHONE_RING_VOLUME] = { "ring-volume", GUICHET_FIELD_DOUBLE },
  [PHONE_ECHO_CANCELLATION] = { "echo-cancellation", GUICHET_FIELD_BOOL },
  [PHONE_NOISE_SUPPRESSION] = { "noise-suppression", GUICHET_FIELD_BOOL },
  [PHONE_GAIN_CONTROL] = { "gain-control", GUICHET_FIELD_BOOL },
  [PHONE_TEST] = { "test", GUICHET_FIELD_STRING },
  [PHONE_RECORDER] = { "recorder", GUICHET_FIELD_STRING },
  [PHONE_RECORDER_RESULT] = { "recorder-result", GUICHET_FIELD_STRING },
  [PHONE_RECORDER_SECONDS] = { "recorder-seconds", GUICHET_FIELD_DOUBLE },
  [PHONE_CALLS] = { "calls", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [PHONE_CALL] = { "call", GUICHET_FIELD_OBJECT, guichet_call_get_type },
  [PHONE_LEVEL_MICROPHONE] = { "level-microphone", GUICHET_FIELD_DOUBLE },
  [PHONE_LEVEL_SPEAKER] = { "level-speaker", GUICHET_FIELD_DOUBLE },
};

static GuichetRecord *
record (gpointer self)
{
  return GUICHET_RECORD (self);
}

static void
on_properties_changed (GDBusProxy *proxy,
                       GVariant *changed,
                       const char *const *invalidated,
                       GuichetPhone *self)
{
  guichet_phone_sync (self);
}

static void
on_levels (GuichetBusPhone *proxy, double microphone, double speaker, GuichetPhone *self)
{
  guichet_record_set_double (record (self), PHONE_LEVEL_MICROPHONE, microphone);
  guichet_record_set_double (record (self), PHONE_LEVEL_SPEAKER, speaker);
}

static void
on_dtmf_received (GuichetBusPhone *proxy, const char *id, const char *digit, GuichetPhone *self)
{
  GuichetCall *call = guichet_phone_find_call (self, id);

  if (call != NULL)
    g_signal_emit (self, phone_signals[DTMF_RECEIVED], 0, call, digit);
}

/* Calls that a phone gave: a first failure is only logged; the phone's own properties tell the
 * state. */
static void
on_given (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const char *what = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    base_log_failure (BASE_LOG_WARNING, "phone", what, error);
}

static void
give (GuichetPhone *self, const char *method, GVariant *parameters)
{
  if (self->proxy == NULL || !guichet_phone_get_present (self))
    {
      if (parameters != NULL)
        g_variant_unref (g_variant_ref_sink (parameters));
      return;
    }
  g_dbus_proxy_call (G_DBUS_PROXY (self->proxy), method, parameters,
                     G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_given,
                     (gpointer) method);
}

static void
give_all (GuichetPhone *self)
{
  if (self->settings != NULL)
    give (self, "Configure", g_variant_new ("(@a{sv})", self->settings));
  if (self->account != NULL)
    give (self, "SetAccount", g_variant_new ("(@a{sv})", self->account));
  if (self->alive)
    give (self, "KeepAlive", g_variant_new ("(u)", LEASE_SECONDS));
  if (self->watchers > 0)
    give (self, "WatchLevels", g_variant_new ("(b)", TRUE));
}

static void
settle (GuichetPhone *self)
{
  if (self->settled)
    return;
  self->settled = TRUE;
  g_signal_emit (self, phone_signals[SETTLED], 0);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    base_log_failure (BASE_LOG_WARNING, "phone", "does_not_start", error);
}

static gboolean
on_restart (gpointer user_data)
{
  GuichetPhone *self = user_data;

  self->restarts++;
  self->restart_id = g_timeout_add (
      MIN (RESTART_FIRST_MS << MIN (self->restarts, 8u), RESTART_MAX_MS), on_restart, self);
  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "StartServiceByName",
                          g_variant_new ("(su)", BUS_NAME, 0u), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_started, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_owner_changed (GuichetPhone *self)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (self->proxy));

  if (owner != NULL)
    {
      g_clear_handle_id (&self->restart_id, g_source_remove);
      self->restarts = 0;
      guichet_phone_sync (self);
      guichet_record_set_bool (record (self), PHONE_PRESENT, TRUE);
      give_all (self);
      return;
    }
  guichet_phone_lose_calls (self);
  guichet_record_set_string (record (self), PHONE_REGISTRATION, "none");
  guichet_record_set_string (record (self), PHONE_REGISTRATION_REASON, "phone_lost");
  guichet_record_set_bool (record (self), PHONE_PRESENT, FALSE);
  if (self->restart_id == 0)
    self->restart_id = g_timeout_add (RESTART_FIRST_MS, on_restart, self);
}

static void
on_proxy (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetPhone) self = user_data;
  g_autoptr (GError) error = NULL;
  GuichetBusPhone *proxy = guichet_bus_phone_proxy_new_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proxy == NULL)
    {
      base_log_failure (BASE_LOG_WARNING, "phone", "no_proxy", error);
      settle (self);
      return;
    }
  self->proxy = proxy;
  g_signal_connect_object (proxy, "g-properties-changed", G_CALLBACK (on_properties_changed), self,
                           0);
  g_signal_connect_object (proxy, "notify::g-name-owner", G_CALLBACK (on_owner_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (proxy, "levels", G_CALLBACK (on_levels), self, 0);
  g_signal_connect_object (proxy, "dtmf-received", G_CALLBACK (on_dtmf_received), self, 0);
  on_owner_changed (self);
  settle (self);
}

static void
make_proxy (GuichetPhone *self)
{
  guichet_bus_phone_proxy_new (self->connection, G_DBUS_PROXY_FLAGS_NONE, BUS_NAME, BUS_PATH,
                               self->cancellable, on_proxy, g_object_ref (self));
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetPhone) self = user_data;
  g_autoptr (GError) error = NULL;

  self->connection = g_bus_get_finish (result, &error);
  if (self->connection != NULL)
    make_proxy (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      base_log_failure (BASE_LOG_WARNING, "phone", "no_session_bus", error);
      settle (self);
    }
}

void
guichet_phone_start (GuichetPhone *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  if (self->connection != NULL)
    make_proxy (self);
  else
    g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, on_bus, g_object_ref (self));
}

void
guichet_phone_set_settings (GuichetPhone *self, GVariant *settings)
{
  g_clear_pointer (&self->settings, g_variant_unref);
  self->settings = g_variant_ref_sink (settings);
  give (self, "Configure", g_variant_new ("(@a{sv})", self->settings));
}

void
guichet_phone_set_account (GuichetPhone *self, GVariant *account)
{
  g_clear_pointer (&self->account, g_variant_unref);
  if (account == NULL)
    {
      give (self, "ClearAccount", NULL);
      return;
    }
  self->account = g_variant_ref_sink (account);
  give (self, "SetAccount", g_variant_new ("(@a{sv})", self->account));
}

gboolean
guichet_phone_has_account (GuichetPhone *self)
{
  g_autoptr (GVariant) account =
      self->proxy != NULL ? g_dbus_proxy_get_cached_property (G_DBUS_PROXY (self->proxy), "Account")
                          : NULL;

  return guichet_phone_get_present (self) && account != NULL && g_variant_n_children (account) > 0;
}

static gboolean
on_renew (gpointer user_data)
{
  give (user_data, "KeepAlive", g_variant_new ("(u)", LEASE_SECONDS));
  return G_SOURCE_CONTINUE;
}

void
guichet_phone_set_alive (GuichetPhone *self, gboolean alive)
{
  if (self->alive == alive)
    return;
  self->alive = alive;
  g_clear_handle_id (&self->renew_id, g_source_remove);
  if (!alive)
    return;
  give (self, "KeepAlive", g_variant_new ("(u)", LEASE_SECONDS));
  self->renew_id = g_timeout_add_seconds (RENEW_SECONDS, on_renew, self);
}

gboolean
guichet_phone_is_settled (GuichetPhone *self)
{
  return self->settled;
}

void
guichet_phone_watch_levels (GuichetPhone *self, gboolean watch)
{
  g_return_if_fail (watch || self->watchers > 0);
  self->watchers += watch ? 1u : (guint) -1;
  if (self->watchers == (watch ? 1u : 0u))
    give (self, "WatchLevels", g_variant_new ("(b)", watch));
}

static void
guichet_phone_dispose (GObject *object)
{
  GuichetPhone *self = GUICHET_PHONE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->renew_id, g_source_remove);
  g_clear_handle_id (&self->restart_id, g_source_remove);
  g_clear_object (&self->proxy);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->settings, g_variant_unref);
  g_clear_pointer (&self->account, g_variant_unref);
  g_clear_object (&self->calls);
  g_clear_object (&self->microphones);
  g_clear_object (&self->speakers);
  G_OBJECT_CLASS (guichet_phone_parent_class)->dispose (object);
}

static void
guichet_phone_class_init (GuichetPhoneClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = guichet_phone_dispose;
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), phone_fields, N_PHONE_FIELDS);
  phone_signals[DTMF_RECEIVED] =
      g_signal_new ("dtmf-received", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    GUICHET_TYPE_CALL, G_TYPE_STRING);
  phone_signals[SETTLED] =
      g_signal_new ("settled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
guichet_phone_init (GuichetPhone *self)
{
  self->calls = g_list_store_new (GUICHET_TYPE_CALL);
  self->microphones = g_list_store_new (GUICHET_TYPE_DEVICE);
  self->speakers = g_list_store_new (GUICHET_TYPE_DEVICE);
  guichet_record_set_object (record (self), PHONE_CALLS, self->calls);
  guichet_record_set_object (record (self), PHONE_MICROPHONES, self->microphones);
  guichet_record_set_object (record (self), PHONE_SPEAKERS, self->speakers);
  guichet_record_set_string (record (self), PHONE_REGISTRATION, "none");
  guichet_record_set_string (record (self), PHONE_TEST, "idle");
  guichet_record_set_string (record (self), PHONE_RECORDER, "idle");
  guichet_record_set_double (record (self), PHONE_LEVEL_MICROPHONE, -100.0);
  guichet_record_set_double (record (self), PHONE_LEVEL_SPEAKER, -100.0);
}

GuichetPhone *
guichet_phone_new (GDBusConnection *connection)
{
  GuichetPhone *self = g_object_new (GUICHET_TYPE_PHONE, NULL);

  self->connection = connection != NULL ? g_object_ref (connection) : NULL;
  return self;
}

GUICHET_RECORD_BOOL (GuichetPhone, guichet_phone, present, PHONE_PRESENT)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, registration, PHONE_REGISTRATION)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, registration_reason, PHONE_REGISTRATION_REASON)
GUICHET_RECORD_STRV (GuichetPhone, guichet_phone, problems, PHONE_PROBLEMS)
GUICHET_RECORD_OBJECT (GuichetPhone, guichet_phone, microphones, PHONE_MICROPHONES, GListModel)
GUICHET_RECORD_OBJECT (GuichetPhone, guichet_phone, speakers, PHONE_SPEAKERS, GListModel)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, microphone, PHONE_MICROPHONE)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, speaker, PHONE_SPEAKER)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, ringer, PHONE_RINGER)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, test, PHONE_TEST)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, recorder, PHONE_RECORDER)
GUICHET_RECORD_STRING (GuichetPhone, guichet_phone, recorder_result, PHONE_RECORDER_RESULT)
GUICHET_RECORD_OBJECT (GuichetPhone, guichet_phone, calls, PHONE_CALLS, GListModel)
GUICHET_RECORD_OBJECT (GuichetPhone, guichet_phone, call, PHONE_CALL, GuichetCall)
