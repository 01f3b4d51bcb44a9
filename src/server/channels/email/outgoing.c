/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages of agents as mails, and what becomes of them. Centre's thread. */

#include "server/channels/attachments.h"
#include "server/channels/email/compose.h"
#include "server/channels/email/email-private.h"
#include "server/channels/email/ids.h"

#include "base/log.h"

#include <string.h>

#define BEFORE_MAX    30 /* messages that an answer refers to */
#define FIRST_DELAY   5  /* seconds */
#define LONGEST_DELAY 600

typedef struct
{
  EmailBox *box;
  Conversation *conversation; /* it waits for the outcome: the conversations keep it */
  Message *message;
} Leaving;

/* --- what it answers -------------------------------------------------------------------------- */

static void
on_before_row (StoreRow *row, gpointer user_data)
{
  g_ptr_array_add (user_data, message_from_row ("", row));
}

/* The messages before this number, the nearest first. */
static GPtrArray *
messages_before (Email *self, const Conversation *conversation, gint64 number)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) message_unref);

  store_query (centre_store (self->centre), NULL, on_before_row, list, STORE_GET_PUBLIC_BEFORE,
               conversation->id, number, (gint64) BEFORE_MAX);

  return list;
}

static gboolean
is_customers (const Message *message)
{
  return g_str_equal (message->author, "customer");
}

static const Message *
last_of_customer (GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++)
    if (is_customers (g_ptr_array_index (before, i)))
      return g_ptr_array_index (before, i);

  return NULL;
}

char *
email_subject (gpointer self, Conversation *conversation)
{
  return conversation->subject != NULL ? email_answer_subject (conversation->subject) : NULL;
}

/* Ids of those before, the oldest first; the customer's last one at the end. */
static GPtrArray *
references_of (Email *self, const Conversation *conversation, GPtrArray *before)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  const Message *last = last_of_customer (before);

  for (guint i = before->len; i > 0; i--)
    {
      const Message *message = g_ptr_array_index (before, i - 1);

      if (message == last)
        continue;
      if (is_customers (message) && message->external_id != NULL &&
          strchr (message->external_id, '@') != NULL)
        g_ptr_array_add (ids, g_strdup (message->external_id));
      else if (g_str_equal (message->author, "agent"))
        g_ptr_array_add (
            ids, email_id_new (centre_secrets (self->centre), message->id, conversation->ours));
    }
  if (last != NULL && last->external_id != NULL && strchr (last->external_id, '@') != NULL)
    g_ptr_array_add (ids, g_strdup (last->external_id));

  return ids;
}

/* --- the letter ------------------------------------------------------------------------------- */

static void
mail_attachment_free (gpointer data)
{
  MailAttachment *attachment = data;

  g_bytes_unref (attachment->content);
  g_free (attachment);
}

/* NULL: one of them is gone. Their names are the message's. */
static GPtrArray *
attachments_of (Email *self, const Message *message)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (mail_attachment_free);

  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    {
      const Attachment *one = g_ptr_array_index (message->attachments, i);
      GBytes *bytes = attachments_read (conversations_attachments (self->conversations), one->id);
      MailAttachment *attachment;

      if (bytes == NULL)
        return NULL;
      attachment = g_new0 (MailAttachment, 1);
      attachment->name = one->name;
      attachment->type = one->type;
      attachment->content = bytes;
      g_ptr_array_add (list, attachment);
    }

  return g_steal_pointer (&list);
}

/* As the centre calls the place where the customer wrote. */
static const char *
our_name (Email *self, const Conversation *conversation)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelEntryPoint *entry =
      definitions != NULL ? model_definitions_entry_point (definitions, conversation->entry_point)
                          : NULL;

  return entry != NULL ? model_names_get (entry->names, entry->language, NULL) : NULL;
}

static GBytes *
write_mail (Email *self,
            const Conversation *conversation,
            const Message *message,
            GPtrArray *attachments)
{
  g_autoptr (GPtrArray) before = messages_before (self, conversation, message->number);
  g_autoptr (GPtrArray) references = references_of (self, conversation, before);
  const Message *last = last_of_customer (before);
  Record *record = centre_record (self->centre, conversation->interaction);
  g_autofree char *id =
      email_id_new (centre_secrets (self->centre), message->id, conversation->ours);
  const char *name = record != NULL ? record->name : NULL;
  const EmailDraft draft = { .from = conversation->ours,
                             .from_name = our_name (self, conversation),
                             .to = conversation->address,
                             .to_name = name,
                             .subject = message->subject != NULL ? message->subject : "",
                             .id = id,
                             .references = references,
                             .text = message->text,
                             .quoted = last != NULL ? last->text : NULL,
                             .quoted_name = name,
                             .quoted_at = last != NULL ? last->at : 0,
                             .at = message->at,
                             .attachments = attachments };

  return email_compose (&draft);
}

void
email_send (gpointer data, Conversation *conversation, Message *message)
{
  Email *self = data;
  EmailBox *box = email_box_of (self, conversation->ours);
  g_autoptr (GPtrArray) attachments = attachments_of (self, message);
  EmailLetter *letter;
  Leaving *leaving;

  if (box == NULL || attachments == NULL)
    {
      conversations_failed (
          self->conversations, conversation, message,
          model_code (box == NULL ? MODEL_CODE_NOT_ENABLED : MODEL_CODE_FILE_GONE));
      return;
    }
  leaving = g_new0 (Leaving, 1);
  leaving->box = email_box_ref (box);
  leaving->conversation = conversation;
  leaving->message = message_ref (message);
  letter = g_new0 (EmailLetter, 1);
  letter->from = g_strdup (conversation->ours);
  letter->to = g_strdup (conversation->address);
  letter->mail = write_mail (self, conversation, message, attachments);
  email_sender_send (box->sender, letter, leaving);
}

/* --- what became of it ------------------------------------------------------------------------ */

/* Half of the time that it is tried already. */
static guint
delay_of (const Conversation *conversation)
{
  gint64 tried = g_get_monotonic_time () / 1000 - conversation->trying_since;

  return (guint) CLAMP (tried / 2000, FIRST_DELAY, LONGEST_DELAY);
}

static void
note_trouble (EmailBox *box, const char *trouble, long reply)
{
  if (box->out != trouble && trouble != NULL)
    base_log (BASE_LOG_WARNING, "email", "not_sent", "account", box->account->name, "reason",
              trouble, "reply", BASE_INT (reply), NULL);
  else if (box->out != NULL && trouble == NULL)
    base_log (BASE_LOG_INFO, "email", "sent_again", "account", box->account->name, NULL);
  box->out = trouble;
  email_box_look (box);
}

void
email_on_sent (const EmailSent *sent, gpointer letter_data, gpointer user_data)
{
  EmailBox *box = user_data;
  Conversations *conversations = box->email->conversations;
  Leaving *leaving = letter_data;

  note_trouble (box, sent->trouble, sent->reply);
  switch (sent->outcome)
    {
    case EMAIL_SENT:
      box->sent++;
      conversations_sent (conversations, leaving->conversation, leaving->message, NULL);
      break;
    case EMAIL_REFUSED:
      conversations_failed (conversations, leaving->conversation, leaving->message, sent->reason);
      break;
    case EMAIL_DELAYED:
      conversations_later (conversations, leaving->conversation, leaving->message,
                           delay_of (leaving->conversation));
      break;
    case EMAIL_UNKNOWN:
      conversations_failed (conversations, leaving->conversation, leaving->message,
                            model_code (MODEL_CODE_OUTCOME_UNKNOWN));
      break;
    }
  message_unref (leaving->message);
  email_box_unref (leaving->box);
  g_free (leaving);
}
