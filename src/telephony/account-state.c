/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a registration's states. Constant; what is not named is refused. */
#include "telephony/account-state.h"

#define TO(state, action)                                                                          \
  {                                                                                                \
    TEL_ACCOUNT_##state, TEL_REG_ACT_##action                                                      \
  }

static const TelRegStep table[TEL_N_ACCOUNT_STATES][TEL_N_REG_TRIGGERS] = {
  [TEL_ACCOUNT_OFFLINE] = {
    [TEL_REG_REGISTER] = TO (CHECKING, BEGIN),
    [TEL_REG_UNREGISTER] = TO (OFFLINE, NONE),
  },
  [TEL_ACCOUNT_CHECKING] = {
    [TEL_REG_REGISTER] = TO (CHECKING, NONE),
    [TEL_REG_UNREGISTER] = TO (OFFLINE, STOP),
    [TEL_REG_TRUSTED] = TO (REGISTERING, SEND),
    [TEL_REG_FAILED_SOFT] = TO (WAITING, PAUSE),
    [TEL_REG_FAILED_HARD] = TO (FAILED, STOP),
  },
  [TEL_ACCOUNT_REGISTERING] = {
    [TEL_REG_REGISTER] = TO (REGISTERING, NONE),
    [TEL_REG_UNREGISTER] = TO (UNREGISTERING, SEND_UNREG),
    [TEL_REG_ACCEPTED] = TO (REGISTERED, NONE),
    [TEL_REG_FAILED_SOFT] = TO (WAITING, PAUSE),
    [TEL_REG_FAILED_HARD] = TO (FAILED, STOP),
  },
  [TEL_ACCOUNT_REGISTERED] = {
    [TEL_REG_REGISTER] = TO (REGISTERED, NONE),
    [TEL_REG_UNREGISTER] = TO (UNREGISTERING, SEND_UNREG),
    [TEL_REG_ACCEPTED] = TO (REGISTERED, NONE), /* a refresh */
    [TEL_REG_FAILED_SOFT] = TO (WAITING, PAUSE),
    [TEL_REG_FAILED_HARD] = TO (FAILED, STOP),
  },
  [TEL_ACCOUNT_WAITING] = {
    [TEL_REG_REGISTER] = TO (CHECKING, BEGIN),
    [TEL_REG_UNREGISTER] = TO (OFFLINE, STOP),
    [TEL_REG_RETRY] = TO (CHECKING, BEGIN),
  },
  [TEL_ACCOUNT_FAILED] = {
    [TEL_REG_REGISTER] = TO (CHECKING, BEGIN),
    [TEL_REG_UNREGISTER] = TO (OFFLINE, STOP),
  },
  [TEL_ACCOUNT_UNREGISTERING] = {
    [TEL_REG_REGISTER] = TO (REGISTERING, SEND),
    [TEL_REG_UNREGISTER] = TO (UNREGISTERING, NONE),
    [TEL_REG_ACCEPTED] = TO (OFFLINE, STOP),
    [TEL_REG_FAILED_SOFT] = TO (OFFLINE, STOP),
    [TEL_REG_FAILED_HARD] = TO (OFFLINE, STOP),
  },
};

TelRegStep
tel_account_step (TelAccountState state, TelRegTrigger trigger)
{
  TelRegStep step = table[state][trigger];
  if (step.action == TEL_REG_ACT_REFUSE)
    step.next = state;
  return step;
}

const char *
tel_account_state_name (TelAccountState state)
{
  static const char *const state_names[TEL_N_ACCOUNT_STATES] = {
    [TEL_ACCOUNT_OFFLINE] = "offline",
    [TEL_ACCOUNT_CHECKING] = "checking",
    [TEL_ACCOUNT_REGISTERING] = "registering",
    [TEL_ACCOUNT_REGISTERED] = "registered",
    [TEL_ACCOUNT_WAITING] = "waiting",
    [TEL_ACCOUNT_FAILED] = "failed",
    [TEL_ACCOUNT_UNREGISTERING] = "unregistering",
  };
  return (guint) state < TEL_N_ACCOUNT_STATES ? state_names[state] : "unknown";
}
