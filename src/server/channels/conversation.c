/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: from their rows, to their JSON. Pure but for the reference count; centre's thread. */
#include "server/channels/conversation.h"

#include "base/json.h"

Message *
message_ref (Message *message)
{
  message->references++;
  return message;
}

void
message_unref (Message *message)
{
  if (--message->references > 0)
    return;
  g_free (message->reason);
  g_free (message->text);
  g_free (message->key);
  g_free (message->external_id);
  g_free (message->subject);
  g_free (message);
}

Message *
message_from_row (const char *conversation, StoreRow *row)
{
  Message *self = g_new0 (Message, 1);

  self->references = 1;
  g_strlcpy (self->conversation, conversation, sizeof self->conversation);
  self->number = store_row_int (row, 0);
  g_strlcpy (self->id, store_row_text (row, 1), sizeof self->id);
  g_strlcpy (self->interaction, store_row_text (row, 2), sizeof self->interaction);
  self->at = store_row_int (row, 3);
  self->author = g_intern_string (store_row_text (row, 4));
  self->agent = g_intern_string (store_row_text (row, 5));
  self->text = g_strdup (store_row_text (row, 6));
  self->state = g_intern_string (store_row_text (row, 7));
  self->reason = g_strdup (store_row_text (row, 8));
  self->key = g_strdup (store_row_text (row, 9));
  self->external_id = g_strdup (store_row_text (row, 10));
  self->subject = g_strdup (store_row_text (row, 11));
  self->attempted = store_row_int (row, 12) != 0;

  return self;
}

JsonObject *
message_to_json (const Message *self, gint64 read_number)
{
  JsonObject *object = json_object_new ();
  gboolean left = g_str_equal (self->state, "sent") || g_str_equal (self->state, "delivered");
  gboolean read = self->number <= read_number && left;

  base_json_set_string (object, "id", self->id);
  base_json_set_string (object, "conversation", self->conversation);
  base_json_set_string (object, "interaction", self->interaction);
  json_object_set_int_member (object, "number", self->number);
  base_json_set_time (object, "at", self->at);
  base_json_set_string (object, "author", self->author);
  base_json_set_string (object, "agent", self->agent);
  base_json_set_string (object, "text", self->text);
  base_json_set_string (object, "state", read ? "read" : self->state);
  base_json_set_string (object, "reason", self->reason);
  if (self->subject != NULL)
    base_json_set_string (object, "subject", self->subject);

  return object;
}

char *
message_clean (const char *text)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  gboolean something = FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\r')
        c = at[1] == '\n' ? 0 : '\n';
      if (c != '\n' && c != '\t' && g_unichar_iscntrl (c))
        c = 0;
      if (c != 0)
        g_string_append_unichar (clean, c);
      something = something || (c != 0 && !g_unichar_isspace (c));
    }

  return something ? g_string_free (g_steal_pointer (&clean), FALSE) : NULL;
}
