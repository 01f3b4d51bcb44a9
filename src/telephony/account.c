/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registration: sends REGISTER, answers the challenge, lets nua refresh it, tries again after
 * growing pauses, keeps the reason of a failure. On the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/account-state.h"
#include "telephony/sip.h"
#include "telephony/tls-check.h"

#include <sofia-sip/msg_addr.h>
#include <string.h>

#define FIRST_PAUSE_MS 2000
#define LAST_PAUSE_MS  60000

struct _TelAccount
{
  TelTarget target;
  TelUa *ua;
  nua_handle_t *handle;
  TelAccountState state;
  TelReason reason;
  int status;
  TelAccountEvents events;
  gpointer user_data;
  char *user, *auth_user, *password, *display_name;
  char *registrar, *route, *aor, *contact; /* URIs; contact as a header value */
  char *binding;                           /* the contact with what only REGISTER says */
  char *host;                              /* of the next hop, for the certificate */
  guint port;
  char *tls_name; /* whom the certificate must name */
  TelTransport transport;
  guint expires_s, tries, pause_ms;
  GSource *retry;
  GCancellable *cancellable;
  char *peer_address; /* whence the registrar answered */
  guint peer_port;
};

/* --- life --- */

static void
stop_timer (TelAccount *account)
{
  if (account->retry != NULL)
    g_source_destroy (account->retry);
  g_clear_pointer (&account->retry, g_source_unref);
  if (account->cancellable != NULL)
    g_cancellable_cancel (account->cancellable);
  g_clear_object (&account->cancellable);
}

static void
drop_handle (TelAccount *account)
{
  if (account->handle == NULL)
    return;
  nua_handle_bind (account->handle, NULL);
  nua_handle_destroy (account->handle);
  account->handle = NULL;
}

void
tel_account_free (TelAccount *account)
{
  stop_timer (account);
  drop_handle (account);
  tel_ua_forget_account (account->ua, account);
  g_free (account->user);
  g_free (account->auth_user);
  g_free (account->password);
  g_free (account->display_name);
  g_free (account->registrar);
  g_free (account->route);
  g_free (account->aor);
  g_free (account->contact);
  g_free (account->binding);
  g_free (account->host);
  g_free (account->tls_name);
  g_free (account->peer_address);
  g_free (account);
}

/* "host", "host:port", "[::1]:port": the host without brackets and the port or the default. */
static gboolean
split_host (const char *text, guint default_port, char **host, guint *port)
{
  g_autoptr (GSocketConnectable) parsed =
      g_network_address_parse (text, (guint16) default_port, NULL);
  if (parsed == NULL || strpbrk (text, " \r\n\t<>\"@;") != NULL)
    return FALSE;
  *host = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)));
  *port = g_network_address_get_port (G_NETWORK_ADDRESS (parsed));
  return **host != '\0';
}

static gboolean
fill_uris (TelAccount *account, const TelAccountConfig *config)
{
  static const char *const suffix[] = { "", ";transport=tcp", ";transport=tls" };
  const char *hop = config->outbound != NULL ? config->outbound : config->domain;
  guint default_port = config->transport == TEL_TRANSPORT_TLS ? 5061 : 5060, unused;
  if (config->user == NULL || config->domain == NULL ||
      (config->instance != NULL && !g_uuid_string_is_valid (config->instance)) ||
      !split_host (hop, default_port, &account->host, &account->port) ||
      !split_host (config->domain, default_port, &account->tls_name, &unused))
    return FALSE;
  g_autofree char *escaped = g_uri_escape_string (config->user, "+*#&=$,;?/-_.!~'()", FALSE);
  g_autofree char *contact = tel_ua_make_contact (account->ua, config->user, config->transport);
  account->registrar = g_strdup_printf ("sip:%s%s", config->domain, suffix[config->transport]);
  account->route = g_strdup_printf ("sip:%s%s", hop, suffix[config->transport]);
  account->aor = g_strdup_printf ("sip:%s@%s", escaped, config->domain);
  account->contact = g_strdup_printf ("<%s>", contact);
  account->binding = config->instance != NULL
                         ? g_strdup_printf ("%s;+sip.instance=\"<urn:uuid:%s>\"", account->contact,
                                            config->instance)
                         : g_strdup (account->contact);
  return TRUE;
}

static void on_event (TelTarget *target, const TelSipEvent *event);

TelAccount *
tel_account_new (TelUa *ua,
                 const TelAccountConfig *config,
                 const TelAccountEvents *events,
                 gpointer user_data,
                 GError **error)
{
  TelAccount *account = g_new0 (TelAccount, 1);
  account->target.on_event = on_event;
  account->ua = ua;
  account->events = events != NULL ? *events : (TelAccountEvents){ 0 };
  account->user_data = user_data;
  account->user = g_strdup (config->user);
  account->auth_user = g_strdup (config->auth_user != NULL ? config->auth_user : config->user);
  account->password = g_strdup (config->password);
  account->display_name = g_strdup (config->display_name);
  account->transport = config->transport;
  account->expires_s = config->expires_s != 0 ? config->expires_s : 300;
  account->pause_ms = FIRST_PAUSE_MS;
  ua->accounts = g_list_prepend (ua->accounts, account);
  if (fill_uris (account, config))
    return account;
  g_set_error (error, TEL_ERROR, TEL_ERROR_URI, "not a registrar: %s", config->domain);
  tel_account_free (account);
  return NULL;
}

/* --- the state machine --- */

static void apply (TelAccount *account, TelRegTrigger trigger);

/* A registrar that does not know us may be told of us yet. */
static void
fail (TelAccount *account, TelReason reason, int status)
{
  gboolean hard = reason == TEL_REASON_FORBIDDEN || reason == TEL_REASON_TLS_UNTRUSTED ||
                  reason == TEL_REASON_PROTOCOL || reason == TEL_REASON_REDIRECTED;
  account->reason = reason;
  account->status = status;
  apply (account, hard ? TEL_REG_FAILED_HARD : TEL_REG_FAILED_SOFT);
}

static void
on_tls_checked (TelReason reason, gpointer user_data)
{
  TelAccount *account = user_data;
  g_clear_object (&account->cancellable);
  if (reason == TEL_REASON_NONE)
    apply (account, TEL_REG_TRUSTED);
  else
    fail (account, reason, 0);
}

static void
begin (TelAccount *account)
{
  account->tries = 0;
  if (account->transport != TEL_TRANSPORT_TLS || account->ua->tls_insecure)
    {
      apply (account, TEL_REG_TRUSTED);
      return;
    }
  account->cancellable = g_cancellable_new ();
  tel_tls_check_async (account->host, account->port, account->tls_name, account->ua->tls_dir,
                       account->cancellable, on_tls_checked, account);
}

static void
send_register (TelAccount *account)
{
  g_autofree char *expires = g_strdup_printf ("%u", account->expires_s);
  g_autofree char *from = g_strdup_printf ("<%s>", account->aor);
  if (account->handle == NULL)
    account->handle = nua_handle (account->ua->nua, &account->target, SIPTAG_TO_STR (from),
                                  SIPTAG_FROM_STR (from), TAG_END ());
  nua_register (account->handle, NUTAG_PROXY (account->route), NUTAG_REGISTRAR (account->registrar),
                SIPTAG_CONTACT_STR (account->binding), SIPTAG_EXPIRES_STR (expires),
                NUTAG_OUTBOUND ("no-outbound no-validate no-natify no-options-keepalive"),
                NUTAG_KEEPALIVE (0), TAG_END ());
}

static gboolean
on_retry (gpointer data)
{
  TelAccount *account = data;
  g_clear_pointer (&account->retry, g_source_unref);
  apply (account, TEL_REG_RETRY);
  return G_SOURCE_REMOVE;
}

static void
start_pause (TelAccount *account)
{
  stop_timer (account);
  drop_handle (account);
  guint pause = (guint) ((double) account->pause_ms * g_random_double_range (0.8, 1.2));
  account->retry = g_timeout_source_new (pause);
  account->pause_ms = MIN (account->pause_ms * 2, LAST_PAUSE_MS);
  g_source_set_callback (account->retry, on_retry, account, NULL);
  tel_ua_attach (account->ua, account->retry);
}

static void
perform (TelAccount *account, TelRegAction action)
{
  switch (action)
    {
    case TEL_REG_ACT_BEGIN:
      stop_timer (account);
      drop_handle (account);
      begin (account);
      break;
    case TEL_REG_ACT_SEND:
      send_register (account);
      break;
    case TEL_REG_ACT_SEND_UNREG:
      nua_unregister (account->handle, NUTAG_REGISTRAR (account->registrar), TAG_END ());
      break;
    case TEL_REG_ACT_PAUSE:
      start_pause (account);
      break;
    case TEL_REG_ACT_STOP:
      stop_timer (account);
      drop_handle (account);
      break;
    case TEL_REG_ACT_REFUSE:
    case TEL_REG_ACT_NONE:
      break;
    }
}

static void
apply (TelAccount *account, TelRegTrigger trigger)
{
  TelRegStep step = tel_account_step (account->state, trigger);
  TelAccountState old = account->state;
  if (step.action == TEL_REG_ACT_REFUSE)
    return;
  g_debug ("account %s: %s -> %s", account->aor, tel_account_state_name (old),
           tel_account_state_name (step.next));
  account->state = step.next;
  if (step.next == TEL_ACCOUNT_REGISTERED)
    account->pause_ms = FIRST_PAUSE_MS;
  if (step.next != old && account->events.state != NULL)
    account->events.state (account, step.next, account->reason, account->user_data);
  perform (account, step.action);
}

/* --- responses --- */

/* Calls are taken on the registrar's own flow only: whence it answered. */
static void
remember_peer (TelAccount *account)
{
  g_free (account->peer_address);
  account->peer_address =
      tel_sip_source (nua_current_request (account->ua->nua), &account->peer_port);
}

static void
on_register_response (TelAccount *account, const TelSipEvent *event)
{
  g_autofree char *credentials = NULL;
  if (event->status < 200)
    return;
  if (event->status < 300)
    {
      account->tries = 0;
      account->reason = TEL_REASON_NONE;
      account->status = 0;
      remember_peer (account);
      apply (account, TEL_REG_ACCEPTED);
      return;
    }
  if ((event->status == 401 || event->status == 407) && event->sip != NULL && account->tries++ == 0)
    credentials = tel_digest_credentials (event->sip, account->auth_user, account->password);
  if (credentials != NULL)
    {
      nua_authenticate (account->handle, NUTAG_AUTH (credentials), TAG_END ());
      return;
    }
  TelReason reason = tel_reason_from_status (event->status);
  if (event->status == 403 && account->tries > 0)
    reason = TEL_REASON_AUTH_FAILED;
  fail (account, reason, event->status);
}

static void
on_event (TelTarget *target, const TelSipEvent *event)
{
  TelAccount *account = (TelAccount *) target;
  if (event->event == nua_r_register)
    on_register_response (account, event);
  else if (event->event == nua_r_unregister && event->status >= 200)
    apply (account, TEL_REG_ACCEPTED);
}

/* --- what the user does and asks --- */

void
tel_account_register (TelAccount *account)
{
  apply (account, TEL_REG_REGISTER);
}

void
tel_account_unregister (TelAccount *account)
{
  apply (account, TEL_REG_UNREGISTER);
}

void
tel_account_refresh (TelAccount *account)
{
  if (account->state == TEL_ACCOUNT_REGISTERED)
    send_register (account);
  else if (account->state == TEL_ACCOUNT_WAITING)
    apply (account, TEL_REG_REGISTER);
}

TelAccountState
tel_account_get_state (TelAccount *account)
{
  return account->state;
}

TelReason
tel_account_get_reason (TelAccount *account)
{
  return account->reason;
}

int
tel_account_get_status (TelAccount *account)
{
  return account->status;
}

gboolean
tel_account_owns (TelAccount *account, TelRequest *invite)
{
  return account->peer_address != NULL &&
         tel_request_get_transport (invite) == account->transport &&
         g_str_equal (account->peer_address, tel_request_get_source_address (invite)) &&
         account->peer_port == tel_request_get_source_port (invite);
}

void
tel_account_fill_call (TelAccount *account, const TelCallOptions *options, TelCall *call)
{
  call->from = g_strdup (options->from);
  call->route = g_strdup (options->route);
  call->auth_user = g_strdup (options->auth_user);
  call->auth_password = g_strdup (options->auth_password);
  if (account == NULL)
    return;
  if (call->from == NULL)
    call->from = g_strdup (account->aor);
  if (call->route == NULL)
    call->route = g_strdup (account->route);
  if (call->auth_user == NULL)
    {
      call->auth_user = g_strdup (account->auth_user);
      call->auth_password = g_strdup (account->password);
    }
  call->contact = g_strdup (account->contact);
}
