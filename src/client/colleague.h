/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetColleague: somebody else of the agent's team, or of the whole centre for a supervisor.
 * Read-only, notifying: id s, name s, team s (id), team-name s, presence s ("ready", "busy",
 * "on_break", "signed_out"), reason s (of a break: id of a reason, or a code; "" none), since i */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_COLLEAGUE guichet_colleague_get_type ()
G_DECLARE_FINAL_TYPE (GuichetColleague, guichet_colleague, GUICHET, COLLEAGUE, GuichetRecord)

const char *guichet_colleague_get_id (GuichetColleague *self);
const char *guichet_colleague_get_name (GuichetColleague *self);
const char *guichet_colleague_get_team (GuichetColleague *self);
const char *guichet_colleague_get_team_name (GuichetColleague *self);
const char *guichet_colleague_get_presence (GuichetColleague *self);
const char *guichet_colleague_get_reason (GuichetColleague *self);
gint64 guichet_colleague_get_since (GuichetColleague *self);
