/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How work on a conversation begins, and how customers' messages of asynchronous channels come in:
 * the first one is stored in the same stroke as the work that it causes. Centre's thread. */

#include "server/centre/values.h"
#include "server/channels/conversations-private.h"
#include "server/channels/fetching.h"

typedef struct
{
  Conversations *self;
  Conversation *conversation;
  CentreDoneFunc done;
  gpointer user_data;
} Beginning;

/* --- the work begins -------------------------------------------------------------------------- */

static void
on_begun (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree Beginning *beginning = user_data;

  beginning->done (centre, result, beginning->user_data);
  beginning->conversation->holds--;
  if (result->error == NULL)
    conversation_bot_talk_durable (beginning->self, beginning->conversation);
  if (result->error != NULL && beginning->conversation->interaction == 0 &&
      beginning->conversation->holds == 0)
    conversation_forget (beginning->self, beginning->conversation);
}

static void
begin (Conversations *self,
       Conversation *conversation,
       const char *language,
       CentreAside *aside,
       CentreDoneFunc done,
       gpointer user_data)
{
  g_auto (GStrv) variables = values_variables (aside->values);
  AcdCommand command = { .type = ACD_COMMAND_ARRIVE,
                         .channel = (gint32) conversation->channel,
                         .entry_point = conversation->entry_point,
                         .language = language,
                         .variables = variables,
                         .target = conversation_last_agent (self, conversation) };
  Beginning *beginning = g_new0 (Beginning, 1);

  *beginning = (Beginning){ self, conversation, done, user_data };
  aside->conversation = conversation;
  conversation->holds++;
  centre_command (self->centre, &command, aside, NULL, on_begun, beginning);
}

void
conversations_begin (Conversations *self,
                     ModelChannel channel,
                     const ModelEntryPoint *entry,
                     const char *address,
                     const char *language,
                     const BotTalk *before,
                     CentreAside *aside,
                     const char **id,
                     CentreDoneFunc done,
                     gpointer user_data)
{
  Conversation *conversation = conversation_new (self, channel, entry->id, "", address, "");

  model_id_to_text (MODEL_ID_CONVERSATION, centre_new_id (self->centre), conversation->id);
  *id = conversation->id;
  self->before = before->n > 0 ? before : NULL;
  begin (self, conversation, language, aside, done, user_data);
  self->before = NULL;
}

static Message *
take_opening (Conversations *self, Conversation *conversation, StoreBatch *batch)
{
  const ConversationOpening *opening = self->opening;
  g_autofree char *key = conversation_key_of (opening->agent, opening->key);
  Message *message =
      conversation_message_new (self, conversation, opening->agent, key, opening->text);

  conversation_message_store (self, conversation, message, batch);

  return message;
}

void
conversations_arrived (Conversations *self,
                       Conversation *conversation,
                       Record *record,
                       StoreBatch *batch)
{
  if (conversation->interaction == 0)
    store_batch_add (batch, STORE_CONVERSATION_ADD, conversation->id,
                     model_channel_to_text (conversation->channel), conversation->entry_point,
                     conversation->address, record->text, record->created, conversation->ours,
                     conversation->thread);
  else
    store_batch_add (batch, STORE_CONVERSATION_WORK, conversation->id, conversation->entry_point,
                     record->text);
  conversation_set_work (self, conversation, record->id);
  conversation->state = CONVERSATION_WAITING;
  conversation->agent = NULL;
  conversation->away = FALSE;
  conversation->reason = NULL;
  conversation->place = 0;
  conversation->waiting_since = 0;
  if (self->before != NULL)
    conversation_take_bot_talk (self, conversation, record, self->before, batch);
  if (self->incoming != NULL)
    *self->arriving = conversation_take_incoming (self, conversation, self->incoming, batch);
  else if (self->opening != NULL)
    *self->arriving = take_opening (self, conversation, batch);
  else
    return;
  centre_journal (self->centre, record, "message.added",
                  conversation_message_journal ("message.added", *self->arriving), batch);
}

/* --- a message comes in ----------------------------------------------------------------------- */

typedef struct
{
  Conversations *self;
  Conversation *conversation;
  Message *message;
  ConversationReceivedFunc done;
  gpointer user_data;
} Receiving;

Message *
conversation_take_incoming (Conversations *self,
                            Conversation *conversation,
                            const ConversationIncoming *incoming,
                            StoreBatch *batch)
{
  g_autofree char *clean = message_clean (incoming->text != NULL ? incoming->text : "");
  Message *message = conversation_message_new (self, conversation, NULL, incoming->external_id,
                                               clean != NULL ? clean : "");
  guint files = incoming->files != NULL ? g_strv_length ((char **) incoming->files) : 0;
  guint inside = incoming->attachments != NULL ? incoming->attachments->len : 0;
  MessageDetails details = { .from = incoming->from,
                             .left_out = incoming->left_out,
                             .cut = incoming->cut,
                             .lost = incoming->lost };

  message->external_id = g_strdup (incoming->external_id);
  message->subject = g_strdup (incoming->subject);
  details.coming = MIN (files, FETCHING_FILES_MAX - MIN (inside, FETCHING_FILES_MAX));
  details.too_many = files - details.coming;
  message->details = message_details (&details);
  message->fetches = details.coming > 0;
  if (inside > 0)
    message->attachments = g_ptr_array_ref (incoming->attachments);
  conversation_message_store (self, conversation, message, batch);
  if (details.coming > 0)
    fetching_note (message, incoming->files, batch);

  return message;
}

static void
on_added (gpointer user_data)
{
  g_autofree Receiving *receiving = user_data;
  g_autoptr (Message) message = receiving->message;

  receiving->done (CONVERSATION_RECEIVED, message, receiving->user_data);
  conversation_message_durable (receiving->self, receiving->conversation, message);
}

static void
on_known (gpointer user_data)
{
  g_autofree Receiving *receiving = user_data;
  g_autoptr (Message) message = receiving->message;

  receiving->done (CONVERSATION_KNOWN, message, receiving->user_data);
}

static void
on_arrived (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree Receiving *receiving = user_data;
  g_autoptr (Message) message = receiving->message;

  if (result->error != NULL)
    receiving->done (CONVERSATION_NOT_NOW, NULL, receiving->user_data);
  else
    {
      receiving->done (CONVERSATION_RECEIVED, message, receiving->user_data);
      conversation_message_durable (receiving->self, receiving->conversation, message);
    }
}

static void
on_person_row (StoreRow *row, gpointer user_data)
{
  CentreAside *person = user_data;

  person->name = g_strdup (store_row_text (row, 2));
  person->called = g_strdup (store_row_text (row, 3));
  person->customer = g_strdup (store_row_text (row, 4));
}

/* New work on the conversation, of whom it was with before. */
static void
begin_with (Receiving *receiving, const ConversationIncoming *incoming)
{
  Conversations *self = receiving->self;
  Conversation *conversation = receiving->conversation;
  const ModelEntryPoint *entry =
      model_definitions_entry_point (centre_definitions (self->centre), conversation->entry_point);
  CentreAside before = { 0 };
  g_autoptr (GHashTable) values = NULL;
  CentreAside aside = { .number = incoming->number,
                        .called = conversation->ours,
                        .values = incoming->values };

  if (conversation->interaction != 0)
    store_query (centre_store (self->centre), NULL, on_person_row, &before, STORE_GET_INTERACTION,
                 conversation->interaction_text);
  aside.name = incoming->name != NULL ? incoming->name : before.name;
  aside.customer = before.customer;
  if (*conversation->ours == '\0')
    aside.called = before.called;
  if (incoming->values == NULL)
    aside.values = values = conversation_values_before (self, conversation);
  self->incoming = incoming;
  self->arriving = &receiving->message;
  begin (self, conversation, entry != NULL ? entry->language : NULL, &aside, on_arrived, receiving);
  self->incoming = NULL;
  g_free ((char *) before.name);
  g_free ((char *) before.called);
  g_free ((char *) before.customer);
}

static void
add_to (Receiving *receiving, Record *record, const ConversationIncoming *incoming)
{
  Conversations *self = receiving->self;
  StoreBatch *batch = store_batch_new ();

  centre_together_begin (self->centre);
  conversation_wakes (self, receiving->conversation);
  receiving->message = conversation_take_incoming (self, receiving->conversation, incoming, batch);
  conversation_message_tell (self, receiving->conversation, record, receiving->message, batch,
                             on_added, receiving);
  centre_together_end (self->centre);
}

static Conversation *
open_conversation (Conversations *self,
                   const ConversationIncoming *incoming,
                   const ModelEntryPoint *entry)
{
  const char *thread = incoming->thread != NULL ? incoming->thread : "";
  Conversation *conversation =
      conversations_between (self, incoming->channel, incoming->ours, incoming->address, thread);

  if (conversation == NULL)
    {
      conversation = conversation_new (self, incoming->channel, entry->id, incoming->ours,
                                       incoming->address, thread);
      conversation->state = CONVERSATION_ENDED;
      model_id_to_text (MODEL_ID_CONVERSATION, centre_new_id (self->centre), conversation->id);
    }
  /* The address may have moved since. */
  conversation->entry_point = g_intern_string (entry->id);

  return conversation;
}

void
conversations_receive (Conversations *self,
                       const ConversationIncoming *incoming,
                       ConversationReceivedFunc done,
                       gpointer user_data)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelEntryPoint *entry =
      definitions != NULL
          ? model_definitions_entry_point_at (definitions, incoming->channel, incoming->ours)
          : NULL;
  Receiving *receiving;
  Record *record;

  if (entry == NULL)
    {
      done (CONVERSATION_NOWHERE, NULL, user_data);
      return;
    }
  receiving = g_new0 (Receiving, 1);
  *receiving =
      (Receiving){ self, open_conversation (self, incoming, entry), NULL, done, user_data };
  record = centre_record (self->centre, receiving->conversation->interaction);
  receiving->message =
      conversation_find_message (self, receiving->conversation, incoming->external_id);
  if (receiving->message != NULL)
    centre_after_durable (self->centre, on_known, receiving);
  else if (record != NULL && record->customer_left_at == 0)
    add_to (receiving, record, incoming);
  else
    begin_with (receiving, incoming);
}

void
conversations_come_back (Conversations *self,
                         Conversation *conversation,
                         const char *key,
                         const char *text,
                         ConversationReceivedFunc done,
                         gpointer user_data)
{
  const ConversationIncoming incoming = { .channel = conversation->channel,
                                          .ours = conversation->ours,
                                          .address = conversation->address,
                                          .external_id = key,
                                          .text = text };
  Receiving *receiving = g_new0 (Receiving, 1);

  *receiving = (Receiving){ self, conversation, NULL, done, user_data };
  begin_with (receiving, &incoming);
}
