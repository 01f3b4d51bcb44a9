/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes mails: UTF-8, format=flowed, what is answered quoted below. The centre has no words of its
 * own: whose words are quoted is said by a time and a name alone. Pure; any thread. */
#include "server/channels/email/compose.h"

#include "server/channels/email/mime.h"
#include "server/channels/email/quotes.h"

#include <string.h>

#define REFERENCES_MAX 20

char *
email_answer_subject (const char *subject)
{
  static const char *const words[] = { "re:", "aw:", "sv:", "отг:", "отн:", "rép:" };
  g_autofree char *small = g_utf8_strdown (subject, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (small, words[i]))
      return g_strdup (subject);

  return g_strconcat (*subject != '\0' ? "Re: " : "Re:", subject, NULL);
}

/* "2026-11-21 10:15 UTC, Ana Popova <ana@example.org>:" */
static char *
attribution (const EmailDraft *draft)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (draft->quoted_at / 1000);
  g_autofree char *time = g_date_time_format (at, "%Y-%m-%d %H:%M UTC");

  if (draft->quoted_name != NULL)
    return g_strdup_printf ("%s, %s <%s>:", time, draft->quoted_name, draft->to);

  return g_strdup_printf ("%s, <%s>:", time, draft->to);
}

static char *
whole_text (const EmailDraft *draft)
{
  g_autoptr (GString) text = g_string_new (draft->text);

  if (draft->quoted != NULL && *draft->quoted != '\0')
    {
      g_autofree char *who = attribution (draft);
      g_autofree char *quoted = quotes_quote (draft->quoted);

      g_string_append_printf (text, "\n\n%s\n%s", who, quoted);
    }

  return quotes_flow (text->str);
}

static GMimeObject *
text_part (const char *text)
{
  GMimePart *part = g_mime_part_new_with_type ("text", "plain");
  GMimeObject *object = GMIME_OBJECT (part);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (text, strlen (text));
  g_autoptr (GMimeDataWrapper) content =
      g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_object_set_content_type_parameter (object, "charset", "utf-8");
  g_mime_object_set_content_type_parameter (object, "format", "flowed");
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (
      part, g_mime_part_get_best_content_encoding (part, GMIME_ENCODING_CONSTRAINT_7BIT));

  return object;
}

static GMimeObject *
attachment_part (const MailAttachment *attachment)
{
  GMimeContentType *type = g_mime_content_type_parse (NULL, attachment->type);
  GMimePart *part = g_mime_part_new_with_type (g_mime_content_type_get_media_type (type),
                                               g_mime_content_type_get_media_subtype (type));
  gsize size;
  const char *data = g_bytes_get_data (attachment->content, &size);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (data, size);
  g_autoptr (GMimeDataWrapper) content =
      g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_object_unref (type);
  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, attachment->name);
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);

  return GMIME_OBJECT (part);
}

static GMimeObject *
with_attachments (GMimeObject *text, GPtrArray *attachments)
{
  GMimeMultipart *multipart = g_mime_multipart_new_with_subtype ("mixed");

  g_mime_multipart_add (multipart, text);
  for (guint i = 0; i < attachments->len; i++)
    {
      g_autoptr (GMimeObject) part = attachment_part (g_ptr_array_index (attachments, i));

      g_mime_multipart_add (multipart, part);
    }

  return GMIME_OBJECT (multipart);
}

static void
set_references (GMimeMessage *message, GPtrArray *references)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint first = references->len > REFERENCES_MAX ? references->len - REFERENCES_MAX : 0;
  g_autofree char *last = NULL;

  if (references->len == 0)
    return;
  for (guint i = first; i < references->len; i++)
    g_string_append_printf (all, "%s<%s>", i > first ? " " : "",
                            (const char *) g_ptr_array_index (references, i));
  last =
      g_strdup_printf ("<%s>", (const char *) g_ptr_array_index (references, references->len - 1));
  g_mime_object_set_header (GMIME_OBJECT (message), "In-Reply-To", last, NULL);
  g_mime_object_set_header (GMIME_OBJECT (message), "References", all->str, NULL);
}

GBytes *
email_compose (const EmailDraft *draft)
{
  g_autoptr (GMimeMessage) message = g_mime_message_new (TRUE);
  g_autoptr (GMimeFormatOptions) options = g_mime_format_options_new ();
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new ();
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (draft->at / 1000);
  g_autofree char *text = whole_text (draft);
  g_autoptr (GMimeObject) part = text_part (text);
  g_autoptr (GMimeObject) body = NULL;
  GByteArray *bytes;

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, draft->from_name, draft->from);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, draft->to_name, draft->to);
  g_mime_message_set_subject (message, draft->subject, "utf-8");
  g_mime_message_set_date (message, at);
  g_mime_message_set_message_id (message, draft->id);
  set_references (message, draft->references);
  g_mime_object_set_header (GMIME_OBJECT (message), "MIME-Version", "1.0", NULL);
  if (draft->attachments != NULL && draft->attachments->len > 0)
    body = with_attachments (part, draft->attachments);
  g_mime_message_set_mime_part (message, body != NULL ? body : part);
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), options, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));

  return g_bytes_new (bytes->data, bytes->len);
}
