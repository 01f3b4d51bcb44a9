/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an agent did or missed, one row each, as the list of recent calls and a customer's history
 * show it. The stored form holds no number: it stands beside, to be masked or erased. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

/* Add the row to the batch and give the RECENT of the API (the caller's reference). */
JsonObject *
recent_of_part (Centre *centre, const Record *record, const Part *part, StoreBatch *batch);
/* NULL where the offer leaves no trace (it was accepted). */
JsonObject *
recent_of_offer (Centre *centre, const Record *record, const ModelEvent *ended, StoreBatch *batch);

/* [RECENT], newest first, from the store. */
JsonArray *recent_list (Centre *centre,
                        StoreQuery query,
                        const char *of,
                        gint64 before,
                        gint64 limit,
                        GError **error);

G_END_DECLS
