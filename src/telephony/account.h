/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A registration: REGISTER with digest, refresh before it expires, retry with growing pauses,
 * unregister; its state and the reason of a failure. State machine in account-state.c. */
#pragma once

#include "telephony/request.h"
#include "telephony/types.h"
#include "telephony/ua.h"

G_BEGIN_DECLS

typedef struct _TelAccount TelAccount;

typedef enum
{
  TEL_ACCOUNT_OFFLINE,
  TEL_ACCOUNT_CHECKING, /* TLS only: looks at the registrar's certificate first */
  TEL_ACCOUNT_REGISTERING,
  TEL_ACCOUNT_REGISTERED,
  TEL_ACCOUNT_WAITING, /* failed for a passing reason, tries again by itself */
  TEL_ACCOUNT_FAILED,  /* failed for a reason that trying again does not cure */
  TEL_ACCOUNT_UNREGISTERING,
} TelAccountState;
#define TEL_N_ACCOUNT_STATES (TEL_ACCOUNT_UNREGISTERING + 1)

const char *tel_account_state_name (TelAccountState state);

typedef struct
{
  const char *user;
  const char *domain;    /* the registrar's name: "example.org" or "127.0.0.1:5060" */
  const char *auth_user; /* NULL: user */
  const char *password;
  const char *display_name; /* UTF-8 or NULL */
  const char *instance;     /* UUID of this device, sent as +sip.instance (RFC 5626); or NULL */
  const char *outbound; /* where to send instead of the domain: "host" or "host:port", or NULL */
  TelTransport transport;
  guint expires_s; /* asked for; 0 = 300 */
} TelAccountConfig;

typedef struct
{
  void (*state) (TelAccount *account, TelAccountState state, TelReason reason, gpointer user_data);
} TelAccountEvents;

TelAccount *tel_account_new (TelUa *ua,
                             const TelAccountConfig *config,
                             const TelAccountEvents *events,
                             gpointer user_data,
                             GError **error);
/* Drops it without a word to the registrar; unregister first where that matters. */
void tel_account_free (TelAccount *account);

void tel_account_register (TelAccount *account);
void tel_account_unregister (TelAccount *account);
/* The network changed: registers once more, now, if it is registered or waits to try again. */
void tel_account_refresh (TelAccount *account);

TelAccountState tel_account_get_state (TelAccount *account);
TelReason tel_account_get_reason (TelAccount *account); /* of the last failure */
int tel_account_get_status (TelAccount *account);       /* its SIP status, 0 = none */
/* TRUE when the request came over the registrar's own flow (address, and port for UDP). */
gboolean tel_account_owns (TelAccount *account, TelRequest *invite);

G_END_DECLS
