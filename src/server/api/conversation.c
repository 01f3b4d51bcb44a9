/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an agent does in a conversation: writes, has read, types, reads back. Centre's thread. */
#include "server/api/handlers.h"

#include "server/api/sight.h"
#include "base/sms-text.h"
#include "server/channels/conversations.h"
#include "server/channels/im.h"

#include <string.h>

#define SUBJECT_MAX          300
#define TEXT_READ_MAX        (64 * 1024) /* longer ones are told this limit, no channel's */
#define ATTACHMENTS_READ_MAX 100

/* --- writing ---------------------------------------------------------------------------------- */

void
api_call_reply_message (ApiCall *call, const Message *message)
{
  JsonObject *answer = api_call_mark (call);
  ModelId interaction = 0;
  Conversation *conversation = NULL;

  if (model_id_from_text (MODEL_ID_INTERACTION, message->interaction, &interaction))
    conversation = conversations_of (centre_conversations (call->centre), interaction);
  json_object_set_object_member (
      answer, "message",
      message_to_json (message,
                       conversation != NULL ? conversation_read_of (conversation, message) : 0,
                       centre_definitions (call->centre)));
  api_call_reply (call, 200, answer);
}

/* What an agent wrote. */
typedef struct
{
  char *subject; /* NULL: as the channel says */
  char *text;
  GStrv attachments; /* ids */
  char *then;        /* what becomes of the conversation when it has left, or NULL */
  gboolean private;  /* for agents alone */
} Written;

static void
written_clear (Written *written)
{
  g_clear_pointer (&written->subject, g_free);
  g_clear_pointer (&written->text, g_free);
  g_clear_pointer (&written->attachments, g_strfreev);
  g_clear_pointer (&written->then, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Written, written_clear)

typedef struct
{
  ApiCall *call;
  Written written;
} Sending;

static gboolean
is_same (const Message *message, const Written *written)
{
  g_autofree char *then = message_then (message);

  return message_says (message, written->text) && message->private == written->private &&
         g_strcmp0 (then, written->then) == 0 &&
         message_has_attachments (message, (const char *const *) written->attachments);
}

static void
on_written (const Message *message, gpointer user_data)
{
  g_autofree Sending *sending = user_data;
  g_autoptr (ApiCall) call = sending->call;
  g_auto (Written) written = sending->written;

  if (is_same (message, &written))
    api_call_reply_message (call, message);
  else
    api_call_problem (call, 422, "idempotency_mismatch", NULL, NULL);
}

static Sending *
sending_new (ApiCall *call, Written *written)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->call = api_call_ref (call);
  sending->written = *written;
  *written = (Written){ 0 };

  return sending;
}

static void
write_message (ApiCall *call, Conversation *conversation, Written *written)
{
  Conversations *conversations = centre_conversations (call->centre);
  const char *reason = NULL;
  g_autoptr (GPtrArray) attachments = NULL;
  ChannelLimits limits;
  Sending *sending;

  conversations_limits (conversations, conversation, &limits);
  attachments =
      attachments_claim (conversations_attachments (conversations), conversation, &limits,
                         call->agent, (const char *const *) written->attachments, &reason);
  if (attachments == NULL)
    {
      api_call_not_now (call, reason);
      return;
    }
  sending = sending_new (call, written);
  conversations_write (conversations, conversation, call->agent, call->key,
                       sending->written.subject, sending->written.text, attachments,
                       sending->written.then, on_written, sending);
}

/* What can be wanted of a conversation beside that it goes on. */
static gboolean
is_standing (const char *then)
{
  return g_str_equal (then, "pending") || g_str_equal (then, "escalated") ||
         g_str_equal (then, "resolved");
}

/* FALSE: answered. */
static gboolean
read_written (ApiCall *call, Written *written)
{
  g_autoptr (GError) error = NULL;
  const char *text;
  const char *subject = NULL, *then = NULL;

  if (!base_json_only (&call->body, &error, "text", "attachments", "subject", "private", "then",
                       NULL) ||
      !base_json_opt_bool (&call->body, "private", FALSE, &written->private, &error) ||
      !base_json_opt_string (&call->body, "then", 32, NULL, &then, &error) ||
      !base_json_opt_string (&call->body, "subject", SUBJECT_MAX, NULL, &subject, &error) ||
      !base_json_get_string (&call->body, "text", TEXT_READ_MAX, &text, &error) ||
      !base_json_opt_strings (&call->body, "attachments", ATTACHMENTS_READ_MAX, ATTACHMENT_ID_SIZE,
                              &written->attachments, &error))
    {
      api_call_bad_body (call, error);
      return FALSE;
    }
  written->then = g_strdup (then);
  written->subject = subject != NULL ? message_clean (subject) : NULL;
  if (written->subject != NULL)
    g_strdelimit (written->subject, "\n\t", ' ');
  written->text = message_clean (text);
  if (written->text == NULL && written->attachments[0] != NULL)
    written->text = g_strdup ("");
  if (written->text == NULL)
    api_call_invalid (call, "/text", MESSAGE_TEXT_MAX, "empty");
  else if (written->private && written->attachments[0] != NULL)
    api_call_invalid (call, "/attachments", 0, "private");
  else if (written->private && written->subject != NULL)
    api_call_invalid (call, "/subject", 0, "private");
  else if (then != NULL && (written->private || !is_standing (then)))
    api_call_invalid (call, "/then", 0, "pending, escalated or resolved, of what is sent");
  else
    return TRUE;

  return FALSE;
}

Conversation *
api_call_writable (ApiCall *call)
{
  Record *record = api_call_interaction (call);
  Conversation *conversation;
  const Part *part;
  const char *refusal;

  if (record == NULL)
    return NULL;
  conversation = conversations_of (centre_conversations (call->centre), record->id);
  part = record_part_of (record, call->agent);
  if (conversation == NULL)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_ENABLED));
  else if (part == NULL)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_CONNECTED));
  else if (record->customer_left_at != 0)
    api_call_not_now (
        call, model_code (record->by != NULL ? MODEL_CODE_IM_ENDED : MODEL_CODE_CUSTOMER_GONE));
  else if (part->state == PART_WRAP_UP)
    api_call_not_now (call, model_code (MODEL_CODE_WRAP_UP));
  else if (part->part == MODEL_PART_CONSULTED && record->channel != MODEL_CHANNEL_IM)
    api_call_not_now (call, model_code (MODEL_CODE_PRIVATE_ONLY));
  else
    {
      refusal = conversations_refusal (centre_conversations (call->centre), conversation, NULL);
      if (refusal == NULL)
        return conversation;
      api_call_not_now (call, refusal);
    }

  return NULL;
}

static void
too_long (ApiCall *call, gint64 limit)
{
  JsonObject *more = json_object_new ();

  base_json_set_string (more, "field", "/text");
  json_object_set_int_member (more, "limit", limit);
  api_call_problem (call, 413, "too_large", more, NULL);
}

/* FALSE: answered. */
static gboolean
has_no_card (ApiCall *call, const Written *written)
{
  Conversations *conversations = centre_conversations (call->centre);

  if (!conversations_refuses_cards (conversations, written->text) &&
      !conversations_refuses_cards (conversations, written->subject))
    return TRUE;
  api_call_not_now (call, model_code (MODEL_CODE_CARD_DATA));

  return FALSE;
}

/* As it will be sent. FALSE: answered. */
static gboolean
fits (ApiCall *call, Conversation *conversation, const char *written)
{
  Conversations *conversations = centre_conversations (call->centre);
  g_autofree char *masked = conversations_without_cards (conversations, written);
  const char *text = masked != NULL ? masked : written;
  ChannelLimits limits;

  conversations_limits (conversations, conversation, &limits);
  if (g_utf8_strlen (text, -1) <= limits.text &&
      (limits.segments == 0 || base_sms_measure (text).segments <= limits.segments))
    return TRUE;
  too_long (call, limits.text);

  return FALSE;
}

/* Where it stands is the primary agent's to say. FALSE: answered. */
static gboolean
may_stand (ApiCall *call, Conversation *conversation, const char *then)
{
  Record *record = centre_record (call->centre, conversation->interaction);
  const Part *part = record != NULL ? record_part_of (record, call->agent) : NULL;
  JsonObject *more;

  if (then == NULL || (part != NULL && part->part == MODEL_PART_PRIMARY && record->by == NULL))
    return TRUE;
  more = json_object_new ();
  base_json_set_string (more, "reason", model_code (MODEL_CODE_NOT_PRIMARY));
  api_call_problem (call, 403, "not_allowed", more, NULL);

  return FALSE;
}

/* For agents alone: whoever has a part may, whatever the customer and the channel do. */
static void
write_private (ApiCall *call, Written *written)
{
  Record *record = api_call_interaction (call);
  Conversations *conversations = centre_conversations (call->centre);
  Conversation *conversation;
  Sending *sending;

  if (record == NULL)
    return;
  conversation = conversations_of (conversations, record->id);
  if (conversation == NULL || record->by != NULL)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_ENABLED));
  else if (record_part_of (record, call->agent) == NULL)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_CONNECTED));
  else if (g_utf8_strlen (written->text, -1) > MESSAGE_TEXT_MAX)
    too_long (call, MESSAGE_TEXT_MAX);
  else
    {
      sending = sending_new (call, written);
      conversations_write_private (conversations, conversation, record, call->agent, call->key,
                                   sending->written.text, on_written, sending);
    }
}

void
api_message_send (ApiCall *call)
{
  g_auto (Written) written = { 0 };
  g_autoptr (Message) known = NULL;
  Conversation *conversation;

  /* The message itself remembers its key: its text is kept in one place alone. */
  call->secret = TRUE;
  if (!read_written (call, &written))
    return;
  known = conversations_find (centre_conversations (call->centre), call->parameters[0], call->agent,
                              call->key);
  if (known != NULL && !is_same (known, &written))
    api_call_problem (call, 422, "idempotency_mismatch", NULL, NULL);
  else if (known != NULL)
    api_call_reply_message (call, known);
  else if (!has_no_card (call, &written))
    return;
  else if (written.private)
    write_private (call, &written);
  else
    {
      conversation = api_call_writable (call);
      if (conversation != NULL && may_stand (call, conversation, written.then) &&
          fits (call, conversation, written.text))
        write_message (call, conversation, &written);
    }
}

/* --- again ------------------------------------------------------------------------------------ */

static void
on_retried (const Message *message, gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  api_call_reply_message (call, message);
}

/* Who works on the conversation sends again what failed, whoever wrote it. */
void
api_message_retry (ApiCall *call)
{
  Conversations *conversations = centre_conversations (call->centre);
  Conversation *conversation = NULL;
  g_autoptr (Message) message =
      conversations_find_by_id (conversations, call->parameters[0], &conversation);

  call->secret = TRUE;
  if (message == NULL || !g_str_equal (message->author, "agent"))
    {
      api_call_not_found (call);
      return;
    }
  g_free (call->parameters[0]);
  call->parameters[0] = g_strdup (conversation->interaction_text);
  if (api_call_writable (call) != NULL)
    conversations_retry (conversations, conversation, message, on_retried, api_call_ref (call));
}

/* --- reading and typing ----------------------------------------------------------------------- */

static void
on_read_kept (gpointer user_data)
{
  g_autoptr (ApiCall) call = user_data;

  api_call_reply (call, 200, api_call_mark (call));
}

void
api_conversation_read (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  Conversation *conversation;
  const Part *part;
  Record *record;
  gint64 number;

  if (!base_json_only (&call->body, &error, "number", NULL) ||
      !base_json_get_int (&call->body, "number", 0, G_MAXINT64, &number, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  record = api_call_interaction (call);
  if (record == NULL)
    return;
  conversation = conversations_of (centre_conversations (call->centre), record->id);
  part = record_part_of (record, call->agent);
  if (conversation == NULL || part == NULL)
    api_call_not_now (call, model_code (MODEL_CODE_NOT_CONNECTED));
  else if (part->part == MODEL_PART_CONSULTED) /* the customer's side is not told of it */
    api_call_reply (call, 200, api_call_mark (call));
  else if (number > conversation->last_number)
    api_call_invalid (call, "/number", conversation->last_number, "above the last number");
  else
    conversations_agent_read (centre_conversations (call->centre), conversation, call->agent,
                              number, on_read_kept, api_call_ref (call));
}

void
api_conversation_typing (ApiCall *call)
{
  g_autoptr (GError) error = NULL;
  Conversation *conversation;
  gboolean on;

  if (!base_json_only (&call->body, &error, "on", NULL) ||
      !base_json_get_bool (&call->body, "on", &on, &error))
    {
      api_call_bad_body (call, error);
      return;
    }
  conversation = api_call_writable (call);
  if (conversation == NULL)
    return;
  conversations_agent_typing (centre_conversations (call->centre), conversation, call->agent, on);
  api_call_reply (call, 200, api_call_mark (call));
}

/* --- reading back ----------------------------------------------------------------------------- */

typedef struct
{
  const char *conversation;
  gboolean found;
  gint64 read_number;
  gint64 agent_read;
  char *between;       /* address, of two agents; else NULL */
  GPtrArray *messages; /* Message */
} Paging;

static void
on_conversation_row (StoreRow *row, gpointer user_data)
{
  Paging *paging = user_data;

  paging->found = TRUE;
  paging->read_number = store_row_int (row, 4);
  paging->agent_read = store_row_int (row, 5);
  if (g_str_equal (store_row_text (row, 7), model_channel_to_text (MODEL_CHANNEL_IM)))
    paging->between = g_strdup (store_row_text (row, 6));
}

static void
on_message_row (StoreRow *row, gpointer user_data)
{
  Paging *paging = user_data;

  g_ptr_array_add (paging->messages, message_from_row (paging->conversation, row));
}

static gint64
read_of (const Paging *paging, const Message *message)
{
  return paging->between != NULL ? im_read_by_other (paging->between, message->agent,
                                                     paging->read_number, paging->agent_read)
                                 : paging->read_number;
}

static JsonObject *
page_to_json (const Paging *paging, guint limit, const ModelDefinitions *definitions)
{
  JsonObject *answer = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = MIN (paging->messages->len, limit); i > 0; i--)
    {
      const Message *message = g_ptr_array_index (paging->messages, i - 1);

      json_array_add_object_element (
          list, message_to_json (message, read_of (paging, message), definitions));
    }
  json_object_set_array_member (answer, "messages", list);
  json_object_set_boolean_member (answer, "more", paging->messages->len > limit);

  return answer;
}

void
api_conversation_messages (ApiCall *call)
{
  const char *from = api_call_query (call, "before");
  const char *count = api_call_query (call, "limit");
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);
  Paging paging = { .conversation = call->parameters[0], .messages = messages };
  Store *store = centre_store (call->centre);
  gint64 before = G_MAXINT64, limit = 50;
  g_autoptr (GError) error = NULL;

  if (from != NULL && !g_ascii_string_to_signed (from, 10, 1, G_MAXINT64, &before, NULL))
    api_call_invalid_query (call, "before", 0, "not a number");
  else if (count != NULL && !g_ascii_string_to_signed (count, 10, 1, 200, &limit, NULL))
    api_call_invalid_query (call, "limit", 200, "not a number from 1 to 200");
  else if (!store_query (store, &error, on_conversation_row, &paging, STORE_GET_CONVERSATION,
                         call->parameters[0]) ||
           !store_query (store, &error, on_message_row, &paging, STORE_GET_MESSAGES_BEFORE,
                         call->parameters[0], (gint64) 0, before, limit + 1))
    api_call_store_error (call, error);
  else if (!paging.found || !sight_of_conversation (call, call->parameters[0]))
    api_call_not_found (call);
  else
    api_call_reply (call, 200,
                    page_to_json (&paging, (guint) limit, centre_definitions (call->centre)));
  g_free (paging.between);
}
