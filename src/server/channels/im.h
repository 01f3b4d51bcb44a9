/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents write to each other: a conversation of two agents, which lasts; each exchange that is
 * accepted, ended and put away is an interaction on it. Nothing of it leaves guichetd: a message
 * has arrived when it is stored. The address of such a conversation names both. Centre's thread. */
#pragma once

#include "server/channels/conversations.h"

G_BEGIN_DECLS

extern const Channel im_channel;

/* The names of both, in an order of their own; free with g_free. */
char *im_address (const char *one, const char *other);
/* Whether the agent is the first of the two there; or one of them. */
gboolean im_is_first (const char *address, const char *agent);
gboolean im_is_of (const char *address, const char *agent);
/* The one that @agent writes with; NULL: @agent is none of the two. Interned. */
const char *im_other (const char *address, const char *agent);
/* Up to where the other has read what @agent wrote. @first, @second: the conversation's numbers. */
gint64 im_read_by_other (const char *address, const char *agent, gint64 first, gint64 second);
/* {"between": [{"agent","name"},…]}: first who began. */
void im_render (const Record *record, const ModelDefinitions *definitions, JsonObject *into);
/* The other one's name for @agent; NULL: it is nothing between agents. */
const char *
im_name_for (const Record *record, const char *agent, const ModelDefinitions *definitions);
/* The same of a conversation, of both for who is none of the two; free with g_free. */
char *im_names_for (const char *address, const char *agent, const ModelDefinitions *definitions);
/* {"reads": [{"agent","number"},…]} */
void im_render_reads (const Conversation *conversation, JsonObject *into);

/* Both are durable and it is in the exchange that goes on, or has begun with it; @error is the
 * core's refusal, then @message is NULL. Both are valid for the time of the call. */
typedef void (*ImWrittenFunc) (const Message *message, const GError *error, gpointer user_data);
/* Who was asked and writes, accepts with it. A key that was used gives the message it stands for.
 */
void im_write (Conversations *self,
               const char *from,
               const char *to,
               const char *key,
               const char *text,
               ImWrittenFunc done,
               gpointer user_data);

G_END_DECLS
