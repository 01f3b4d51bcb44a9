/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"
#include "model/permissions.h"

/* Whether the agent may do this now: what the centre's rules say (model/permissions.h), and what
 * the link and the phone allow. reason: NULL if allowed, else a sentence in the agent's language
 * (not owned). */
ModelVerdict guichet_allowed (GuichetSession *session,
                              GuichetInteraction *interaction,
                              ModelAction action,
                              const char **reason);

/* The same of calling the customer of this work; NULL: anybody. */
ModelVerdict
guichet_may_call (GuichetSession *session, GuichetInteraction *from, const char **reason);
