/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What supervisors see of the agents they lead and of the queues these serve, while they look.
 * Events only mark their agents; twice a second at most what changed goes to who looks, in one
 * message each. Nothing is computed for nobody. Centre's thread. */
#pragma once

#include "model/event.h"
#include "server/centre/centre.h"

G_BEGIN_DECLS

Live *live_new (Centre *centre);
void live_free (Live *self);

/* It counts, and marks its agent. */
void live_note (Live *self, const ModelEvent *event);

/* {"teams","agents","queues"} for this supervisor, whose stream tells of them from now on. */
JsonObject *live_watch (Live *self, const char *agent);
void live_leave (Live *self, const char *agent);

G_END_DECLS
