/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/canned-reply.h"
#include "client/session.h"

/* The text of a reply for this interaction, its variables still in braces. It belongs to the reply.
 */
const char *guichet_reply_text (GuichetCannedReply *reply, GuichetInteraction *interaction);

/* What is known of a variable ("customer.name", "agent.name", an id of the centre's variables…), or
 * NULL. Never a secure value. Free it. */
char *guichet_reply_value (GuichetSession *session,
                           GuichetInteraction *interaction,
                           const char *variable);
/* It is one of the centre's secure variables. */
gboolean guichet_reply_is_secret (GuichetSession *session, const char *variable);
/* What a variable is called in front of people. Free it. */
char *guichet_reply_variable_name (GuichetSession *session, const char *variable);

/* The text with all that is known filled in; NULL if something is not. Free it. */
char *guichet_reply_fill_known (GuichetSession *session,
                                GuichetInteraction *interaction,
                                const char *text);
/* With these values: variable → text. Free it. */
char *guichet_reply_fill (const char *text, GHashTable *values);
