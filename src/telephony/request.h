/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An incoming SIP request as its user sees it: who, from where on the network, which headers; and
 * the answer to it. A registrar is built on it: read, authenticate, respond. */
#pragma once

#include <gio/gio.h>

#include "telephony/types.h"

G_BEGIN_DECLS

typedef struct _TelRequest TelRequest;

/* One Contact of a REGISTER. */
typedef struct
{
  char *uri;   /* without brackets and parameters of the header; "*" for all */
  int expires; /* its own expires or the header's; -1 = neither is given */
  double q;
} TelContact;

TelRequest *tel_request_ref (TelRequest *request);
void tel_request_unref (TelRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TelRequest, tel_request_unref)

const char *tel_request_get_method (TelRequest *request);
const char *tel_request_get_uri (TelRequest *request);       /* the request URI */
const char *tel_request_get_from (TelRequest *request);      /* URI */
const char *tel_request_get_from_name (TelRequest *request); /* display name, UTF-8, or NULL */
const char *tel_request_get_to (TelRequest *request);        /* URI */
const char *tel_request_get_to_user (TelRequest *request);   /* its user part, or NULL */
const char *tel_request_get_call_id (TelRequest *request);
guint32 tel_request_get_cseq (TelRequest *request);
/* The first header of that name (any case), or NULL. Names beyond the known ones work too. */
const char *tel_request_get_header (TelRequest *request, const char *name);
/* Names and values of all X- headers: (char *, char *). */
GHashTable *tel_request_get_x_headers (TelRequest *request);
/* Contacts of a REGISTER, as TelContact. */
GPtrArray *tel_request_get_contacts (TelRequest *request);
/* Where it came from on the network. */
const char *tel_request_get_source_address (TelRequest *request); /* numeric */
guint tel_request_get_source_port (TelRequest *request);
TelTransport tel_request_get_transport (TelRequest *request);
/* The route that reaches the sender back over the same flow: give it as `route` of a call. */
char *tel_request_get_flow (TelRequest *request);

/* @headers: NULL-terminated "Name: value" strings, or NULL. For a REGISTER's 200 give the
 * "Contact: <uri>;expires=n" lines. For an INVITE use the call's functions. */
void tel_request_respond (TelRequest *request,
                          int status,
                          const char *phrase,
                          const char *const *headers);

/* Digest authentication (MD5, qop=auth) of this request for @realm. @lookup gives HA1, that is
 * md5 (user ":" realm ":" password) in lower-case hex, or NULL for an unknown user. */
typedef char *(*TelHa1Lookup) (const char *user, const char *realm, gpointer user_data);

typedef enum
{
  TEL_AUTH_OK,
  TEL_AUTH_CHALLENGED, /* 401 was sent: nothing given yet, or a stale nonce; forget the request */
  TEL_AUTH_REFUSED,    /* 403 was sent: wrong password or unknown user */
} TelAuth;

/* On anything but TEL_AUTH_OK the response has been sent and the request (or, for an INVITE, its
 * call) is over. @user, if not NULL, gets the authenticated user name on TEL_AUTH_OK. */
TelAuth tel_request_authenticate (TelRequest *request,
                                  const char *realm,
                                  TelHa1Lookup lookup,
                                  gpointer user_data,
                                  char **user);
char *tel_digest_ha1 (const char *user, const char *realm, const char *password);

G_END_DECLS
