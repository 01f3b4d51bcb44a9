/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetOffer: one table of fields; filled by apply.c, its call by join.c. Main loop. */
#include "client/offer.h"

#include "client/fields/work.h"

struct _GuichetOffer
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetOffer, guichet_offer, GUICHET_TYPE_RECORD)

static const GuichetField offer_fields[N_OFFER_FIELDS] = {
  [OFFER_ID] = { "id", GUICHET_FIELD_STRING },
  [OFFER_REQUEST] = { "request", GUICHET_FIELD_STRING },
  [OFFER_KIND] = { "kind", GUICHET_FIELD_STRING },
  [OFFER_INTERACTION] = { "interaction", GUICHET_FIELD_STRING },
  [OFFER_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [OFFER_QUEUE] = { "queue", GUICHET_FIELD_STRING },
  [OFFER_QUEUE_NAME] = { "queue-name", GUICHET_FIELD_STRING },
  [OFFER_CREATED_AT] = { "created-at", GUICHET_FIELD_INT },
  [OFFER_DEADLINE] = { "deadline", GUICHET_FIELD_INT },
  [OFFER_AUTO_ACCEPT] = { "auto-accept", GUICHET_FIELD_BOOL },
  [OFFER_RINGING] = { "ringing", GUICHET_FIELD_BOOL },
  [OFFER_CUSTOMER_NUMBER] = { "customer-number", GUICHET_FIELD_STRING },
  [OFFER_CUSTOMER_NAME] = { "customer-name", GUICHET_FIELD_STRING },
  [OFFER_CUSTOMER] = { "customer", GUICHET_FIELD_STRING },
  [OFFER_CALLED] = { "called", GUICHET_FIELD_STRING },
  [OFFER_CARD] = { "card", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [OFFER_FROM_NAME] = { "from-name", GUICHET_FIELD_STRING },
  [OFFER_FROM_TEAM] = { "from-team", GUICHET_FIELD_STRING },
  [OFFER_FORWARDED_BY] = { "forwarded-by", GUICHET_FIELD_STRING },
  [OFFER_SUBJECT] = { "subject", GUICHET_FIELD_STRING },
  [OFFER_DIRECTION] = { "direction", GUICHET_FIELD_STRING },
  [OFFER_CALL] = { "call", GUICHET_FIELD_OBJECT, guichet_call_get_type },
  [OFFER_CALL_STATE] = { "call-state", GUICHET_FIELD_STRING },
  [OFFER_STAGE] = { "stage", GUICHET_FIELD_STRING },
  [OFFER_ANSWERED] = { "answered", GUICHET_FIELD_BOOL },
  [OFFER_CAN_ANSWER] = { "can-answer", GUICHET_FIELD_BOOL },
  [OFFER_CAN_DECLINE] = { "can-decline", GUICHET_FIELD_BOOL },
};

static void
guichet_offer_class_init (GuichetOfferClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), offer_fields, N_OFFER_FIELDS);
}

static void
guichet_offer_init (GuichetOffer *self)
{
}

GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, id, OFFER_ID)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, kind, OFFER_KIND)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, interaction, OFFER_INTERACTION)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, channel, OFFER_CHANNEL)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, queue, OFFER_QUEUE)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, queue_name, OFFER_QUEUE_NAME)
GUICHET_RECORD_INT (GuichetOffer, guichet_offer, created_at, OFFER_CREATED_AT)
GUICHET_RECORD_INT (GuichetOffer, guichet_offer, deadline, OFFER_DEADLINE)
GUICHET_RECORD_BOOL (GuichetOffer, guichet_offer, auto_accept, OFFER_AUTO_ACCEPT)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, customer_number, OFFER_CUSTOMER_NUMBER)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, customer_name, OFFER_CUSTOMER_NAME)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, customer, OFFER_CUSTOMER)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, called, OFFER_CALLED)
GUICHET_RECORD_OBJECT (GuichetOffer, guichet_offer, card, OFFER_CARD, GListModel)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, from_name, OFFER_FROM_NAME)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, from_team, OFFER_FROM_TEAM)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, forwarded_by, OFFER_FORWARDED_BY)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, subject, OFFER_SUBJECT)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, direction, OFFER_DIRECTION)
GUICHET_RECORD_OBJECT (GuichetOffer, guichet_offer, call, OFFER_CALL, GuichetCall)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, call_state, OFFER_CALL_STATE)
GUICHET_RECORD_STRING (GuichetOffer, guichet_offer, stage, OFFER_STAGE)
GUICHET_RECORD_BOOL (GuichetOffer, guichet_offer, answered, OFFER_ANSWERED)
GUICHET_RECORD_BOOL (GuichetOffer, guichet_offer, can_answer, OFFER_CAN_ANSWER)
GUICHET_RECORD_BOOL (GuichetOffer, guichet_offer, can_decline, OFFER_CAN_DECLINE)
