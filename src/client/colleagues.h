/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The colleagues of a session: asked for when somebody wants to see them for the first time, and
 * kept from then on. Main loop. Inside this room. */
#pragma once

#include "client/watched.h"

GuichetWatched *guichet_colleagues_new (GuichetSession *session, GListStore *list);
