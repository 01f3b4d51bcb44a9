/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold after every event and after every command, as lists, judged by the ledger. */
#pragma once

#include "simulation/ledger.h"

G_BEGIN_DECLS

/* Before the ledger takes the event. NULL if nothing is wrong. */
char *invariants_before (Ledger *ledger, const ModelEvent *event);
/* After it took the event. */
char *invariants_after (Ledger *ledger, const ModelEvent *event);
/* When a command and all that was due are done. */
char *invariants_at_rest (Ledger *ledger, gint64 now);
guint invariants_count (void);

G_END_DECLS
