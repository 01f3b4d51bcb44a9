/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* Which agents a supervisor wants to see, and in what order; both in the order of their lists. */
typedef enum
{
  GUICHET_AGENTS_ALL,
  GUICHET_AGENTS_READY,
  GUICHET_AGENTS_BUSY,
  GUICHET_AGENTS_ON_BREAK,
  GUICHET_AGENTS_SIGNED_OUT,
  GUICHET_AGENTS_TROUBLED, /* signed in without a desk or a station */
} GuichetAgentsWanted;

typedef enum
{
  GUICHET_AGENTS_BY_STATE,
  GUICHET_AGENTS_BY_NAME,
  GUICHET_AGENTS_BY_TIME, /* longest in what they do first */
} GuichetAgentsOrder;

/* Something keeps work away from who is signed in. */
gboolean guichet_live_agent_troubled (GuichetLiveAgent *agent);
gboolean guichet_agent_is_wanted (GuichetLiveAgent *agent, GuichetAgentsWanted wanted);
/* folded NULL: all; words of names, teams, queues in hand. */
gboolean guichet_agent_matches (GuichetLiveAgent *agent, const char *folded);
int guichet_agent_compare (GuichetLiveAgent *a, GuichetLiveAgent *b, GuichetAgentsOrder order);
