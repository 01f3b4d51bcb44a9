/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a supervisor sees of agents and queues: asked for while somebody looks, and kept current by
 * the stream. Main loop. Inside this room. */
#pragma once

#include "client/session-private.h"

/* Fills these lists, which it does not own. */
GuichetLive *guichet_live_new (GuichetSession *session, GListStore *agents, GListStore *queues);
void guichet_live_free (GuichetLive *self);

void guichet_live_watch (GuichetLive *self, gboolean on);
/* The stream is current again, or who is led is another. */
void guichet_live_online (GuichetLive *self);
void guichet_live_forget (GuichetLive *self);
gboolean guichet_live_apply_event (GuichetLive *self, const BaseJson *event, GError **error);
