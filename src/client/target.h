/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetTarget: to whom a chat may be transferred. Read-only: kind s ("queue", "agent", "skill"),
 * id s, name s, team-name s and presence s and reason s (of an agent, as a GuichetColleague's),
 * waiting i (of a queue), problem s (a code: why not now; "" possible) */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_TARGET guichet_target_get_type ()
G_DECLARE_FINAL_TYPE (GuichetTarget, guichet_target, GUICHET, TARGET, GuichetRecord)

const char *guichet_target_get_kind (GuichetTarget *self);
const char *guichet_target_get_id (GuichetTarget *self);
const char *guichet_target_get_name (GuichetTarget *self);
const char *guichet_target_get_team_name (GuichetTarget *self);
const char *guichet_target_get_presence (GuichetTarget *self);
const char *guichet_target_get_reason (GuichetTarget *self);
gint64 guichet_target_get_waiting (GuichetTarget *self);
const char *guichet_target_get_problem (GuichetTarget *self);
