/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account's user agent: finds the registrar's address and our own towards it, then listens there
 * and registers. */
#define G_LOG_DOMAIN "phone"

#include "phone/registration.h"

#include "phone/account-config.h"
#include "phone/error.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOOK_UP_AGAIN_S 5
#define UNREGISTER_MS   2000 /* a registrar that does not answer holds nothing up longer */
#define JITTER_MS       40
#define NETWORK_MS      300 /* a change of the network is told in many words */
#define SYSTEM_CA       "/etc/ssl/certs/ca-certificates.crt"

struct _PhoneRegistration
{
  PhoneAccountConfig config;
  GVariant *given; /* as SetAccount had it */
  PhoneRegistrationEvents events;
  gpointer user_data;
  GCancellable *cancellable;
  GInetAddress *remote; /* of the registrar */
  GNetworkMonitor *network;
  gulong network_changed;
  guint network_pause;
  TelUa *ua; /* NULL until the registrar's address is known */
  TelAccount *account;
  char *tls_dir;
  gboolean wanted, looking, closing;
  const char *failure; /* of the look-up */
  guint again;
  GFunc closed;
  gpointer closed_data;
};

static void look_up (PhoneRegistration *registration);
static char *find_local_address (GInetAddress *remote, guint port, GError **error);
static void finish_close_soon (PhoneRegistration *registration, guint ms);

static void
remove_tls_dir (PhoneRegistration *registration)
{
  g_autofree char *link = NULL;

  if (!registration->tls_dir)
    return;
  link = g_build_filename (registration->tls_dir, "cafile.pem", NULL);
  g_unlink (link);
  g_rmdir (registration->tls_dir);
  g_clear_pointer (&registration->tls_dir, g_free);
}

static void
stop_watching (PhoneRegistration *registration)
{
  g_clear_handle_id (&registration->network_pause, g_source_remove);
  g_clear_signal_handler (&registration->network_changed, registration->network);
}

static void
free_registration (PhoneRegistration *registration)
{
  g_clear_handle_id (&registration->again, g_source_remove);
  stop_watching (registration);
  g_clear_object (&registration->network);
  g_clear_object (&registration->remote);
  g_clear_object (&registration->cancellable);
  g_clear_pointer (&registration->given, g_variant_unref);
  remove_tls_dir (registration);
  phone_account_config_clear (&registration->config);
  g_free (registration);
}

static gboolean
make_link (const char *link, const char *target, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (link);

  return g_file_make_symbolic_link (file, target, NULL, error);
}

/* The SIP library looks for authorities in a directory of its own. */
static gboolean
make_tls_dir (PhoneRegistration *registration, GError **error)
{
  const char *ca = registration->config.ca_path ? registration->config.ca_path : SYSTEM_CA;
  g_autofree char *link = NULL;

  if (registration->config.transport != TEL_TRANSPORT_TLS)
    return TRUE;
  registration->tls_dir = g_dir_make_tmp ("guichet-phone-XXXXXX", error);
  if (!registration->tls_dir)
    return FALSE;
  link = g_build_filename (registration->tls_dir, "cafile.pem", NULL);
  return make_link (link, ca, error);
}

static void
on_incoming (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data)
{
  PhoneRegistration *registration = user_data;

  if (registration->closing || !registration->account ||
      !tel_account_owns (registration->account, invite))
    {
      g_message ("refused a call from %s", tel_request_get_source_address (invite));
      tel_call_reject (call, 403);
      return;
    }
  registration->events.call (registration, call, invite, registration->user_data);
}

static void
on_account_state (TelAccount *account, TelAccountState state, TelReason reason, gpointer user_data)
{
  PhoneRegistration *registration = user_data;

  g_message ("registration %s %s", tel_account_state_name (state), tel_reason_code (reason));
  if (!registration->closing)
    registration->events.changed (registration, registration->user_data);
  else if (phone_registration_is_off (registration))
    finish_close_soon (registration, 0);
}

/* Our own address towards the registrar. */
static char *
find_local_address (GInetAddress *remote, guint port, GError **error)
{
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new (remote, (guint16) port);
  g_autoptr (GSocketAddress) from = NULL;
  g_autoptr (GSocket) probe = g_socket_new (g_inet_address_get_family (remote),
                                            G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);

  if (!probe || !g_socket_connect (probe, to, NULL, error))
    return NULL;
  from = g_socket_get_local_address (probe, error);
  return from ? g_inet_address_to_string (
                    g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (from)))
              : NULL;
}

/* Of this run of the program, when the account brings none. */
static const char *
own_instance (void)
{
  static char *instance = NULL;

  if (!instance)
    instance = g_uuid_string_random ();
  return instance;
}

static gboolean
open_account (PhoneRegistration *registration, GInetAddress *remote, GError **error)
{
  static const TelAccountEvents events = { on_account_state };
  PhoneAccountConfig *config = &registration->config;
  g_autofree char *address = g_inet_address_to_string (remote), *outbound = NULL, *domain = NULL;
  TelAccountConfig account = {
    .user = config->user,
    .password = config->password,
    .display_name = config->display_name,
    .transport = config->transport,
    .expires_s = config->expires,
    .instance = config->instance ? config->instance : own_instance (),
  };

  /* TLS checks the certificate against the name; the others need no more look-ups. */
  if (config->transport == TEL_TRANSPORT_TLS)
    outbound = phone_account_config_get_target (config);
  else
    outbound = g_strdup_printf (strchr (address, ':') ? "[%s]:%u" : "%s:%u", address, config->port);
  domain = config->domain ? g_strdup (config->domain) : g_strdup (outbound);
  account.domain = domain;
  account.outbound = outbound;
  registration->account =
      tel_account_new (registration->ua, &account, &events, registration, error);
  return registration->account != NULL;
}

static gboolean
open_ua (PhoneRegistration *registration, GInetAddress *remote, GError **error)
{
  static const TelUaEvents events = { .incoming_call = on_incoming };
  PhoneAccountConfig *config = &registration->config;
  g_autofree char *address = find_local_address (remote, config->port, error);
  TelUaConfig ua = {
    .address = address,
    .udp_port = config->transport == TEL_TRANSPORT_UDP ? 0 : -1,
    .tcp_port = config->transport == TEL_TRANSPORT_TCP ? 0 : -1,
    .tls_port = config->transport == TEL_TRANSPORT_TLS ? 0 : -1,
    .user_agent = "Guichet/" PHONE_VERSION,
    .tls_dir = registration->tls_dir,
    .media = { .srtp = config->srtp, .jitter_ms = JITTER_MS, .processing = TRUE },
    .max_calls = 4,
  };

  if (!address)
    return FALSE;
  registration->ua = tel_ua_new (&ua, &events, registration, error);
  if (!registration->ua)
    return FALSE;
  return open_account (registration, remote, error);
}

static gboolean
on_again (gpointer user_data)
{
  PhoneRegistration *registration = user_data;

  registration->again = 0;
  if (registration->wanted)
    look_up (registration);
  return G_SOURCE_REMOVE;
}

static void
fail (PhoneRegistration *registration, GError *error)
{
  g_message ("the registrar cannot be used: %s", error->message);
  registration->failure =
      g_error_matches (error, TEL_ERROR, TEL_ERROR_CERTIFICATE) ? "certificate" : "unreachable";
  registration->again = g_timeout_add_seconds (LOOK_UP_AGAIN_S, on_again, registration);
  registration->events.changed (registration, registration->user_data);
}

static void
use_address (PhoneRegistration *registration, GInetAddress *remote)
{
  g_autoptr (GError) error = NULL;

  registration->failure = NULL;
  g_set_object (&registration->remote, remote);
  if (!open_ua (registration, remote, &error))
    {
      g_clear_pointer (&registration->account, tel_account_free);
      if (registration->ua)
        tel_ua_close (g_steal_pointer (&registration->ua), NULL, NULL);
      fail (registration, error);
      return;
    }
  if (registration->wanted)
    tel_account_register (registration->account);
  registration->events.changed (registration, registration->user_data);
}

static void
on_looked_up (GObject *resolver, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (resolver), result, &error);
  PhoneRegistration *registration = user_data;

  registration->looking = FALSE;
  if (registration->closing)
    free_registration (registration);
  else if (addresses)
    use_address (registration, addresses->data);
  else
    fail (registration, error);
  g_resolver_free_addresses (addresses);
}

static void
look_up (PhoneRegistration *registration)
{
  g_autoptr (GInetAddress) numeric = g_inet_address_new_from_string (registration->config.host);
  g_autoptr (GResolver) resolver = NULL;

  if (numeric)
    {
      use_address (registration, numeric);
      return;
    }
  resolver = g_resolver_get_default ();
  registration->looking = TRUE;
  g_resolver_lookup_by_name_async (resolver, registration->config.host, registration->cancellable,
                                   on_looked_up, registration);
}

/* An address that is gone takes its calls along; both sides would only hear silence. */
static gboolean
has_address (const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocket) probe = g_socket_new (g_inet_address_get_family (address),
                                            G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);

  return probe && g_socket_bind (probe, any, FALSE, NULL);
}

static void
move (PhoneRegistration *registration)
{
  stop_watching (registration);
  g_clear_pointer (&registration->account, tel_account_free);
  registration->wanted = FALSE;
  if (!has_address (tel_ua_get_address (registration->ua)))
    tel_ua_lose_calls (registration->ua, "the network address is gone");
  registration->events.moved (registration, registration->user_data);
}

static gboolean
on_network_settled (gpointer user_data)
{
  PhoneRegistration *registration = user_data;
  g_autofree char *address = NULL;

  registration->network_pause = 0;
  if (!registration->account)
    {
      if (registration->again && registration->wanted)
        {
          g_clear_handle_id (&registration->again, g_source_remove);
          look_up (registration);
        }
      return G_SOURCE_REMOVE;
    }
  address = find_local_address (registration->remote, registration->config.port, NULL);
  if (address && !g_str_equal (address, tel_ua_get_address (registration->ua)))
    {
      g_message ("the network changed: from %s to %s", tel_ua_get_address (registration->ua),
                 address);
      move (registration);
    }
  else if (registration->wanted)
    tel_account_refresh (registration->account);
  return G_SOURCE_REMOVE;
}

static void
on_network_changed (PhoneRegistration *registration)
{
  if (registration->closing)
    return;
  g_clear_handle_id (&registration->network_pause, g_source_remove);
  registration->network_pause = g_timeout_add (NETWORK_MS, on_network_settled, registration);
}

PhoneRegistration *
phone_registration_new (GVariant *account,
                        const PhoneRegistrationEvents *events,
                        gpointer user_data,
                        GError **error)
{
  PhoneRegistration *registration = g_new0 (PhoneRegistration, 1);

  registration->events = *events;
  registration->user_data = user_data;
  registration->cancellable = g_cancellable_new ();
  if (!phone_account_config_read (&registration->config, account, error))
    {
      free_registration (registration);
      return NULL;
    }
  if (!make_tls_dir (registration, error))
    {
      g_prefix_error (error, "the TLS directory: ");
      free_registration (registration);
      return NULL;
    }
  registration->given = g_variant_ref_sink (account);
  registration->network = g_object_ref (g_network_monitor_get_default ());
  registration->network_changed = g_signal_connect_swapped (
      registration->network, "network-changed", G_CALLBACK (on_network_changed), registration);
  return registration;
}

PhoneRegistration *
phone_registration_next (PhoneRegistration *registration)
{
  return phone_registration_new (registration->given, &registration->events,
                                 registration->user_data, NULL);
}

static void
on_ua_closed (gpointer data, gpointer user_data)
{
  PhoneRegistration *registration = user_data;

  if (registration->closed)
    registration->closed (NULL, registration->closed_data);
  free_registration (registration);
}

static gboolean
on_finish_close (gpointer user_data)
{
  PhoneRegistration *registration = user_data;

  registration->again = 0;
  g_clear_pointer (&registration->account, tel_account_free);
  tel_ua_close (g_steal_pointer (&registration->ua), on_ua_closed, registration);
  return G_SOURCE_REMOVE;
}

/* Never inside the account's own callback. */
static void
finish_close_soon (PhoneRegistration *registration, guint ms)
{
  g_clear_handle_id (&registration->again, g_source_remove);
  if (registration->ua)
    registration->again = g_timeout_add (ms, on_finish_close, registration);
}

void
phone_registration_close (PhoneRegistration *registration, GFunc done, gpointer user_data)
{
  registration->closing = TRUE;
  registration->wanted = FALSE;
  stop_watching (registration);
  registration->closed = done;
  registration->closed_data = user_data;
  g_clear_handle_id (&registration->again, g_source_remove);
  if (registration->ua)
    {
      if (registration->account)
        tel_account_unregister (registration->account);
      finish_close_soon (registration,
                         phone_registration_is_off (registration) ? 0 : UNREGISTER_MS);
    }
  else if (registration->looking)
    {
      g_cancellable_cancel (registration->cancellable);
      if (done)
        done (NULL, user_data);
    }
  else
    on_ua_closed (NULL, registration);
}

void
phone_registration_want (PhoneRegistration *registration, gboolean wanted)
{
  if (registration->wanted == wanted)
    return;
  registration->wanted = wanted;
  if (!registration->account)
    {
      if (wanted && !registration->looking && !registration->again)
        look_up (registration);
      return;
    }
  if (wanted)
    tel_account_register (registration->account);
  else
    tel_account_unregister (registration->account);
}

gboolean
phone_registration_is_off (PhoneRegistration *registration)
{
  return !registration->account ||
         tel_account_get_state (registration->account) == TEL_ACCOUNT_OFFLINE ||
         tel_account_get_state (registration->account) == TEL_ACCOUNT_FAILED;
}

const char *
phone_registration_get_state (PhoneRegistration *registration)
{
  if (!registration->wanted)
    return "waiting";
  if (!registration->account)
    return registration->failure ? "failed" : "registering";
  switch (tel_account_get_state (registration->account))
    {
    case TEL_ACCOUNT_OFFLINE:
    case TEL_ACCOUNT_UNREGISTERING:
      return "waiting";
    case TEL_ACCOUNT_CHECKING:
    case TEL_ACCOUNT_REGISTERING:
      return "registering";
    case TEL_ACCOUNT_REGISTERED:
      return "registered";
    case TEL_ACCOUNT_WAITING:
    case TEL_ACCOUNT_FAILED:
      return "failed";
    }
  g_return_val_if_reached ("failed");
}

static const char *
reason_code (TelReason reason)
{
  if (reason == TEL_REASON_NONE)
    return "";
  if (reason == TEL_REASON_AUTH_FAILED)
    return "unauthorized";
  if (reason == TEL_REASON_FORBIDDEN || reason == TEL_REASON_NOT_FOUND)
    return "forbidden";
  if (reason == TEL_REASON_UNREACHABLE)
    return "unreachable";
  if (reason == TEL_REASON_TIMEOUT)
    return "timeout";
  if (reason == TEL_REASON_TLS_UNTRUSTED)
    return "certificate";
  return "refused";
}

const char *
phone_registration_get_reason (PhoneRegistration *registration)
{
  if (!registration->account)
    return registration->failure ? registration->failure : "";
  if (!g_str_equal (phone_registration_get_state (registration), "failed"))
    return "";
  return reason_code (tel_account_get_reason (registration->account));
}

guint
phone_registration_get_status (PhoneRegistration *registration)
{
  int status = registration->account ? tel_account_get_status (registration->account) : 0;

  return status > 0 ? (guint) status : 0;
}

GVariant *
phone_registration_describe (PhoneRegistration *registration)
{
  PhoneAccountConfig *config = &registration->config;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "registrar", "s", config->registrar);
  g_variant_dict_insert (&dict, "user", "s", config->user);
  g_variant_dict_insert (&dict, "domain", "s", config->domain ? config->domain : config->host);
  g_variant_dict_insert (&dict, "display_name", "s",
                         config->display_name ? config->display_name : "");
  g_variant_dict_insert (&dict, "transport", "s", tel_transport_name (config->transport));
  g_variant_dict_insert (&dict, "srtp", "s", tel_srtp_name (config->srtp));
  return g_variant_dict_end (&dict);
}

guint
phone_registration_count_calls (PhoneRegistration *registration)
{
  return registration->ua ? tel_ua_count_calls (registration->ua) : 0;
}
