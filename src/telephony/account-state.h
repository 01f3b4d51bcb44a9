/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a registration as a table. */
#pragma once

#include "telephony/account.h"

G_BEGIN_DECLS

typedef enum
{
  TEL_REG_REGISTER,    /* the user wants it */
  TEL_REG_UNREGISTER,  /* the user does not */
  TEL_REG_TRUSTED,     /* the certificate is good */
  TEL_REG_ACCEPTED,    /* 200 to a REGISTER */
  TEL_REG_FAILED_SOFT, /* a passing failure: transport, time-out, 5xx */
  TEL_REG_FAILED_HARD, /* password, name, certificate */
  TEL_REG_RETRY,       /* the pause is over */
} TelRegTrigger;
#define TEL_N_REG_TRIGGERS (TEL_REG_RETRY + 1)

typedef enum
{
  TEL_REG_ACT_REFUSE,
  TEL_REG_ACT_NONE,
  TEL_REG_ACT_BEGIN,      /* check the certificate (TLS), else send REGISTER */
  TEL_REG_ACT_SEND,       /* REGISTER */
  TEL_REG_ACT_SEND_UNREG, /* REGISTER with expires 0 */
  TEL_REG_ACT_PAUSE,      /* wait, then RETRY */
  TEL_REG_ACT_STOP,       /* forget timers and handle */
} TelRegAction;

typedef struct
{
  TelAccountState next;
  TelRegAction action;
} TelRegStep;

TelRegStep tel_account_step (TelAccountState state, TelRegTrigger trigger);

G_END_DECLS
