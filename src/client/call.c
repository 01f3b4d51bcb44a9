/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetCall: one table of fields; filled by phone.c, joined to its offer by join.c. Main loop. */
#include "client/call.h"

#include "client/fields/phone.h"

struct _GuichetCall
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetCall, guichet_call, GUICHET_TYPE_RECORD)

static const GuichetField call_fields[N_CALL_FIELDS] = {
  [CALL_ID] = { "id", GUICHET_FIELD_STRING },
  [CALL_STATE] = { "state", GUICHET_FIELD_STRING },
  [CALL_DIRECTION] = { "direction", GUICHET_FIELD_STRING },
  [CALL_PEER_NAME] = { "peer-name", GUICHET_FIELD_STRING },
  [CALL_PEER_NUMBER] = { "peer-number", GUICHET_FIELD_STRING },
  [CALL_OFFER] = { "offer", GUICHET_FIELD_STRING },
  [CALL_STARTED] = { "started", GUICHET_FIELD_INT },
  [CALL_ANSWERED] = { "answered", GUICHET_FIELD_INT },
  [CALL_ENDED] = { "ended", GUICHET_FIELD_INT },
  [CALL_MUTED] = { "muted", GUICHET_FIELD_BOOL },
  [CALL_ENCRYPTED] = { "encrypted", GUICHET_FIELD_BOOL },
  [CALL_CODEC] = { "codec", GUICHET_FIELD_STRING },
  [CALL_END_REASON] = { "end-reason", GUICHET_FIELD_STRING },
  [CALL_LIVE] = { "live", GUICHET_FIELD_BOOL },
  [CALL_ORPHAN] = { "orphan", GUICHET_FIELD_BOOL },
};

static void
guichet_call_class_init (GuichetCallClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), call_fields, N_CALL_FIELDS);
}

static void
guichet_call_init (GuichetCall *self)
{
}

GUICHET_RECORD_STRING (GuichetCall, guichet_call, id, CALL_ID)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, state, CALL_STATE)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, direction, CALL_DIRECTION)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, peer_name, CALL_PEER_NAME)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, peer_number, CALL_PEER_NUMBER)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, offer, CALL_OFFER)
GUICHET_RECORD_INT (GuichetCall, guichet_call, answered, CALL_ANSWERED)
GUICHET_RECORD_BOOL (GuichetCall, guichet_call, muted, CALL_MUTED)
GUICHET_RECORD_BOOL (GuichetCall, guichet_call, encrypted, CALL_ENCRYPTED)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, codec, CALL_CODEC)
GUICHET_RECORD_STRING (GuichetCall, guichet_call, end_reason, CALL_END_REASON)
GUICHET_RECORD_BOOL (GuichetCall, guichet_call, live, CALL_LIVE)
GUICHET_RECORD_BOOL (GuichetCall, guichet_call, orphan, CALL_ORPHAN)
