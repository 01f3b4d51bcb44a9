/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetVariable: one call-associated value of an interaction or of an offer's card. Read-only,
 * notifying: id s, name s (in the agent's language), kind s (as in GuichetDefinition), choices as,
 * value s (what was typed last, else the centre's; always "" for secure), has-value b, secure b,
 * editable b, saving b (typed and not yet at the centre) */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_VARIABLE guichet_variable_get_type ()
G_DECLARE_FINAL_TYPE (GuichetVariable, guichet_variable, GUICHET, VARIABLE, GuichetRecord)

const char *guichet_variable_get_id (GuichetVariable *self);
const char *guichet_variable_get_name (GuichetVariable *self);
const char *guichet_variable_get_kind (GuichetVariable *self);
const char *const *guichet_variable_get_choices (GuichetVariable *self);
const char *guichet_variable_get_value (GuichetVariable *self);
gboolean guichet_variable_get_secure (GuichetVariable *self);
gboolean guichet_variable_get_editable (GuichetVariable *self);
gboolean guichet_variable_get_saving (GuichetVariable *self);
