/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said about messages: that they were read, that somebody types one. Centre's thread. */
#include "server/channels/conversations-private.h"

#include "base/json.h"
#include "server/channels/im.h"

#define CHANGES_MAX 50 /* messages that one reading tells of */

typedef struct
{
  const char *conversation;
  GPtrArray *messages; /* Message */
} Listing;

static void
on_message_row (StoreRow *row, gpointer user_data)
{
  Listing *listing = user_data;

  g_ptr_array_add (listing->messages, message_from_row (listing->conversation, row));
}

/* --- reading ---------------------------------------------------------------------------------- */

/* What others than @reader wrote of ours between these numbers is read. */
static void
tell_read (Conversations *self,
           Conversation *conversation,
           gint64 before,
           gint64 number,
           const char *reader)
{
  g_autoptr (GPtrArray) newly = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);
  Listing listing = { conversation->id, newly };

  if (centre_record (self->centre, conversation->interaction) == NULL)
    return;
  store_query (centre_store (self->centre), NULL, on_message_row, &listing,
               STORE_GET_MESSAGES_BEFORE, conversation->id, before, number + 1,
               (gint64) CHANGES_MAX);
  for (guint i = newly->len; i > 0; i--)
    {
      const Message *message = g_ptr_array_index (newly, i - 1);

      if (message->agent != NULL && !message->private && g_strcmp0 (message->agent, reader) != 0)
        conversation_message_changed (self, conversation, message, store_batch_new (), NULL, NULL);
    }
}

void
conversations_read (Conversations *self, Conversation *conversation, gint64 public_number)
{
  gint64 number = conversation_number_of (self, conversation, public_number);
  gint64 before = conversation->read_number;
  StoreBatch *batch;

  if (number <= before || number > conversation->last_number)
    return;
  conversation->read_number = number;
  batch = store_batch_new ();
  store_batch_add (batch, STORE_CONVERSATION_READ, conversation->id, number);
  centre_write (self->centre, batch, NULL, NULL);
  tell_read (self, conversation, before, number, NULL);
}

/* Of two agents each has read as far as each has. */
static void
read_by_one (Conversations *self,
             Conversation *conversation,
             const char *agent,
             gint64 number,
             CentreReadyFunc done,
             gpointer user_data)
{
  gboolean first = im_is_first (conversation->address, agent);
  gint64 *mark = first ? &conversation->read_number : &conversation->agent_read;
  gint64 before = *mark;
  StoreBatch *batch = store_batch_new ();

  if (number > before && number <= conversation->last_number)
    {
      *mark = number;
      store_batch_add (batch, first ? STORE_CONVERSATION_READ : STORE_CONVERSATION_AGENT_READ,
                       conversation->id, number);
    }
  centre_write (self->centre, batch, done, user_data);
  if (*mark != before)
    tell_read (self, conversation, before, number, agent);
}

void
conversations_agent_read (Conversations *self,
                          Conversation *conversation,
                          const char *agent,
                          gint64 number,
                          CentreReadyFunc done,
                          gpointer user_data)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);
  StoreBatch *batch;

  if (conversation->channel == MODEL_CHANNEL_IM)
    {
      read_by_one (self, conversation, agent, number, done, user_data);
      return;
    }
  batch = store_batch_new ();
  if (number > conversation->agent_read && number <= conversation->last_number)
    {
      conversation->agent_read = number;
      store_batch_add (batch, STORE_CONVERSATION_AGENT_READ, conversation->id, number);
      if (channel != NULL && channel->channel->read != NULL)
        channel->channel->read (channel->data, conversation,
                                conversations_public_until (self, conversation, number));
    }
  centre_write (self->centre, batch, done, user_data);
}

/* --- typing ----------------------------------------------------------------------------------- */

/* @except types, or NULL: the customer. */
static void
tell_typing (Conversations *self, Conversation *conversation, const char *except, gboolean on)
{
  Record *record = centre_record (self->centre, conversation->interaction);
  JsonObject *notice;

  if (record == NULL)
    return;
  notice = json_object_new ();
  base_json_set_string (notice, "type", "conversation.typing");
  base_json_set_string (notice, "interaction", record->text);
  json_object_set_boolean_member (notice, "on", on);
  centre_whisper (self->centre, record, except, notice);
}

void
conversations_typing (Conversations *self, Conversation *conversation, gboolean on)
{
  if (on && conversation->quiet_since != 0)
    conversation_quiet (self, conversation, centre_now (self->centre));
  tell_typing (self, conversation, NULL, on);
}

void
conversations_agent_typing (Conversations *self,
                            Conversation *conversation,
                            const char *agent,
                            gboolean on)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);

  if (conversation->channel == MODEL_CHANNEL_IM)
    tell_typing (self, conversation, agent, on);
  else if (channel != NULL && channel->channel->typing != NULL)
    channel->channel->typing (channel->data, conversation, on);
}
