/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a call's states. Constant; what is not named is refused. */
#include "telephony/call-state.h"

#define TO(state, action)                                                                          \
  {                                                                                                \
    TEL_CALL_##state, TEL_ACT_##action                                                             \
  }

/* An outgoing call before its final response. */
#define BEFORE_ANSWER                                                                              \
  [TEL_EV_REMOTE_PROGRESS] = TO (EARLY, START_MEDIA),                                              \
  [TEL_EV_ACCEPTED] = TO (ACTIVE, START_MEDIA), [TEL_EV_ACCEPTED_BAD] = TO (ENDING, BYE),          \
  [TEL_EV_REFUSED] = TO (ENDED, FINISH), [TEL_EV_HANG_UP] = TO (CANCELLING, CANCEL),               \
  [TEL_EV_REMOTE_BYE] = TO (ENDED, FINISH), [TEL_EV_GONE] = TO (ENDED, FINISH)

/* An incoming call before our final response. */
#define BEFORE_OUR_ANSWER                                                                          \
  [TEL_EV_ANSWER] = TO (ANSWERING, SEND_200), [TEL_EV_REJECT] = TO (ENDED, SEND_REFUSAL),          \
  [TEL_EV_HANG_UP] = TO (ENDED, SEND_REFUSAL), [TEL_EV_MEDIA_BAD] = TO (ENDED, SEND_REFUSAL),      \
  [TEL_EV_REMOTE_CANCEL] = TO (ENDED, FINISH), [TEL_EV_REMOTE_BYE] = TO (ENDED, FINISH),           \
  [TEL_EV_GONE] = TO (ENDED, FINISH)

static const TelCallStep table[TEL_N_CALL_STATES][TEL_N_CALL_TRIGGERS] = {
  [TEL_CALL_NEW] = {
    [TEL_EV_DIAL] = TO (DIALLING, INVITE),
    [TEL_EV_MEDIA_BAD] = TO (ENDED, FINISH),
    [TEL_EV_HANG_UP] = TO (ENDED, FINISH),
  },
  [TEL_CALL_DIALLING] = {
    BEFORE_ANSWER,
    [TEL_EV_REMOTE_RINGING] = TO (PROCEEDING, NONE),
    [TEL_EV_MEDIA_BAD] = TO (CANCELLING, CANCEL),
  },
  [TEL_CALL_PROCEEDING] = {
    BEFORE_ANSWER,
    [TEL_EV_REMOTE_RINGING] = TO (PROCEEDING, NONE),
    [TEL_EV_MEDIA_BAD] = TO (CANCELLING, CANCEL),
  },
  [TEL_CALL_EARLY] = {
    BEFORE_ANSWER,
    [TEL_EV_REMOTE_RINGING] = TO (EARLY, NONE),
    [TEL_EV_MEDIA_BAD] = TO (CANCELLING, CANCEL),
  },
  [TEL_CALL_INCOMING] = {
    BEFORE_OUR_ANSWER,
    [TEL_EV_RING] = TO (RINGING, SEND_180),
    [TEL_EV_PROGRESS] = TO (EARLY_IN, SEND_183),
  },
  [TEL_CALL_RINGING] = {
    BEFORE_OUR_ANSWER,
    [TEL_EV_PROGRESS] = TO (EARLY_IN, SEND_183),
  },
  [TEL_CALL_EARLY_IN] = {
    BEFORE_OUR_ANSWER,
  },
  [TEL_CALL_ANSWERING] = {
    [TEL_EV_ACK] = TO (ACTIVE, START_MEDIA),
    [TEL_EV_MEDIA_BAD] = TO (ENDING, BYE_IF_DUE),
    [TEL_EV_HANG_UP] = TO (ENDING, BYE_IF_DUE),
    [TEL_EV_REMOTE_CANCEL] = TO (ANSWERING, NONE), /* crossed with our 200: a BYE follows */
    [TEL_EV_REMOTE_BYE] = TO (ENDED, FINISH),
    [TEL_EV_GONE] = TO (ENDED, FINISH),
  },
  [TEL_CALL_ACTIVE] = {
    [TEL_EV_ACK] = TO (ACTIVE, NONE),
    [TEL_EV_MEDIA_BAD] = TO (ENDING, BYE),
    [TEL_EV_HANG_UP] = TO (ENDING, BYE),
    [TEL_EV_REMOTE_CANCEL] = TO (ACTIVE, NONE),
    [TEL_EV_REMOTE_BYE] = TO (ENDED, FINISH),
    [TEL_EV_GONE] = TO (ENDED, FINISH),
  },
  [TEL_CALL_CANCELLING] = {
    [TEL_EV_REMOTE_RINGING] = TO (CANCELLING, NONE),
    [TEL_EV_REMOTE_PROGRESS] = TO (CANCELLING, NONE),
    [TEL_EV_ACCEPTED] = TO (ENDING, BYE), /* their 200 crossed with our CANCEL */
    [TEL_EV_ACCEPTED_BAD] = TO (ENDING, BYE),
    [TEL_EV_REFUSED] = TO (ENDED, FINISH),
    [TEL_EV_REMOTE_BYE] = TO (ENDED, FINISH),
    [TEL_EV_GONE] = TO (ENDED, FINISH),
  },
  [TEL_CALL_ENDING] = {
    [TEL_EV_ACK] = TO (ENDING, BYE_IF_DUE),
    [TEL_EV_REMOTE_CANCEL] = TO (ENDING, NONE),
    [TEL_EV_REMOTE_BYE] = TO (ENDED, FINISH),
    [TEL_EV_GONE] = TO (ENDED, FINISH),
  },
  [TEL_CALL_ENDED] = { { TEL_CALL_NEW, TEL_ACT_REFUSE } },
};

TelCallStep
tel_call_step (TelCallState state, TelCallTrigger trigger)
{
  TelCallStep step = table[state][trigger];
  if (step.action == TEL_ACT_REFUSE)
    step.next = state;
  return step;
}

const char *
tel_call_state_name (TelCallState state)
{
  static const char *const state_names[TEL_N_CALL_STATES] = {
    [TEL_CALL_NEW] = "new",
    [TEL_CALL_DIALLING] = "dialling",
    [TEL_CALL_PROCEEDING] = "proceeding",
    [TEL_CALL_EARLY] = "early",
    [TEL_CALL_INCOMING] = "incoming",
    [TEL_CALL_RINGING] = "ringing",
    [TEL_CALL_EARLY_IN] = "early_in",
    [TEL_CALL_ANSWERING] = "answering",
    [TEL_CALL_ACTIVE] = "active",
    [TEL_CALL_CANCELLING] = "cancelling",
    [TEL_CALL_ENDING] = "ending",
    [TEL_CALL_ENDED] = "ended",
  };
  return (guint) state < TEL_N_CALL_STATES ? state_names[state] : "unknown";
}

const char *
tel_call_trigger_name (TelCallTrigger trigger)
{
  static const char *const trigger_names[TEL_N_CALL_TRIGGERS] = {
    [TEL_EV_DIAL] = "dial",
    [TEL_EV_REMOTE_RINGING] = "remote_ringing",
    [TEL_EV_REMOTE_PROGRESS] = "remote_progress",
    [TEL_EV_ACCEPTED] = "accepted",
    [TEL_EV_ACCEPTED_BAD] = "accepted_bad",
    [TEL_EV_REFUSED] = "refused",
    [TEL_EV_MEDIA_BAD] = "media_bad",
    [TEL_EV_RING] = "ring",
    [TEL_EV_PROGRESS] = "progress",
    [TEL_EV_ANSWER] = "answer",
    [TEL_EV_ACK] = "ack",
    [TEL_EV_REJECT] = "reject",
    [TEL_EV_HANG_UP] = "hang_up",
    [TEL_EV_REMOTE_CANCEL] = "remote_cancel",
    [TEL_EV_REMOTE_BYE] = "remote_bye",
    [TEL_EV_GONE] = "gone",
  };
  return (guint) trigger < TEL_N_CALL_TRIGGERS ? trigger_names[trigger] : "unknown";
}
