/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registration against a small registrar made of the room's own parts, over UDP, TCP and TLS; what
 * goes wrong has its reason; calls go back over the flow of the registration. */
#include "certificates.h"
#include "harness.h"

#include <string.h>

#define PASSWORD "secret: with \"marks\""

typedef struct
{
  TelUa *ua;
  char *contact, *flow, *user;
  guint registrations, expires, refuse_with, delay_count;
  gboolean closed;
} Registrar;

static char *
on_lookup (const char *user, const char *realm, gpointer user_data)
{
  return g_str_equal (user, "alice") ? tel_digest_ha1 (user, realm, PASSWORD) : NULL;
}

static void
on_request (TelUa *ua, TelRequest *request, gpointer user_data)
{
  Registrar *self = user_data;
  g_autofree char *user = NULL;
  g_assert_cmpstr (tel_request_get_method (request), ==, "REGISTER");
  if (self->refuse_with != 0)
    {
      tel_request_respond (request, (int) self->refuse_with, NULL, NULL);
      return;
    }
  if (tel_request_authenticate (request, "guichet", on_lookup, self, &user) != TEL_AUTH_OK)
    return;
  g_autoptr (GPtrArray) contacts = tel_request_get_contacts (request);
  g_assert_cmpuint (contacts->len, ==, 1);
  TelContact *contact = g_ptr_array_index (contacts, 0);
  self->registrations = contact->expires == 0 ? 0 : self->registrations + 1;
  g_free (self->contact);
  g_free (self->flow);
  g_free (self->user);
  self->contact = g_strdup (contact->uri);
  self->flow = tel_request_get_flow (request);
  self->user = g_steal_pointer (&user);
  g_autofree char *line = g_strdup_printf ("Contact: <%s>;expires=%u", contact->uri,
                                           contact->expires == 0 ? 0 : self->expires);
  const char *headers[] = { line, NULL };
  tel_request_respond (request, 200, NULL, headers);
}

static void
registrar_open (Registrar *self, TelUaConfig *config)
{
  static const TelUaEvents events = { .request = on_request };
  g_autoptr (GError) error = NULL;
  *self = (Registrar){ .expires = 300 };
  self->ua = tel_ua_new (config, &events, self, &error);
  g_assert_no_error (error);
}

static void
on_closed (gpointer data, gpointer user_data)
{
  ((Registrar *) user_data)->closed = TRUE;
}

static gboolean
is_closed (gpointer data)
{
  return ((Registrar *) data)->closed;
}

static void
registrar_close (Registrar *self)
{
  tel_ua_close (self->ua, on_closed, self);
  wait_until (is_closed, self, 20, "the end of the registrar");
  g_free (self->contact);
  g_free (self->flow);
  g_free (self->user);
}

/* --- the other side --- */

typedef struct
{
  TelAccount *account;
  TelAccountState until;
  GString *states;
} Phone;

static void
on_account_state (TelAccount *account, TelAccountState state, TelReason reason, gpointer user_data)
{
  Phone *phone = user_data;
  g_string_append_printf (phone->states, "%s ", tel_account_state_name (state));
}

static gboolean
in_state (gpointer data)
{
  Phone *phone = data;
  return tel_account_get_state (phone->account) == phone->until;
}

static void
wait_account (Phone *phone, TelAccountState state)
{
  phone->until = state;
  wait_until (in_state, phone, 20, tel_account_state_name (state));
}

static void
phone_open (Phone *phone,
            Side *side,
            Registrar *registrar,
            TelTransport transport,
            const char *password,
            const char *domain)
{
  static const TelAccountEvents events = { on_account_state };
  g_autoptr (GError) error = NULL;
  g_autofree char *own = g_strdup_printf (
      "127.0.0.1:%u", registrar != NULL ? tel_ua_get_port (registrar->ua, transport) : 1);
  TelAccountConfig config = { .user = "alice",
                              .password = password,
                              .domain = domain != NULL ? domain : own,
                              .transport = transport };
  if (domain != NULL)
    config.outbound = own;
  phone->states = g_string_new (NULL);
  phone->account = tel_account_new (side->ua, &config, &events, phone, &error);
  g_assert_no_error (error);
  tel_account_register (phone->account);
}

static void
phone_close (Phone *phone)
{
  tel_account_free (phone->account);
  g_string_free (phone->states, TRUE);
}

/* --- tests --- */

static void
fill_tls (TelUaConfig *config, TelTransport transport, const char *dir)
{
  config->udp_port = transport == TEL_TRANSPORT_UDP ? 0 : -1;
  config->tcp_port = transport == TEL_TRANSPORT_TCP ? 0 : -1;
  config->tls_port = transport == TEL_TRANSPORT_TLS ? 0 : -1;
  config->tls_dir = dir;
}

static TelAccount *expected_account;
static guint owned;

static void
on_incoming (gpointer side, TelRequest *invite)
{
  owned += tel_account_owns (expected_account, invite) ? 1 : 0;
}

/* Registers, is called back over the flow with sound both ways, calls out, unregisters. */
static void
test_transport (gconstpointer data)
{
  TelTransport transport = (TelTransport) GPOINTER_TO_INT (data);
  g_autofree char *ca = g_dir_make_tmp ("guichet-ca-XXXXXX", NULL);
  char *server_dir = certificates_make (ca, "127.0.0.1"), *phone_dir = certificates_make (ca, NULL);
  Registrar registrar;
  Phone phone;
  Side alice, caller;
  side_init (&alice, 440);
  side_init (&caller, 1000);
  TelUaConfig config = { .address = "127.0.0.1" };
  fill_tls (&config, transport, server_dir);
  fill_tls (&alice.config, transport, phone_dir);
  registrar_open (&registrar, &config);
  side_open (&alice);
  phone_open (&phone, &alice, &registrar, transport, PASSWORD, NULL);
  wait_account (&phone, TEL_ACCOUNT_REGISTERED);
  g_assert_cmpstr (registrar.user, ==, "alice");
  g_assert_cmpuint (registrar.registrations, ==, 1);

  expected_account = phone.account;
  owned = 0;
  alice.on_incoming = on_incoming;
  caller.ua = registrar.ua; /* the server's own agent calls the phone */
  TelCallOptions options = { .route = registrar.flow };
  side_dial_uri (&caller, registrar.contact, &options);
  wait_state (&caller, TEL_CALL_ACTIVE);
  wait_state (&alice, TEL_CALL_ACTIVE);
  g_assert_cmpuint (owned, ==, 1); /* it came over the registrar's flow */
  assert_hears (&alice, 1000);
  assert_hears (&caller, 440);
  g_assert_true (tel_call_hang_up (caller.call, 0, NULL));
  wait_state (&alice, TEL_CALL_ENDED);
  wait_state (&caller, TEL_CALL_ENDED);
  side_drop_call (&caller);
  caller.ua = NULL;
  side_close (&caller);

  tel_account_unregister (phone.account);
  wait_account (&phone, TEL_ACCOUNT_OFFLINE);
  g_assert_cmpuint (registrar.registrations, ==, 0);
  g_assert_cmpstr (phone.states->str, ==, "checking registering registered unregistering offline ");
  phone_close (&phone);
  side_close (&alice);
  registrar_close (&registrar);
  certificates_remove (server_dir);
  certificates_remove (phone_dir);
  certificates_remove (g_steal_pointer (&ca));
}

static void
expect_failure (TelUaConfig *config,
                guint refuse_with,
                const char *password,
                TelAccountState state,
                TelReason reason)
{
  Registrar registrar;
  Phone phone;
  Side alice;
  side_init (&alice, 440);
  registrar_open (&registrar, config);
  registrar.refuse_with = refuse_with;
  side_open (&alice);
  phone_open (&phone, &alice, &registrar, TEL_TRANSPORT_UDP, password, NULL);
  wait_account (&phone, state);
  g_assert_cmpstr (tel_reason_code (tel_account_get_reason (phone.account)), ==,
                   tel_reason_code (reason));
  phone_close (&phone);
  side_close (&alice);
  registrar_close (&registrar);
}

static void
test_refused (void)
{
  TelUaConfig config = { .address = "127.0.0.1", .tls_port = -1 };
  expect_failure (&config, 0, "wrong", TEL_ACCOUNT_WAITING, TEL_REASON_AUTH_FAILED);
  expect_failure (&config, 403, PASSWORD, TEL_ACCOUNT_FAILED, TEL_REASON_FORBIDDEN);
  expect_failure (&config, 404, PASSWORD, TEL_ACCOUNT_WAITING, TEL_REASON_NOT_FOUND);
  expect_failure (&config, 500, PASSWORD, TEL_ACCOUNT_WAITING, TEL_REASON_SERVER_ERROR);
  expect_failure (&config, 503, PASSWORD, TEL_ACCOUNT_WAITING, TEL_REASON_UNREACHABLE);
}

/* A passing failure is tried again by itself; a 200 that is short is refreshed. */
static gboolean
has_two (gpointer data)
{
  return ((Registrar *) data)->registrations >= 2;
}

static void
test_retry_and_refresh (gconstpointer data)
{
  TelUaConfig config = { .address = "127.0.0.1", .tls_port = -1 };
  Registrar registrar;
  Phone phone;
  Side alice;
  side_init (&alice, 440);
  registrar_open (&registrar, &config);
  registrar.refuse_with = GPOINTER_TO_UINT (data);
  registrar.expires = 4;
  side_open (&alice);
  phone_open (&phone, &alice, &registrar, TEL_TRANSPORT_UDP, PASSWORD, NULL);
  wait_account (&phone, TEL_ACCOUNT_WAITING);
  registrar.refuse_with = 0;
  wait_account (&phone, TEL_ACCOUNT_REGISTERED);
  g_assert_cmpint (tel_account_get_reason (phone.account), ==, TEL_REASON_NONE);
  wait_until (has_two, &registrar, 20, "a refresh");
  g_assert_cmpint (tel_account_get_state (phone.account), ==, TEL_ACCOUNT_REGISTERED);
  phone_close (&phone);
  side_close (&alice);
  registrar_close (&registrar);
}

static void
test_unreachable (gconstpointer data)
{
  TelTransport transport = (TelTransport) GPOINTER_TO_INT (data);
  g_autofree char *ca = g_dir_make_tmp ("guichet-ca-XXXXXX", NULL);
  char *dir = certificates_make (ca, NULL);
  Phone phone;
  Side alice;
  side_init (&alice, 440);
  fill_tls (&alice.config, transport, dir);
  side_open (&alice);
  phone_open (&phone, &alice, NULL, transport, PASSWORD, NULL);
  wait_account (&phone, TEL_ACCOUNT_WAITING);
  g_assert_cmpstr (tel_reason_code (tel_account_get_reason (phone.account)), ==, "unreachable");
  phone_close (&phone);
  side_close (&alice);
  certificates_remove (dir);
  certificates_remove (g_steal_pointer (&ca));
}

/* The certificate of another authority, and one for another name: refused, with the reason. */
static void
test_untrusted (gconstpointer data)
{
  gboolean wrong_name = GPOINTER_TO_INT (data);
  g_autofree char *ca = g_dir_make_tmp ("guichet-ca-XXXXXX", NULL);
  g_autofree char *other_ca = g_dir_make_tmp ("guichet-ca-XXXXXX", NULL);
  char *server_dir = certificates_make (ca, wrong_name ? "other.example" : "127.0.0.1");
  char *phone_dir = certificates_make (wrong_name ? ca : other_ca, NULL);
  Registrar registrar;
  Phone phone;
  Side alice;
  side_init (&alice, 440);
  TelUaConfig config = { .address = "127.0.0.1" };
  fill_tls (&config, TEL_TRANSPORT_TLS, server_dir);
  fill_tls (&alice.config, TEL_TRANSPORT_TLS, phone_dir);
  registrar_open (&registrar, &config);
  side_open (&alice);
  phone_open (&phone, &alice, &registrar, TEL_TRANSPORT_TLS, PASSWORD, NULL);
  wait_account (&phone, TEL_ACCOUNT_FAILED);
  g_assert_cmpstr (tel_reason_code (tel_account_get_reason (phone.account)), ==, "tls_untrusted");
  g_assert_cmpuint (registrar.registrations, ==, 0);

  /* a call that goes there without an account is refused by the stack itself */
  g_autofree char *route = g_strdup_printf ("sip:127.0.0.1:%u;transport=tls",
                                            tel_ua_get_port (registrar.ua, TEL_TRANSPORT_TLS));
  TelCallOptions options = { .route = route };
  side_dial_uri (&alice, "sip:bob@127.0.0.1", &options);
  run_for (500);
  g_assert_cmpint (tel_call_get_state (alice.call), !=, TEL_CALL_ACTIVE);
  phone_close (&phone);
  side_close (&alice);
  registrar_close (&registrar);
  certificates_remove (server_dir);
  certificates_remove (phone_dir);
  certificates_remove (g_steal_pointer (&ca));
  certificates_remove (g_steal_pointer (&other_ca));
}

static void
test_bad_certificate (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("guichet-tls-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "agent.pem", NULL);
  g_file_set_contents (path, "-----BEGIN CERTIFICATE-----\nnonsense\n", -1, NULL);
  TelUaConfig config = { .address = "127.0.0.1", .tls_dir = dir };
  g_assert_null (tel_ua_new (&config, NULL, NULL, &error));
  g_assert_error (error, TEL_ERROR, TEL_ERROR_CERTIFICATE);
  certificates_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/telephony/account/udp", GINT_TO_POINTER (0), test_transport);
  g_test_add_data_func ("/telephony/account/tcp", GINT_TO_POINTER (1), test_transport);
  g_test_add_data_func ("/telephony/account/tls", GINT_TO_POINTER (2), test_transport);
  g_test_add_func ("/telephony/account/refused", test_refused);
  g_test_add_data_func ("/telephony/account/retry-and-refresh", GUINT_TO_POINTER (503),
                        test_retry_and_refresh);
  g_test_add_data_func ("/telephony/account/not-known-yet", GUINT_TO_POINTER (401),
                        test_retry_and_refresh);
  g_test_add_data_func ("/telephony/account/no-place-yet", GUINT_TO_POINTER (404),
                        test_retry_and_refresh);
  g_test_add_data_func ("/telephony/account/unreachable-tcp", GINT_TO_POINTER (1),
                        test_unreachable);
  g_test_add_data_func ("/telephony/account/unreachable-tls", GINT_TO_POINTER (2),
                        test_unreachable);
  g_test_add_data_func ("/telephony/account/wrong-authority", GINT_TO_POINTER (FALSE),
                        test_untrusted);
  g_test_add_data_func ("/telephony/account/wrong-name", GINT_TO_POINTER (TRUE), test_untrusted);
  g_test_add_func ("/telephony/account/bad-certificate", test_bad_certificate);
  return g_test_run ();
}
