/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: being connected to the centre. Inside this room. */
#pragma once

#include "client/session-private.h"

void guichet_session_init_link (GuichetSession *self);

/* "signing_in", "online", "reconnecting", "signed_out", "ended". */
void guichet_session_set_life (GuichetSession *self, const char *state);
/* Ends the sign-in under way; takes the error. */
void guichet_session_enter_failed (GuichetSession *self, GError *error);
/* Ends the session here: state is "ended" with a reason, or "signed_out". The outbox keeps what the
 * centre does not have. */
void guichet_session_leave (GuichetSession *self, const char *state, const char *reason);
void guichet_session_note_time (GuichetSession *self, gint64 server_time);
/* A snapshot; starts the stream from it. */
gboolean guichet_session_take_desk (GuichetSession *self, JsonObject *answer, GError **error);
void guichet_session_go_online (GuichetSession *self);
/* Asks for a new snapshot. */
void guichet_session_resync (GuichetSession *self);
