/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a supervisor sees of agents and queues: asked for while somebody looks. Main loop. Inside
 * this room. */
#pragma once

#include "client/watched.h"

GuichetWatched *guichet_live_new (GuichetSession *session, GListStore *agents, GListStore *queues);
