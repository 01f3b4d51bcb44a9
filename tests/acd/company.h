/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small centre whose agents are in a call together, for tests of what goes on between them. */
#pragma once

#include "acd/world.h"

G_BEGIN_DECLS

#define TO(command, who, what, ...)                                                                \
  DO (.type = ACD_COMMAND_##command, .agent = who, .interaction = what, __VA_ARGS__)
#define PART(command, who, what)                                                                   \
  DO (.type = ACD_COMMAND_##command, .agent = who, .participation = what)
#define NO(command, code) world_refused (w, command, ACD_ERROR_NOT_ALLOWED, code)

/* Ann has a call in hand, Bob, Cid and Dan are there. */
World *company_new (ModelId *call);
/* From now on so many may be in a call, the customer among them. */
void company_limit (World *w, guint most);
/* The agent's part in this call that is not over; all zero = none. */
AcdParticipationView company_part (World *w, const char *who, ModelId call);
ModelId company_id (World *w, const char *who, ModelId call);
/* p = primary, c = consulted, j = joined the conference, each in capitals while it talks; w = wraps
 * up, - = not in it. */
void company_expect (World *w, ModelId call, const char *who, char letter);
/* Ann's, Bob's, Cid's and Dan's letters. */
void company_stands (World *w, ModelId call, const char *letters);
/* Ann's question, and its yes. */
void company_consult (World *w, ModelId call, const char *who);
void company_confer (World *w, ModelId call, const char *who);
/* The call ended for everybody, Ann and two others, and she wraps up. */
void company_ended (World *w, ModelId call);
/* The request that ended. */
const ModelEvent *company_over (World *w);

G_END_DECLS
