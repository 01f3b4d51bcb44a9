/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /media/ID/UNTIL/MARK/NAME: the mark is made of ID and UNTIL with the centre's key. */
#include "server/channels/media-links.h"

#include "server/api/front.h"
#include "server/channels/conversations.h"

#include <string.h>

#define MARK_LENGTH 40

struct _MediaLinks
{
  Centre *centre;
  Webhooks *webhooks;
};

/* Free with g_free. */
static char *
mark_of (MediaLinks *self, const char *id, const char *until)
{
  g_autofree char *purpose = g_strjoin ("\n", "media", id, until, NULL);
  g_autofree char *secret = secrets_derive (centre_secrets (self->centre), purpose);
  g_autofree char *sum = secrets_hash_token (secret);

  return g_strndup (sum, MARK_LENGTH);
}

char *
media_links_make (MediaLinks *self, const Attachment *file, guint seconds)
{
  gint64 end = centre_now (self->centre) / 1000 + seconds;
  g_autofree char *until = g_strdup_printf ("%" G_GINT64_FORMAT, end);
  g_autofree char *mark = mark_of (self, file->id, until);
  g_autofree char *plain = g_str_to_ascii (file->name, "C");
  g_autofree char *name = NULL;

  g_strcanon (plain, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_", '_');
  name = g_uri_escape_string (plain, NULL, FALSE);

  return g_strjoin ("/", webhooks_url (self->webhooks), "media", file->id, until, mark, name, NULL);
}

/* FALSE: it was not made here, or so that it would be good no more. */
static gboolean
is_good (MediaLinks *self, char **rest)
{
  g_autofree char *mark = NULL;
  gint64 until;

  if (g_strv_length (rest) < 3 ||
      !g_ascii_string_to_signed (rest[1], 10, 0, G_MAXINT64, &until, NULL))
    return FALSE;
  mark = mark_of (self, rest[0], rest[1]);

  return webhook_secret_is (rest[2], mark) && centre_now (self->centre) / 1000 < until;
}

static void
on_request (const WebhookRequest *request, gpointer user_data)
{
  MediaLinks *self = user_data;
  Attachments *attachments = conversations_attachments (centre_conversations (self->centre));
  gboolean asked = g_str_equal (request->method, "GET") || g_str_equal (request->method, "HEAD");
  g_autofree char *conversation = NULL;
  g_autoptr (Attachment) file = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (asked && is_good (self, request->rest))
    conversation = attachments_conversation (attachments, request->rest[0]);
  if (conversation != NULL)
    file = attachments_find (attachments, request->rest[0], conversation, NULL);
  if (file != NULL)
    bytes = attachments_read (attachments, file->id);
  if (bytes == NULL)
    webhook_answer (request->message, 404, NULL);
  else
    front_send_file (request->message, file->name, file->type, bytes);
}

MediaLinks *
media_links_new (Centre *centre, Webhooks *webhooks)
{
  MediaLinks *self = g_new0 (MediaLinks, 1);

  self->centre = centre;
  self->webhooks = webhooks;
  webhooks_add (webhooks, "media", on_request, self);

  return self;
}

void
media_links_free (MediaLinks *self)
{
  webhooks_remove (self->webhooks, "media");
  g_free (self);
}
