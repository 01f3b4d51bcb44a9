/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Can a trunk be reached? Asked as long as the engine is open. One that never answered is not
 * missed: some peers leave such questions alone. */
#pragma once

#include "server/voice/builtin/builtin.h"
#include "telephony/ping.h"

G_BEGIN_DECLS

typedef struct _TrunkWatch TrunkWatch;

typedef void (*TrunkWatchFunc) (const VoiceTrunk *trunk, gboolean ready, gpointer user_data);

/* Of a trunk with a proxy; @func is told when it changes, and first when it answers first. In the
 * user agent's main context; freed before the user agent. */
TrunkWatch *trunk_watch_new (TelUa *ua,
                             const VoiceTrunk *trunk,
                             guint every_ms,
                             TrunkWatchFunc func,
                             gpointer user_data);
void trunk_watch_free (gpointer watch);

G_END_DECLS
