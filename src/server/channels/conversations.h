/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that adds messages, of customers and agents, on every channel: numbered without a
 * gap, once for each key, on disk before anybody sees them or they are acknowledged. It keeps the
 * conversations that go on or whose customer is connected. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/channels/channel.h"

G_BEGIN_DECLS

Conversations *conversations_new (Centre *centre);
void conversations_free (Conversations *self);
/* Those of the open interactions, from the store. */
void conversations_load (Conversations *self);
/* From now on this channel is there. */
void conversations_connect (Conversations *self, const Channel *channel, gpointer data);
void conversations_disconnect (Conversations *self, const Channel *channel);

/* --- the centre's --- */

/* What this event means for the conversation it is about, into @stages. */
void conversations_note (Conversations *self, const ModelEvent *event, GArray *stages);
/* It is durable. */
void conversations_stage (Conversations *self, const ConversationStage *stage);
/* The work on it has begun: this interaction. */
void conversations_arrived (Conversations *self,
                            Conversation *conversation,
                            Record *record,
                            StoreBatch *batch);
/* The members `conversation` and `waiting_since` of an INTERACTION. */
void conversations_render (Conversations *self, ModelId interaction, JsonObject *into);
/* The customer of this interaction was erased: what is kept of the address opens nothing. */
void conversations_erase (Conversations *self, ModelId interaction);

/* --- what a channel does --- */

/* NULL: this address never wrote. */
Conversation *conversations_at (Conversations *self, ModelChannel channel, const char *address);
/* Begins one and the work on it. The customer's name and values are the aside's; its id is in @id
 * before @done, which is as that of a command. */
void conversations_begin (Conversations *self,
                          ModelChannel channel,
                          const ModelEntryPoint *entry,
                          const char *address,
                          const char *language,
                          CentreAside *aside,
                          const char **id,
                          CentreDoneFunc done,
                          gpointer user_data);
void conversations_left (Conversations *self, Conversation *conversation, ModelCode reason);
void conversations_typing (Conversations *self, Conversation *conversation, gboolean on);
void conversations_read (Conversations *self, Conversation *conversation, gint64 number);

/* --- both sides --- */

/* NULL: none is written in this interaction. */
Conversation *conversations_of (Conversations *self, ModelId interaction);
/* @message is durable; valid for the time of the call. */
typedef void (*ConversationWrittenFunc) (const Message *message, gpointer user_data);
/* @agent NULL: the customer writes. @text has been cleaned. A key that was used gives the message
 * that it stands for, whatever the text. */
void conversations_write (Conversations *self,
                          Conversation *conversation,
                          const char *agent,
                          const char *key,
                          const char *text,
                          ConversationWrittenFunc done,
                          gpointer user_data);
/* What this writer wrote with this key in the conversation of that interaction, open or not; NULL:
 * nothing. The caller's reference. */
Message *conversations_find (Conversations *self,
                             const char *interaction,
                             const char *agent,
                             const char *key);

/* --- what an agent does --- */

void conversations_agent_typing (Conversations *self,
                                 Conversation *conversation,
                                 const char *agent,
                                 gboolean on);
void conversations_agent_read (Conversations *self,
                               Conversation *conversation,
                               gint64 number,
                               CentreReadyFunc done,
                               gpointer user_data);

G_END_DECLS
