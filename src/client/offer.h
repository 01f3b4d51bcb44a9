/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetOffer: one request presented to this agent: a card. Read-only, notifying:
 *   id s, request s, kind s, interaction s (id), channel s, queue s (id), queue-name s, created-at
 * i, deadline i, auto-accept b, ringing b (the centre says that the station rings),
 * customer-number s (perhaps masked), customer-name s, customer s
 * (id), called s, card o (GListModel of GuichetVariable, never a secure one), from-name s and
 * from-team s (who transferred it, "" nobody), call o (the
 * GuichetCall that rings for it, or NULL), call-state s: "none" (not the softphone's), "expected"
 * (the phone does not ring yet), "ringing", "answering", "missing" (the phone should ring and does
 * not), "ended", stage s: "connecting" (until the station rings) or "request" (it can be answered),
 * answered b (by itself), can-answer b, can-decline b */
#pragma once

#include "client/call.h"
#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_OFFER guichet_offer_get_type ()
G_DECLARE_FINAL_TYPE (GuichetOffer, guichet_offer, GUICHET, OFFER, GuichetRecord)

const char *guichet_offer_get_id (GuichetOffer *self);
const char *guichet_offer_get_kind (GuichetOffer *self);
const char *guichet_offer_get_interaction (GuichetOffer *self);
const char *guichet_offer_get_channel (GuichetOffer *self);
const char *guichet_offer_get_queue (GuichetOffer *self);
const char *guichet_offer_get_queue_name (GuichetOffer *self);
gint64 guichet_offer_get_created_at (GuichetOffer *self);
gint64 guichet_offer_get_deadline (GuichetOffer *self);
gboolean guichet_offer_get_auto_accept (GuichetOffer *self);
const char *guichet_offer_get_customer_number (GuichetOffer *self);
const char *guichet_offer_get_customer_name (GuichetOffer *self);
const char *guichet_offer_get_customer (GuichetOffer *self);
const char *guichet_offer_get_called (GuichetOffer *self);
const char *guichet_offer_get_from_name (GuichetOffer *self);
/* Whose call it was, who has it go elsewhere; "" nobody. */
const char *guichet_offer_get_forwarded_by (GuichetOffer *self);
const char *guichet_offer_get_from_team (GuichetOffer *self);
const char *guichet_offer_get_direction (GuichetOffer *self);
const char *guichet_offer_get_subject (GuichetOffer *self); /* of a mail, or "" */
GListModel *guichet_offer_get_card (GuichetOffer *self);
GuichetCall *guichet_offer_get_call (GuichetOffer *self);
const char *guichet_offer_get_call_state (GuichetOffer *self);
const char *guichet_offer_get_stage (GuichetOffer *self);
gboolean guichet_offer_get_answered (GuichetOffer *self);
gboolean guichet_offer_get_can_answer (GuichetOffer *self);
gboolean guichet_offer_get_can_decline (GuichetOffer *self);
