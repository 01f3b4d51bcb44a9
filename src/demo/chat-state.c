/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a customer's web chat. */
#include "demo/chat-state.h"

static const BaseTransition table[DEMO_N_CHAT_STATES][DEMO_N_CHAT_EVENTS] = {
  [DEMO_CHAT_BEGINNING] = {
    [DEMO_CHAT_IN_LINE] = BASE_TO (DEMO_CHAT_WAITING, DEMO_CHAT_DO_BEGIN),
    [DEMO_CHAT_SOMEBODY] = BASE_TO (DEMO_CHAT_TALKING, DEMO_CHAT_DO_BEGIN),
    [DEMO_CHAT_LATE] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_TOLD] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_END] = BASE_TO (DEMO_CHAT_GONE, DEMO_CHAT_DO_REPORT),
  },
  [DEMO_CHAT_WAITING] = {
    [DEMO_CHAT_IN_LINE] = BASE_TO (DEMO_CHAT_WAITING, DEMO_CHAT_DO_NOTHING),
    [DEMO_CHAT_SOMEBODY] = BASE_TO (DEMO_CHAT_TALKING, DEMO_CHAT_DO_MEET),
    [DEMO_CHAT_LATE] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_TOLD] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_END] = BASE_TO (DEMO_CHAT_GONE, DEMO_CHAT_DO_REPORT),
  },
  [DEMO_CHAT_TALKING] = {
    [DEMO_CHAT_IN_LINE] = BASE_TO (DEMO_CHAT_WAITING, DEMO_CHAT_DO_NOTHING),
    [DEMO_CHAT_SOMEBODY] = BASE_TO (DEMO_CHAT_TALKING, DEMO_CHAT_DO_NOTHING),
    [DEMO_CHAT_SAID] = BASE_TO (DEMO_CHAT_TALKING, DEMO_CHAT_DO_ANSWER),
    [DEMO_CHAT_SILENCE] = BASE_TO (DEMO_CHAT_TALKING, DEMO_CHAT_DO_ASK),
    [DEMO_CHAT_LATE] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_DONE] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_TOLD] = BASE_TO (DEMO_CHAT_LEAVING, DEMO_CHAT_DO_END),
    [DEMO_CHAT_END] = BASE_TO (DEMO_CHAT_GONE, DEMO_CHAT_DO_REPORT),
  },
  [DEMO_CHAT_LEAVING] = {
    [DEMO_CHAT_END] = BASE_TO (DEMO_CHAT_GONE, DEMO_CHAT_DO_REPORT),
  },
};

static const char *const states[] = { "beginning", "waiting", "talking", "leaving", "gone" };
static const char *const events[] = { "in line", "somebody", "said", "silence",
                                      "late",    "done",     "told", "end" };

const BaseMachine demo_chat_machine = {
  .name = "chat",
  .n_states = DEMO_N_CHAT_STATES,
  .n_events = DEMO_N_CHAT_EVENTS,
  .state_names = states,
  .event_names = events,
  .table = &table[0][0],
};
