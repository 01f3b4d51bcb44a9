/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts of the channel e-mail: their life, and how they are. Centre's thread. */

#include "server/channels/email/email-private.h"

#include "base/json.h"
#include "base/log.h"
#include "server/centre/outages.h"

#include <curl/curl.h>
#include <gmime/gmime.h>

#define MAILS_PER_HOUR 60.0 /* of one sender */

EmailBox *
email_box_ref (EmailBox *box)
{
  box->references++;

  return box;
}

void
email_box_unref (EmailBox *box)
{
  if (--box->references > 0)
    return;
  email_account_unref (box->account);
  g_free (box);
}

EmailBox *
email_box_of (Email *self, const char *ours)
{
  for (guint i = 0; i < self->boxes->len; i++)
    {
      EmailBox *box = g_ptr_array_index (self->boxes, i);

      if (email_account_has (box->account, ours))
        return box;
    }

  return NULL;
}

/* --- the mailbox ------------------------------------------------------------------------------ */

void
email_box_look (EmailBox *box)
{
  /* A letter that is put off says nothing about the others. */
  if (box->email != NULL)
    outages_set (box->email->centre, OUTAGE_MAILBOX, box->account->name,
                 box->in != NULL || (box->out != NULL && !g_str_equal (box->out, "put_off")));
}

static void
on_up (gpointer user_data)
{
  EmailBox *box = user_data;

  box->in = NULL;
  base_log (BASE_LOG_INFO, "email", "mailbox_read", "account", box->account->name, NULL);
  email_box_look (box);
}

/* One line for each change, however often it is tried. */
static void
on_down (const char *reason, gpointer user_data)
{
  EmailBox *box = user_data;

  if (box->in != reason)
    base_log (BASE_LOG_WARNING, "email", "mailbox_not_read", "account", box->account->name,
              "reason", reason, NULL);
  box->in = reason;
  email_box_look (box);
}

static void
on_mail (Mail *mail, const EmailPosition *position, gpointer user_data)
{
  email_take (user_data, mail, position);
}

static void
on_read_to (const EmailPosition *position, gpointer user_data)
{
  email_position_keep (user_data, position, NULL, NULL);
}

static const EmailReaderFuncs reader_funcs = { on_up, on_down, on_mail, on_read_to };

/* --- the channel ------------------------------------------------------------------------------ */

static void
email_limits (gpointer self, Conversation *conversation, ChannelLimits *limits)
{
  *limits = (ChannelLimits){ .text = EMAIL_TEXT_MAX,
                             .attachments = EMAIL_ATTACHMENTS,
                             .attachment_size = EMAIL_ATTACHMENT_SIZE,
                             .all_size = EMAIL_ALL_SIZE };
}

static const char *
email_refuses (gpointer self, Conversation *conversation, gint64 *until)
{
  return email_box_of (self, conversation->ours) == NULL ? model_code (MODEL_CODE_NOT_ENABLED)
                                                         : NULL;
}

static void
email_status (gpointer data, JsonArray *into)
{
  Email *self = data;

  for (guint i = 0; i < self->boxes->len; i++)
    {
      const EmailBox *box = g_ptr_array_index (self->boxes, i);
      JsonObject *object = json_object_new ();

      base_json_set_string (object, "channel", "email");
      base_json_set_string (object, "name", box->account->name);
      base_json_set_string (object, "in", box->in != NULL ? box->in : "ok");
      base_json_set_string (object, "out", box->out != NULL ? box->out : "ok");
      json_object_set_int_member (object, "received", box->received);
      json_object_set_int_member (object, "aside", box->aside);
      json_object_set_int_member (object, "sent", box->sent);
      json_array_add_object_element (into, object);
    }
}

static const Channel email_channel = {
  .channel = MODEL_CHANNEL_EMAIL,
  .limits = email_limits,
  .refuses = email_refuses,
  .send = email_send,
  .subject = email_subject,
  .status = email_status,
  .try_for = 4 * 60 * 60,
};

/* --- life ------------------------------------------------------------------------------------- */

static void
box_close (gpointer data)
{
  EmailBox *box = data;

  box->email = NULL;
  g_clear_pointer (&box->reader, email_reader_free);
  g_clear_pointer (&box->sender, email_sender_free);
  email_box_unref (box);
}

static gboolean
box_add (Email *self, const EmailSettings *config, GError **error)
{
  EmailAccount *account = email_account_new (config, error);
  EmailBox *box;

  if (account == NULL)
    return FALSE;
  box = g_new0 (EmailBox, 1);
  box->references = 1;
  box->email = self;
  box->account = account;
  box->in = "connecting";
  g_ptr_array_add (self->boxes, box);

  return TRUE;
}

static void
box_open (EmailBox *box)
{
  const MailLimits limits = { EMAIL_TEXT_MAX, EMAIL_ATTACHMENTS, EMAIL_ATTACHMENT_SIZE,
                              EMAIL_ALL_SIZE };
  EmailPosition position;

  email_position_load (box, &position);
  box->sender = email_sender_new (box->account, email_on_sent, box);
  box->reader = email_reader_new (box->account, &position, &limits, &reader_funcs, box);
}

Email *
email_new (Centre *centre, GError **error)
{
  Email *self = g_new0 (Email, 1);
  const Config *config = centre_config (centre);

  g_mime_init ();
  curl_global_init (CURL_GLOBAL_DEFAULT);
  self->centre = centre;
  self->conversations = centre_conversations (centre);
  self->boxes = g_ptr_array_new_with_free_func (box_close);
  self->per_sender = limit_new (MAILS_PER_HOUR / 3600.0, MAILS_PER_HOUR);
  conversations_connect (self->conversations, &email_channel, self);
  for (guint i = 0; i < config->emails->len; i++)
    if (!box_add (self, g_ptr_array_index (config->emails, i), error))
      {
        email_free (self);
        return NULL;
      }
  for (guint i = 0; i < self->boxes->len; i++)
    box_open (g_ptr_array_index (self->boxes, i));

  return self;
}

void
email_free (Email *self)
{
  if (self == NULL)
    return;
  conversations_disconnect (self->conversations, &email_channel);
  g_ptr_array_unref (self->boxes);
  limit_free (self->per_sender);
  g_free (self);
}
