/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetChats: the messages of every interaction that has a conversation, kept whole: the newest
 * page when the interaction comes, older ones when asked for, what is missing between whenever a
 * number is passed over. Main loop. Inside this room. */
#pragma once

#include "client/session-private.h"

GuichetChats *guichet_chats_new (GuichetSession *session);
void guichet_chats_free (GuichetChats *self);

/* guichet_chats_online: the link is there: asks for what is missing. */
void guichet_chats_online (GuichetChats *self);

/* guichet_chats_tidy: after a snapshot: lets go of drafts whose interaction is over, and has the
 * states of messages asked again, since events that told of them may have been missed. */
void guichet_chats_tidy (GuichetChats *self);

/* guichet_chats_closed: an interaction is over: its draft with it. */
void guichet_chats_closed (GuichetChats *self, const char *interaction);

/* Events of the centre. */
gboolean guichet_chats_apply_message (GuichetChats *self, const BaseJson *event, GError **error);
gboolean
guichet_chats_apply_conversation (GuichetChats *self, const BaseJson *event, GError **error);
gboolean guichet_chats_apply_typing (GuichetChats *self, const BaseJson *event, GError **error);

/* One chat. */
typedef struct _GuichetChat GuichetChat;
struct _GuichetChat
{
  GuichetSession *session;
  GuichetInteraction *interaction;
  GListStore *messages;  /* those with numbers in their order, then those on their way */
  guint n_numbered;      /* of them */
  GCancellable *asking;  /* NULL unless a question is under way */
  gboolean wants_older;  /* the agent asked */
  gboolean at_start;     /* the centre has nothing older */
  gboolean useless;      /* the last answer brought nothing: not again before there is news */
  gboolean opened;       /* the newest page is there */
  gint64 check;          /* what was said of those before is to be asked again; 0: of none */
  GHashTable *told;      /* numbers (pointer) that events told of since the question went out */
  gint64 seen;           /* number */
  gint64 seen_told;      /* to the centre */
  gint64 typing_told_at; /* monotonic µs; 0: the centre thinks that nobody types */
  guint own_typing_id;
  guint customer_typing_id;
};

/* guichet_chats_kept: a message is on the disk. */
void guichet_chats_kept (GuichetChats *self, const char *name);

/* NULL if there is none. */
GuichetChat *guichet_chats_find (GuichetChats *self, const char *interaction);
GuichetRecord *guichet_chat_nth (GuichetChat *chat, guint position); /* the list holds it */
gint64 guichet_chat_newest (GuichetChat *chat);                      /* number, 0: none */
void guichet_chat_show_read (GuichetChat *chat);
/* Of one that is not at the centre yet. */
GuichetRecord *guichet_chat_find_pending (GuichetChat *chat, const char *key);
GuichetRecord *guichet_chat_add_pending (GuichetChat *chat, const GuichetRow *row);
void guichet_chat_drop_pending (GuichetChat *chat, const char *key);
/* An event may tell of a message before an older answer comes, which must not undo it. */
void guichet_chat_note_told (GuichetChat *chat, gint64 number);
/* After a snapshot: whatever events have not told of is asked again. */
void guichet_chat_check (GuichetChat *chat);
gboolean guichet_chat_knows (GuichetChat *chat, gint64 number);
/* Fills or adds the message that json is. */
gboolean guichet_chat_take (GuichetChat *chat, const BaseJson *json, GError **error);
/* The newest one may be the agent's own: the customer no longer waits. */
void guichet_chat_answered (GuichetChat *chat);
void guichet_chat_count_unread (GuichetChat *chat);
void guichet_chat_look (GuichetChat *chat);
