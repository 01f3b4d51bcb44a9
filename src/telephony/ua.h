/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SIP user agent: listening addresses, TLS, and what comes in. It lives on the thread-default
 * main context of the thread that made it; every function and callback of the room runs there. It
 * serves a phone (one account), a server (trunks and registered contacts) and tests alike. */
#pragma once

#include "telephony/call.h"
#include "telephony/media.h"
#include "telephony/request.h"
#include "telephony/types.h"

G_BEGIN_DECLS

#define TEL_ERROR (tel_error_quark ())
GQuark tel_error_quark (void);

typedef enum
{
  TEL_ERROR_ADDRESS_IN_USE,
  TEL_ERROR_ADDRESS,     /* not an address of this machine, or not numeric */
  TEL_ERROR_CERTIFICATE, /* the certificate or CA file cannot be used */
  TEL_ERROR_URI,         /* not a SIP URI */
  TEL_ERROR_STATE,       /* not possible in this state */
  TEL_ERROR_NO_PORT,     /* no free RTP port in the range */
  TEL_ERROR_MEDIA,       /* the media graph cannot be built */
} TelError;

typedef struct _TelUa TelUa;

typedef struct
{
  const char *address; /* numeric IPv4 or IPv6 (without brackets) to listen on and to put in SDP */
  int udp_port;        /* -1 = not at all, 0 = a free one */
  int tcp_port;        /* (with udp_port 0 and tcp_port 0 both get the same) */
  int tls_port;
  const char *user_agent; /* the User-Agent header */
  const char *tls_dir;    /* directory with agent.pem (certificate and key), cafile.pem (CA) */
  gboolean tls_insecure;  /* accept any certificate: tests and laboratory only */
  TelMediaConfig media;   /* of calls that bring none of their own */
  guint max_calls;        /* more are refused with 486; 0 = no limit */
  guint session_s;        /* how long a call may go unrefreshed (RFC 4028); 0 = 1800 */
  gboolean transfers;     /* the other sides of calls may ask for transfers (REFER) */
} TelUaConfig;

typedef struct
{
  /* A new call: take it (tel_call_set_events, then tel_call_ring / _answer / _reject, now or
   * later). @invite has the headers and the source and is valid only during the callback. */
  void (*incoming_call) (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data);
  /* A request outside calls: REGISTER (only when `registrar` was asked for). Answer it with
   * tel_request_respond (), now or later (tel_request_ref). NULL: 405. */
  void (*request) (TelUa *ua, TelRequest *request, gpointer user_data);
  /* Asked of each request that came, before anything else happens; FALSE: it is dropped, and
   * nothing of it is kept. Must be quick. @stream: by TCP or TLS. NULL: all are admitted. */
  gboolean (
      *admit) (TelUa *ua, const char *address, guint port, gboolean stream, gpointer user_data);
} TelUaEvents;

TelUa *tel_ua_new (const TelUaConfig *config,
                   const TelUaEvents *events,
                   gpointer user_data,
                   GError **error);
/* Ends calls and registrations in order, then calls @done (on the same context) and frees the
 * agent. Takes at most a few seconds, and no callback but calls' ends comes meanwhile. */
void tel_ua_close (TelUa *ua, GFunc done, gpointer user_data);

/* Ends all calls at once with media_failed and without a word to the other side: for an address
 * that is gone. */
void tel_ua_lose_calls (TelUa *ua, const char *text);

guint tel_ua_get_port (TelUa *ua, TelTransport transport); /* 0 = not listening */
const char *tel_ua_get_address (TelUa *ua);
guint tel_ua_count_calls (TelUa *ua);
/* Our own contact URI, "sip:user@address:port;transport=…" */
char *tel_ua_make_contact (TelUa *ua, const char *user, TelTransport transport);

G_END_DECLS
