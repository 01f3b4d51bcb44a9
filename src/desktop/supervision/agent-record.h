/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a supervisor does with the recording of an agent's call: its lines in the agent's menu, and
 * its words in the agent's line. */
#pragma once

#include "desktop/supervision/agent-menu.h"

#define GUICHET_SUPERVISE_RECORD "supervise.record" /* (participation, action) */

/* What may be done now. */
void guichet_agent_record_add (GMenu *menu, GuichetLiveWork *work);
/* NULL: there is nothing to say. */
const char *guichet_agent_record_words (GuichetLiveWork *work);
