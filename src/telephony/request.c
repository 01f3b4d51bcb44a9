/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An incoming request and the answer to it. Owns a reference to the message and, for a request
 * outside a call, its nua handle. On the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/request-private.h"

#include <sofia-sip/msg_addr.h>
#include <sofia-sip/su_alloc.h>
#include <stdlib.h>
#include <string.h>

char *
tel_sip_source (msg_t *msg, guint *port)
{
  char text[INET6_ADDRSTRLEN] = "";
  su_addrinfo_t *info = msg != NULL ? msg_addrinfo (msg) : NULL;
  const su_sockaddr_t *address = info != NULL ? (su_sockaddr_t *) (void *) info->ai_addr : NULL;
  if (address == NULL)
    return g_strdup ("");
  if (address->su_family == AF_INET6)
    inet_ntop (AF_INET6, &address->su_sin6.sin6_addr, text, sizeof text);
  else
    inet_ntop (AF_INET, &address->su_sin.sin_addr, text, sizeof text);
  *port = ntohs (address->su_port);
  return g_strdup (text);
}

TelTransport
tel_sip_transport (const sip_t *sip)
{
  TelTransport transport = TEL_TRANSPORT_UDP;
  const char *protocol = sip->sip_via != NULL ? sip->sip_via->v_protocol : NULL;
  const char *slash = protocol != NULL ? strrchr (protocol, '/') : NULL;
  if (slash != NULL)
    tel_transport_from_name (slash + 1, &transport);
  return transport;
}

char *
tel_sip_url (const url_t *url)
{
  su_home_t home[1] = { SU_HOME_INIT (home) };
  char *text = g_strdup (url_as_string (home, url));
  su_home_deinit (home);
  return text;
}

char *
tel_sip_display_name (const char *display)
{
  if (display == NULL || *display == '\0')
    return NULL;
  g_autofree char *text = g_strdup (display);
  g_strstrip (text);
  gsize n = strlen (text);
  if (n >= 2 && text[0] == '"' && text[n - 1] == '"')
    {
      char *to = text;
      for (gsize i = 1; i + 1 < n; i++)
        {
          if (text[i] == '\\' && i + 2 < n)
            i++;
          *to++ = text[i];
        }
      *to = '\0';
    }
  char *clean = *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
  if (clean != NULL)
    g_strdelimit (clean, "\r\n\t", ' ');
  return clean;
}

TelRequest *
tel_request_new (TelUa *ua, nua_handle_t *handle, const sip_t *sip)
{
  TelRequest *request = g_new0 (TelRequest, 1);
  g_atomic_ref_count_init (&request->refs);
  request->ua = ua;
  request->sip = sip;
  request->handle = nua_handle_ref (handle);
  request->msg = msg_ref_create (nua_current_request (ua->nua));
  request->address = tel_sip_source (request->msg, &request->port);
  request->transport = tel_sip_transport (sip);
  request->method = g_strdup (sip->sip_request->rq_method_name);
  request->uri = tel_sip_url (sip->sip_request->rq_url);
  request->from = tel_sip_url (sip->sip_from->a_url);
  request->from_name = tel_sip_display_name (sip->sip_from->a_display);
  request->to = tel_sip_url (sip->sip_to->a_url);
  if (sip->sip_to->a_url->url_user != NULL)
    request->to_user = g_uri_unescape_string (sip->sip_to->a_url->url_user, NULL);
  request->call_id = g_strdup (sip->sip_call_id->i_id);
  request->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return request;
}

TelRequest *
tel_request_ref (TelRequest *request)
{
  g_atomic_ref_count_inc (&request->refs);
  return request;
}

void
tel_request_unref (TelRequest *request)
{
  if (!g_atomic_ref_count_dec (&request->refs))
    return;
  if (!request->is_call && !request->responded)
    tel_request_respond (request, 500, NULL, NULL);
  msg_destroy (request->msg);
  nua_handle_unref (request->handle);
  g_hash_table_unref (request->headers);
  g_free (request->address);
  g_free (request->method);
  g_free (request->uri);
  g_free (request->from);
  g_free (request->from_name);
  g_free (request->to);
  g_free (request->to_user);
  g_free (request->call_id);
  g_free (request);
}

TelCall *
tel_request_get_call (TelRequest *request)
{
  return request->call;
}

void
tel_request_set_call (TelRequest *request, TelCall *call)
{
  request->call = call;
  request->is_call = TRUE;
}

/* --- reading --- */

const char *
tel_request_get_method (TelRequest *request)
{
  return request->method;
}

const char *
tel_request_get_uri (TelRequest *request)
{
  return request->uri;
}

const char *
tel_request_get_from (TelRequest *request)
{
  return request->from;
}

const char *
tel_request_get_from_name (TelRequest *request)
{
  return request->from_name;
}

const char *
tel_request_get_to (TelRequest *request)
{
  return request->to;
}

const char *
tel_request_get_to_user (TelRequest *request)
{
  return request->to_user;
}

const char *
tel_request_get_call_id (TelRequest *request)
{
  return request->call_id;
}

guint32
tel_request_get_cseq (TelRequest *request)
{
  return request->sip->sip_cseq->cs_seq;
}

const char *
tel_request_get_source_address (TelRequest *request)
{
  return request->address;
}

guint
tel_request_get_source_port (TelRequest *request)
{
  return request->port;
}

TelTransport
tel_request_get_transport (TelRequest *request)
{
  return request->transport;
}

char *
tel_request_get_flow (TelRequest *request)
{
  gboolean six = strchr (request->address, ':') != NULL;
  return g_strdup_printf ("sip:%s%s%s:%u;transport=%s", six ? "[" : "", request->address,
                          six ? "]" : "", request->port, tel_transport_name (request->transport));
}

/* The value of a header of the message as text, read once and kept. */
const char *
tel_request_get_header (TelRequest *request, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  const char *known = g_hash_table_lookup (request->headers, key);
  if (known != NULL)
    return known;
  su_home_t home[1] = { SU_HOME_INIT (home) };
  char *value = NULL;
  for (const sip_unknown_t *u = request->sip->sip_unknown; u != NULL && value == NULL;
       u = u->un_next)
    if (g_ascii_strcasecmp (u->un_name, name) == 0)
      value = g_utf8_make_valid (u->un_value != NULL ? u->un_value : "", -1);
  const msg_common_t *first = (const msg_common_t *) (const void *) request->sip->sip_request;
  for (const msg_common_t *h = first; h != NULL && value == NULL;
       h = (const msg_common_t *) (const void *) h->h_succ)
    if (h->h_class->hc_name != NULL && g_ascii_strcasecmp (h->h_class->hc_name, name) == 0)
      {
        const char *text = sip_header_as_string (home, (const sip_header_t *) (const void *) h);
        value = g_utf8_make_valid (text != NULL ? text : "", -1);
      }
  su_home_deinit (home);
  if (value != NULL)
    g_hash_table_insert (request->headers, g_steal_pointer (&key), value);
  return value;
}

GHashTable *
tel_request_get_x_headers (TelRequest *request)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const sip_unknown_t *u = request->sip->sip_unknown; u != NULL; u = u->un_next)
    if (g_ascii_strncasecmp (u->un_name, "X-", 2) == 0 && g_hash_table_size (all) < 64)
      g_hash_table_insert (all, g_strdup (u->un_name),
                           g_utf8_make_valid (u->un_value != NULL ? u->un_value : "", -1));
  return all;
}

static void
contact_free (gpointer data)
{
  TelContact *contact = data;
  g_free (contact->uri);
  g_free (contact);
}

GPtrArray *
tel_request_get_contacts (TelRequest *request)
{
  const sip_t *sip = request->sip;
  GPtrArray *all = g_ptr_array_new_with_free_func (contact_free);
  for (const sip_contact_t *m = sip->sip_contact; m != NULL && all->len < 32; m = m->m_next)
    {
      TelContact *contact = g_new0 (TelContact, 1);
      contact->uri = m->m_url->url_type == url_any ? g_strdup ("*") : tel_sip_url (m->m_url);
      contact->q = m->m_q != NULL ? g_ascii_strtod (m->m_q, NULL) : 1.0;
      contact->expires =
          sip->sip_expires != NULL ? (int) MIN (sip->sip_expires->ex_delta, 86400) : -1;
      if (m->m_expires != NULL)
        contact->expires = (int) MIN (g_ascii_strtoull (m->m_expires, NULL, 10), 86400);
      g_ptr_array_add (all, contact);
    }
  return all;
}

/* --- answering --- */

void
tel_request_respond (TelRequest *request,
                     int status,
                     const char *phrase,
                     const char *const *headers)
{
  if (request->responded || request->is_call)
    return;
  request->responded = TRUE;
  g_autofree char *joined = headers != NULL ? g_strjoinv ("\r\n", (char **) headers) : NULL;
  nua_respond (request->handle, status, phrase != NULL ? phrase : sip_status_phrase (status),
               NUTAG_WITH (request->msg),
               TAG_IF (joined != NULL && *joined != '\0', SIPTAG_HEADER_STR (joined)), TAG_END ());
  nua_handle_destroy (request->handle);
}

/* A refusal that carries headers, for a call too. */
void
tel_request_refuse (TelRequest *request, int status, const char *header)
{
  const char *headers[] = { header, NULL };
  if (request->call == NULL)
    {
      tel_request_respond (request, status, NULL, headers);
      return;
    }
  nua_respond (request->handle, status, sip_status_phrase (status),
               TAG_IF (header != NULL, SIPTAG_HEADER_STR (header)), TAG_END ());
  tel_call_set_end (request->call, TEL_REASON_AUTH_FAILED, TEL_WHO_LOCAL, status, NULL);
  tel_call_apply (request->call, TEL_EV_GONE);
}
