/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the conversations, for their own files. */
#pragma once

#include "server/channels/conversations.h"

G_BEGIN_DECLS

typedef struct
{
  const Channel *channel; /* NULL: not there */
  gpointer data;
} ConversationChannel;

/* The agent's message with which a conversation of agents begins, or goes on. */
typedef struct
{
  const char *agent, *key, *text;
} ConversationOpening;

struct _Conversations
{
  Centre *centre;
  ConversationChannel channels[MODEL_N_CHANNELS];
  GHashTable *by_address;     /* "channel address" → Conversation, owned */
  GHashTable *by_interaction; /* ModelId → Conversation */
  GHashTable *early;          /* "channel external_id" → Early: reports that came before us */
  Attachments *attachments;
  struct _Fetching *fetching;
  guint tick_source;
  gboolean places_changed;
  /* While work begins with a message: it, and where to put what it becomes. */
  const ConversationIncoming *incoming;
  const ConversationOpening *opening;
  Message **arriving;
  const BotTalk *before; /* while work begins: what a bot said before, or NULL */
};

/* --- conversations.c: the table --- */

Conversation *conversation_new (Conversations *self,
                                ModelChannel channel,
                                const char *entry_point,
                                const char *ours,
                                const char *address,
                                const char *thread);
/* The conversation of this interaction, newest or not. */
void conversation_map (Conversations *self, Conversation *conversation, ModelId interaction);
void conversation_set_work (Conversations *self, Conversation *conversation, ModelId interaction);
void conversation_forget (Conversations *self, Conversation *conversation);

/* The channel of a conversation as it is connected now, or NULL. */
const ConversationChannel *conversation_channel (Conversations *self, Conversation *conversation);

/* --- writing.c --- */

/* {"conversation","waiting_since"} into the object. */
void conversation_render (Conversations *self,
                          Conversation *conversation,
                          ModelId interaction,
                          JsonObject *into);
/* The next message of the conversation, numbered; the caller's reference. @key is whole. */
Message *conversation_message_new (Conversations *self,
                                   Conversation *conversation,
                                   const char *agent,
                                   const char *key,
                                   const char *text);
/* The name of a message by what its writer calls it; free with g_free. */
char *conversation_key_of (const char *agent, const char *key);
/* What storing it takes; it is pending from then on, until conversation_message_durable. */
void conversation_message_store (Conversations *self,
                                 Conversation *conversation,
                                 Message *message,
                                 StoreBatch *batch);
void
conversation_message_durable (Conversations *self, Conversation *conversation, Message *message);
JsonObject *conversation_message_journal (const char *type, const Message *message);
/* A written message is another than it was: kept with the batch, told to who works on it. */
void conversation_message_changed (Conversations *self,
                                   Conversation *conversation,
                                   const Message *message,
                                   StoreBatch *batch,
                                   CentreReadyFunc done,
                                   gpointer user_data);
/* The customer's message of this key that is not durable yet or stored; the caller's reference. */
Message *
conversation_find_message (Conversations *self, Conversation *conversation, const char *key);

/* The same of this agent's. */
Message *conversation_find_own (Conversations *self,
                                Conversation *conversation,
                                const char *agent,
                                const char *key);

/* To those who work on it, with the batch. @record may be NULL: nobody. */
void conversation_message_tell (Conversations *self,
                                Conversation *conversation,
                                Record *record,
                                const Message *message,
                                StoreBatch *batch,
                                CentreReadyFunc done,
                                gpointer user_data);

/* --- cards.c --- */

/* No card's number is kept in it, as the centre says. */
void conversation_mask_cards (Conversations *self, Message *message);

/* --- bot-talk.c --- */

/* Its messages, into the batch. */
void conversation_take_bot_talk (Conversations *self,
                                 Conversation *conversation,
                                 const Record *record,
                                 const BotTalk *talk,
                                 StoreBatch *batch);
/* They are durable. */
void conversation_bot_talk_durable (Conversations *self, Conversation *conversation);

/* --- private.c --- */

/* The number of the message that the customer's side counts as this; 0: there is none yet. */
gint64 conversation_number_of (Conversations *self,
                               const Conversation *conversation,
                               gint64 public_number);

/* --- arrive.c --- */

/* What came in, numbered and on its way into the store; the caller's reference. */
Message *conversation_take_incoming (Conversations *self,
                                     Conversation *conversation,
                                     const ConversationIncoming *incoming,
                                     StoreBatch *batch);

/* --- sending.c --- */

/* A message of ours is durable and pending: it goes out after those before it. */
void conversation_send (Conversations *self, Conversation *conversation, Message *message);

/* --- standing.c --- */

/* A message of ours has left: what its agent wants done with the conversation, in the same batch.
 */
void conversation_then (Conversations *self, Conversation *conversation, const Message *message);
/* The customer writes: told before the message is written. */
/* Whether what was written to it cannot leave for a while. */
void conversation_stuck (Conversations *self, const Conversation *conversation, gboolean stuck);
void conversation_wakes (Conversations *self, const Conversation *conversation);

/* --- silence.c --- */

/* The agent has had the last word since then; 0: not so. */
void conversation_quiet (Conversations *self, Conversation *conversation, gint64 since);
void conversation_watch_silence (Conversations *self, Conversation *conversation);

/* --- reopen.c --- */

/* Until when who writes comes back (ms); 0: it never ended, or never began. */
gint64 conversation_reopens_until (Conversations *self, const Conversation *conversation);
/* What was known with the work before, if the customer comes back: variable → value; NULL: not so.
 */
GHashTable *conversation_values_before (Conversations *self, const Conversation *conversation);
/* Who had the work before, if the customer shall come back to that agent; interned or NULL. */
const char *conversation_last_agent (Conversations *self, const Conversation *conversation);
/* Everyone's place in line anew; tells those whose place is another. */
void conversations_number_places (Conversations *self);

G_END_DECLS
