/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mail says and what hangs on it: which parts are its text, which are attachments. Pure; any
 * thread. */
#include "server/channels/email/charset.h"
#include "server/channels/email/html-text.h"
#include "server/channels/email/mail-private.h"
#include "server/channels/email/quotes.h"

#include <string.h>

#define DEPTH_MAX     20
#define PARTS_MAX     200
#define PART_TEXT_MAX (1024 * 1024) /* bytes of one text part that are read */
#define NAME_MAX_SIZE 120           /* characters of a file's name */

typedef struct
{
  Mail *mail;
  const MailLimits *limits;
  gboolean whole;
  GString *text;
  gsize attached; /* bytes so far */
  guint parts;
} Reading;

static void read_part (Reading *self, GMimeObject *object, guint depth);

static gboolean
is_type (GMimeObject *object, const char *type, const char *subtype)
{
  GMimeContentType *content = g_mime_object_get_content_type (object);

  return content != NULL && g_mime_content_type_is_type (content, type, subtype);
}

/* Decoded; at most @max bytes, @more where there were more. */
static GByteArray *
decode (GMimePart *part, gsize max, gboolean *more)
{
  g_autoptr (GMimeStream) filtered = NULL;
  g_autoptr (GMimeStream) source = NULL;
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GByteArray *result = g_byte_array_new ();
  GMimeFilter *filter;

  *more = FALSE;
  if (content == NULL)
    return result;
  source = g_object_ref (g_mime_data_wrapper_get_stream (content));
  g_mime_stream_reset (source);
  filtered = g_mime_stream_filter_new (source);
  filter = g_mime_filter_basic_new (g_mime_data_wrapper_get_encoding (content), FALSE);
  g_mime_stream_filter_add (GMIME_STREAM_FILTER (filtered), filter);
  g_object_unref (filter);
  for (;;)
    {
      char buffer[8192];
      gssize got = g_mime_stream_read (filtered, buffer, sizeof buffer);

      if (got <= 0)
        return result;
      g_byte_array_append (result, (const guint8 *) buffer, (guint) got);
      if (result->len > max)
        {
          *more = TRUE;
          g_byte_array_set_size (result, (guint) max);
          return result;
        }
    }
}

/* --- attachments ------------------------------------------------------------------------------ */

static char *
file_name (GMimePart *part, guint number)
{
  const char *said = g_mime_part_get_filename (part);
  g_autofree char *name = mail_header_text (said);
  const char *base;

  if (name == NULL || *name == '\0')
    return g_strdup_printf ("%u", number);
  base = MAX (strrchr (name, '/'), strrchr (name, '\\'));
  base = base != NULL ? base + 1 : name;
  while (*base == '.')
    base++;
  if (*base == '\0')
    return g_strdup_printf ("%u", number);
  if (g_utf8_strlen (base, -1) > NAME_MAX_SIZE)
    return g_utf8_substring (base, g_utf8_strlen (base, -1) - NAME_MAX_SIZE,
                             g_utf8_strlen (base, -1));

  return g_strdup (base);
}

static void
add_attachment (Reading *self, GMimePart *part)
{
  Mail *mail = self->mail;
  g_autoptr (GByteArray) data = NULL;
  MailAttachment *attachment;
  gboolean more = FALSE;
  gsize room;

  if (!self->whole || mail->attachments->len >= self->limits->attachments)
    {
      mail->left_out++;
      return;
    }
  room = MIN (self->limits->attachment, self->limits->all - self->attached);
  data = decode (part, room, &more);
  if (more || data->len == 0)
    {
      mail->left_out += more;
      return;
    }
  self->attached += data->len;
  attachment = g_new0 (MailAttachment, 1);
  attachment->name = file_name (part, mail->attachments->len + 1);
  attachment->type =
      g_mime_content_type_get_mime_type (g_mime_object_get_content_type (GMIME_OBJECT (part)));
  attachment->content = g_byte_array_free_to_bytes (g_steal_pointer (&data));
  g_ptr_array_add (mail->attachments, attachment);
}

/* --- text ------------------------------------------------------------------------------------- */

static char *
unix_lines (const char *text)
{
  g_autoptr (GString) result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r')
        {
          if (p[1] != '\n')
            g_string_append_c (result, '\n');
        }
      else
        g_string_append_c (result, *p);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

/* What a page says of its own charset, near its beginning. */
static char *
meta_charset (const GByteArray *data)
{
  g_autofree char *head =
      g_ascii_strdown ((const char *) data->data, (gssize) MIN (data->len, 2048));
  const char *found = strstr (head, "charset=");
  gsize size;

  if (found == NULL)
    return NULL;
  found += strlen ("charset=");
  found += strspn (found, "\"' ");
  size = strspn (found, "abcdefghijklmnopqrstuvwxyz0123456789-_:");

  return size > 0 && size < 40 ? g_strndup (found, size) : NULL;
}

static char *
plain_text (Reading *self, GMimePart *part)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  const char *format = g_mime_content_type_get_parameter (type, "format");
  const char *delsp = g_mime_content_type_get_parameter (type, "delsp");
  gboolean more = FALSE;
  g_autoptr (GByteArray) data = decode (part, PART_TEXT_MAX, &more);
  g_autofree char *utf8 = charset_to_utf8 ((const char *) data->data, data->len,
                                           g_mime_content_type_get_parameter (type, "charset"));
  g_autofree char *text = unix_lines (utf8);

  self->mail->cut = self->mail->cut || more;
  if (format != NULL && g_ascii_strcasecmp (format, "flowed") == 0)
    return quotes_unflow (text, delsp != NULL && g_ascii_strcasecmp (delsp, "yes") == 0);

  return g_steal_pointer (&text);
}

static char *
html_text (Reading *self, GMimePart *part)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  const char *charset = g_mime_content_type_get_parameter (type, "charset");
  gboolean more = FALSE;
  g_autoptr (GByteArray) data = decode (part, PART_TEXT_MAX, &more);
  g_autofree char *said = charset == NULL && data->len > 0 ? meta_charset (data) : NULL;
  g_autofree char *utf8 =
      charset_to_utf8 ((const char *) data->data, data->len, charset != NULL ? charset : said);

  self->mail->cut = self->mail->cut || more;

  return html_to_text (utf8, &self->mail->cut);
}

static void
add_text (Reading *self, const char *text)
{
  if (text[strspn (text, " \t\n")] == '\0')
    return;
  if (self->text->len > 0)
    g_string_append (self->text, "\n\n");
  g_string_append (self->text, text);
}

static gboolean
is_text (GMimeObject *object)
{
  const char *disposition = g_mime_object_get_disposition (object);

  return GMIME_IS_PART (object) &&
         (is_type (object, "text", "plain") || is_type (object, "text", "html")) &&
         (disposition == NULL || g_ascii_strcasecmp (disposition, "attachment") != 0);
}

/* --- parts ------------------------------------------------------------------------------------ */

static void
read_leaf (Reading *self, GMimeObject *object)
{
  g_autofree char *text = NULL;

  if (!GMIME_IS_PART (object))
    {
      self->mail->left_out++; /* a mail in the mail, or the piece of one */
      return;
    }
  if (is_type (object, "application", "pgp-signature") ||
      is_type (object, "application", "pkcs7-signature") ||
      is_type (object, "application", "x-pkcs7-signature"))
    return;
  if (!is_text (object))
    {
      add_attachment (self, GMIME_PART (object));
      return;
    }
  if (self->text->len >= PART_TEXT_MAX)
    {
      self->mail->cut = TRUE;
      return;
    }
  text = is_type (object, "text", "html") ? html_text (self, GMIME_PART (object))
                                          : plain_text (self, GMIME_PART (object));
  add_text (self, text);
}

static gboolean
has_plain_text (GMimeObject *object)
{
  gboolean more;
  g_autoptr (GByteArray) data = NULL;

  if (!is_type (object, "text", "plain") || !GMIME_IS_PART (object))
    return FALSE;
  data = decode (GMIME_PART (object), 4096, &more);
  for (guint i = 0; i < data->len; i++)
    if (!g_ascii_isspace (data->data[i]))
      return TRUE;

  return FALSE;
}

/* The same said in several ways: the plain one, or else the best one that can be read; what is
 * no text (an invitation) hangs on. */
static void
read_alternatives (Reading *self, GMimeMultipart *multipart, guint depth)
{
  int count = MIN (g_mime_multipart_get_count (multipart), PARTS_MAX);
  int chosen = -1;

  for (int i = 0; i < count && chosen < 0; i++)
    if (has_plain_text (g_mime_multipart_get_part (multipart, i)))
      chosen = i;
  for (int i = count - 1; i >= 0 && chosen < 0; i--)
    {
      GMimeObject *part = g_mime_multipart_get_part (multipart, i);

      if (is_text (part) || GMIME_IS_MULTIPART (part))
        chosen = i;
    }
  for (int i = 0; i < count; i++)
    {
      GMimeObject *part = g_mime_multipart_get_part (multipart, i);

      if (i == chosen || (!is_type (part, "text", "*") && !GMIME_IS_MULTIPART (part)))
        read_part (self, part, depth + 1);
    }
}

static void
read_multipart (Reading *self, GMimeMultipart *multipart, guint depth)
{
  int count = g_mime_multipart_get_count (multipart);
  gboolean report = is_type (GMIME_OBJECT (multipart), "multipart", "report");

  if (is_type (GMIME_OBJECT (multipart), "multipart", "alternative"))
    {
      read_alternatives (self, multipart, depth);
      return;
    }
  for (int i = 0; i < count && self->parts < PARTS_MAX; i++)
    if (i == 0 || !report)
      read_part (self, g_mime_multipart_get_part (multipart, i), depth + 1);
}

static void
read_part (Reading *self, GMimeObject *object, guint depth)
{
  if (++self->parts > PARTS_MAX || depth > DEPTH_MAX)
    {
      self->mail->left_out++;
      return;
    }
  if (GMIME_IS_MULTIPART (object))
    read_multipart (self, GMIME_MULTIPART (object), depth);
  else
    read_leaf (self, object);
}

/* Without control characters, ends of lines trimmed, never more than one empty line. */
static char *
tidy (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) result = g_string_new (NULL);
  guint empty = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      for (const char *p = lines[i]; *p != '\0'; p = g_utf8_next_char (p))
        if (*p == '\t')
          g_string_append (line, "    ");
        else if (!g_unichar_iscntrl (g_utf8_get_char (p)))
          g_string_append_unichar (line, g_utf8_get_char (p));
      g_strchomp (line->str);
      empty = *line->str == '\0' ? empty + 1 : 0;
      if (empty > 1 || (empty == 1 && result->len == 0))
        continue;
      g_string_append (result, line->str);
      g_string_append_c (result, '\n');
    }

  return g_strchomp (g_string_free (g_steal_pointer (&result), FALSE));
}

void
mail_read_body (Mail *self, GMimeMessage *message, gboolean whole, const MailLimits *limits)
{
  Reading reading = { self, limits, whole, g_string_new (NULL), 0, 0 };
  GMimeObject *top = g_mime_message_get_mime_part (message);
  g_autofree char *plain = NULL;
  glong length;

  self->cut = !whole;
  if (top != NULL)
    read_part (&reading, top, 1);
  plain = tidy (reading.text->str);
  self->text = quotes_mark (plain);
  length = g_utf8_strlen (self->text, -1);
  if (length > (glong) limits->text)
    {
      *g_utf8_offset_to_pointer (self->text, (glong) limits->text) = '\0';
      self->cut = TRUE;
    }
  g_string_free (reading.text, TRUE);
}
