/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: what is typed, on its way through the outbox. Inside this room. */
#pragma once

#include "client/session-private.h"

void guichet_session_init_typing (GuichetSession *self);
/* Those that an earlier window left, too. */
void guichet_session_show_conflicts (GuichetSession *self);
