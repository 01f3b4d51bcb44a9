/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of ours on their way out: of each conversation one at a time and in order, each noted as
 * attempted on the disk before it can leave, so that after a crash none goes twice by itself and
 * none is forgotten. What becomes of them is applied here alone. Centre's thread. */

#include "server/channels/conversations-private.h"

#include "base/log.h"
#include "server/channels/fetching.h"

#include <string.h>

#define TRY_FOR   (5 * 60)   /* seconds that one message is tried again and holds up the others */
#define STUCK_FOR (8 * 1000) /* ms that it is tried until its work counts as stuck */
#define EARLY_MAX 1000

typedef struct
{
  MessageEvent event;
  char reason[64];
} Early;

typedef struct
{
  Conversations *self;
  Conversation *conversation;
  Message *message;
  ConversationWrittenFunc done;
  CentreReadyFunc ready;
  gpointer user_data;
} Sending;

static void send_next (Conversations *self, Conversation *conversation);

static Sending *
sending_new (Conversations *self, Conversation *conversation, Message *message)
{
  Sending *sending = g_new0 (Sending, 1);

  *sending = (Sending){ self, conversation, message_ref (message), NULL, NULL, NULL };
  conversation->holds++;

  return sending;
}

static void
sending_free (Sending *sending)
{
  sending->conversation->holds--;
  message_unref (sending->message);
  g_free (sending);
}

/* --- what becomes of a message ---------------------------------------------------------------- */

static void
on_applied (gpointer user_data)
{
  Sending *sending = user_data;

  g_ptr_array_remove (sending->conversation->pending, sending->message);
  if (sending->ready != NULL)
    sending->ready (sending->user_data);
  sending_free (sending);
}

/* FALSE: nothing comes of it. Until it is durable the message is found among the pending ones. */
static gboolean
apply (Conversations *self,
       Conversation *conversation,
       Message *message,
       MessageEvent event,
       const char *reason,
       CentreReadyFunc done,
       gpointer user_data)
{
  Sending *sending;
  StoreBatch *batch;
  MessageState state;

  if (message->private || !message_state_from_text (message->state, &state) ||
      !message_state_apply (&state, event))
    return FALSE;
  message->state = message_state_to_text (state);
  g_free (message->reason);
  message->reason = state == MESSAGE_FAILED ? g_strdup (reason) : NULL;
  message->attempted = FALSE;
  batch = store_batch_new ();
  store_batch_add (batch, STORE_MESSAGE_STATE, conversation->id, message->number, message->state,
                   message->reason, message->external_id);
  sending = sending_new (self, conversation, message);
  sending->ready = done;
  sending->user_data = user_data;
  g_ptr_array_add (conversation->pending, message_ref (message));
  conversation_message_changed (self, conversation, message, batch, on_applied, sending);

  return TRUE;
}

static char *
early_name (ModelChannel channel, const char *external_id)
{
  return g_strjoin (" ", model_channel_to_text (channel), external_id, NULL);
}

/* The name of a message is durable: what was heard of it before counts now. */
static void
on_name_kept (gpointer user_data)
{
  Sending *sending = user_data;
  g_autofree char *name =
      early_name (sending->conversation->channel, sending->message->external_id);
  const Early *early = g_hash_table_lookup (sending->self->early, name);

  if (early != NULL)
    apply (sending->self, sending->conversation, sending->message, early->event, early->reason,
           NULL, NULL);
  g_hash_table_remove (sending->self->early, name);
  sending_free (sending);
}

/* The first is done with; the next one's turn. */
static void
finish (Conversations *self, Conversation *conversation, Message *message)
{
  g_return_if_fail (conversation->under_way &&
                    g_queue_peek_head (&conversation->outgoing) == message);

  message_unref (g_queue_pop_head (&conversation->outgoing));
  conversation_stuck (self, conversation, FALSE);
  conversation->under_way = FALSE;
  conversation->trying_since = 0;
  send_next (self, conversation);
}

void
conversations_sent (Conversations *self,
                    Conversation *conversation,
                    Message *message,
                    const char *external_id)
{
  g_autoptr (Message) kept = message_ref (message);

  if (external_id != NULL)
    {
      g_free (kept->external_id);
      kept->external_id = g_strdup (external_id);
    }
  centre_together_begin (self->centre);
  if (!apply (self, conversation, kept, MESSAGE_EVENT_LEFT, NULL, NULL, NULL))
    base_log (BASE_LOG_DEBUG, "channels", "known_before", "message", kept->id, NULL);
  if (kept->external_id != NULL)
    centre_after_durable (self->centre, on_name_kept, sending_new (self, conversation, kept));
  finish (self, conversation, kept);
  conversation_then (self, conversation, kept);
  centre_together_end (self->centre);
}

void
conversations_failed (Conversations *self,
                      Conversation *conversation,
                      Message *message,
                      const char *reason)
{
  g_autoptr (Message) kept = message_ref (message);

  base_log (BASE_LOG_WARNING, "channels", "not_sent", "message", kept->id, "reason", reason, NULL);
  apply (self, conversation, kept, MESSAGE_EVENT_FAILED, reason, NULL, NULL);
  finish (self, conversation, kept);
}

static gboolean
on_waited (gpointer user_data)
{
  Sending *sending = user_data;

  sending->conversation->wait_source = 0;
  sending->conversation->under_way = FALSE;
  send_next (sending->self, sending->conversation);

  return G_SOURCE_REMOVE;
}

void
conversations_later (Conversations *self,
                     Conversation *conversation,
                     Message *message,
                     guint seconds)
{
  gint64 now = g_get_monotonic_time () / 1000;
  const ConversationChannel *channel = conversation_channel (self, conversation);
  gint64 try_for =
      channel != NULL && channel->channel->try_for > 0 ? channel->channel->try_for : TRY_FOR;
  StoreBatch *batch;

  if (now - conversation->trying_since + (gint64) seconds * 1000 > try_for * 1000)
    {
      conversations_failed (self, conversation, message,
                            model_code (MODEL_CODE_CHANNEL_UNREACHABLE));
      return;
    }
  if (now - conversation->trying_since >= STUCK_FOR)
    conversation_stuck (self, conversation, TRUE);
  message->attempted = FALSE;
  batch = store_batch_new ();
  store_batch_add (batch, STORE_MESSAGE_ATTEMPT, conversation->id, message->number, (gint64) 0);
  centre_write (self->centre, batch, NULL, NULL);
  conversation->wait_source = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, seconds, on_waited,
                                                          sending_new (self, conversation, message),
                                                          (GDestroyNotify) sending_free);
}

/* --- the way out ------------------------------------------------------------------------------ */

static void
on_attempt_noted (gpointer user_data)
{
  Sending *sending = user_data;
  const ConversationChannel *channel = conversation_channel (sending->self, sending->conversation);

  if (channel == NULL)
    conversations_failed (sending->self, sending->conversation, sending->message,
                          model_code (MODEL_CODE_NOT_ENABLED));
  else
    channel->channel->send (channel->data, sending->conversation, sending->message);
  sending_free (sending);
}

static void
send_next (Conversations *self, Conversation *conversation)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);
  Message *message = g_queue_peek_head (&conversation->outgoing);
  const char *refusal;
  StoreBatch *batch;

  if (message == NULL || conversation->under_way)
    return;
  conversation->under_way = TRUE;
  if (conversation->trying_since == 0)
    conversation->trying_since = g_get_monotonic_time () / 1000;
  refusal = conversations_refusal (self, conversation, NULL);
  if (refusal != NULL)
    {
      conversations_failed (self, conversation, message, refusal);
      return;
    }
  message->attempted = TRUE;
  if (channel->channel->repeatable != NULL &&
      channel->channel->repeatable (channel->data, conversation))
    {
      centre_after_durable (self->centre, on_attempt_noted,
                            sending_new (self, conversation, message));
      return;
    }
  batch = store_batch_new ();
  store_batch_add (batch, STORE_MESSAGE_ATTEMPT, conversation->id, message->number, (gint64) 1);
  centre_write (self->centre, batch, on_attempt_noted, sending_new (self, conversation, message));
}

void
conversation_send (Conversations *self, Conversation *conversation, Message *message)
{
  g_queue_push_tail (&conversation->outgoing, message_ref (message));
  send_next (self, conversation);
}

/* --- reports ---------------------------------------------------------------------------------- */

typedef struct
{
  Conversations *self;
  MessageEvent event;
  const char *reason;
  guint found;
} Report;

static void
on_row (StoreRow *row, gpointer user_data)
{
  GPtrArray *messages = user_data;

  g_ptr_array_add (messages, message_from_row ("", row));
}

Message *
conversations_message (Conversations *self, Conversation *conversation, gint64 number)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);
  Message *message;

  for (GList *l = conversation->outgoing.head; l != NULL; l = l->next)
    if (((Message *) l->data)->number == number)
      return message_ref (l->data);
  for (guint i = 0; i < conversation->pending->len; i++)
    {
      message = g_ptr_array_index (conversation->pending, i);
      if (message->number == number)
        return message_ref (message);
    }
  store_query (centre_store (self->centre), NULL, on_row, found, STORE_GET_MESSAGES_AFTER,
               conversation->id, number - 1, number + 1, (gint64) 1);
  if (found->len == 0)
    return NULL;
  message = message_ref (g_ptr_array_index (found, 0));
  g_strlcpy (message->conversation, conversation->id, sizeof message->conversation);

  return message;
}

/* "mCONVERSATION.NUMBER" */
Message *
conversations_find_by_id (Conversations *self, const char *id, Conversation **conversation)
{
  const char *dot = strrchr (id, '.');
  g_autofree char *name = NULL;
  gint64 number;

  if (*id != 'm' || dot == NULL ||
      !g_ascii_string_to_signed (dot + 1, 10, 1, G_MAXINT64 - 1, &number, NULL))
    return NULL;
  name = g_strdup_printf ("n%.*s", (int) (dot - id - 1), id + 1);
  *conversation = conversations_by_id (self, name);

  return *conversation != NULL ? conversations_message (self, *conversation, number) : NULL;
}

static void
on_external_row (StoreRow *row, gpointer user_data)
{
  Report *report = user_data;
  Conversation *conversation = conversations_by_id (report->self, store_row_text (row, 0));
  g_autoptr (Message) message =
      conversation != NULL
          ? conversations_message (report->self, conversation, store_row_int (row, 1))
          : NULL;

  if (message == NULL)
    return;
  report->found++;
  apply (report->self, conversation, message, report->event, report->reason, NULL, NULL);
}

/* It may be of a message whose sending has not been answered yet: kept a while. */
static void
keep_early (Conversations *self, char *name, MessageEvent event, const char *reason)
{
  Early *early = g_new0 (Early, 1);

  early->event = event;
  g_strlcpy (early->reason, reason != NULL ? reason : "", sizeof early->reason);
  if (g_hash_table_size (self->early) >= EARLY_MAX)
    g_hash_table_remove_all (self->early);
  g_hash_table_replace (self->early, name, early);
}

void
conversations_report (Conversations *self,
                      ModelChannel channel,
                      const char *external_id,
                      MessageEvent event,
                      const char *reason)
{
  Report report = { self, event, reason, 0 };

  store_query (centre_store (self->centre), NULL, on_external_row, &report,
               STORE_GET_MESSAGES_EXTERNAL, model_channel_to_text (channel), external_id);
  if (report.found == 0)
    keep_early (self, early_name (channel, external_id), event, reason);
}

void
conversations_report_own (Conversations *self,
                          const char *message,
                          MessageEvent event,
                          const char *reason)
{
  Conversation *conversation = NULL;
  g_autoptr (Message) found = conversations_find_by_id (self, message, &conversation);

  if (found != NULL)
    apply (self, conversation, found, event, reason, NULL, NULL);
}

void
conversations_report_until (Conversations *self,
                            Conversation *conversation,
                            gint64 until,
                            MessageEvent event)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);

  store_query (centre_store (self->centre), NULL, on_row, found, STORE_GET_MESSAGES_UNTIL,
               conversation->id, until);
  for (guint i = 0; i < found->len; i++)
    {
      const Message *row = g_ptr_array_index (found, i);
      g_autoptr (Message) message = conversations_message (self, conversation, row->number);

      if (message != NULL)
        apply (self, conversation, message, event, NULL, NULL, NULL);
    }
}

/* --- again ------------------------------------------------------------------------------------ */

static void
on_again (gpointer user_data)
{
  Sending *sending = user_data;

  sending->done (sending->message, sending->user_data);
  if (g_str_equal (sending->message->state, "pending"))
    conversation_send (sending->self, sending->conversation, sending->message);
  sending_free (sending);
}

static void
on_as_it_was (gpointer user_data)
{
  Sending *sending = user_data;

  sending->done (sending->message, sending->user_data);
  sending_free (sending);
}

void
conversations_retry (Conversations *self,
                     Conversation *conversation,
                     Message *message,
                     ConversationWrittenFunc done,
                     gpointer user_data)
{
  Sending *sending = sending_new (self, conversation, message);

  sending->done = done;
  sending->user_data = user_data;
  if (!apply (self, conversation, message, MESSAGE_EVENT_RETRIED, NULL, on_again, sending))
    centre_after_durable (self->centre, on_as_it_was, sending);
}

/* --- after a restart -------------------------------------------------------------------------- */

static void
resume_conversation (Conversations *self, Conversation *conversation)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);
  gboolean repeatable = channel != NULL && channel->channel->repeatable != NULL &&
                        channel->channel->repeatable (channel->data, conversation);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);

  store_query (centre_store (self->centre), NULL, on_row, messages, STORE_GET_MESSAGES_PENDING,
               conversation->id);
  for (guint i = 0; i < messages->len; i++)
    {
      Message *message = g_ptr_array_index (messages, i);

      g_strlcpy (message->conversation, conversation->id, sizeof message->conversation);
      if (message->attempted && !repeatable)
        apply (self, conversation, message, MESSAGE_EVENT_FAILED,
               model_code (MODEL_CODE_OUTCOME_UNKNOWN), NULL, NULL);
      else
        conversation_send (self, conversation, message);
    }
}

static void
on_pending_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (store_row_text (row, 0)));
}

void
conversations_resume (Conversations *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  store_query (centre_store (self->centre), NULL, on_pending_row, ids,
               STORE_GET_CONVERSATIONS_PENDING);
  for (guint i = 0; i < ids->len; i++)
    {
      Conversation *conversation = conversations_by_id (self, g_ptr_array_index (ids, i));

      if (conversation != NULL)
        resume_conversation (self, conversation);
    }
  fetching_resume (self->fetching);
}
