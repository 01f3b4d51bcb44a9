/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

/* What an offer is called in its two stages, and what goes on with it. A call is first being
 * connected to the agent's phone, then it can be answered. */
gboolean guichet_offer_is_connecting (GuichetOffer *offer);

/* Not a call: it is accepted here, whatever the station. */
gboolean guichet_offer_is_chat (GuichetOffer *offer);
/* A colleague calls, and no customer is there. */
gboolean guichet_offer_is_internal (GuichetOffer *offer);
/* Whether a colleague asks for help with what he or she has in hand. */
gboolean guichet_offer_asks (GuichetOffer *offer);

/* A GCompareDataFunc in the order of the cards: e-mails, social messages, chats, calls; of each the
 * oldest first. */
int guichet_offer_compare (gconstpointer a, gconstpointer b, gpointer data);

/* "Connecting a call", "Incoming call", "Incoming chat"… */
const char *guichet_offer_title (GuichetOffer *offer);

/* That with its queue. Free with g_free. */
char *guichet_offer_what (GuichetOffer *offer);

/* Who transferred it, with the team; NULL if nobody did. Free with g_free. */
char *guichet_offer_from (GuichetOffer *offer);

/* The whole card in words: what, who, what goes on. Free with g_free. */
char *guichet_offer_spoken (GuichetSession *session, GuichetOffer *offer);

/* What stands in place of, or above, the buttons; NULL for nothing. */
const char *guichet_offer_status (GuichetSession *session, GuichetOffer *offer);

/* The phone should ring and does not. */
gboolean guichet_offer_is_missing (GuichetOffer *offer);
