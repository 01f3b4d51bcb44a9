/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What agents write for each other in a conversation, and how the customer's side counts without
 * it: nobody there can tell that it exists. Centre's thread. */
#include "server/channels/conversations-private.h"

#include "server/channels/message-state.h"

typedef struct
{
  Conversations *self;
  Conversation *conversation;
  Message *message;
  gboolean known;
  ConversationWrittenFunc done;
  gpointer user_data;
} Writing;

/* --- counting --------------------------------------------------------------------------------- */

static void
on_number_row (StoreRow *row, gpointer user_data)
{
  *(gint64 *) user_data = store_row_int (row, 0);
}

gint64
conversation_number_of (Conversations *self, const Conversation *conversation, gint64 public_number)
{
  gint64 number = 0;

  if (conversation->hidden == 0)
    return public_number;
  store_query (centre_store (self->centre), NULL, on_number_row, &number,
               STORE_GET_NUMBER_OF_PUBLIC, conversation->id, public_number);

  return number;
}

gint64
conversations_public_until (Conversations *self, const Conversation *conversation, gint64 number)
{
  gint64 until = 0;

  if (conversation->hidden == 0)
    return number;
  store_query (centre_store (self->centre), NULL, on_number_row, &until, STORE_GET_PUBLIC_UNTIL,
               conversation->id, number);

  return until;
}

/* --- writing ---------------------------------------------------------------------------------- */

static void
on_durable (gpointer user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr (Message) message = writing->message;

  writing->done (message, writing->user_data);
  if (!writing->known)
    conversation_message_durable (writing->self, writing->conversation, message);
}

void
conversations_write_private (Conversations *self,
                             Conversation *conversation,
                             Record *record,
                             const char *agent,
                             const char *key,
                             const char *text,
                             ConversationWrittenFunc done,
                             gpointer user_data)
{
  g_autofree char *name = g_strconcat (agent, " ", key, NULL);
  Message *message = conversations_find (self, record->text, agent, key);
  Writing *writing = g_new0 (Writing, 1);
  StoreBatch *batch;

  *writing = (Writing){ self, conversation, message, message != NULL, done, user_data };
  if (message != NULL)
    {
      centre_after_durable (self->centre, on_durable, writing);
      return;
    }
  message = conversation_message_new (self, conversation, agent, name, text);
  message->private = TRUE;
  message->hidden = ++conversation->hidden;
  message->state = message_state_to_text (MESSAGE_SENT);
  /* Work of before that is still wrapped up, while the customer has come back already. */
  g_strlcpy (message->interaction, record->text, sizeof message->interaction);
  writing->message = message;
  batch = store_batch_new ();
  conversation_message_store (self, conversation, message, batch);
  conversation_message_tell (self, conversation, record, message, batch, on_durable, writing);
}
