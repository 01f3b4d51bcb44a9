/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to customers. Text and files leave as messages of their own, in order; that one has left
 * is noted on the disk before the next is tried, so that trying again never repeats it. A file is
 * handed over first, which nobody sees, and then sent by the name that it got. Centre's thread. */

#include "base/log.h"
#include "server/centre/outages.h"
#include "server/channels/meta/graph.h"
#include "server/channels/meta/meta-private.h"

#include <string.h>

typedef struct
{
  Meta *self;
  const MetaAccount *account;
  Conversation *conversation;
  Message *message;
} Sending;

static void send_part (Sending *sending);

static void
sending_free (Sending *sending)
{
  message_unref (sending->message);
  g_free (sending);
}

/* --- what becomes of it ----------------------------------------------------------------------- */

static guint
parts_of (const Message *message)
{
  return (*message->text != '\0' ? 1 : 0) +
         (message->attachments != NULL ? message->attachments->len : 0);
}

static void
rest (Meta *self, const MetaAccount *account, guint seconds)
{
  gint64 *until = g_new (gint64, 1);

  *until = g_get_monotonic_time () / 1000 + (gint64) seconds * 1000;
  g_hash_table_replace (self->resting, (gpointer) account, until);
}

static void
fail (Sending *sending, ModelCode code)
{
  conversations_failed (sending->self->conversations, sending->conversation, sending->message,
                        model_code (code));
  sending_free (sending);
}

/* It was not taken: later, or never. */
static void
not_taken (Sending *sending, const OutgoingAnswer *answer, const MetaAnswer *meant)
{
  base_log (BASE_LOG_WARNING, "meta", "not_taken", "account", sending->account->name, "status",
            BASE_INT (answer->status), "problem", answer->problem != NULL ? answer->problem : "-",
            NULL);
  if (meant->outcome != META_LATER)
    {
      fail (sending, meant->code);
      return;
    }
  if (meant->all)
    rest (sending->self, sending->account, meant->seconds);
  conversations_later (sending->self->conversations, sending->conversation, sending->message,
                       meant->seconds);
  sending_free (sending);
}

static void
on_part_noted (gpointer user_data)
{
  send_part (user_data);
}

static void
part_left (Sending *sending, const char *mid)
{
  Message *message = sending->message;
  StoreBatch *batch;

  message->left_parts++;
  batch = store_batch_new ();
  store_batch_add (batch, STORE_MESSAGE_PARTS, message->conversation, message->number,
                   (gint64) message->left_parts);
  if (message->left_parts < parts_of (message))
    {
      centre_write (sending->self->centre, batch, on_part_noted, sending);
      return;
    }
  centre_write (sending->self->centre, batch, NULL, NULL);
  conversations_sent (sending->self->conversations, sending->conversation, message, mid);
  sending_free (sending);
}

static void
on_answer (const OutgoingAnswer *answer, gpointer user_data)
{
  Sending *sending = user_data;
  MetaAnswer meant = meta_graph_answer (answer->status, answer->left, answer->retry_after,
                                        answer->body, answer->length);

  outages_set (sending->self->centre, OUTAGE_PAGE, sending->account->name,
               answer->status == 0 || answer->status >= 500 || answer->status == 401);
  if (meant.outcome == META_SENT)
    part_left (sending, meant.mid);
  else
    not_taken (sending, answer, &meant);
  g_free (meant.mid);
}

/* --- requests --------------------------------------------------------------------------------- */

SoupMessage *
meta_request (const MetaAccount *account, const char *method, const char *path)
{
  g_autofree char *url = g_strdup_printf ("%s/%s", account->url, path);
  g_autofree char *authorization = g_strconcat ("Bearer ", account->token, NULL);
  SoupMessage *request = soup_message_new (method, url);

  if (request != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (request), "Authorization",
                                  authorization);

  return request;
}

/* Takes @body. */
static void
post (Sending *sending, char *body)
{
  g_autofree char *path = g_strconcat (sending->account->id, "/messages", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (body, strlen (body));
  SoupMessage *request = meta_request (sending->account, "POST", path);

  if (request == NULL)
    {
      fail (sending, MODEL_CODE_CHANNEL_REFUSED);
      return;
    }
  soup_message_set_request_body_from_bytes (request, "application/json", bytes);
  outgoing_send (sending->self->outgoing, request, on_answer, sending);
}

static void
on_uploaded (const OutgoingAnswer *answer, gpointer user_data)
{
  Sending *sending = user_data;
  MetaAnswer meant =
      meta_graph_upload_answer (answer->status, answer->retry_after, answer->body, answer->length);
  gboolean instagram = sending->conversation->channel == MODEL_CHANNEL_INSTAGRAM;
  const Attachment *file;

  if (meant.outcome != META_SENT)
    not_taken (sending, answer, &meant);
  else
    {
      file = g_ptr_array_index (sending->message->attachments,
                                sending->message->left_parts -
                                    (*sending->message->text != '\0' ? 1 : 0));
      post (sending,
            meta_graph_file (sending->conversation->address, file->type, meant.mid, instagram));
    }
  g_free (meant.mid);
}

/* A name that is not ASCII makes Meta refuse the file. */
static char *
plain_name (const char *name)
{
  g_autofree char *plain = g_str_to_ascii (name, "C");

  for (char *at = plain; *at != '\0'; at++)
    if (*at < 0x20 || *at == '"' || *at == '\\')
      *at = '_';

  return g_steal_pointer (&plain);
}

static void
upload (Sending *sending, const Attachment *file)
{
  gboolean instagram = sending->conversation->channel == MODEL_CHANNEL_INSTAGRAM;
  g_autofree char *path = g_strconcat (sending->account->page, "/message_attachments", NULL);
  g_autofree char *said = meta_graph_upload (file->type);
  g_autofree char *name = plain_name (file->name);
  g_autoptr (GBytes) content =
      attachments_read (conversations_attachments (sending->self->conversations), file->id);
  g_autoptr (SoupMultipart) form = NULL;
  g_autoptr (GBytes) body = NULL;
  SoupMessage *request = meta_request (sending->account, "POST", path);

  if (request == NULL || content == NULL)
    {
      g_clear_object (&request);
      fail (sending, content == NULL ? MODEL_CODE_FILE_GONE : MODEL_CODE_CHANNEL_REFUSED);
      return;
    }
  form = soup_multipart_new ("multipart/form-data");
  if (instagram)
    soup_multipart_append_form_string (form, "platform", "instagram");
  soup_multipart_append_form_string (form, "message", said);
  soup_multipart_append_form_file (form, "filedata", name, file->type, content);
  soup_multipart_to_message (form, soup_message_get_request_headers (request), &body);
  soup_message_set_request_body_from_bytes (request, NULL, body);
  outgoing_send (sending->self->outgoing, request, on_uploaded, sending);
}

/* --- the parts -------------------------------------------------------------------------------- */

static void
send_part (Sending *sending)
{
  const Message *message = sending->message;
  guint texts = *message->text != '\0' ? 1 : 0;

  if (message->left_parts < texts)
    post (sending, meta_graph_message (sending->conversation->address, message->text));
  else
    upload (sending, g_ptr_array_index (message->attachments, message->left_parts - texts));
}

void
meta_send (gpointer user_data, Conversation *conversation, Message *message)
{
  Meta *self = user_data;
  const MetaAccount *account = meta_account_of (self, conversation->channel, conversation->ours);
  const gint64 *until = g_hash_table_lookup (self->resting, account);
  gint64 left = until != NULL ? *until - g_get_monotonic_time () / 1000 : 0;
  Sending *sending;

  if (left > 0)
    {
      conversations_later (self->conversations, conversation, message, (guint) (left / 1000 + 1));
      return;
    }
  /* All of it is there; what is tried again is what did not leave, and that is nothing. */
  if (message->left_parts >= parts_of (message))
    {
      conversations_sent (self->conversations, conversation, message, NULL);
      return;
    }
  sending = g_new0 (Sending, 1);
  *sending = (Sending){ self, account, conversation, message_ref (message) };
  send_part (sending);
}
