/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One interaction as lists of what was, and of what is, show it. Centre's thread. */
#pragma once

#include "server/api/call.h"

G_BEGIN_DECLS

/* PAST of a row of STORE_GET_HISTORY or STORE_GET_ENTRY; notes and what was written only where it
 * is @visible to who asks. */
JsonObject *history_entry (ApiCall *call, StoreRow *row, gboolean visible);
/* Every one of the words begins one of its notes or messages. */
gboolean history_has_words (ApiCall *call, const char *interaction, char **words);

G_END_DECLS
