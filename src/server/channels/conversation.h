/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A conversation that goes on, and a message in one. Centre's thread. */
#pragma once

#include "model/definitions.h"
#include "server/centre/record.h"
#include "server/store/store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define MESSAGE_TEXT_MAX 4000 /* characters */
#define MESSAGE_ID_SIZE  40

#define ATTACHMENT_ID_SIZE 36

/* A file that a message brings along; its bytes are on disk. */
typedef struct
{
  int references;
  char id[ATTACHMENT_ID_SIZE];
  char *name, *type;
  gint64 size;
} Attachment;

typedef struct
{
  int references;
  char id[MESSAGE_ID_SIZE];
  char conversation[MODEL_ID_TEXT_SIZE];
  char interaction[MODEL_ID_TEXT_SIZE];
  gint64 number;
  gint64 at;
  const char *author; /* "customer", "agent", "bot", "centre": interned */
  const char *agent;  /* interned, or NULL */
  const char *state;  /* interned */
  char *reason;
  char *text;
  char *key;              /* the writer's own name of it */
  char *external_id;      /* the channel's name of it, or NULL */
  char *subject;          /* or NULL */
  char *details;          /* JSON of what else is known of it, or NULL: see message_details */
  gboolean attempted;     /* pending, and it may have left already */
  gboolean private;       /* for agents alone: no channel ever gets it */
  gboolean masked;        /* a card's number stood in it; stands in details, too */
  gint64 hidden;          /* private ones of the conversation up to here, this included */
  guint left_parts;       /* of those that it leaves in (text, then files), how many have left */
  gboolean fetches;       /* new, and files of it are still to be fetched */
  GPtrArray *attachments; /* Attachment; NULL: none */
} Message;

typedef enum
{
  CONVERSATION_WAITING,
  CONVERSATION_TALKING,
  CONVERSATION_ENDED,
} ConversationState;

/* What became of the work on a conversation. */
typedef struct
{
  ModelId interaction;
  ConversationState state;
  const char *agent;  /* of TALKING; interned */
  gboolean away;      /* the agent's desk vanished: it comes back, or the chat goes back in line */
  const char *reason; /* of ENDED; interned, or NULL */
  gboolean others;    /* only who else serves the customer changed */
} ConversationStage;

typedef struct _Conversation Conversation;
struct _Conversation
{
  char id[MODEL_ID_TEXT_SIZE];
  ModelChannel channel;
  const char *entry_point; /* interned */
  char *ours;              /* our address: "" where the customer's alone names it */
  char *address;           /* the customer's */
  char *thread;            /* of several between the same two, or "" */
  ModelId interaction;     /* the newest */
  char interaction_text[MODEL_ID_TEXT_SIZE];
  gint64 last_number;
  gint64 hidden;        /* how many of those are private */
  gint64 read_number;   /* by the customer */
  gint64 agent_read;    /* by agents */
  gint64 heard_at;      /* when the customer wrote last, or 0 */
  gint64 waiting_since; /* of the customer's oldest unanswered message, or 0 */
  ConversationState state;
  const char *agent;
  gboolean away;
  const char *reason;
  guint place;         /* in line, from 1; 0: not known */
  gint64 silent_since; /* monotonic, ms: without connection; 0: connected */
  gint64 quiet_since;  /* since when the agent has had the last word, or 0 */
  gint64 closes_at;    /* if the customer says nothing; told, or 0 */
  GPtrArray *pending;  /* Message that are not durable yet */
  guint holds;         /* on it, of what is not durable yet */
  GQueue outgoing;     /* Message to send, the first perhaps under way */
  gboolean under_way;
  guint wait_source;   /* until the first is tried again */
  gint64 trying_since; /* the first, monotonic, ms; 0: not yet */
  gpointer peer;       /* the channel's */
  char *subject;       /* of the newest message that has one, or NULL */
};

Message *message_ref (Message *message);
void message_unref (Message *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Message, message_unref)

Attachment *attachment_new (const char *id, const char *name, const char *type, gint64 size);
void attachment_unref (Attachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attachment, attachment_unref)
/* {"id","name","type","size"} */
JsonObject *attachment_to_json (const Attachment *attachment);
/* [those of the message] */
JsonArray *message_attachments (const Message *message);
/* The ids, in order, are those of the message. @ids NULL: none. */
gboolean message_has_attachments (const Message *message, const char *const *ids);

/* Whether this is what was written with it, though a card's number is kept masked. */
gboolean message_says (const Message *message, const char *text);

/* Its number as the customer's side counts, which knows nothing of private ones. */
gint64 message_public_number (const Message *message);

/* A card's number was masked in it: into its details. */
void message_mark_masked (Message *message);
/* Whether it was said with a bot, before the conversation: nobody waits for it or answers it. */
gboolean message_is_before (const Message *message);
/* Whether it is the last of these. */
gboolean message_hands_over (const Message *message);
/* MessageDetails.from, or NULL. Free with g_free. */
char *message_from (const Message *message);
/* What an agent wants done when it has left, as details. Free with g_free. */
char *message_details_then (const char *then);
/* What that is: "pending", "escalated", "resolved", or NULL. Free with g_free. */
char *message_then (const Message *message);
/* {"from","left_out","cut","coming","lost","hand_over"}: who wrote it, if that is another than the
 * conversation's address, or the name of the bot that did; how many attachments are not kept;
 * whether there was more text; how many files are still fetched; why others could not be (codes);
 * whether a bot handed over with it. */
typedef struct
{
  const char *from; /* NULL: as the address says */
  guint left_out;
  gboolean cut;
  guint coming;
  guint too_many;          /* files beyond what is fetched */
  const char *const *lost; /* NULL; of others, why they are not here */
  gboolean hand_over;
} MessageDetails;
/* NULL if there is nothing to say. Free with g_free. */
char *message_details (const MessageDetails *details);
/* One that was coming is here (NULL), or lost for this reason. */
void message_settle_file (Message *message, const char *reason);
/* "mCONVERSATION.NUMBER", into MESSAGE_ID_SIZE bytes. */
void message_id (const char *conversation, gint64 number, char *id);
/* Of a row of STORE_GET_MESSAGES_… */
Message *message_from_row (const char *conversation, StoreRow *row);
/* MESSAGE of the agent API: what has left and the customer has read is `read`. Definitions, from
 * which the agent's name is taken, may be NULL. */
JsonObject *
message_to_json (const Message *message, gint64 read_number, const ModelDefinitions *definitions);

/* Up to where this message's reader has read: the customer, or of two agents the other. */
gint64 conversation_read_of (const Conversation *conversation, const Message *message);

/* What a customer or agent wrote as it may be stored: without control characters, line ends as \n.
 * NULL if nothing is left. Free with g_free. */
char *message_clean (const char *text);

G_END_DECLS
