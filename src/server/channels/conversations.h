/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that adds messages, of customers and agents, on every channel: numbered without a
 * gap, once for each key, on disk before anybody sees them or they are acknowledged. It keeps the
 * conversations that go on or whose customer is connected. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/channels/attachments.h"
#include "server/channels/bot-talk.h"
#include "server/channels/channel.h"
#include "server/channels/message-state.h"

G_BEGIN_DECLS

Conversations *conversations_new (Centre *centre);
void conversations_free (Conversations *self);
/* Those of the open interactions, from the store. */
void conversations_load (Conversations *self);
/* From now on this channel is there. */
void conversations_connect (Conversations *self, const Channel *channel, gpointer data);
void conversations_disconnect (Conversations *self, const Channel *channel);
/* All channels are there: sends what was pending as the daemon ended, where that is harmless; else
 * it has failed with `outcome_unknown`, or `not_enabled` if its channel is gone. */
void conversations_resume (Conversations *self);

/* --- the centre's --- */

Attachments *conversations_attachments (Conversations *self);
/* What this event means for the conversation it is about, into @stages. */
void conversations_note (Conversations *self, const ModelEvent *event, GArray *stages);
/* It is durable. */
void conversations_stage (Conversations *self, const ConversationStage *stage);
/* The work on it has begun: this interaction. */
void conversations_arrived (Conversations *self,
                            Conversation *conversation,
                            Record *record,
                            StoreBatch *batch);
/* What is written about in this interaction, or NULL. Borrowed. */
const char *conversations_subject (Conversations *self, ModelId interaction);
/* The members `conversation` and `waiting_since` of an INTERACTION. */
void conversations_render (Conversations *self, ModelId interaction, JsonObject *into);
/* The customer of this interaction was erased: what is kept of the address opens nothing. */
void conversations_erase (Conversations *self, const char *interaction);

/* --- what a channel does --- */

/* How each connection to the world is (Channel.status), into the array. */
void conversations_status (Conversations *self, JsonArray *into);
/* NULL: this address never wrote. The second: to this address of ours, in this thread (or ""). */
Conversation *conversations_at (Conversations *self, ModelChannel channel, const char *address);
Conversation *conversations_between (Conversations *self,
                                     ModelChannel channel,
                                     const char *ours,
                                     const char *address,
                                     const char *thread);

/* NULL: there is none. */
Conversation *conversations_by_id (Conversations *self, const char *id);

/* What a customer sent on an asynchronous channel; all is borrowed. Those marked may be NULL. */
typedef struct
{
  ModelChannel channel;
  const char *ours;         /* an address of ours: an entry point's */
  const char *address;      /* the customer's */
  const char *thread;       /* NULL: the one of these two */
  const char *external_id;  /* the channel's name of it: who repeats it adds nothing */
  const char *text;         /* NULL */
  const char *subject;      /* NULL */
  const char *name;         /* NULL; of the customer, as the channel knows it */
  const char *number;       /* NULL; of the customer: finds who it is, is shown */
  GHashTable *values;       /* NULL; variable → value, for new work */
  GPtrArray *attachments;   /* NULL; Attachment, of attachments_add; keeps a reference */
  const char *from;         /* NULL; who wrote it, where that is not @address */
  guint left_out;           /* attachments that are not kept */
  gboolean cut;             /* there was more text */
  const char *const *files; /* NULL; addresses of files, fetched by what Channel.fetches allows */
  const char *const *lost;  /* NULL; codes: why files that came with it are not kept */
} ConversationIncoming;

typedef enum
{
  CONVERSATION_RECEIVED,
  CONVERSATION_KNOWN,   /* it is there already */
  CONVERSATION_NOWHERE, /* no entry point has this address */
  CONVERSATION_NOT_NOW, /* it could not be taken: again later */
} ConversationOutcome;

/* It is durable; @message is NULL for the last two and valid for the time of the call. */
typedef void (*ConversationReceivedFunc) (ConversationOutcome outcome,
                                          const Message *message,
                                          gpointer user_data);
/* Into the work that is open on the conversation; else work begins with it, on a conversation that
 * was there or a new one. */
void conversations_receive (Conversations *self,
                            const ConversationIncoming *incoming,
                            ConversationReceivedFunc done,
                            gpointer user_data);

/* Whether a customer of a live channel who writes after the end comes back: within the centre's
 * time. */
gboolean conversations_may_come_back (Conversations *self, Conversation *conversation);
/* Work begins again with this message of a key that was not used. */
void conversations_come_back (Conversations *self,
                              Conversation *conversation,
                              const char *key,
                              const char *text,
                              ConversationReceivedFunc done,
                              gpointer user_data);

/* What came of Channel.send, of the message under way: it left and bears this name from now on
 * (NULL: none); it did not and never will; it did not yet, and is tried again. @reason: a code. */
void conversations_sent (Conversations *self,
                         Conversation *conversation,
                         Message *message,
                         const char *external_id);
void conversations_failed (Conversations *self,
                           Conversation *conversation,
                           Message *message,
                           const char *reason);
void conversations_later (Conversations *self,
                          Conversation *conversation,
                          Message *message,
                          guint seconds);
/* What is heard of a message of ours by its name, in whatever order. @reason: of FAILED. */
void conversations_report (Conversations *self,
                           ModelChannel channel,
                           const char *external_id,
                           MessageEvent event,
                           const char *reason);
/* The same by its id (Message.id), for channels that carry it. */
void conversations_report_own (Conversations *self,
                               const char *message,
                               MessageEvent event,
                               const char *reason);
/* The same of all that left until then (ms). */
void conversations_report_until (Conversations *self,
                                 Conversation *conversation,
                                 gint64 until,
                                 MessageEvent event);
/* What Channel.refuses said may be another now: who works on it hears. */
void conversations_check (Conversations *self, Conversation *conversation);

/* Begins one and the work on it, with what was said @before. The customer's name and values are the
 * aside's; its id is in @id before @done, which is as that of a command. */
void conversations_begin (Conversations *self,
                          ModelChannel channel,
                          const ModelEntryPoint *entry,
                          const char *address,
                          const char *language,
                          const BotTalk *before,
                          CentreAside *aside,
                          const char **id,
                          CentreDoneFunc done,
                          gpointer user_data);
void conversations_left (Conversations *self, Conversation *conversation, ModelCode reason);
void conversations_typing (Conversations *self, Conversation *conversation, gboolean on);
/* Numbers as the customer's side counts (message_public_number): it has read up to there; how many
 * messages it was given of ours up to this one. */
void conversations_read (Conversations *self, Conversation *conversation, gint64 public_number);
gint64
conversations_public_until (Conversations *self, const Conversation *conversation, gint64 number);

/* --- both sides --- */

/* Why nothing can be written (a code), or NULL; @until as in Channel.refuses, may be NULL. */
const char *conversations_refusal (Conversations *self, Conversation *conversation, gint64 *until);
void conversations_limits (Conversations *self, Conversation *conversation, ChannelLimits *limits);
/* The text as it may be kept, its cards' numbers masked; NULL: it may as it is. Free with g_free.
 */
char *conversations_without_cards (Conversations *self, const char *text);
/* Whether the centre refuses what an agent writes for a card's number in it. @text may be NULL. */
gboolean conversations_refuses_cards (Conversations *self, const char *text);
/* NULL: none is written in this interaction. */
Conversation *conversations_of (Conversations *self, ModelId interaction);
/* @message is durable; valid for the time of the call. */
typedef void (*ConversationWrittenFunc) (const Message *message, gpointer user_data);
/* @agent NULL: the customer writes. @text has been cleaned, and may be empty where there are
 * @attachments (of attachments_claim, or NULL; keeps a reference). A key that was used gives the
 * message that it stands for, whatever the text. */
/* @subject: NULL: as the channel says. @then: as of message_then, or NULL. */
void conversations_write (Conversations *self,
                          Conversation *conversation,
                          const char *agent,
                          const char *key,
                          const char *subject,
                          const char *text,
                          GPtrArray *attachments,
                          const char *then,
                          ConversationWrittenFunc done,
                          gpointer user_data);
/* What an agent writes for agents alone, in this interaction of the conversation: it has the next
 * number for them and is there for nobody else. The rest as above. */
void conversations_write_private (Conversations *self,
                                  Conversation *conversation,
                                  Record *record,
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

/* A message of this conversation by its number; NULL: there is none. The caller's reference. */
Message *conversations_message (Conversations *self, Conversation *conversation, gint64 number);
/* The same by its id. */
Message *
conversations_find_by_id (Conversations *self, const char *id, Conversation **conversation);
/* A failed one goes out again; any other is left as it is. @message is as it is after that. */
void conversations_retry (Conversations *self,
                          Conversation *conversation,
                          Message *message,
                          ConversationWrittenFunc done,
                          gpointer user_data);

void conversations_agent_typing (Conversations *self,
                                 Conversation *conversation,
                                 const char *agent,
                                 gboolean on);
void conversations_agent_read (Conversations *self,
                               Conversation *conversation,
                               const char *agent,
                               gint64 number,
                               CentreReadyFunc done,
                               gpointer user_data);

G_END_DECLS
