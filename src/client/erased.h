/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers whom the centre has erased: the desk lets go of what it kept of them. Told by an event
 * while it is signed in; else it asks as a snapshot says that there is something. Main loop. Inside
 * this room. */
#pragma once

#include "client/session-private.h"

GuichetErased *guichet_erased_new (GuichetSession *session);
void guichet_erased_free (GuichetErased *self);
void guichet_erased_stop (GuichetErased *self);

/* guichet_erased_load: up to when it is done, as the local file has it; NULL: not known. */
void guichet_erased_load (GuichetErased *self, const char *mark);
/* guichet_erased_apply_snapshot, …_event: as the centre says them. */
gboolean guichet_erased_apply_snapshot (GuichetErased *self, const BaseJson *desk, GError **error);
gboolean guichet_erased_apply_event (GuichetErased *self, const BaseJson *event, GError **error);
