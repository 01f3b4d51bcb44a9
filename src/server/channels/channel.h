/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A way on which customers write: what the conversations want of it. What it reports (somebody
 * wrote, types, has read, left) are calls of conversations.h. One folder a channel implements this.
 * Centre's thread. */
#pragma once

#include "server/channels/conversation.h"

G_BEGIN_DECLS

typedef struct
{
  ModelChannel channel;
  const char *written; /* the state of a message of ours when it is stored: "sent", "pending" */
  /* Seconds without connection until the customer counts as gone; 0: never. */
  guint (*silence) (gpointer self);

  /* A message, of ours or the customer's own, is durable. */
  void (*message) (gpointer self, Conversation *conversation, const Message *message);
  /* The agent types, or stopped to. */
  void (*typing) (gpointer self, Conversation *conversation, gboolean on);
  /* Agents have read up to this number. */
  void (*read) (gpointer self, Conversation *conversation, gint64 number);
  /* State, agent or place is another; after the last the customer writes no more here. */
  void (*changed) (gpointer self, Conversation *conversation);
  gboolean (*is_connected) (gpointer self, Conversation *conversation);
} Channel;

G_END_DECLS
