/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A way on which customers write: what the conversations want of it. What it reports (somebody
 * wrote, a message left, was delivered or read) are calls of conversations.h. One folder a channel
 * implements this. Centre's thread.
 *
 * There are two kinds. A *live* one needs the customer's presence (a web chat): its messages have
 * arrived when they are stored, silence ends the work. An *asynchronous* one (SMS, social messages,
 * e-mail) lasts: its messages are pending until the channel says what became of them. */
#pragma once

#include "server/channels/conversation.h"
#include "server/channels/fetcher.h"

G_BEGIN_DECLS

/* What one message may hold. */
typedef struct
{
  guint text;             /* characters */
  guint attachments;      /* 0: none */
  gint64 attachment_size; /* bytes of each */
  gint64 all_size;        /* of all together */
  gint64 picture_size;    /* of each picture, where that is less; 0: as others */
  const char *types; /* of files, as of file_kind_is_allowed; NULL: all that the centre takes */
  guint segments;    /* of SMS; 0: it has none */
} ChannelLimits;

typedef struct
{
  ModelChannel channel;
  gboolean live;

  void (*limits) (gpointer self, Conversation *conversation, ChannelLimits *limits);

  /* --- of asynchronous ones --- */

  /* Whether anything can be written now: NULL, or the code that says why not. May be NULL. @until:
   * when what can be written now cannot any more (ms), or 0. */
  const char *(*refuses) (gpointer self, Conversation *conversation, gint64 *until);
  /* The message is durable and the conversation's only one under way: exactly one of
   * conversations_sent, …_failed, …_later follows, from the main loop. */
  void (*send) (gpointer self, Conversation *conversation, Message *message);
  /* Whether sending what may have left already can never make it arrive twice. NULL: it can. */
  gboolean (*repeatable) (gpointer self, Conversation *conversation);

  /* Whether files that customers' messages point to are fetched, and from where. NULL: no. */
  gboolean (*fetches) (gpointer self, Conversation *conversation, FetchRules *rules);

  /* Seconds for which a message is tried again; 0: 5 minutes. */
  guint try_for;
  /* What a message of ours is about, if nobody says it; free with g_free. NULL: channels without.
   */
  char *(*subject) (gpointer self, Conversation *conversation);

  /* --- of live ones --- */

  /* Seconds without connection until the customer counts as gone; 0: never. NULL, both: nobody is
   * connected, and nobody goes. */
  guint (*silence) (gpointer self);
  gboolean (*is_connected) (gpointer self, Conversation *conversation);

  /* --- of either, where it has a use for it; may be NULL --- */

  /* A message, of ours or the customer's own, is durable. */
  void (*message) (gpointer self, Conversation *conversation, const Message *message);
  /* The agent types, or stopped to. */
  void (*typing) (gpointer self, Conversation *conversation, gboolean on);
  /* Agents have read up to this number of the customer's side (message_public_number). */
  void (*read) (gpointer self, Conversation *conversation, gint64 number);
  /* State, agent or place is another; of a live one: after the last the customer writes no more. */
  void (*changed) (gpointer self, Conversation *conversation);
  /* For `guichetctl status`: an object for each connection to the world, with the members channel,
   * name, in, out ("ok", or what is wrong), received, aside, sent. */
  void (*status) (gpointer self, JsonArray *into);
} Channel;

G_END_DECLS
