/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers of live channels who stay but say nothing more: once the agent has had the last word
 * for so long as the queue allows, the chat is closed; they are told shortly before. Typing counts
 * as being there. Centre's thread. */
#include "server/channels/conversations-private.h"

static const ModelQueue *
queue_of (Conversations *self, const Conversation *conversation)
{
  Record *record = centre_record (self->centre, conversation->interaction);

  if (record == NULL || record->queue == NULL)
    return NULL;

  return model_definitions_queue (centre_definitions (self->centre), record->queue);
}

static void
set_closing (Conversations *self, Conversation *conversation, gint64 at)
{
  const ConversationChannel *channel = conversation_channel (self, conversation);

  if (conversation->closes_at == at)
    return;
  conversation->closes_at = at;
  if (channel != NULL && channel->channel->changed != NULL)
    channel->channel->changed (channel->data, conversation);
}

void
conversation_quiet (Conversations *self, Conversation *conversation, gint64 since)
{
  conversation->quiet_since = since;
  set_closing (self, conversation, 0);
}

void
conversation_watch_silence (Conversations *self, Conversation *conversation)
{
  const ModelQueue *queue;
  gint64 now, closes;

  if (conversation->quiet_since == 0 || conversation->state != CONVERSATION_TALKING ||
      conversation->away)
    {
      set_closing (self, conversation, 0);
      return;
    }
  queue = queue_of (self, conversation);
  if (queue == NULL || queue->silence_seconds == 0)
    return;
  now = centre_now (self->centre);
  closes = conversation->quiet_since + (gint64) queue->silence_seconds * 1000;
  if (now >= closes)
    conversations_left (self, conversation, MODEL_CODE_SILENCE);
  else if (now >= closes - (gint64) queue->silence_warning_seconds * 1000)
    set_closing (self, conversation, closes);
}
