/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages into conversations. Centre's thread. */
#include "server/channels/conversations-private.h"

#include "base/json.h"
#include "server/channels/fetching.h"
#include "server/channels/im.h"
#include "server/channels/message-state.h"

typedef struct
{
  Conversations *self;
  Conversation *conversation;
  Message *message;
  ConversationWrittenFunc done;
  gpointer user_data;
} Writing;

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

void
conversations_limits (Conversations *self, Conversation *conversation, ChannelLimits *limits)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);

  *limits = (ChannelLimits){ .text = MESSAGE_TEXT_MAX };
  if (channel != NULL && channel->channel->limits != NULL)
    channel->channel->limits (channel->data, conversation, limits);
}

static JsonObject *
limits_to_json (Conversations *self, Conversation *conversation)
{
  JsonObject *object = json_object_new ();
  ChannelLimits limits;

  conversations_limits (self, conversation, &limits);
  json_object_set_int_member (object, "text", limits.text);
  attachments_render_limits (&limits, object);
  if (limits.segments > 0)
    json_object_set_int_member (object, "segments", limits.segments);

  return object;
}

const char *
conversations_refusal (Conversations *self, Conversation *conversation, gint64 *until)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);
  gint64 ignored = 0;

  /* A web chat's page is not needed for a message to be stored. */
  if (channel == NULL)
    return model_channel_is_live (conversation->channel) ? NULL
                                                         : model_code (MODEL_CODE_NOT_ENABLED);
  if (channel->channel->refuses == NULL)
    return NULL;

  return channel->channel->refuses (channel->data, conversation, until != NULL ? until : &ignored);
}

/* What a message of ours is about, on channels where that is said. */
static char *
subject_of (Conversations *self, Conversation *conversation, gboolean ours)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);

  return ours && channel != NULL && channel->channel->subject != NULL
             ? channel->channel->subject (channel->data, conversation)
             : NULL;
}

void
conversation_render (Conversations *self,
                     Conversation *conversation,
                     ModelId interaction,
                     JsonObject *into)
{
  JsonObject *object = json_object_new ();
  gint64 until = 0;
  const char *refusal = conversations_refusal (self, conversation, &until);
  g_autofree char *subject = subject_of (self, conversation, TRUE);

  base_json_set_string (object, "id", conversation->id);
  json_object_set_int_member (object, "last_number", conversation->last_number);
  json_object_set_int_member (object, "read_number", conversation->read_number);
  json_object_set_object_member (object, "limits", limits_to_json (self, conversation));
  base_json_set_string (object, "refusal", refusal);
  base_json_set_time (object, "until", until);
  if (subject != NULL)
    base_json_set_string (object, "subject", subject);
  if (conversation->channel == MODEL_CHANNEL_IM)
    im_render_reads (conversation, object);
  json_object_set_object_member (into, "conversation", object);
  base_json_set_time (into, "waiting_since",
                      interaction == conversation->interaction ? conversation->waiting_since : 0);
}

const char *
conversations_subject (Conversations *self, ModelId interaction)
{
  Conversation *conversation = conversations_of (self, interaction);

  return conversation != NULL ? conversation->subject : NULL;
}

void
conversations_render (Conversations *self, ModelId interaction, JsonObject *into)
{
  Conversation *conversation = conversations_of (self, interaction);

  if (conversation != NULL)
    conversation_render (self, conversation, interaction, into);
  else
    {
      json_object_set_null_member (into, "conversation");
      json_object_set_null_member (into, "waiting_since");
    }
}

void
conversations_check (Conversations *self, Conversation *conversation)
{
  Record *record = centre_record (self->centre, conversation->interaction);
  JsonObject *journal, *notice;

  if (record == NULL)
    return;
  journal = json_object_new ();
  base_json_set_string (journal, "type", "conversation.changed");
  base_json_set_string (journal, "interaction", record->text);
  base_json_set_string (journal, "conversation", conversation->id);
  notice = json_object_new ();
  base_json_set_string (notice, "interaction", record->text);
  conversation_render (self, conversation, record->id, notice);
  centre_fact (self->centre, record, "conversation.changed", journal, notice, store_batch_new (),
               NULL, NULL);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* The customer's keys, and those of each agent, are names of their own. */
char *
conversation_key_of (const char *agent, const char *key)
{
  return agent != NULL ? g_strconcat (agent, " ", key, NULL) : g_strdup (key);
}

static Message *
find_pending (Conversation *conversation, const char *author, const char *key)
{
  for (guint i = 0; i < conversation->pending->len; i++)
    {
      Message *message = g_ptr_array_index (conversation->pending, i);

      if (message->author == author && g_str_equal (message->key, key))
        return message_ref (message);
    }

  return NULL;
}

static Message *
find_stored (Conversations *self, const char *conversation, const char *author, const char *key)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);
  Listing listing = { conversation, found };

  store_query (centre_store (self->centre), NULL, on_message_row, &listing,
               STORE_GET_MESSAGE_BY_KEY, conversation, author, key);

  return found->len > 0 ? message_ref (g_ptr_array_index (found, 0)) : NULL;
}

static void
on_conversation_row (StoreRow *row, gpointer user_data)
{
  g_strlcpy (user_data, store_row_text (row, 0), MODEL_ID_TEXT_SIZE);
}

Message *
conversations_find (Conversations *self,
                    const char *interaction,
                    const char *agent,
                    const char *key)
{
  const char *author = g_intern_string (agent != NULL ? "agent" : "customer");
  g_autofree char *name = conversation_key_of (agent, key);
  char id[MODEL_ID_TEXT_SIZE] = "";
  ModelId number = 0;
  Conversation *conversation = NULL;
  Message *message = NULL;

  if (model_id_from_text (MODEL_ID_INTERACTION, interaction, &number))
    conversation = conversations_of (self, number);
  if (conversation != NULL)
    message = find_pending (conversation, author, name);
  if (conversation == NULL)
    store_query (centre_store (self->centre), NULL, on_conversation_row, id,
                 STORE_GET_CONVERSATION_OF, interaction);
  if (message == NULL)
    message = find_stored (self, conversation != NULL ? conversation->id : id, author, name);

  return message;
}

Message *
conversation_find_message (Conversations *self, Conversation *conversation, const char *key)
{
  const char *author = g_intern_static_string ("customer");
  Message *message = find_pending (conversation, author, key);

  return message != NULL ? message : find_stored (self, conversation->id, author, key);
}

Message *
conversation_find_own (Conversations *self,
                       Conversation *conversation,
                       const char *agent,
                       const char *key)
{
  const char *author = g_intern_static_string ("agent");
  g_autofree char *name = conversation_key_of (agent, key);
  Message *message = find_pending (conversation, author, name);

  return message != NULL ? message : find_stored (self, conversation->id, author, name);
}

void
conversation_message_durable (Conversations *self, Conversation *conversation, Message *message)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);

  g_ptr_array_remove (conversation->pending, message);
  attachments_taken (self->attachments, message);
  if (message->private)
    return;
  if (channel != NULL && channel->channel->message != NULL)
    channel->channel->message (channel->data, conversation, message);
  if (g_str_equal (message->state, "pending"))
    conversation_send (self, conversation, message);
  if (message->fetches)
    fetching_begin (self->fetching, message->conversation, message->number);
}

static void
on_durable (gpointer user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr (Message) message = writing->message;

  if (writing->done != NULL)
    writing->done (message, writing->user_data);
  conversation_message_durable (writing->self, writing->conversation, message);
}

static void
on_known (gpointer user_data)
{
  g_autofree Writing *writing = user_data;
  g_autoptr (Message) message = writing->message;

  if (writing->done != NULL)
    writing->done (message, writing->user_data);
}

Message *
conversation_message_new (Conversations *self,
                          Conversation *conversation,
                          const char *agent,
                          const char *key,
                          const char *text)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);
  gboolean live = channel == NULL || channel->channel->live;
  Message *message = g_new0 (Message, 1);

  message->references = 1;
  message->number = ++conversation->last_number;
  message->hidden = conversation->hidden;
  message->at = centre_now (self->centre);
  message->author = g_intern_string (agent != NULL ? "agent" : "customer");
  message->agent = g_intern_string (agent);
  message->state = message_state_to_text (agent == NULL ? MESSAGE_RECEIVED
                                          : live        ? MESSAGE_SENT
                                                        : MESSAGE_PENDING);
  message->text = g_strdup (text);
  message->key = g_strdup (key);
  g_strlcpy (message->conversation, conversation->id, sizeof message->conversation);
  g_strlcpy (message->interaction, conversation->interaction_text, sizeof message->interaction);
  message_id (conversation->id, message->number, message->id);

  return message;
}

gint64
conversation_read_of (const Conversation *conversation, const Message *message)
{
  return conversation->channel == MODEL_CHANNEL_IM
             ? im_read_by_other (conversation->address, message->agent, conversation->read_number,
                                 conversation->agent_read)
             : conversation->read_number;
}

/* What the journal says of a message: never its text. */
JsonObject *
conversation_message_journal (const char *type, const Message *message)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "type", type);
  base_json_set_string (object, "interaction", message->interaction);
  base_json_set_string (object, "conversation", message->conversation);
  json_object_set_int_member (object, "number", message->number);
  base_json_set_string (object, "author", message->author);
  if (message->agent != NULL)
    base_json_set_string (object, "agent", message->agent);
  if (message->private)
    json_object_set_boolean_member (object, "private", TRUE);

  return object;
}

/* To those who work on the conversation now, on whatever occasion it was written. */
static JsonObject *
notice_of (Conversations *self,
           Conversation *conversation,
           const Record *record,
           const Message *message)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "interaction", record->text);
  json_object_set_object_member (object, "message",
                                 message_to_json (message,
                                                  conversation_read_of (conversation, message),
                                                  centre_definitions (self->centre)));
  conversation_render (self, conversation, record->id, object);

  return object;
}

/* Who waits for whom: nothing of it changes by what only agents see, or what a bot said. */
static void
note_word (Conversations *self, Conversation *conversation, const Message *message)
{
  if (message->agent != NULL)
    conversation->waiting_since = 0;
  else if (conversation->waiting_since == 0)
    conversation->waiting_since = message->at;
  conversation_quiet (self, conversation, message->agent != NULL ? message->at : 0);
  if (message->agent == NULL)
    conversation->heard_at = message->at;
}

void
conversation_message_store (Conversations *self,
                            Conversation *conversation,
                            Message *message,
                            StoreBatch *batch)
{
  conversation_mask_cards (self, message);
  if (!message->private && !message_is_before (message))
    note_word (self, conversation, message);
  if (message->subject != NULL)
    {
      g_free (conversation->subject);
      conversation->subject = g_strdup (message->subject);
    }
  g_ptr_array_add (conversation->pending, message_ref (message));
  store_batch_add (batch, STORE_MESSAGE_ADD, conversation->id, message->number, message->id,
                   message->interaction, message->at, message->author, message->agent,
                   message->text, message->state, message->key, message->external_id,
                   message->subject, (gint64) message->private, message->hidden);
  if (message->details != NULL)
    store_batch_add (batch, STORE_MESSAGE_DETAILS, conversation->id, message->number,
                     message->details);
  attachments_take (self->attachments, message, batch);
  store_batch_add (batch, STORE_CONVERSATION_NUMBER, conversation->id, message->number,
                   centre_now (self->centre), conversation->hidden);
}

void
conversation_message_tell (Conversations *self,
                           Conversation *conversation,
                           Record *record,
                           const Message *message,
                           StoreBatch *batch,
                           CentreReadyFunc done,
                           gpointer user_data)
{
  centre_fact (self->centre, record, "message.added",
               conversation_message_journal ("message.added", message),
               notice_of (self, conversation, record, message), batch, done, user_data);
}

void
conversation_message_changed (Conversations *self,
                              Conversation *conversation,
                              const Message *message,
                              StoreBatch *batch,
                              CentreReadyFunc done,
                              gpointer user_data)
{
  Record *record = centre_record (self->centre, conversation->interaction);

  if (record == NULL)
    centre_write (self->centre, batch, done, user_data);
  else
    centre_fact (self->centre, record, "message.changed",
                 conversation_message_journal ("message.changed", message),
                 notice_of (self, conversation, record, message), batch, done, user_data);
}

void
conversations_write (Conversations *self,
                     Conversation *conversation,
                     const char *agent,
                     const char *key,
                     const char *subject,
                     const char *text,
                     GPtrArray *attachments,
                     const char *then,
                     ConversationWrittenFunc done,
                     gpointer user_data)
{
  const char *author = g_intern_string (agent != NULL ? "agent" : "customer");
  g_autofree char *name = conversation_key_of (agent, key);
  Record *record = centre_record (self->centre, conversation->interaction);
  Writing *writing = g_new0 (Writing, 1);
  StoreBatch *batch;

  *writing =
      (Writing){ self, conversation, find_pending (conversation, author, name), done, user_data };
  if (writing->message == NULL)
    writing->message = find_stored (self, conversation->id, author, name);
  if (writing->message != NULL)
    {
      centre_after_durable (self->centre, on_known, writing);
      return;
    }
  g_return_if_fail (record != NULL);
  centre_together_begin (self->centre);
  if (agent == NULL)
    conversation_wakes (self, conversation);
  writing->message = conversation_message_new (self, conversation, agent, name, text);
  writing->message->subject =
      subject != NULL ? g_strdup (subject) : subject_of (self, conversation, agent != NULL);
  if (attachments != NULL && attachments->len > 0)
    writing->message->attachments = g_ptr_array_ref (attachments);
  if (then != NULL)
    writing->message->details = message_details_then (then);
  batch = store_batch_new ();
  conversation_message_store (self, conversation, writing->message, batch);
  conversation_message_tell (self, conversation, record, writing->message, batch, on_durable,
                             writing);
  if (agent != NULL && g_str_equal (writing->message->state, "sent"))
    conversation_then (self, conversation, writing->message);
  centre_together_end (self->centre);
}
