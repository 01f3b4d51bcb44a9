/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong between the desktop and its centre or phone, as codes that the desktop words.
 * The parameters of a code are read from the error itself. */
#pragma once

#include <glib.h>

#define GUICHET_CLIENT_ERROR guichet_client_error_quark ()

typedef enum
{
  GUICHET_CLIENT_ERROR_WRONG_PASSWORD,
  GUICHET_CLIENT_ERROR_ACCOUNT_LOCKED,  /* retry_after */
  GUICHET_CLIENT_ERROR_BAD_ADDRESS,     /* the centre's URL cannot be one, or is http: to another
                                           machine */
  GUICHET_CLIENT_ERROR_UNREACHABLE,     /* no answer: name, route, refused, time out */
  GUICHET_CLIENT_ERROR_BAD_CERTIFICATE, /* reason: "unknown_ca", "bad_identity", "expired", "other"
                                         */
  GUICHET_CLIENT_ERROR_ELSEWHERE,       /* signed in elsewhere: ask, then sign in with take_over */
  GUICHET_CLIENT_ERROR_FULL,
  GUICHET_CLIENT_ERROR_UNAVAILABLE, /* the centre answers but cannot serve now; retry_after, reason:
                                       the centre's code */
  GUICHET_CLIENT_ERROR_PROTOCOL,    /* the answer makes no sense */
  GUICHET_CLIENT_ERROR_SIGNED_OUT,  /* no session, or it is over */
  GUICHET_CLIENT_ERROR_LINK_DOWN, /* the link is away; nothing was sent: call control and states are
                                     never queued */
  GUICHET_CLIENT_ERROR_UNCERTAIN, /* the link broke while the command was on its way */
  GUICHET_CLIENT_ERROR_NOT_ALLOWED, /* reason */
  GUICHET_CLIENT_ERROR_NOT_NOW,     /* reason, e.g. "work_in_hand", "offer_outstanding",
                                       "disposition_required" */
  GUICHET_CLIENT_ERROR_NOT_FOUND,
  GUICHET_CLIENT_ERROR_CONFLICT,
  GUICHET_CLIENT_ERROR_INVALID,   /* field, limit */
  GUICHET_CLIENT_ERROR_TOO_LARGE, /* field, limit */
  GUICHET_CLIENT_ERROR_TOO_MANY,  /* retry_after */
  GUICHET_CLIENT_ERROR_NO_PHONE,  /* guichet-phone is not there and does not start */
  GUICHET_CLIENT_ERROR_PHONE,     /* the phone refused; reason: NAME of
                                     org.guichet.Guichet.Phone.Error.NAME */
  GUICHET_CLIENT_ERROR_STORE,     /* the local cache cannot be opened or written; reason: "newer" */
  GUICHET_CLIENT_ERROR_NO_TOKEN,  /* nothing kept to resume with: sign in */
} GuichetClientErrorCode;

GQuark guichet_client_error_quark (void);

/* Parameters; "" and 0 where the error has none, or is another's. */
const char *guichet_client_error_get_reason (const GError *error);
const char *guichet_client_error_get_field (const GError *error);
gint64 guichet_client_error_get_limit (const GError *error);
gint64 guichet_client_error_get_retry_after (const GError *error);

/* guichet_client_error_get_code_name: "wrong_password", "not_now"…: the key under which the desktop
 * words it. "" for other domains. */
const char *guichet_client_error_get_code_name (const GError *error);

/* guichet_client_error_new: inside this room. reason and field may be NULL. */
GError *guichet_client_error_new (GuichetClientErrorCode code,
                                  const char *reason,
                                  const char *field,
                                  gint64 limit,
                                  gint64 retry_after,
                                  const char *message);
