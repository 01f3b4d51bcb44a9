/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes to the desk goes into the local file with its words, so that it is found without the
 * centre: messages, notes, contacts, customers. Never a secure value. Nothing happens without a
 * store. Main loop. Inside this room. */
#pragma once

#include "client/session-private.h"

/* json: as the centre says them. */
void guichet_see_message (GuichetSession *session,
                          GuichetInteraction *interaction,
                          const BaseJson *json);
void guichet_see_contact (GuichetSession *session, GuichetRecord *recent, const BaseJson *json);
void guichet_see_customer (GuichetSession *session, GuichetRecord *customer);

/* Its notes and its customer. */
void guichet_see_interaction (GuichetSession *session, GuichetInteraction *interaction);
/* All of the desk, after a snapshot; lets go of what is too old. */
void guichet_see_desk (GuichetSession *session);
