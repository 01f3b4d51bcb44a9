/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user agent: owns the sofia-sip root and nua, its transports, the calls; hands each event to
 * the object it belongs to. On the main context of its maker. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#include <sofia-sip/nua_tag.h>
#include <sofia-sip/su_log.h>
#include <string.h>

#define PORT_TRIES       20
#define CLOSE_DEADLINE_S 5
#define SESSION_S        1800
#define MIN_SE           90 /* no less than this may be asked of others (RFC 4028, 4) */
#define METHODS          "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE"
#define WITH_REFER       METHODS ", REFER"

G_DEFINE_QUARK (tel - error - quark, tel_error)

void
tel_ua_attach (TelUa *ua, GSource *source)
{
  g_source_attach (source, ua->context);
}

/* --- events --- */

static void
on_invite (TelUa *ua, nua_handle_t *handle, const sip_t *sip)
{
  if (ua->closing || ua->events.incoming_call == NULL ||
      (ua->max_calls != 0 && ua->calls->len >= ua->max_calls))
    {
      nua_respond (handle, ua->closing ? 480 : 486, sip_status_phrase (ua->closing ? 480 : 486),
                   TAG_END ());
      nua_handle_destroy (handle);
      return;
    }
  g_autoptr (TelRequest) request = tel_request_new (ua, handle, sip);
  TelCall *call = tel_call_new_incoming (ua, handle, sip, request);
  tel_request_set_call (request, call);
  ua->events.incoming_call (ua, call, request, ua->user_data);
  tel_request_set_call (request, NULL);
  tel_call_unref (call); /* the list has its own */
}

static void
on_request (TelUa *ua, nua_handle_t *handle, const sip_t *sip)
{
  if (ua->events.request == NULL || ua->closing)
    {
      nua_respond (handle, SIP_405_METHOD_NOT_ALLOWED, NUTAG_WITH_THIS (ua->nua), TAG_END ());
      nua_handle_destroy (handle);
      return;
    }
  g_autoptr (TelRequest) request = tel_request_new (ua, handle, sip);
  ua->events.request (ua, request, ua->user_data);
}

static gboolean on_shut (gpointer data);

static void
on_nua_event (nua_event_t event,
              int status,
              char const *phrase,
              nua_t *nua,
              TelUa *ua,
              nua_handle_t *handle,
              TelTarget *target,
              sip_t const *sip,
              tagi_t tags[])
{
  TelSipEvent e = { event, status, phrase, handle, sip, tags };
  if (event == nua_r_shutdown)
    {
      if (status >= 200 && ua->release == NULL)
        {
          ua->release = g_idle_source_new ();
          g_source_set_callback (ua->release, on_shut, ua, NULL);
          tel_ua_attach (ua, ua->release);
        }
    }
  else if (target != NULL)
    target->on_event (target, &e);
  else if (handle == NULL)
    return;
  else if (event == nua_i_invite && status < 200)
    on_invite (ua, handle, sip);
  else if (event == nua_i_register && status < 200)
    on_request (ua, handle, sip);
  else if (event == nua_i_refer && status < 200) /* of no call that we have */
    {
      nua_respond (handle, SIP_403_FORBIDDEN, NUTAG_WITH_THIS (nua), TAG_END ());
      nua_handle_destroy (handle);
    }
  else if (event == nua_i_options || event == nua_i_method || event == nua_i_message)
    nua_handle_destroy (handle); /* answered by the stack */
}

/* --- opening --- */

static guint
find_port (const char *address, GSocketType type, guint wanted)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  g_autoptr (GSocket) socket =
      g_socket_new (g_inet_address_get_family (inet), type, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new (inet, (guint16) wanted);
  if (socket == NULL || !g_socket_bind (socket, where, type == G_SOCKET_TYPE_STREAM, NULL))
    return 0;
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (socket, NULL);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static gboolean
try_ports (TelUa *ua, const TelUaConfig *config, GError **error)
{
  static const GSocketType types[] = { G_SOCKET_TYPE_DATAGRAM, G_SOCKET_TYPE_STREAM,
                                       G_SOCKET_TYPE_STREAM };
  int wanted[] = { config->udp_port, config->tcp_port, config->tls_port };
  gboolean together = wanted[0] == 0 && wanted[1] == 0;
  for (guint i = 0; i < 3; i++)
    {
      ua->ports[i] = 0;
      if (wanted[i] < 0)
        continue;
      guint port = i == 1 && together ? ua->ports[0] : (guint) wanted[i];
      ua->ports[i] = find_port (ua->address, types[i], port);
      if (ua->ports[i] != 0)
        continue;
      g_set_error (error, TEL_ERROR, TEL_ERROR_ADDRESS_IN_USE, "%s port %u on %s is in use",
                   tel_transport_name ((TelTransport) i), port, ua->address);
      return FALSE;
    }
  return TRUE;
}

/* Chooses what may be chosen; FALSE when a port that was asked for is taken. One number for UDP and
 * TCP may be free for the one and not for the other: then another is tried. */
static gboolean
choose_ports (TelUa *ua, const TelUaConfig *config, GError **error)
{
  gboolean may_choose = config->udp_port == 0 && config->tcp_port == 0;

  for (int attempt = 0; may_choose && attempt < 50; attempt++)
    if (try_ports (ua, config, NULL))
      return TRUE;

  return try_ports (ua, config, error);
}

static char *
host_of (TelUa *ua)
{
  return strchr (ua->address, ':') != NULL ? g_strdup_printf ("[%s]", ua->address)
                                           : g_strdup (ua->address);
}

static char *
listen_uri (TelUa *ua)
{
  g_autofree char *host = host_of (ua);
  guint udp = ua->ports[TEL_TRANSPORT_UDP], tcp = ua->ports[TEL_TRANSPORT_TCP];
  if (udp != 0 && udp == tcp)
    return g_strdup_printf ("sip:%s:%u", host, udp);
  if (udp != 0)
    return g_strdup_printf ("sip:%s:%u;transport=udp", host, udp);
  return tcp != 0 ? g_strdup_printf ("sip:%s:%u;transport=tcp", host, tcp) : NULL;
}

static gboolean
create_nua (TelUa *ua, const TelUaConfig *config)
{
  g_autofree char *uri = listen_uri (ua), *host = host_of (ua);
  g_autofree char *sips = g_strdup_printf ("sips:%s:%u", host, ua->ports[TEL_TRANSPORT_TLS]);
  gboolean tls = ua->ports[TEL_TRANSPORT_TLS] != 0;
  msg_mclass_t *mclass = ua->mclass != NULL ? ua->mclass : tel_admission_open (ua);
  guint session = config->session_s != 0 ? config->session_s : SESSION_S;
  unsigned policy = config->tls_insecure ? 0 : TPTLS_VERIFY_OUT | TPTLS_VERIFY_SUBJECTS_OUT;
  ua->nua = nua_create (
      ua->root, on_nua_event, ua, TAG_IF (uri != NULL, NUTAG_URL (uri)), NTATAG_MCLASS (mclass),
      TAG_IF (uri == NULL && tls, NUTAG_URL (sips)),
      TAG_IF (uri != NULL && tls, NUTAG_SIPS_URL (sips)),
      TAG_IF (tls && config->tls_dir != NULL, TPTAG_CERTIFICATE (config->tls_dir)),
      TAG_IF (tls, TPTAG_TLS_VERIFY_POLICY (policy)), NUTAG_MEDIA_ENABLE (0), NUTAG_AUTOALERT (0),
      NUTAG_AUTOANSWER (0), NUTAG_AUTOACK (1), NUTAG_UPDATE_REFRESH (1),
      NUTAG_SESSION_TIMER (session), NUTAG_MIN_SE (MIN (session, MIN_SE)), NUTAG_AUTO302 (0),
      NUTAG_ENABLEMESSAGE (0), NUTAG_APPL_METHOD ("UPDATE, REFER"),
      SIPTAG_ALLOW_STR (config->transfers ? WITH_REFER : METHODS),
      TAG_IF (ua->events.request != NULL, NUTAG_ALLOW ("REGISTER")),
      SIPTAG_USER_AGENT_STR (config->user_agent != NULL ? config->user_agent : "Guichet"),
      TAG_END ());
  return ua->nua != NULL;
}

/* What sofia-sip would only put into its log. */
static gboolean
check_tls (const TelUaConfig *config, GError **error)
{
  if (config->tls_port < 0 || config->tls_dir == NULL)
    return TRUE;
  static const char *const files[] = { "cafile.pem", "agent.pem" };
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (config->tls_dir, files[i], NULL);
      g_autoptr (GError) local = NULL;
      GList *list = g_file_test (path, G_FILE_TEST_EXISTS)
                        ? g_tls_certificate_list_new_from_file (path, &local)
                        : NULL;
      g_list_free_full (list, g_object_unref);
      if (local == NULL)
        continue;
      g_set_error (error, TEL_ERROR, TEL_ERROR_CERTIFICATE, "%s: %s", path, local->message);
      return FALSE;
    }
  return TRUE;
}

static gboolean
open_transports (TelUa *ua, const TelUaConfig *config, GError **error)
{
  gboolean fixed = config->udp_port > 0 || config->tcp_port > 0 || config->tls_port > 0;
  for (guint i = 0; i < (fixed ? 1 : PORT_TRIES); i++)
    {
      if (!choose_ports (ua, config, error))
        return FALSE;
      if (create_nua (ua, config))
        return TRUE;
    }
  g_set_error (error, TEL_ERROR, TEL_ERROR_ADDRESS, "cannot listen on %s", ua->address);
  return FALSE;
}

static void
silence_sofia (void)
{
  static gsize done = 0;
  if (!g_once_init_enter (&done))
    return;
  su_init ();
  if (g_getenv ("GUICHET_SIP_DEBUG") == NULL)
    su_log_set_level (NULL, 0);
  g_once_init_leave (&done, 1);
}

static void
free_ua (TelUa *ua)
{
  if (ua->nua != NULL)
    nua_destroy (ua->nua);
  if (ua->source != NULL)
    g_source_destroy (ua->source);
  if (ua->root != NULL)
    su_root_destroy (ua->root);
  tel_admission_close (ua);
  for (guint i = 0; i < 2; i++)
    {
      GSource **source = i == 0 ? &ua->deadline : &ua->release;
      if (*source != NULL)
        g_source_destroy (*source);
      g_clear_pointer (source, g_source_unref);
    }
  g_ptr_array_unref (ua->calls);
  g_list_free (ua->accounts);
  g_main_context_unref (ua->context);
  g_free (ua->address);
  g_free (ua->tls_dir);
  g_free (ua);
}

TelUa *
tel_ua_new (const TelUaConfig *config,
            const TelUaEvents *events,
            gpointer user_data,
            GError **error)
{
  g_autoptr (GInetAddress) inet =
      config->address != NULL ? g_inet_address_new_from_string (config->address) : NULL;
  if (inet == NULL)
    {
      g_set_error (error, TEL_ERROR, TEL_ERROR_ADDRESS, "not a numeric address: %s",
                   config->address);
      return NULL;
    }
  if (!check_tls (config, error))
    return NULL;
  silence_sofia ();
  tel_media_warm_up (config->media.processing);
  TelUa *ua = g_new0 (TelUa, 1);
  ua->context = g_main_context_ref_thread_default ();
  ua->events = events != NULL ? *events : (TelUaEvents){ 0 };
  ua->user_data = user_data;
  ua->address = g_strdup (config->address);
  ua->media = config->media;
  ua->tls_dir = g_strdup (config->tls_dir);
  ua->tls_insecure = config->tls_insecure;
  ua->max_calls = config->max_calls;
  ua->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) tel_call_unref);
  ua->root = su_glib_root_create (NULL);
  su_root_threading (ua->root, 0);
  ua->source = su_glib_root_gsource (ua->root);
  g_source_attach (ua->source, ua->context);
  if (open_transports (ua, config, error))
    return ua;
  free_ua (ua);
  return NULL;
}

/* --- closing --- */

static void
report_closed (TelUa *ua)
{
  GFunc done = ua->done;
  ua->done = NULL;
  if (done != NULL)
    done (NULL, ua->done_data);
}

static gboolean
on_shut (gpointer data)
{
  TelUa *ua = data;
  for (guint i = ua->calls->len; i > 0; i--)
    {
      TelCall *call = g_ptr_array_index (ua->calls, i - 1);
      g_autoptr (TelCall) guard G_GNUC_UNUSED = tel_call_ref (call);
      tel_call_set_end (call, TEL_REASON_SHUTDOWN, TEL_WHO_LOCAL, 0, NULL);
      tel_call_apply (call, TEL_EV_GONE);
      tel_call_drop (call);
    }
  GFunc done = ua->done;
  gpointer done_data = ua->done_data;
  free_ua (ua);
  if (done != NULL)
    done (NULL, done_data);
  return G_SOURCE_REMOVE;
}

/* A peer that does not answer our BYE must not hold us up; the rest is freed when nua is done. */
static gboolean
on_deadline (gpointer data)
{
  TelUa *ua = data;
  g_clear_pointer (&ua->deadline, g_source_unref);
  report_closed (ua);
  return G_SOURCE_REMOVE;
}

void
tel_ua_close (TelUa *ua, GFunc done, gpointer user_data)
{
  if (ua->closing)
    return;
  ua->closing = TRUE;
  ua->done = done;
  ua->done_data = user_data;
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) tel_call_unref);
  for (guint i = 0; i < ua->calls->len; i++)
    g_ptr_array_add (calls, tel_call_ref (g_ptr_array_index (ua->calls, i)));
  for (guint i = 0; i < calls->len; i++)
    {
      TelCall *call = g_ptr_array_index (calls, i);
      tel_call_set_end (call, TEL_REASON_SHUTDOWN, TEL_WHO_LOCAL, 0, NULL);
      tel_call_hang_up (call, 0, NULL);
    }
  ua->deadline = g_timeout_source_new_seconds (CLOSE_DEADLINE_S);
  g_source_set_callback (ua->deadline, on_deadline, ua, NULL);
  tel_ua_attach (ua, ua->deadline);
  nua_shutdown (ua->nua);
}

void
tel_ua_lose_calls (TelUa *ua, const char *text)
{
  for (guint i = ua->calls->len; i > 0; i--)
    {
      TelCall *call = g_ptr_array_index (ua->calls, i - 1);
      tel_call_set_end (call, TEL_REASON_MEDIA_FAILED, TEL_WHO_MACHINE, 0, text);
      tel_call_apply (call, TEL_EV_GONE);
    }
}

void
tel_ua_forget_call (TelUa *ua, TelCall *call)
{
  g_ptr_array_remove (ua->calls, call);
}

void
tel_ua_forget_account (TelUa *ua, TelAccount *account)
{
  ua->accounts = g_list_remove (ua->accounts, account);
}

/* --- addresses --- */

guint
tel_ua_get_port (TelUa *ua, TelTransport transport)
{
  return ua->ports[transport];
}

const char *
tel_ua_get_address (TelUa *ua)
{
  return ua->address;
}

guint
tel_ua_count_calls (TelUa *ua)
{
  return ua->calls->len;
}

char *
tel_ua_make_contact (TelUa *ua, const char *user, TelTransport transport)
{
  static const char *const suffix[] = { "", ";transport=tcp", ";transport=tls" };
  g_autofree char *host = host_of (ua);
  g_autofree char *escaped =
      user != NULL ? g_uri_escape_string (user, "+*#&=$,;?/-_.!~'()", FALSE) : NULL;
  if (ua->ports[transport] == 0) /* not listening there: any that we have */
    transport = ua->ports[0] != 0   ? TEL_TRANSPORT_UDP
                : ua->ports[1] != 0 ? TEL_TRANSPORT_TCP
                                    : TEL_TRANSPORT_TLS;
  return g_strdup_printf ("sip:%s%s%s:%u%s", escaped != NULL ? escaped : "",
                          escaped != NULL ? "@" : "", host, ua->ports[transport],
                          suffix[transport]);
}

TelTransport
tel_ua_transport_of_uri (const char *uri)
{
  TelTransport transport = TEL_TRANSPORT_UDP;
  const char *parameter = uri != NULL ? strstr (uri, ";transport=") : NULL;
  if (uri != NULL && g_ascii_strncasecmp (uri, "sips:", 5) == 0)
    return TEL_TRANSPORT_TLS;
  if (parameter == NULL)
    return transport;
  g_autofree char *name = g_strndup (parameter + 11, strcspn (parameter + 11, ";>?"));
  tel_transport_from_name (name, &transport);
  return transport;
}

/* The Contact header of a call whose first hop is @route. */
char *
tel_ua_resolve_contact (TelUa *ua, const char *user, const char *route)
{
  g_autofree char *uri =
      tel_ua_make_contact (ua, user != NULL ? user : "guichet", tel_ua_transport_of_uri (route));
  return g_strdup_printf ("<%s>", uri);
}
