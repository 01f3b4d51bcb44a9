/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notices of a session: asked of the centre whenever the stream is there (again), then kept
 * current by events. Main loop. Inside this room. */
#pragma once

#include "client/session-private.h"

GuichetNotices *guichet_notices_new (GuichetSession *session, GListStore *list);
void guichet_notices_free (GuichetNotices *self);
void guichet_notices_online (GuichetNotices *self);
void guichet_notices_forget (GuichetNotices *self);
gboolean guichet_notices_apply_event (GuichetNotices *self, const BaseJson *event, GError **error);
