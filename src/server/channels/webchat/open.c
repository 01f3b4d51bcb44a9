/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The upgrade of a customer's request to a stream: who it is, from which message on. Centre's
 * thread. */

#include "server/channels/webchat/said.h"
#include "server/channels/webchat/stream.h"

#include <string.h>

#define PROTOCOL     "guichet."
#define STREAMS_MAX  100 /* of a source */
#define CLOSE_TOKEN  4401
#define CLOSE_CURSOR 4410

typedef struct
{
  Webchat *webchat;
  char *source;
  char *token;
  gint64 since;
} Opening;

static void
opening_free (gpointer data, GClosure *closure)
{
  Opening *opening = data;

  g_free (opening->source);
  g_free (opening->token);
  g_free (opening);
}

static Conversation *
conversation_of (const Opening *opening)
{
  g_autofree char *hash = secrets_hash_token (opening->token);

  return conversations_at (opening->webchat->conversations, MODEL_CHANNEL_WEBCHAT, hash);
}

static void
on_upgraded (SoupServerMessage *message, gpointer user_data)
{
  Opening *opening = user_data;
  Stream *self = g_new0 (Stream, 1);
  const char *protocol = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Sec-WebSocket-Protocol");

  self->references = 1;
  self->webchat = opening->webchat;
  self->source = g_strdup (opening->source);
  self->since = opening->since;
  self->connection = front_upgrade (message, protocol, WEBCHAT_STREAM_MESSAGE_MAX, &self->guard);
  self->handed = guard_stream_written (self->guard);
  webchat_stream_add (self);
  self->references++;
  self->conversation = conversation_of (opening);
  if (GPOINTER_TO_INT (g_hash_table_lookup (self->webchat->per_source, self->source)) > STREAMS_MAX)
    {
      self->conversation = NULL;
      webchat_stream_close (self, WEBCHAT_CLOSE_RATE, "too many streams");
    }
  else if (self->conversation == NULL || self->conversation->interaction == 0)
    {
      self->conversation = NULL;
      webchat_stream_close (self, CLOSE_TOKEN, "token");
    }
  else if (self->since > self->conversation->last_number - self->conversation->hidden)
    {
      self->conversation = NULL;
      webchat_stream_close (self, CLOSE_CURSOR, "cursor");
    }
  else
    webchat_stream_start (self);
  g_signal_handlers_disconnect_by_func (message, on_upgraded, user_data);
  webchat_stream_unref (self);
}

/* The failure of an upgrade is hidden from a page, a close code is not: so a bad token is told by
 * the latter. */
void
webchat_stream_open (Webchat *self,
                     SoupServerMessage *message,
                     GHashTable *query,
                     const char *source)
{
  const char *protocol = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Sec-WebSocket-Protocol");
  const char *since = query != NULL ? g_hash_table_lookup (query, "since") : NULL;
  char *protocols[] = { (char *) protocol, NULL };
  g_autoptr (GError) error = NULL;
  Opening *opening;
  gint64 number = 0;

  if (protocol == NULL || !g_str_has_prefix (protocol, PROTOCOL) || strlen (protocol) > 128 ||
      strchr (protocol, ',') != NULL)
    webchat_problem (message, 401, "not_signed_in", NULL, NULL);
  else if (since != NULL && !g_ascii_string_to_signed (since, 10, 0, G_MAXINT64 - 1, &number, NULL))
    webchat_problem (message, 422, "invalid", NULL, "since");
  else if (!soup_websocket_server_check_handshake (message, NULL, protocols, NULL, &error))
    webchat_problem (message, 400, "bad_request", NULL, NULL);
  else
    {
      opening = g_new0 (Opening, 1);
      opening->webchat = self;
      opening->source = g_strdup (source);
      opening->token = g_strdup (protocol + strlen (PROTOCOL));
      opening->since = number;
      soup_websocket_server_process_handshake (message, NULL, protocols, NULL, NULL);
      g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_upgraded), opening,
                             opening_free, 0);
    }
}
