/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where work on a conversation stands, as messages move it: what an agent wants done with it when a
 * message has left, and what waits for its customer is open again with the customer's word.
 * Centre's thread. */
#include "server/channels/conversations-private.h"

/* Nothing is closed or put aside over a word that the customer or the agent wrote meanwhile. */
static gboolean
is_last_word (const Conversation *conversation, const Message *message)
{
  return conversation->waiting_since == 0 &&
         g_queue_is_empty ((GQueue *) &conversation->outgoing) &&
         g_str_equal (conversation->interaction_text, message->interaction);
}

void
conversation_then (Conversations *self, Conversation *conversation, const Message *message)
{
  g_autofree char *then = message_then (message);
  AcdCommand command = { .type = ACD_COMMAND_SET_STATUS,
                         .agent = message->agent,
                         .interaction = conversation->interaction };
  ModelStatus status = MODEL_STATUS_OPEN;

  if (then == NULL || !is_last_word (conversation, message))
    return;
  if (!model_status_from_text (then, &status))
    command.type = ACD_COMMAND_END;
  command.status = (gint32) status;
  /* Refused where the agent has it no more: then it is for who has it now. */
  centre_command (self->centre, &command, NULL, NULL, NULL, NULL);
}

void
conversation_stuck (Conversations *self, const Conversation *conversation, gboolean stuck)
{
  const Record *record = centre_record (self->centre, conversation->interaction);
  AcdCommand command = { .type = ACD_COMMAND_STUCK, .interaction = conversation->interaction };

  if (record == NULL || (record->stuck != NULL) == stuck ||
      (stuck && record->customer_left_at != 0))
    return;
  if (stuck)
    command.reason = model_code (MODEL_CODE_CHANNEL_UNREACHABLE);
  centre_command (self->centre, &command, NULL, NULL, NULL, NULL);
}

void
conversation_wakes (Conversations *self, const Conversation *conversation)
{
  const Record *record = centre_record (self->centre, conversation->interaction);
  AcdCommand command = { .type = ACD_COMMAND_SET_STATUS, .interaction = conversation->interaction };

  if (record != NULL && record->status == MODEL_STATUS_PENDING && record->customer_left_at == 0)
    centre_command (self->centre, &command, NULL, NULL, NULL, NULL);
}
