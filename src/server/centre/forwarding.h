/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where agents have their own calls go, as it is shown, and the outside numbers among it, which the
 * core does not know. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

Forwarding *forwarding_new (void);
void forwarding_free (Forwarding *self);
gboolean forwarding_load (Forwarding *self, Store *store, GError **error);
/* The agent chose anew; number: where that is one. */
void forwarding_take (Forwarding *self,
                      const ModelEvent *changed,
                      const char *number,
                      StoreBatch *batch);
/* NULL: none. */
const char *forwarding_number (const Forwarding *self, const char *agent);
/* The member `forwarding` of an agent's state: null, or when and where to. */
void forwarding_render (Centre *centre, const char *agent, JsonObject *into);
/* The member `forwarding` of an agent: which kinds of places may be chosen. */
void forwarding_render_kinds (Centre *centre, const char *agent, JsonObject *into);

G_END_DECLS
