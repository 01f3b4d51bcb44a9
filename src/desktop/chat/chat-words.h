/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"

/* Who wrote a message: the customer, "You", a colleague or a bot by name, or "" for the centre.
 * Free it. */
char *guichet_chat_who (GuichetSession *session,
                        GuichetInteraction *interaction,
                        GuichetMessage *message);

/* What stands between what a bot and the customer said before and the conversation. */
const char *guichet_chat_hand_over (void);

/* What became of a message of ours, "" of anybody else's; its icon, or NULL. */
const char *guichet_chat_state (GuichetSession *session, GuichetMessage *message);
const char *guichet_chat_state_icon (GuichetMessage *message);

/* The day of a message, as people say it: "Today", "Yesterday", a date. Free it. */
char *guichet_chat_day (gint64 at, gint64 now);
gboolean guichet_chat_same_day (gint64 one, gint64 other);

/* All that is known of the interaction's own messages, a line each and more where they have more.
 * Free it. */
char *guichet_chat_transcript (GuichetSession *session, GuichetInteraction *interaction);

/* Why the customer is not there any more, as a sentence. */
const char *guichet_chat_left (GuichetInteraction *interaction);

/* How long an SMS a text is; NULL: none is written here, or nothing. @too_long: more than may be.
 * Free it. */
char *
guichet_chat_segments (GuichetInteraction *interaction, const char *typed, gboolean *too_long);
/* Until when the customer can be answered, where there is such a time, or NULL. Free it. */
char *guichet_chat_until (GuichetInteraction *interaction);
