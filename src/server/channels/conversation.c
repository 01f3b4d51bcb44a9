/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: from their rows, to their JSON. Pure but for the reference count; centre's thread. */
#include "server/channels/conversation.h"

#include "base/card-data.h"
#include "base/json.h"

#include <string.h>

Attachment *
attachment_new (const char *id, const char *name, const char *type, gint64 size)
{
  Attachment *attachment = g_new0 (Attachment, 1);

  attachment->references = 1;
  g_strlcpy (attachment->id, id, sizeof attachment->id);
  attachment->name = g_strdup (name);
  attachment->type = g_strdup (type);
  attachment->size = size;

  return attachment;
}

void
attachment_unref (Attachment *attachment)
{
  if (--attachment->references > 0)
    return;
  g_free (attachment->name);
  g_free (attachment->type);
  g_free (attachment);
}

JsonObject *
attachment_to_json (const Attachment *attachment)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", attachment->id);
  base_json_set_string (object, "name", attachment->name);
  base_json_set_string (object, "type", attachment->type);
  json_object_set_int_member (object, "size", attachment->size);

  return object;
}

JsonArray *
message_attachments (const Message *message)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; message->attachments != NULL && i < message->attachments->len; i++)
    json_array_add_object_element (
        list, attachment_to_json (g_ptr_array_index (message->attachments, i)));

  return list;
}

gboolean
message_has_attachments (const Message *message, const char *const *ids)
{
  guint n = message->attachments != NULL ? message->attachments->len : 0;
  guint i = 0;

  for (; ids != NULL && ids[i] != NULL && i < n; i++)
    if (!g_str_equal (((const Attachment *) g_ptr_array_index (message->attachments, i))->id,
                      ids[i]))
      return FALSE;

  return i == n && (ids == NULL || ids[i] == NULL);
}

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
  g_free (message->details);
  g_clear_pointer (&message->attachments, g_ptr_array_unref);
  g_free (message);
}

/* As the store puts them together; NULL: none. */
static GPtrArray *
read_attachments (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;
  GPtrArray *list;

  if (array == NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) attachment_unref);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);

      g_ptr_array_add (list, attachment_new (json_object_get_string_member (object, "id"),
                                             json_object_get_string_member (object, "name"),
                                             json_object_get_string_member (object, "type"),
                                             json_object_get_int_member (object, "size")));
    }

  return list;
}

static void
add_lost (JsonObject *details, const char *reason)
{
  JsonArray *lost;

  if (!json_object_has_member (details, "lost"))
    json_object_set_array_member (details, "lost", json_array_new ());
  lost = json_object_get_array_member (details, "lost");
  json_array_add_string_element (lost, reason);
}

char *
message_details (const MessageDetails *details)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (details->from != NULL)
    base_json_set_string (object, "from", details->from);
  if (details->left_out > 0)
    json_object_set_int_member (object, "left_out", details->left_out);
  if (details->cut)
    json_object_set_boolean_member (object, "cut", TRUE);
  if (details->coming > 0)
    json_object_set_int_member (object, "coming", details->coming);
  for (guint i = 0; details->lost != NULL && details->lost[i] != NULL; i++)
    add_lost (object, details->lost[i]);
  for (guint i = 0; i < details->too_many; i++)
    add_lost (object, model_code (MODEL_CODE_FILES_TOO_MANY));
  if (details->hand_over)
    json_object_set_boolean_member (object, "hand_over", TRUE);

  return json_object_get_size (object) > 0 ? base_json_to_text (object) : NULL;
}

void
message_settle_file (Message *message, const char *reason)
{
  g_autoptr (JsonNode) node =
      message->details != NULL ? json_from_string (message->details, NULL) : NULL;
  JsonObject *details =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 coming;

  if (details == NULL)
    return;
  coming = json_object_get_int_member_with_default (details, "coming", 0);
  if (coming > 1)
    json_object_set_int_member (details, "coming", coming - 1);
  else
    json_object_remove_member (details, "coming");
  if (reason != NULL)
    add_lost (details, reason);
  g_free (message->details);
  message->details = json_object_get_size (details) > 0 ? base_json_to_text (details) : NULL;
}

void
message_id (const char *conversation, gint64 number, char *id)
{
  g_snprintf (id, MESSAGE_ID_SIZE, "m%s.%" G_GINT64_FORMAT, conversation + 1, number);
}

char *
message_details_then (const char *then)
{
  JsonObject *object = json_object_new ();
  char *text;

  base_json_set_string (object, "then", then);
  text = base_json_to_text (object);
  json_object_unref (object);

  return text;
}

static char *
text_of (const Message *message, const char *detail)
{
  g_autoptr (JsonNode) node =
      message->details != NULL ? json_from_string (message->details, NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return g_strdup (
      json_object_get_string_member_with_default (json_node_get_object (node), detail, NULL));
}

char *
message_then (const Message *message)
{
  return text_of (message, "then");
}

char *
message_from (const Message *message)
{
  return text_of (message, "from");
}

gboolean
message_is_before (const Message *message)
{
  return g_str_equal (message->state, "handed_over");
}

gboolean
message_hands_over (const Message *message)
{
  return message_is_before (message) && message->details != NULL &&
         strstr (message->details, "\"hand_over\":true") != NULL;
}

void
message_mark_masked (Message *message)
{
  g_autoptr (JsonNode) node =
      message->details != NULL ? json_from_string (message->details, NULL) : NULL;
  g_autoptr (JsonObject) details = node != NULL ? json_node_dup_object (node) : json_object_new ();

  json_object_set_boolean_member (details, "masked", TRUE);
  g_free (message->details);
  message->details = base_json_to_text (details);
  message->masked = TRUE;
}

gboolean
message_says (const Message *message, const char *text)
{
  g_autofree char *masked = message->masked ? base_card_mask (text) : NULL;

  return g_str_equal (message->text, masked != NULL ? masked : text);
}

gint64
message_public_number (const Message *message)
{
  return message->number - message->hidden;
}

static void
add_member (JsonObject *object, const char *name, JsonNode *value, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (value));
}

static void
add_details (const char *details, JsonObject *into)
{
  g_autoptr (JsonNode) node = details != NULL ? json_from_string (details, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), add_member, into);
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
  self->attachments = read_attachments (store_row_text (row, 13));
  self->details = g_strdup (store_row_text (row, 14));
  self->private = store_row_int (row, 15) != 0;
  self->hidden = store_row_int (row, 16);
  self->masked = self->details != NULL && strstr (self->details, "\"masked\":true") != NULL;
  self->left_parts = (guint) store_row_int (row, 17);

  return self;
}

JsonObject *
message_to_json (const Message *self, gint64 read_number, const ModelDefinitions *definitions)
{
  const ModelAgent *agent = definitions != NULL && self->agent != NULL
                                ? model_definitions_agent (definitions, self->agent)
                                : NULL;
  JsonObject *object = json_object_new ();
  gboolean left = g_str_equal (self->state, "sent") || g_str_equal (self->state, "delivered");
  gboolean read = self->number <= read_number && left && !self->private;

  base_json_set_string (object, "id", self->id);
  base_json_set_string (object, "conversation", self->conversation);
  base_json_set_string (object, "interaction", self->interaction);
  json_object_set_int_member (object, "number", self->number);
  base_json_set_time (object, "at", self->at);
  base_json_set_string (object, "author", self->author);
  base_json_set_string (object, "agent", self->agent);
  if (agent != NULL)
    base_json_set_string (object, "agent_name", agent->name);
  base_json_set_string (object, "text", self->text);
  base_json_set_string (object, "state", read ? "read" : self->state);
  base_json_set_string (object, "reason", self->reason);
  if (self->subject != NULL)
    base_json_set_string (object, "subject", self->subject);
  json_object_set_boolean_member (object, "private", self->private);
  add_details (self->details, object);
  json_object_set_array_member (object, "attachments", message_attachments (self));

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
