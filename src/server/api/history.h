/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One interaction as lists of what was, and of what is, show it. Centre's thread. */
#pragma once

#include "server/api/call.h"

G_BEGIN_DECLS

/* PAST of a row of STORE_GET_HISTORY or STORE_GET_ENTRY; notes and what was written only where it
 * is @visible to who asks. */
JsonObject *history_entry (ApiCall *call, StoreRow *row, gboolean visible);
/* The same with its recordings, for who may hear them. */
JsonObject *history_entry_recorded (ApiCall *call, StoreRow *row, gboolean visible);
/* What the agent has in hand is no history yet. */
gboolean history_is_in_hand (ApiCall *call, const char *interaction);
/* Takes the list. @next: where the next request goes on, 0: nowhere. */
void history_reply (ApiCall *call, JsonArray *list, gint64 next);

/* --- history-words.c --- */
/* Every one of the words begins one of its notes or messages. On the thread of the reader. */
gboolean history_has_words (StoreReader *reader, const char *interaction, char **words);
/* Answers with those of this customer, from @before on, that have them all. */
void history_find (ApiCall *call, const char *customer, char **words, gint64 before, gint64 limit);

G_END_DECLS
