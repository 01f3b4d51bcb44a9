/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the agent writes in chats: the outbox's news of it. Inside this room. */
#pragma once

#include "client/session-private.h"

void guichet_session_init_chats (GuichetSession *self);
