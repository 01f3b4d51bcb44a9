/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetConflict: something typed here that the centre cannot take because it holds a newer value.
 * Both are kept until the agent decides (guichet_session_resolve). Read-only, notifying:
 *   interaction s (id), kind s ("note", "variable", "disposition", "tags"), key s (the variable's
 * id, else ""), mine s, theirs s (texts; ids of tags are separated by a space) */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_CONFLICT guichet_conflict_get_type ()
G_DECLARE_FINAL_TYPE (GuichetConflict, guichet_conflict, GUICHET, CONFLICT, GuichetRecord)

const char *guichet_conflict_get_interaction (GuichetConflict *self);
const char *guichet_conflict_get_kind (GuichetConflict *self);
const char *guichet_conflict_get_key (GuichetConflict *self);
const char *guichet_conflict_get_mine (GuichetConflict *self);
const char *guichet_conflict_get_theirs (GuichetConflict *self);
