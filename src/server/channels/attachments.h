/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of conversations: taken from customers, agents and channels, judged by their bytes, on
 * disk before anybody is told of them, and given away with one message each. Centre's thread. */
#pragma once

#include "server/centre/centre.h"
#include "server/channels/channel.h"
#include "server/store/files.h"

G_BEGIN_DECLS

typedef struct _Attachments Attachments;

/* Who adds what, and as what. */
typedef struct
{
  const char *owner;           /* an agent's id; NULL: the customer */
  const char *conversation;    /* NULL: not known yet, a message will say it */
  const char *interaction;     /* NULL: the same */
  const char *key;             /* the same key, owner and conversation: the same attachment */
  const char *name;            /* as it was sent, NULL: none */
  const ChannelLimits *limits; /* of what is to be sent; NULL: none but the centre's */
} AttachmentFacts;

/* @attachment is durable; NULL: not taken, and @reason a code of the model: "file_empty",
 * "file_type", "file_executable", "file_too_large"; "idempotency_mismatch": the key was used for
 * other bytes; "store_failed". Both are valid for the time of the call. */
typedef void (*AttachmentAddedFunc) (const Attachment *attachment,
                                     const char *reason,
                                     gpointer user_data);

Attachments *attachments_new (Centre *centre);
void attachments_free (Attachments *self);
/* Now, and every hour: files that no row names are removed. */
void attachments_sweep (Attachments *self);

/* The member "attachments" of a conversation's limits: how many, of each, of all together. */
void attachments_render_limits (const ChannelLimits *limits, JsonObject *into);
/* The words of the daemon's file, or the default. */
const char *attachments_types (Attachments *self);

/* What a channel received as a whole; the attachment then goes into ConversationIncoming (take a
 * reference). The channel's own name of it is a good key; the conversation need not be known.
 * @bytes are kept until they are written. */
void attachments_add (Attachments *self,
                      const AttachmentFacts *facts,
                      GBytes *bytes,
                      AttachmentAddedFunc done,
                      gpointer user_data);
/* What came piece by piece. Takes @write. */
void attachments_add_written (Attachments *self,
                              const AttachmentFacts *facts,
                              FilesWrite *write,
                              AttachmentAddedFunc done,
                              gpointer user_data);

/* Those with these ids (NULL: none) for a message of @owner: free, its own, and together not too
 * many. NULL: not so, and @reason says why: "file_gone", "files_too_many", "files_too_large". */
GPtrArray *attachments_claim (Attachments *self,
                              const Conversation *conversation,
                              const ChannelLimits *limits,
                              const char *owner,
                              const char *const *ids,
                              const char **reason);
/* They are this message's when the batch is durable; nobody else's from now on. */
void attachments_take (Attachments *self, const Message *message, StoreBatch *batch);
/* It is durable. */
void attachments_taken (Attachments *self, const Message *message);

/* One that belongs to a message of this conversation, or (@owner not NULL) that @owner added. */
Attachment *
attachments_find (Attachments *self, const char *id, const char *conversation, const char *owner);
/* In which conversation it is; NULL: none, or there is no such attachment. Free with g_free. */
char *attachments_conversation (Attachments *self, const char *id);
/* Its bytes, mapped; NULL: gone. */
GBytes *attachments_read (Attachments *self, const char *id);

/* Those of the interaction, with their files once the batch is durable: call attachments_erased
 * after the batch was handed over. */
void attachments_erase (Attachments *self, const char *interaction, StoreBatch *batch);
void attachments_erased (Attachments *self);

G_END_DECLS
