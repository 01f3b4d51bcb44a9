/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of customers, and those that agents sent them: with the token of the conversation alone, so
 * much and so often. Centre's thread. */

#include "server/channels/webchat/webchat-private.h"

#include "base/json.h"

#include <string.h>

#define KEY_MIN     16
#define KEY_MAX     64
#define AGAIN_AFTER 5 /* seconds, for who sends too many files at once */

Conversation *
webchat_conversation (Webchat *self, SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *hash = NULL;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 && strlen (header) < 128)
    hash = secrets_hash_token (header + 7);

  return hash != NULL ? conversations_at (self->conversations, MODEL_CHANNEL_WEBCHAT, hash) : NULL;
}

/* NULL: answered. */
static Conversation *
signed_in (Webchat *self, SoupServerMessage *message)
{
  Conversation *conversation = webchat_conversation (self, message);

  if (conversation == NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "WWW-Authenticate", "Bearer");
      webchat_problem (message, 401, "not_signed_in", NULL, NULL);
    }

  return conversation;
}

/* --- in --------------------------------------------------------------------------------------- */

static goffset
length_of (SoupServerMessage *message)
{
  return soup_message_headers_get_content_length (
      soup_server_message_get_request_headers (message));
}

static const char *
key_of (SoupServerMessage *message)
{
  const char *key = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                  "Idempotency-Key");
  gsize length = key != NULL ? strlen (key) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (key[i]))
      return NULL;

  return length >= KEY_MIN && length <= KEY_MAX ? key : NULL;
}

FilesWrite *
webchat_file_begins (SoupServerMessage *message, const char *path, gpointer user_data)
{
  Webchat *self = user_data;
  g_autofree char *source = NULL;
  g_autofree char *owner = NULL;
  Conversation *conversation;
  goffset length = length_of (message);

  if (!g_str_equal (path, "/chat/v1/attachments") || key_of (message) == NULL)
    return NULL;
  conversation = webchat_conversation (self, message);
  if (conversation == NULL || conversation->state == CONVERSATION_ENDED ||
      length > WEBCHAT_FILE_MAX)
    return NULL;
  source = front_source (message, centre_config (self->centre)->webchat_proxies);
  if (limit_take_many (self->files, source, (double) MAX (length, 1),
                       g_get_monotonic_time () / 1000) > 0)
    return NULL;
  owner = g_strconcat ("webchat ", source, NULL);

  return files_write_new (store_files (centre_store (self->centre)), owner);
}

static void
on_added (const Attachment *attachment, const char *reason, gpointer user_data)
{
  g_autoptr (SoupServerMessage) message = user_data;

  if (attachment != NULL)
    webchat_reply (message, 200, attachment_to_json (attachment));
  else if (g_str_equal (reason, "idempotency_mismatch"))
    webchat_problem (message, 422, reason, NULL, NULL);
  else if (g_str_equal (reason, "store_failed"))
    webchat_problem (message, 503, "unavailable", NULL, NULL);
  else
    webchat_problem (message, 422, "invalid", NULL, reason);
  soup_server_message_unpause (message);
}

static void
refuse (SoupServerMessage *message,
        guint status,
        const char *code,
        const char *member,
        gint64 value)
{
  JsonObject *problem = json_object_new ();
  g_autofree char *type = g_strconcat ("urn:guichet:error:", code, NULL);

  base_json_set_string (problem, "type", type);
  json_object_set_int_member (problem, "status", status);
  json_object_set_int_member (problem, member, value);
  webchat_reply (message, status, problem);
}

void
webchat_file_add (Webchat *self, SoupServerMessage *message)
{
  g_autoptr (FilesWrite) write = front_take_file (message);
  Conversation *conversation = signed_in (self, message);
  g_autofree char *name = front_file_name (message);
  AttachmentFacts facts;

  if (conversation == NULL)
    return;
  if (key_of (message) == NULL)
    webchat_problem (message, 400, "bad_request", NULL, NULL);
  else if (conversation->state == CONVERSATION_ENDED)
    webchat_problem (message, 409, "not_now", NULL, "ended");
  else if (length_of (message) > WEBCHAT_FILE_MAX)
    refuse (message, 413, "too_large", "limit", WEBCHAT_FILE_MAX);
  else if (write == NULL)
    refuse (message, 429, "too_many", "retry_after", AGAIN_AFTER);
  else
    {
      facts = (AttachmentFacts){ .conversation = conversation->id,
                                 .interaction = conversation->interaction_text,
                                 .key = key_of (message),
                                 .name = name };
      soup_server_message_pause (message);
      attachments_add_written (conversations_attachments (self->conversations), &facts,
                               g_steal_pointer (&write), on_added, g_object_ref (message));
    }
}

/* --- out -------------------------------------------------------------------------------------- */

void
webchat_file_send (Webchat *self, SoupServerMessage *message, const char *id)
{
  Attachments *attachments = conversations_attachments (self->conversations);
  Conversation *conversation = signed_in (self, message);
  g_autoptr (Attachment) attachment = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (conversation == NULL)
    return;
  attachment = attachments_find (attachments, id, conversation->id, "customer");
  if (attachment != NULL)
    bytes = attachments_read (attachments, attachment->id);
  if (bytes != NULL)
    front_send_file (message, attachment->name, attachment->type, bytes);
  else
    webchat_problem (message, 404, "not_found", NULL, NULL);
}
