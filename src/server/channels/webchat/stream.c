/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's page and its conversation: one WebSocket from the upgrade to its end. What comes is
 * bounded in size and rate; who does not read, or says nothing for long, is cut. Centre's thread.
 */

#include "server/channels/webchat/stream.h"

#include "base/json.h"
#include "base/log.h"
#include "base/time-text.h"
#include "server/channels/webchat/said.h"

#include <string.h>

#define BEAT         15000 /* ms */
#define SILENT_BEATS 3     /* after which a page is gone; a standstill of ours is none */
#define AT_ONCE      400   /* of a page between two beats: a hundred that waited, as many read */
#define BEHIND_BYTES (1024 * 1024)
#define REPLAY_MAX   20000

void
webchat_stream_unref (Stream *self)
{
  if (--self->references > 0)
    return;
  g_clear_object (&self->connection);
  g_clear_object (&self->guard);
  g_free (self->source);
  g_free (self);
}

static GPtrArray *
streams_of (Conversation *conversation)
{
  if (conversation->peer == NULL)
    conversation->peer = g_ptr_array_new ();

  return conversation->peer;
}

static void
count_source (Webchat *webchat, const char *source, int change)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (webchat->per_source, source)) + change;

  if (n > 0)
    g_hash_table_insert (webchat->per_source, g_strdup (source), GINT_TO_POINTER (n));
  else
    g_hash_table_remove (webchat->per_source, source);
}

static void
end (Stream *self)
{
  if (self->ended)
    return;
  self->ended = TRUE;
  g_hash_table_remove (self->webchat->streams, self);
  count_source (self->webchat, self->source, -1);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  front_let_close (self->connection);
  if (self->conversation != NULL)
    {
      GPtrArray *streams = streams_of (self->conversation);

      g_ptr_array_remove (streams, self);
      if (streams->len == 0)
        g_clear_pointer ((GPtrArray **) &self->conversation->peer, g_ptr_array_unref);
    }
  webchat_stream_unref (self);
}

void
webchat_stream_close (Stream *self, gushort code, const char *why)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, why);
  end (self);
}

/* Takes the object. */
static void
tell (Stream *self, JsonObject *object)
{
  g_autofree char *text = base_json_to_text (object);
  gsize length = strlen (text);
  guint64 written = guard_stream_written (self->guard);

  json_object_unref (object);
  if (self->ended ||
      soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  if (self->handed > written && self->handed - written > self->allowed)
    {
      base_log (BASE_LOG_INFO, "webchat", "slow_reader", "source", self->source, NULL);
      g_io_stream_close (G_IO_STREAM (self->guard), NULL, NULL);
      end (self);
      return;
    }
  self->handed += front_frame_size (length);
  soup_websocket_connection_send_text (self->connection, text);
}

static JsonObject *
typed (const char *type)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "type", type);

  return object;
}

/* --- to the page ------------------------------------------------------------------------------ */

/* All who serve the customer, as the centre shows them; who is consulted is unknown to the page. */
static JsonArray *
names_of_agents (Stream *self)
{
  const Record *record = centre_record (self->webchat->centre, self->conversation->interaction);
  JsonArray *names = json_array_new ();

  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->state == PART_ACTIVE &&
          (part->part == MODEL_PART_PRIMARY || part->part == MODEL_PART_CONFERENCED))
        json_array_add_string_element (names, webchat_agent_name (self->webchat, part->agent));
    }

  return names;
}

static void
tell_state (Stream *self)
{
  static const char *const states[] = { "waiting", "talking", "ended" };
  const Conversation *conversation = self->conversation;
  JsonObject *object = typed ("state");

  base_json_set_string (object, "state", states[conversation->state]);
  if (conversation->state == CONVERSATION_WAITING && conversation->place > 0)
    json_object_set_int_member (object, "place", conversation->place);
  if (conversation->state == CONVERSATION_TALKING)
    {
      base_json_set_string (object, "agent",
                            webchat_agent_name (self->webchat, conversation->agent));
      json_object_set_array_member (object, "agents", names_of_agents (self));
      json_object_set_boolean_member (object, "away", conversation->away);
      base_json_set_time (object, "closes_at", conversation->closes_at);
    }
  if (conversation->state == CONVERSATION_ENDED)
    {
      if (conversation->reason != NULL)
        base_json_set_string (object, "reason", conversation->reason);
      json_object_set_boolean_member (
          object, "reopens",
          conversations_may_come_back (self->webchat->conversations, self->conversation));
    }
  tell (self, object);
}

static void
tell_message (Stream *self, const Message *message)
{
  g_autofree char *bot = NULL;
  JsonObject *object, *inner;

  /* Those that were read from the store may be told of once more as they become durable. */
  if (message_public_number (message) <= self->sent)
    return;
  self->sent = message_public_number (message);
  object = typed ("message");
  inner = json_object_new ();
  json_object_set_int_member (inner, "number", message_public_number (message));
  base_json_set_string (inner, "author", message->author);
  if (message_is_before (message))
    {
      bot = message_from (message);
      json_object_set_boolean_member (inner, "before", TRUE);
      if (bot != NULL)
        base_json_set_string (inner, "bot", bot);
      if (message_hands_over (message))
        json_object_set_boolean_member (inner, "hand_over", TRUE);
    }
  else if (message->agent != NULL)
    base_json_set_string (inner, "agent", webchat_agent_name (self->webchat, message->agent));
  else
    base_json_set_string (inner, "key", message->key);
  base_json_set_string (inner, "text", message->text);
  base_json_set_time (inner, "at", message->at);
  if (message->masked)
    json_object_set_boolean_member (inner, "masked", TRUE);
  if (message->attachments != NULL)
    json_object_set_array_member (inner, "attachments", message_attachments (message));
  json_object_set_object_member (object, "message", inner);
  tell (self, object);
}

static void
tell_read (Stream *self, gint64 number)
{
  JsonObject *object = typed ("read");

  json_object_set_int_member (object, "number", number);
  tell (self, object);
}

static void
tell_refused (Stream *self, const char *key, const char *code, gint64 limit)
{
  JsonObject *object = typed ("refused");

  base_json_set_string (object, "key", key);
  base_json_set_string (object, "code", code);
  if (limit > 0)
    json_object_set_int_member (object, "limit", limit);
  tell (self, object);
}

/* A stream may end while it is told something. */
static GPtrArray *
all_of (Conversation *conversation)
{
  GPtrArray *streams = conversation->peer;
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) webchat_stream_unref);

  for (guint i = 0; streams != NULL && i < streams->len; i++)
    {
      Stream *stream = g_ptr_array_index (streams, i);

      stream->references++;
      g_ptr_array_add (copy, stream);
    }

  return copy;
}

static void
channel_message (gpointer self, Conversation *conversation, const Message *message)
{
  g_autoptr (GPtrArray) streams = all_of (conversation);

  for (guint i = 0; i < streams->len; i++)
    tell_message (g_ptr_array_index (streams, i), message);
}

static void
channel_typing (gpointer self, Conversation *conversation, gboolean on)
{
  g_autoptr (GPtrArray) streams = all_of (conversation);

  for (guint i = 0; i < streams->len; i++)
    {
      JsonObject *object = typed ("typing");

      json_object_set_boolean_member (object, "on", on);
      tell (g_ptr_array_index (streams, i), object);
    }
}

static void
channel_read (gpointer self, Conversation *conversation, gint64 number)
{
  g_autoptr (GPtrArray) streams = all_of (conversation);

  for (guint i = 0; i < streams->len; i++)
    tell_read (g_ptr_array_index (streams, i), number);
}

static void
channel_changed (gpointer self, Conversation *conversation)
{
  g_autoptr (GPtrArray) streams = all_of (conversation);

  for (guint i = 0; i < streams->len; i++)
    tell_state (g_ptr_array_index (streams, i));
}

static gboolean
channel_is_connected (gpointer self, Conversation *conversation)
{
  return conversation->peer != NULL;
}

static guint
channel_silence (gpointer self)
{
  return centre_config (((Webchat *) self)->centre)->webchat_silence;
}

void
webchat_limits (gpointer self, Conversation *conversation, ChannelLimits *limits)
{
  *limits = (ChannelLimits){ .text = MESSAGE_TEXT_MAX,
                             .attachments = WEBCHAT_FILES_MAX,
                             .attachment_size = WEBCHAT_FILE_MAX,
                             .all_size = WEBCHAT_FILE_MAX };
}

const Channel webchat_channel = {
  .channel = MODEL_CHANNEL_WEBCHAT,
  .live = TRUE,
  .limits = webchat_limits,
  .silence = channel_silence,
  .message = channel_message,
  .typing = channel_typing,
  .read = channel_read,
  .changed = channel_changed,
  .is_connected = channel_is_connected,
};

/* --- from the page ---------------------------------------------------------------------------- */

static void
on_written (const Message *message, gpointer user_data)
{
  Stream *self = user_data;
  JsonObject *object = typed ("acknowledged");

  base_json_set_string (object, "key", message->key);
  json_object_set_int_member (object, "number", message_public_number (message));
  /* What the page shows is what was kept. */
  if (message->masked)
    {
      base_json_set_string (object, "text", message->text);
      json_object_set_boolean_member (object, "masked", TRUE);
    }
  tell (self, object);
  /* Its own message comes back to it only where it has missed others before. */
  if (message_public_number (message) == self->sent + 1)
    self->sent = message_public_number (message);
  webchat_stream_unref (self);
}

typedef struct
{
  Stream *stream;
  char *key;
} Return;

static void
on_back (ConversationOutcome outcome, const Message *message, gpointer user_data)
{
  g_autofree Return *back = user_data;
  g_autofree char *key = back->key;

  if (message != NULL)
    on_written (message, back->stream);
  else
    {
      tell_refused (back->stream, key, "ended", 0);
      webchat_stream_unref (back->stream);
    }
}

/* After the end: it goes on with this message. */
static void
come_back (Stream *self, const char *key, const char *text)
{
  Return *back = g_new0 (Return, 1);

  self->references++;
  *back = (Return){ self, g_strdup (key) };
  conversations_come_back (self->webchat->conversations, self->conversation, key, text, on_back,
                           back);
}

/* The files are looked at only when all else is well: a key that is known is never refused. */
static void
hand_over (Stream *self, const char *key, const char *text, const Message *known, char **files)
{
  Webchat *webchat = self->webchat;
  const char *reason = NULL;
  g_autoptr (GPtrArray) claimed = NULL;
  ChannelLimits limits;

  webchat_limits (webchat, self->conversation, &limits);
  if (known == NULL)
    claimed =
        attachments_claim (conversations_attachments (webchat->conversations), self->conversation,
                           &limits, NULL, (const char *const *) files, &reason);
  if (reason != NULL)
    {
      tell_refused (self, key, reason, 0);
      return;
    }
  self->references++;
  conversations_write (webchat->conversations, self->conversation, NULL, key, NULL, text, claimed,
                       NULL, on_written, self);
}

static void
write_message (Stream *self, const char *key, const char *text, char **files)
{
  Webchat *webchat = self->webchat;
  g_autofree char *clean = message_clean (text);
  g_autoptr (Message) known =
      conversations_find (webchat->conversations, self->conversation->interaction_text, NULL, key);

  gboolean ended = known == NULL && self->conversation->state == CONVERSATION_ENDED;

  if (ended && (files[0] != NULL ||
                !conversations_may_come_back (webchat->conversations, self->conversation)))
    tell_refused (self, key, "ended", 0);
  else if (known == NULL && g_utf8_strlen (text, -1) > MESSAGE_TEXT_MAX)
    tell_refused (self, key, "too_large", MESSAGE_TEXT_MAX);
  else if (known == NULL && clean == NULL && files[0] == NULL)
    tell_refused (self, key, "empty", 0);
  else if (known == NULL && limit_take (webchat->messages, self->conversation->id,
                                        g_get_monotonic_time () / 1000) > 0)
    tell_refused (self, key, "too_many", 0);
  else if (ended)
    come_back (self, key, clean);
  else
    hand_over (self, key, clean != NULL ? clean : "", known, files);
}

static void
act (Stream *self, const WebchatSaid *said)
{
  Webchat *webchat = self->webchat;

  switch (said->kind)
    {
    case WEBCHAT_SAID_MESSAGE:
      write_message (self, said->key, said->text, said->files);
      break;
    case WEBCHAT_SAID_TYPING:
      if (self->conversation->state == CONVERSATION_TALKING)
        conversations_typing (webchat->conversations, self->conversation, said->on);
      break;
    case WEBCHAT_SAID_READ:
      conversations_read (webchat->conversations, self->conversation, said->number);
      break;
    case WEBCHAT_SAID_END:
      conversations_left (webchat->conversations, self->conversation, MODEL_CODE_CUSTOMER_LEFT);
      break;
    case WEBCHAT_SAID_HEARTBEAT:
      break;
    }
}

static gboolean
take (Stream *self, GBytes *bytes)
{
  g_autoptr (WebchatSaid) said = webchat_said_parse (bytes);

  if (said != NULL)
    act (self, said);

  return said != NULL;
}

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *bytes, gpointer user_data)
{
  Stream *self = user_data;
  gint64 now = g_get_monotonic_time () / 1000;

  self->silent_beats = 0;
  self->references++;
  if (++self->heard_count > AT_ONCE || limit_take_many (self->webchat->bytes, self->source,
                                                        (double) g_bytes_get_size (bytes), now) > 0)
    webchat_stream_close (self, WEBCHAT_CLOSE_RATE, "too fast");
  else if (type != SOUP_WEBSOCKET_DATA_TEXT || !take (self, bytes))
    {
      base_log (BASE_LOG_INFO, "webchat", "bad_message", "source", self->source, NULL);
      webchat_stream_close (self, SOUP_WEBSOCKET_CLOSE_BAD_DATA, "not understood");
    }
  webchat_stream_unref (self);
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer user_data)
{
  end (user_data);
}

/* --- time ------------------------------------------------------------------------------------- */

void
webchat_streams_tick (Webchat *self)
{
  g_autoptr (GList) all = g_hash_table_get_keys (self->streams);
  gint64 now = g_get_monotonic_time () / 1000;

  for (GList *l = all; l != NULL; l = l->next)
    {
      Stream *stream = l->data;

      if (now < stream->beat)
        continue;
      stream->beat = now + BEAT;
      stream->heard_count = 0;
      if (++stream->silent_beats > SILENT_BEATS)
        {
          g_io_stream_close (G_IO_STREAM (stream->guard), NULL, NULL);
          end (stream);
        }
      else
        tell (stream, typed ("heartbeat"));
    }
}

void
webchat_streams_close (Webchat *self)
{
  g_autoptr (GList) all = g_hash_table_get_keys (self->streams);

  for (GList *l = all; l != NULL; l = l->next)
    webchat_stream_close (l->data, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/* --- its beginning --------------------------------------------------------------------------- */

static void
on_replay_row (StoreRow *row, gpointer user_data)
{
  Stream *self = user_data;
  g_autoptr (Message) message = message_from_row (self->conversation->id, row);

  tell_message (self, message);
}

/* All that the page has missed, however much, and then what is new. */
void
webchat_stream_start (Stream *self)
{
  Conversation *conversation = self->conversation;

  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_ptr_array_add (streams_of (conversation), self);
  self->sent = self->since;
  self->allowed = G_MAXUINT64;
  tell_state (self);
  store_query (centre_store (self->webchat->centre), NULL, on_replay_row, self,
               STORE_GET_PUBLIC_AFTER, conversation->id, self->since, (gint64) REPLAY_MAX);
  if (conversation->agent_read > 0)
    tell_read (self, conversations_public_until (self->webchat->conversations, conversation,
                                                 conversation->agent_read));
  self->allowed = self->handed - guard_stream_written (self->guard) + BEHIND_BYTES;
}

void
webchat_stream_add (Stream *self)
{
  self->beat = g_get_monotonic_time () / 1000 + BEAT;
  g_hash_table_add (self->webchat->streams, self);
  count_source (self->webchat, self->source, 1);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
}
