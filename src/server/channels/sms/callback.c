/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads callbacks of gateways: query, form (with parts or without), JSON or plain text; UTF-8,
 * UTF-16BE or Latin 1. Pure. */
#include "server/channels/sms/callback.h"

#include "base/json.h"
#include "model/codes.h"
#include "server/channels/sms/parts.h"

#include <string.h>

#define FIELD_MAX 1024
#define TEXT_MAX  (64 * 1024) /* bytes: a hundred times the longest SMS */
#define JSON_MAX  (36 * 1024 * 1024)

static gboolean
hex (const char *at, guint8 *byte)
{
  int high = g_ascii_xdigit_value (at[0]), low = high < 0 ? -1 : g_ascii_xdigit_value (at[1]);

  if (low < 0)
    return FALSE;
  *byte = (guint8) (high * 16 + low);

  return TRUE;
}

/* As a form writes it. A zero byte is one: UTF-16 has many. */
static GBytes *
decode (const char *text, gsize length)
{
  GByteArray *out = g_byte_array_sized_new ((guint) length);

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = text[i] == '+' ? ' ' : (guint8) text[i];

      if (text[i] == '%' && i + 2 < length && hex (text + i + 1, &byte))
        i += 2;
      g_byte_array_append (out, &byte, 1);
    }

  return g_byte_array_free_to_bytes (out);
}

/* Never NULL, which an empty GBytes has for its data. */
static const char *
data_of (GBytes *bytes, gsize *length)
{
  const char *data = g_bytes_get_data (bytes, length);

  return data != NULL ? data : "";
}

static char *
plain_of (GBytes *bytes, gsize max)
{
  gsize length;
  const char *data = data_of (bytes, &length);

  if (length > max || memchr (data, 0, length) != NULL ||
      !g_utf8_validate (data, (gssize) length, NULL))
    return NULL;

  return g_strndup (data, length);
}

static gboolean
add (SmsCallback *self, const char *name, gsize name_length, GBytes *value)
{
  g_autoptr (GBytes) name_bytes = decode (name, name_length);
  g_autoptr (GBytes) kept = value;
  char *key = plain_of (name_bytes, FIELD_MAX);

  if (g_hash_table_size (self->fields) >= SMS_CALLBACK_FIELDS)
    {
      g_free (key);
      return FALSE;
    }
  if (key != NULL)
    g_hash_table_replace (self->fields, key, g_steal_pointer (&kept));

  return TRUE;
}

static gboolean
read_form (SmsCallback *self, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *next = memchr (text, '&', (gsize) (end - text));
      const char *stop = next != NULL ? next : end;
      const char *equals = memchr (text, '=', (gsize) (stop - text));

      if (equals != NULL && !add (self, text, (gsize) (equals - text),
                                  decode (equals + 1, (gsize) (stop - equals - 1))))
        return FALSE;
      text = stop + 1;
    }

  return TRUE;
}

/* A value under its whole name. FALSE: there are too many. */
static gboolean
add_value (SmsCallback *self, const char *name, JsonNode *value)
{
  g_autofree char *text = NULL;
  gsize length;

  if (json_node_get_value_type (value) == G_TYPE_STRING)
    text = json_node_dup_string (value);
  else if (json_node_get_value_type (value) == G_TYPE_INT64)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (value));
  if (text == NULL)
    return TRUE;
  if (g_hash_table_size (self->fields) >= SMS_CALLBACK_FIELDS)
    return FALSE;
  length = strlen (text);
  g_hash_table_replace (self->fields, g_strdup (name),
                        g_bytes_new_take (g_steal_pointer (&text), length));

  return TRUE;
}

static char *
name_within (const char *outer, const char *name)
{
  return *outer != '\0' ? g_strconcat (outer, ".", name, NULL) : g_strdup (name);
}

/* As deep as the guard of JSON lets it be. */
static gboolean
add_node (SmsCallback *self, const char *name, JsonNode *node)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *inner;

  if (strlen (name) > FIELD_MAX)
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node))
    return add_value (self, name, node);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &member, &inner))
        {
          g_autofree char *whole = name_within (name, member);

          if (!add_node (self, whole, inner))
            return FALSE;
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *place = g_strdup_printf ("%u", i);
          g_autofree char *whole = name_within (name, place);

          if (!add_node (self, whole, json_array_get_element (array, i)))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
read_json (SmsCallback *self, GBytes *body)
{
  const BaseJsonLimits limits = { .max_size = JSON_MAX, .max_depth = 8 };
  g_autoptr (JsonNode) node = base_json_parse_bytes (body, &limits, NULL);

  return node != NULL && !JSON_NODE_HOLDS_VALUE (node) && !JSON_NODE_HOLDS_NULL (node) &&
         add_node (self, "", node);
}

/* What cannot be read is replaced, so that a message is never lost for one bad byte. */
static char *
to_text (const char *data, gsize length, const char *charset)
{
  static const char *const known[][2] = { { "UTF-16BE", "UTF-16BE" },
                                          { "UCS-2", "UTF-16BE" },
                                          { "ISO-8859-1", "WINDOWS-1252" },
                                          { "WINDOWS-1252", "WINDOWS-1252" } };
  g_autofree char *text = NULL;
  gsize written;

  for (guint i = 0; charset != NULL && text == NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (charset, known[i][0]) == 0)
      text = g_convert_with_fallback (data, (gssize) length, "UTF-8", known[i][1], NULL, NULL,
                                      &written, NULL);
  if (text == NULL)
    return g_utf8_make_valid (data, (gssize) length);

  return g_utf8_make_valid (text, (gssize) written);
}

static char *
charset_of (const char *type)
{
  const char *at = type != NULL ? strstr (type, "charset=") : NULL;
  gsize length;

  if (at == NULL)
    return NULL;
  at += strlen ("charset=");
  if (*at == '"')
    at++;
  length = strspn (at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

  return g_strndup (at, MIN (length, 32));
}

/* --- forms with parts ------------------------------------------------------------------------- */

static void
add_file (GPtrArray *files, const char *name, GBytes *bytes)
{
  SmsFile *file = g_new0 (SmsFile, 1);

  file->name = g_strdup (name);
  file->bytes = bytes;
  file->reason = bytes == NULL ? model_code (MODEL_CODE_FILE_BROKEN) : NULL;
  g_ptr_array_add (files, file);
}

static gboolean
add_text (SmsCallback *self, const SmsPart *part)
{
  g_autofree char *charset = charset_of (part->type);
  gsize length;
  const char *data = data_of (part->bytes, &length);
  char *text;

  if (g_hash_table_size (self->fields) >= SMS_CALLBACK_FIELDS)
    return FALSE;
  if (charset == NULL)
    {
      g_hash_table_replace (self->fields, g_strdup (part->name), g_bytes_ref (part->bytes));
      return TRUE;
    }
  text = to_text (data, length, charset);
  length = strlen (text);
  g_hash_table_replace (self->fields, g_strdup (part->name), g_bytes_new_take (text, length));
  /* All that is to be read after this is UTF-8, whatever a field may say. */
  if (self->charset == NULL)
    self->charset = g_strdup ("UTF-8");

  return TRUE;
}

/* What has the name of a file, or is no text, is one. How an MMS shall be laid out is for phones.
 */
static gboolean
on_part (const SmsPart *part, gpointer user_data)
{
  SmsCallback *self = user_data;
  gboolean typed = part->type != NULL && g_ascii_strncasecmp (part->type, "text/", 5) != 0;

  if (part->type != NULL && g_ascii_strncasecmp (part->type, "application/smil", 16) == 0)
    return TRUE;
  if (part->file == NULL && typed && g_str_has_prefix (part->type, "application/json"))
    return read_json (self, part->bytes);
  if (part->file != NULL || typed)
    add_file (self->parts, part->file,
              part->base64 ? sms_base64 (part->bytes) : g_bytes_ref (part->bytes));
  else if (part->name != NULL && strlen (part->name) <= FIELD_MAX)
    return add_text (self, part);

  return TRUE;
}

/* --- the whole -------------------------------------------------------------------------------- */

void
sms_callback_free (SmsCallback *self)
{
  g_hash_table_unref (self->fields);
  g_clear_pointer (&self->plain, g_bytes_unref);
  g_ptr_array_unref (self->parts);
  g_free (self->charset);
  g_free (self);
}

SmsCallback *
sms_callback_parse (const char *query, const char *type, GBytes *body)
{
  g_autoptr (SmsCallback) self = g_new0 (SmsCallback, 1);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);

  self->fields =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->parts = g_ptr_array_new_with_free_func (sms_file_free);
  if (query != NULL && !read_form (self, query, strlen (query)))
    return NULL;
  if (length > 0 && type != NULL && g_str_has_prefix (type, "application/json"))
    {
      if (!read_json (self, body))
        return NULL;
    }
  else if (length > 0 && type != NULL &&
           g_str_has_prefix (type, "application/x-www-form-urlencoded"))
    {
      if (!read_form (self, data, length))
        return NULL;
    }
  else if (length > 0 && type != NULL && g_ascii_strncasecmp (type, "multipart/form-data", 19) == 0)
    {
      if (!sms_parts_read (body, type, on_part, self))
        return NULL;
    }
  else if (length > 0)
    {
      self->plain = g_bytes_ref (body);
      self->charset = charset_of (type);
    }
  if (self->charset == NULL)
    self->charset = sms_callback_get (self, "charset");

  return g_steal_pointer (&self);
}

char *
sms_callback_get (const SmsCallback *self, const char *name)
{
  GBytes *bytes = g_hash_table_lookup (self->fields, name);

  return bytes != NULL ? plain_of (bytes, FIELD_MAX) : NULL;
}

char *
sms_callback_text (const SmsCallback *self, const char *name)
{
  GBytes *bytes = g_hash_table_lookup (self->fields, name);
  gsize length;
  const char *data;

  if (bytes == NULL)
    bytes = self->plain;
  if (bytes == NULL)
    return NULL;
  data = data_of (bytes, &length);

  return to_text (data, MIN (length, TEXT_MAX), self->charset);
}

char *
sms_number (const char *text)
{
  GString *out = g_string_new (NULL);
  gsize digits;

  for (const char *at = text; *at != '\0'; at++)
    if (strchr (" -./()", *at) == NULL)
      g_string_append_c (out, *at);
  digits = strspn (out->str, "0123456789");
  if (digits != out->len || digits < 8)
    return g_string_free (out, FALSE);
  if (g_str_has_prefix (out->str, "00"))
    g_string_erase (out, 0, 2);
  else if (out->str[0] == '0')
    return g_string_free (out, FALSE);
  g_string_prepend_c (out, '+');

  return g_string_free (out, FALSE);
}

/* Without what stands around it, and without regard to case. */
static char *
bare (const char *text)
{
  GString *out = g_string_new (NULL);
  g_autofree char *folded = NULL;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)) || g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
    else if (out->len > 0)
      g_string_append_c (out, ' ');
  folded = g_utf8_casefold (g_strchomp (out->str), -1);
  g_string_free (out, TRUE);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFKC);
}

gboolean
sms_is_word (const char *text, char **words)
{
  g_autofree char *said = strlen (text) <= 128 ? bare (text) : NULL;

  for (guint i = 0; said != NULL && words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = bare (words[i]);

      if (g_strcmp0 (said, word) == 0)
        return TRUE;
    }

  return FALSE;
}
