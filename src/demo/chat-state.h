/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a customer goes through a web chat, by what is noticed on the page. */
#pragma once

#include "base/transition.h"

G_BEGIN_DECLS

typedef enum
{
  DEMO_CHAT_BEGINNING, /* the form is sent, the page not open */
  DEMO_CHAT_WAITING,   /* in line */
  DEMO_CHAT_TALKING,
  DEMO_CHAT_LEAVING, /* ended it; the centre has not said so yet */
  DEMO_CHAT_GONE,
} DemoChatState;
#define DEMO_N_CHAT_STATES (DEMO_CHAT_GONE + 1)

typedef enum
{
  DEMO_CHAT_IN_LINE,  /* the centre says that one waits */
  DEMO_CHAT_SOMEBODY, /* an agent is there */
  DEMO_CHAT_SAID,     /* the agent wrote */
  DEMO_CHAT_SILENCE,  /* of the agent, or the line does not move */
  DEMO_CHAT_LATE,     /* waited longer than one cares to */
  DEMO_CHAT_DONE,     /* everything is said */
  DEMO_CHAT_TOLD,     /* to end, by whoever directs the play */
  DEMO_CHAT_END,      /* it is over */
} DemoChatEvent;
#define DEMO_N_CHAT_EVENTS (DEMO_CHAT_END + 1)

typedef enum
{
  DEMO_CHAT_DO_NOTHING,
  DEMO_CHAT_DO_BEGIN, /* write what one came for */
  DEMO_CHAT_DO_MEET,
  DEMO_CHAT_DO_ANSWER,
  DEMO_CHAT_DO_ASK, /* whether anybody is there */
  DEMO_CHAT_DO_END,
  DEMO_CHAT_DO_REPORT,
} DemoChatDo;

extern const BaseMachine demo_chat_machine;

G_END_DECLS
