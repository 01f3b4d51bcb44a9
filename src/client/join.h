/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: which call belongs to which offer and interaction. Inside this room. */
#pragma once

#include "client/session-private.h"

void guichet_session_init_join (GuichetSession *self);
void guichet_session_join (GuichetSession *self);
