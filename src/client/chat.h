/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chats of GuichetSession: an interaction that has a conversation has its messages, which are read,
 * written and paged back here. What is written goes through the outbox: on the disk before it is
 * shown as pending, in order, exactly once, and kept with its reason when the centre refuses it.
 * Main loop. */
#pragma once

#include "client/message.h"
#include "client/session.h"

/* guichet_session_type_draft: what stands in the composer: kept as typed, across windows; tells the
 * customer that somebody types. */
void guichet_session_type_draft (GuichetSession *self,
                                 GuichetInteraction *interaction,
                                 const char *text);

/* What was refused after its chat was over is kept until somebody lets go of it, and told of by
 * "message-unsent", or once more when asked. */
void guichet_session_tell_unsent (GuichetSession *self);
void guichet_session_forget_unsent (GuichetSession *self, const char *message);

/* guichet_session_say: sends text, which takes the draft's place, with the files that are ready
 * (text may be "" then); never fails here. */
void guichet_session_say (GuichetSession *self, GuichetInteraction *interaction, const char *text);
/* And what is done with the conversation when it has left: "pending", "escalated", "resolved". */
void guichet_session_say_then (GuichetSession *self,
                               GuichetInteraction *interaction,
                               const char *text,
                               const char *then);

/* guichet_session_type_subject: what the next mail is about; "" or the centre's own: as it says. */
void guichet_session_type_subject (GuichetSession *self,
                                   GuichetInteraction *interaction,
                                   const char *text);

/* The same of a private message, which is for agents alone; its draft is kept beside the other's,
 * and nobody is told that somebody types. */
void guichet_session_type_private_draft (GuichetSession *self,
                                         GuichetInteraction *interaction,
                                         const char *text);
void guichet_session_say_privately (GuichetSession *self,
                                    GuichetInteraction *interaction,
                                    const char *text);

/* Of a failed message: sends it anew; or takes it out of the chat, text and all (the caller has
 * put it back into the composer). */
void guichet_session_try_again (GuichetSession *self,
                                GuichetInteraction *interaction,
                                GuichetMessage *message);
void guichet_session_take_back (GuichetSession *self,
                                GuichetInteraction *interaction,
                                GuichetMessage *message);

/* guichet_session_more_messages: older ones, if there are any ("more"). */
void guichet_session_more_messages (GuichetSession *self, GuichetInteraction *interaction);

/* guichet_session_mark_read: the agent saw everything up to this number. */
void
guichet_session_mark_read (GuichetSession *self, GuichetInteraction *interaction, gint64 number);
