/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parked calls, as the desks see them. Centre's thread. */
#pragma once

#include "server/centre/centre-private.h"

G_BEGIN_DECLS

/* Those that the agent may fetch, in the order of their places. */
JsonArray *centre_parked_render (Centre *centre, const char *agent);
/* Tells whoever may fetch one when these events changed what is parked. */
void centre_parked_publish (Centre *centre, GPtrArray *events, Turn *turn);
/* The call that is parked there; 0 = none. */
ModelId centre_parked_at (Centre *centre, const char *place);
/* Where a call is parked; 0 = nowhere. */
guint centre_parked_place (Centre *centre, ModelId interaction);

G_END_DECLS
