/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of a call as a table: (state, event) gives the next state and what is to be done. */
#pragma once

#include "telephony/call.h"

G_BEGIN_DECLS

typedef enum
{
  TEL_EV_DIAL,
  TEL_EV_REMOTE_RINGING,  /* 18x without a description */
  TEL_EV_REMOTE_PROGRESS, /* 18x with a usable description */
  TEL_EV_ACCEPTED,        /* 2xx with a usable description */
  TEL_EV_ACCEPTED_BAD,    /* 2xx whose description cannot be used */
  TEL_EV_REFUSED,         /* final response of 300 or more, or the transaction failed */
  TEL_EV_MEDIA_BAD,       /* what was promised cannot be had: description, keys, port, graph */
  TEL_EV_RING,
  TEL_EV_PROGRESS,
  TEL_EV_ANSWER,
  TEL_EV_ACK,
  TEL_EV_REJECT,
  TEL_EV_HANG_UP,
  TEL_EV_REMOTE_CANCEL,
  TEL_EV_REMOTE_BYE,
  TEL_EV_GONE, /* the dialog is over: our BYE was answered, or the stack gave it up */
} TelCallTrigger;
#define TEL_N_CALL_TRIGGERS (TEL_EV_GONE + 1)

typedef enum
{
  TEL_ACT_REFUSE, /* the event has no place in this state: nothing is done */
  TEL_ACT_NONE,
  TEL_ACT_INVITE,
  TEL_ACT_SEND_180,
  TEL_ACT_SEND_183,
  TEL_ACT_SEND_200,
  TEL_ACT_SEND_REFUSAL,
  TEL_ACT_CANCEL,
  TEL_ACT_BYE,
  TEL_ACT_BYE_IF_DUE, /* the ACK came after we had hung up */
  TEL_ACT_START_MEDIA,
  TEL_ACT_FINISH,
} TelCallAction;

typedef struct
{
  TelCallState next;
  TelCallAction action;
} TelCallStep;

TelCallStep tel_call_step (TelCallState state, TelCallTrigger trigger);
const char *tel_call_trigger_name (TelCallTrigger trigger);

G_END_DECLS
