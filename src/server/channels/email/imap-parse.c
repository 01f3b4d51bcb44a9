/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads responses of an IMAP server. Pure; any thread. */
#include "server/channels/email/imap-parse.h"

#include <string.h>

#define RESPONSE_MAX (256 * 1024) /* of a response without its literals */
#define LITERALS_MAX 16

G_DEFINE_QUARK (imap - error - quark, imap_error)

void
imap_response_free (ImapResponse *self)
{
  g_free (self->line);
  g_clear_pointer (&self->literal, g_bytes_unref);
  g_free (self);
}

/* "{123}" or "{123+}" at the end of a line. */
static gboolean
ends_in_literal (const char *line, gsize length, guint64 *size)
{
  gsize at = length;
  g_autofree char *digits = NULL;

  if (length < 3 || line[length - 1] != '}')
    return FALSE;
  while (at > 0 && line[at - 1] != '{')
    at--;
  if (at == 0)
    return FALSE;
  digits = g_strndup (line + at, length - 1 - at);
  if (g_str_has_suffix (digits, "+"))
    digits[strlen (digits) - 1] = '\0';

  return g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT32, size, NULL);
}

ImapResponse *
imap_response_take (GByteArray *buffer, gsize literal_max, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GBytes) literal = NULL;
  gsize at = 0;

  for (guint i = 0; i <= LITERALS_MAX; i++)
    {
      const char *start = (const char *) buffer->data + at;
      const char *end = buffer->len > at ? memchr (start, '\n', buffer->len - at) : NULL;
      gsize length;
      guint64 size;
      ImapResponse *response;

      if ((end != NULL ? (gsize) (end - start) : buffer->len - at) + line->len > RESPONSE_MAX)
        return g_set_error (error, IMAP_ERROR, IMAP_ERROR_SIZE, "a line too long"), NULL;
      if (end == NULL)
        return NULL;
      length = (gsize) (end - start);
      at += length + 1;
      if (length > 0 && start[length - 1] == '\r')
        length--;
      if (memchr (start, '\0', length) != NULL)
        return g_set_error (error, IMAP_ERROR, IMAP_ERROR_SYNTAX, "a NUL in a line"), NULL;
      g_string_append_len (line, start, (gssize) length);
      if (!ends_in_literal (start, length, &size))
        {
          g_byte_array_remove_range (buffer, 0, (guint) at);
          response = g_new0 (ImapResponse, 1);
          response->line = g_string_free (g_steal_pointer (&line), FALSE);
          response->literal = g_steal_pointer (&literal);
          return response;
        }
      if (size > literal_max)
        return g_set_error (error, IMAP_ERROR, IMAP_ERROR_SIZE, "a literal too long"), NULL;
      if (buffer->len - at < size)
        return NULL;
      g_clear_pointer (&literal, g_bytes_unref);
      literal = g_bytes_new (buffer->data + at, size);
      at += size;
    }

  return g_set_error (error, IMAP_ERROR, IMAP_ERROR_SIZE, "too many literals"), NULL;
}

gboolean
imap_response_is_answer (const ImapResponse *self, const char *tag)
{
  gsize length = strlen (tag);

  return strncmp (self->line, tag, length) == 0 && self->line[length] == ' ';
}

gboolean
imap_response_is_ok (const ImapResponse *self, const char *tag, GError **error)
{
  const char *word = self->line + strlen (tag) + 1;

  if (g_ascii_strncasecmp (word, "OK", 2) == 0)
    return TRUE;
  g_set_error (error, IMAP_ERROR, IMAP_ERROR_REFUSED, "the server refused a command");

  return FALSE;
}

gboolean
imap_response_is_continuation (const ImapResponse *self)
{
  return self->line[0] == '+';
}

static gboolean
read_number (const char **at, guint32 *number)
{
  guint64 value = 0;
  const char *p = *at;

  for (; g_ascii_isdigit (*p) && value <= G_MAXUINT32; p++)
    value = value * 10 + (guint64) (*p - '0');
  if (p == *at || value > G_MAXUINT32)
    return FALSE;
  *at = p;
  *number = (guint32) value;

  return TRUE;
}

gboolean
imap_response_number (const ImapResponse *self, const char *word, guint32 *number)
{
  const char *at = self->line;

  if (!g_str_has_prefix (at, "* "))
    return FALSE;
  at += 2;

  return read_number (&at, number) && *at == ' ' &&
         g_ascii_strncasecmp (at + 1, word, strlen (word)) == 0 &&
         !g_ascii_isalnum (at[1 + strlen (word)]);
}

gboolean
imap_response_code (const ImapResponse *self, const char *code, guint32 *number)
{
  const char *at = self->line;

  if (g_ascii_strncasecmp (at, "* OK [", 6) != 0 ||
      g_ascii_strncasecmp (at + 6, code, strlen (code)) != 0 || at[6 + strlen (code)] != ' ')
    return FALSE;
  at += 7 + strlen (code);

  return read_number (&at, number);
}

void
imap_response_search (const ImapResponse *self, GArray *uids, guint max)
{
  const char *at = self->line;
  guint32 uid;

  if (g_ascii_strncasecmp (at, "* SEARCH", 8) != 0)
    return;
  at += 8;
  while (*at == ' ' && uids->len < max)
    {
      at++;
      if (!read_number (&at, &uid))
        return;
      g_array_append_val (uids, uid);
    }
}

/* The number after "NAME " where a name begins. */
static gboolean
item_number (const char *items, const char *name, guint32 *number)
{
  gsize length = strlen (name);

  for (const char *p = items; *p != '\0'; p++)
    if ((p == items || p[-1] == ' ' || p[-1] == '(') &&
        g_ascii_strncasecmp (p, name, length) == 0 && p[length] == ' ')
      {
        const char *at = p + length + 1;

        return read_number (&at, number);
      }

  return FALSE;
}

static GBytes *
quoted (const char *at)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (*at != '"')
    return NULL;
  for (at++; *at != '"' && *at != '\0'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      g_string_append_c (text, *at);
    }

  return g_string_free_to_bytes (g_steal_pointer (&text));
}

gboolean
imap_response_fetch (const ImapResponse *self, guint32 *uid, guint32 *size, GBytes **body)
{
  guint32 number;
  const char *open = strchr (self->line, '(');
  const char *section;

  *uid = 0;
  *size = 0;
  *body = NULL;
  if (open == NULL || !imap_response_number (self, "FETCH", &number))
    return FALSE;
  item_number (open + 1, "UID", uid);
  item_number (open + 1, "RFC822.SIZE", size);
  section = strstr (open, "BODY[]");
  if (section != NULL && self->literal != NULL)
    *body = g_bytes_ref (self->literal);
  else if (section != NULL && (section = strchr (section, ' ')) != NULL)
    *body = quoted (section + 1);

  return TRUE;
}
