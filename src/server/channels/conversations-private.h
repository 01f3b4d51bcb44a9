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

struct _Conversations
{
  Centre *centre;
  ConversationChannel channels[MODEL_N_CHANNELS];
  GHashTable *by_address;     /* "channel address" → Conversation, owned */
  GHashTable *by_interaction; /* ModelId → Conversation */
  guint tick_source;
  gboolean places_changed;
};

/* The channel of a conversation as it is connected now, or NULL. */
const ConversationChannel *conversation_channel (Conversations *self, Conversation *conversation);
/* {"conversation","waiting_since"} into the object. */
void conversation_render (const Conversation *conversation, JsonObject *into);
/* Everyone's place in line anew; tells those whose place is another. */
void conversations_number_places (Conversations *self);

G_END_DECLS
