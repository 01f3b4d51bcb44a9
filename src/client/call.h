/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCall: a call in guichet-phone. Properties as in data/dbus/org.guichet.Guichet.Phone.xml,
 * read-only, notifying: id s, state s ("ringing", "connecting", "early", "active", "held_local",
 * "held_remote", "held_both", "ended"), direction s, peer-name s, peer-number s, offer s, started
 * i, answered i, ended i, muted b, encrypted b, codec s, end-reason s, live b (not ended), orphan b
 * (it says it belongs to an offer that never came, or to none) */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_CALL guichet_call_get_type ()
G_DECLARE_FINAL_TYPE (GuichetCall, guichet_call, GUICHET, CALL, GuichetRecord)

const char *guichet_call_get_id (GuichetCall *self);
const char *guichet_call_get_state (GuichetCall *self);
const char *guichet_call_get_direction (GuichetCall *self);
const char *guichet_call_get_peer_name (GuichetCall *self);
const char *guichet_call_get_peer_number (GuichetCall *self);
const char *guichet_call_get_offer (GuichetCall *self);
gint64 guichet_call_get_answered (GuichetCall *self);
gboolean guichet_call_get_muted (GuichetCall *self);
gboolean guichet_call_get_encrypted (GuichetCall *self);
const char *guichet_call_get_codec (GuichetCall *self);
const char *guichet_call_get_end_reason (GuichetCall *self);
gboolean guichet_call_get_live (GuichetCall *self);
gboolean guichet_call_get_orphan (GuichetCall *self);
