/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a person wrote a mail: machines must not be answered, and the report that a mail of ours
 * did not arrive is about that mail (RFC 3834, RFC 3464). Pure; any thread. */
#include "server/channels/email/mail-private.h"

#include <string.h>

#define REPORT_MAX (64 * 1024) /* bytes of a report that are read */
#define DEPTH_MAX  10

static const char *
header (GMimeMessage *message, const char *name)
{
  const char *value = g_mime_object_get_header (GMIME_OBJECT (message), name);

  return value != NULL ? value + strspn (value, " \t") : NULL;
}

static gboolean
begins (const char *value, const char *word)
{
  return value != NULL && g_ascii_strncasecmp (value, word, strlen (word)) == 0;
}

static gboolean
is_from_machine (const Mail *self)
{
  static const char *const names[] = { "mailer-daemon@", "postmaster@" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (self->from, names[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_bulk (GMimeMessage *message)
{
  static const char *const words[] = { "bulk", "junk", "list" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (begins (header (message, "Precedence"), words[i]))
      return TRUE;

  return header (message, "List-Id") != NULL || header (message, "List-Unsubscribe") != NULL ||
         header (message, "Feedback-ID") != NULL;
}

static gboolean
is_answer (GMimeMessage *message)
{
  return begins (header (message, "Auto-Submitted"), "auto-replied") ||
         begins (header (message, "Precedence"), "auto_reply") ||
         header (message, "X-Autoreply") != NULL || header (message, "X-Autorespond") != NULL;
}

static gboolean
is_notice (GMimeMessage *message)
{
  const char *value = header (message, "Auto-Submitted");

  return value != NULL && !begins (value, "no");
}

/* --- reports ---------------------------------------------------------------------------------- */

static char *
read_text (GMimeObject *object)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new ();
  GMimeDataWrapper *content = NULL;
  GByteArray *bytes;

  if (GMIME_IS_PART (object))
    content = g_mime_part_get_content (GMIME_PART (object));
  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  else
    g_mime_object_write_content_to_stream (object, NULL, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));

  return g_strndup ((const char *) bytes->data, MIN (bytes->len, REPORT_MAX));
}

/* A line "Name: value" anywhere in the text. */
static const char *
line_of (const char *text, const char *name)
{
  const char *p = text;

  while (p != NULL && *p != '\0')
    {
      if (begins (p, name) && p[strlen (name)] == ':')
        return p + strlen (name) + 1 + strspn (p + strlen (name) + 1, " \t");
      p = strchr (p, '\n');
      p = p != NULL ? p + 1 : NULL;
    }

  return NULL;
}

static void
read_status (Mail *self, GMimeObject *object)
{
  g_autofree char *text = read_text (object);

  if (begins (line_of (text, "Action"), "failed"))
    self->bounced_for_good = TRUE;
}

static void
read_returned (Mail *self, GMimeObject *object)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  GMimeMessage *inner = GMIME_IS_MESSAGE_PART (object)
                            ? g_mime_message_part_get_message (GMIME_MESSAGE_PART (object))
                            : NULL;
  g_autofree char *text = inner == NULL ? read_text (object) : NULL;

  mail_add_ids (ids, inner != NULL ? header (inner, "Message-ID") : NULL, 1);
  if (ids->len == 0 && text != NULL)
    {
      const char *line = line_of (text, "Message-ID");
      g_autofree char *value = line != NULL ? g_strndup (line, strcspn (line, "\r\n")) : NULL;

      mail_add_ids (ids, value, 1);
    }
  if (ids->len > 0 && self->bounced == NULL)
    self->bounced = g_strdup (ids->pdata[0]);
}

static void
look_for_report (Mail *self, GMimeObject *object, guint depth)
{
  GMimeContentType *type = object != NULL ? g_mime_object_get_content_type (object) : NULL;

  if (type == NULL || depth > DEPTH_MAX)
    return;
  if (g_mime_content_type_is_type (type, "message", "delivery-status"))
    read_status (self, object);
  else if (g_mime_content_type_is_type (type, "message", "rfc822") ||
           g_mime_content_type_is_type (type, "message", "global") ||
           g_mime_content_type_is_type (type, "message", "global-headers") ||
           g_mime_content_type_is_type (type, "text", "rfc822-headers"))
    read_returned (self, object);
  else if (GMIME_IS_MULTIPART (object))
    for (int i = 0; i < MIN (g_mime_multipart_get_count (GMIME_MULTIPART (object)), 20); i++)
      look_for_report (self, g_mime_multipart_get_part (GMIME_MULTIPART (object), i), depth + 1);
}

/* Without a report in the standard form: what the mail answers, and for good if a machine wrote. */
static void
guess_bounce (Mail *self, GMimeMessage *message)
{
  const char *failed = header (message, "X-Failed-Recipients");

  if (self->bounced == NULL && self->references->len > 0)
    self->bounced = g_strdup (g_ptr_array_index (self->references, self->references->len - 1));
  if (failed != NULL)
    self->bounced_for_good = TRUE;
}

void
mail_judge (Mail *self, GMimeMessage *message)
{
  GMimeObject *top = g_mime_message_get_mime_part (message);
  GMimeContentType *type = top != NULL ? g_mime_object_get_content_type (top) : NULL;
  const char *report = type != NULL && g_mime_content_type_is_type (type, "multipart", "report")
                           ? g_mime_content_type_get_parameter (type, "report-type")
                           : NULL;

  self->kind = MAIL_PERSON;
  if (begins (report, "delivery-status") || is_from_machine (self) ||
      header (message, "X-Failed-Recipients") != NULL ||
      (begins (header (message, "Return-Path"), "<>") && !is_answer (message)))
    {
      self->kind = MAIL_BOUNCE;
      look_for_report (self, top, 0);
      guess_bounce (self, message);
    }
  else if (is_bulk (message))
    self->kind = MAIL_BULK;
  else if (is_answer (message))
    self->kind = MAIL_ANSWER;
  else if (is_notice (message) || report != NULL)
    self->kind = MAIL_BULK;
}
