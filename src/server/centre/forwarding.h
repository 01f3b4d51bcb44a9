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
/* Into @command whom own calls go to that go to this number, borrowed from definitions: whose of
 * the centre's it is; or the number, with the team or entry point where no own call goes. */
void forwarding_aim (const ModelDefinitions *definitions, const char *number, AcdCommand *command);
/* Numbers that definitions gave to the centre's own since they were chosen mean these; where own
 * calls may not go there, their forwarding ends, and whose they are is told. */
void forwarding_settle (Centre *centre);
/* NULL: none. */
const char *forwarding_number (const Forwarding *self, const char *agent);
/* The member `forwarding` of an agent's state: null, or when and where to. */
void forwarding_render (Centre *centre, const char *agent, JsonObject *into);
/* The member `forwarding` of an agent: which kinds of places may be chosen. */
void forwarding_render_kinds (Centre *centre, const char *agent, JsonObject *into);

G_END_DECLS
