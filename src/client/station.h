/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: where the agent's voice lands. Inside this room. */
#pragma once

#include "client/session-private.h"

void guichet_session_init_station (GuichetSession *self);
gboolean guichet_session_has_softphone (GuichetSession *self);
/* SIP credentials go to the phone and nowhere else. root: the answer to a sign-in. */
gboolean guichet_session_give_account (GuichetSession *self, const BaseJson *root, GError **error);
/* Tells the centre what the softphone says of its devices, when it is something new. */
void guichet_session_tell_phone (GuichetSession *self);
