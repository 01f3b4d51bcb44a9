/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetSession: which call belongs to which offer and interaction. Inside this room. */
#pragma once

#include "client/session-private.h"

void guichet_session_init_join (GuichetSession *self);
/* What was waited for of an offer that is over. */
void guichet_session_forget_offer (GuichetSession *self, GuichetOffer *offer);
/* Of one that is new, before the lists have it: nobody sees it without its stage. */
void guichet_session_join_offer (GuichetSession *self, GuichetOffer *offer);
void guichet_session_join (GuichetSession *self);
