/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a mail: a message of a conversation, the news that one of ours did not arrive, or
 * nothing, and then it stays unread in the mailbox for people. The reader hears of it when all of
 * it is on the disk. Centre's thread. */

#include "server/channels/attachments.h"
#include "server/channels/email/email-private.h"
#include "server/channels/email/ids.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

typedef struct
{
  EmailBox *box;
  Mail *mail;
  EmailPosition position;
  GPtrArray *attachments; /* Attachment: those that are kept */
  guint next;             /* of the mail's attachments, to be kept */
  guint left_out;
  EmailVerdict verdict;
} Incoming;

static void
incoming_free (Incoming *self)
{
  email_box_unref (self->box);
  g_clear_pointer (&self->mail, mail_unref);
  g_ptr_array_unref (self->attachments);
  g_free (self);
}

/* --- how far the mailbox is read -------------------------------------------------------------- */

static char *
position_key (const EmailBox *box)
{
  return g_strconcat ("email ", box->account->name, NULL);
}

static void
on_position_row (StoreRow *row, gpointer user_data)
{
  EmailPosition *position = user_data;
  g_auto (GStrv) words = g_strsplit (store_row_text (row, 0), " ", -1);

  if (g_strv_length (words) != 3)
    return;
  position->validity = (guint32) g_ascii_strtoull (words[0], NULL, 10);
  position->uid = (guint32) g_ascii_strtoull (words[1], NULL, 10);
  position->at = g_ascii_strtoll (words[2], NULL, 10);
}

void
email_position_load (EmailBox *box, EmailPosition *position)
{
  g_autofree char *key = position_key (box);

  *position = (EmailPosition){ 0, 0, 0 };
  store_query (centre_store (box->email->centre), NULL, on_position_row, position, STORE_GET_META,
               key);
}

void
email_position_keep (EmailBox *box,
                     const EmailPosition *position,
                     CentreReadyFunc done,
                     gpointer user_data)
{
  StoreBatch *batch = store_batch_new ();
  g_autofree char *key = position_key (box);
  g_autofree char *text =
      g_strdup_printf ("%u %u %" G_GINT64_FORMAT, position->validity, position->uid, position->at);

  store_batch_add (batch, STORE_META_SET, key, text);
  centre_write (box->email->centre, batch, done, user_data);
}

/* --- the answer to the reader ----------------------------------------------------------------- */

static void
on_kept (gpointer user_data)
{
  Incoming *self = user_data;

  if (self->box->reader != NULL)
    email_reader_answer (self->box->reader, self->verdict);
  incoming_free (self);
}

static void
finish (Incoming *self, EmailVerdict verdict)
{
  self->verdict = verdict;
  if (verdict == EMAIL_VERDICT_TAKEN)
    self->box->received++;
  else if (verdict == EMAIL_VERDICT_ASIDE)
    self->box->aside++;
  if (verdict != EMAIL_VERDICT_LATER && self->position.validity != 0 && self->box->email != NULL)
    email_position_keep (self->box, &self->position, on_kept, self);
  else
    on_kept (self);
}

static void
leave (Incoming *self, const char *why)
{
  base_log (BASE_LOG_INFO, "email", "left_aside", "account", self->box->account->name, "reason",
            why, NULL);
  finish (self, EMAIL_VERDICT_ASIDE);
}

/* --- where it belongs ------------------------------------------------------------------------- */

typedef struct
{
  Conversations *conversations;
  Conversation *found;
} Looking;

static void
on_external_row (StoreRow *row, gpointer user_data)
{
  Looking *looking = user_data;

  if (looking->found == NULL)
    looking->found = conversations_by_id (looking->conversations, store_row_text (row, 0));
}

/* The conversation that has a mail with this id. */
static Conversation *
find_known (Email *email, const char *id)
{
  Looking looking = { email->conversations, NULL };

  store_query (centre_store (email->centre), NULL, on_external_row, &looking,
               STORE_GET_MESSAGES_EXTERNAL, "email", id);

  return looking.found;
}

static Conversation *
find_ours (Email *email, const char *id)
{
  g_autofree char *message = email_id_read (centre_secrets (email->centre), id);
  Conversation *conversation = NULL;
  g_autoptr (Message) found =
      message != NULL ? conversations_find_by_id (email->conversations, message, &conversation)
                      : NULL;

  return found != NULL && conversation->channel == MODEL_CHANNEL_EMAIL ? conversation : NULL;
}

/* Who answers a mail of ours has seen it, and belongs where it was written. Customers' own ids are
 * seen by others too: they count for the one who writes there. */
static Conversation *
find_thread (Email *email, const Mail *mail)
{
  for (guint i = mail->references->len; i > 0; i--)
    {
      const char *id = g_ptr_array_index (mail->references, i - 1);
      Conversation *conversation = find_ours (email, id);

      if (conversation == NULL)
        {
          conversation = find_known (email, id);
          if (conversation != NULL && !g_str_equal (conversation->address, mail->answer_to))
            conversation = NULL;
        }
      /* Erased: its address opens nothing any more. */
      if (conversation != NULL && strchr (conversation->address, '@') != NULL)
        return conversation;
    }

  return NULL;
}

static gboolean
has_entry_point (Email *email, const char *ours)
{
  const ModelDefinitions *definitions = centre_definitions (email->centre);

  return definitions != NULL &&
         model_definitions_entry_point_at (definitions, MODEL_CHANNEL_EMAIL, ours) != NULL;
}

static const char *
find_address_of_ours (const Incoming *self)
{
  for (guint i = 0; i < self->mail->to->len; i++)
    {
      const char *to = g_ptr_array_index (self->mail->to, i);

      if (email_account_has (self->box->account, to) && has_entry_point (self->box->email, to))
        return to;
    }

  return self->box->account->addresses[0];
}

static gboolean
is_worked_on (Email *email, const Conversation *conversation)
{
  Record *record = centre_record (email->centre, conversation->interaction);

  return record != NULL && record->customer_left_at == 0;
}

/* --- into the conversation -------------------------------------------------------------------- */

static void
on_received (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  Incoming *self = user_data;

  switch (outcome)
    {
    case CONVERSATION_RECEIVED:
    case CONVERSATION_KNOWN:
      finish (self, EMAIL_VERDICT_TAKEN);
      break;
    case CONVERSATION_NOWHERE:
      leave (self, "no_entry_point");
      break;
    case CONVERSATION_NOT_NOW:
      finish (self, EMAIL_VERDICT_LATER);
      break;
    }
}

static void
receive (Incoming *self)
{
  Email *email = self->box->email;
  const Mail *mail = self->mail;
  Conversation *thread;
  ConversationIncoming incoming = { .channel = MODEL_CHANNEL_EMAIL };

  if (email == NULL)
    {
      incoming_free (self);
      return;
    }
  thread = find_thread (email, mail);
  incoming.ours = thread != NULL ? thread->ours : find_address_of_ours (self);
  incoming.address = thread != NULL ? thread->address : mail->answer_to;
  incoming.thread = thread != NULL ? thread->thread : mail->id;
  incoming.external_id = mail->id;
  incoming.text = mail->text;
  incoming.subject = *mail->subject != '\0' ? mail->subject : NULL;
  incoming.name = mail->name != NULL ? mail->name : mail->from;
  incoming.from = g_str_equal (mail->from, incoming.address) ? NULL : mail->from;
  incoming.left_out = self->left_out;
  incoming.cut = mail->cut;
  incoming.attachments = self->attachments;
  conversations_receive (email->conversations, &incoming, on_received, self);
}

/* --- its attachments -------------------------------------------------------------------------- */

static void keep_next (Incoming *self);

static void
on_attachment (const Attachment *attachment, const char *reason, gpointer user_data)
{
  Incoming *self = user_data;

  if (attachment == NULL)
    self->left_out++;
  else
    g_ptr_array_add (self->attachments, attachment_new (attachment->id, attachment->name,
                                                        attachment->type, attachment->size));
  keep_next (self);
}

/* One after the other, so that they stand in their order. */
static void
keep_next (Incoming *self)
{
  const MailAttachment *attachment;
  g_autofree char *key = NULL;
  AttachmentFacts facts = { 0 };

  if (self->box->email == NULL || self->next >= self->mail->attachments->len)
    {
      receive (self);
      return;
    }
  attachment = g_ptr_array_index (self->mail->attachments, self->next);
  key = g_strdup_printf ("%s %u", self->mail->id, ++self->next);
  facts.key = key;
  facts.name = attachment->name;
  attachments_add (conversations_attachments (self->box->email->conversations), &facts,
                   attachment->content, on_attachment, self);
}

/* --- what kind of mail it is ------------------------------------------------------------------ */

static void
take_bounce (Incoming *self)
{
  Email *email = self->box->email;
  const char *id = self->mail->bounced;
  g_autofree char *message = id != NULL ? email_id_read (centre_secrets (email->centre), id) : NULL;

  if (message == NULL)
    {
      leave (self, "not_about_ours");
      return;
    }
  if (self->mail->bounced_for_good)
    conversations_report_own (email->conversations, message, MESSAGE_EVENT_FAILED,
                              model_code (MODEL_CODE_UNDELIVERABLE));
  finish (self, EMAIL_VERDICT_TAKEN);
}

static gboolean
is_from_us (const Incoming *self)
{
  return email_box_of (self->box->email, self->mail->from) != NULL ||
         email_box_of (self->box->email, self->mail->answer_to) != NULL;
}

static void
take_letter (Incoming *self)
{
  Email *email = self->box->email;
  const Conversation *thread = find_thread (email, self->mail);

  if (find_known (email, self->mail->id) != NULL)
    finish (self, EMAIL_VERDICT_TAKEN);
  else if (is_from_us (self))
    leave (self, "from_us");
  else if (self->mail->kind == MAIL_ANSWER && (thread == NULL || !is_worked_on (email, thread)))
    leave (self, "automatic");
  else if (limit_take (email->per_sender, self->mail->from, g_get_monotonic_time () / 1000) > 0)
    leave (self, "too_many_of_one_sender");
  else
    {
      self->left_out = self->mail->left_out;
      keep_next (self);
    }
}

void
email_take (EmailBox *box, Mail *mail, const EmailPosition *position)
{
  Incoming *self = g_new0 (Incoming, 1);

  self->box = email_box_ref (box);
  self->mail = mail != NULL ? mail_ref (mail) : NULL;
  self->position = *position;
  self->attachments = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_unref);
  if (mail == NULL)
    {
      leave (self, "unreadable");
      return;
    }
  switch (mail->kind)
    {
    case MAIL_PERSON:
    case MAIL_ANSWER:
      take_letter (self);
      break;
    case MAIL_BOUNCE:
      take_bounce (self);
      break;
    case MAIL_BULK:
      leave (self, "bulk");
      break;
    }
}
