/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: mails of strangers and what an IMAP server says. The first byte chooses. */
#include "fuzz.h"

#include <gmime/gmime.h>

#include "server/channels/email/imap-parse.h"
#include "server/channels/email/mail.h"

static void
read_mail (const guint8 *data, gsize size)
{
  static const MailLimits limits = { 2000, 5, 1000, 2000 };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (Mail) mail = mail_parse (bytes, size % 2 == 0, &limits, NULL);

  if (mail == NULL)
    return;
  g_assert_true (g_utf8_validate (mail->text, -1, NULL));
  g_assert_true (g_utf8_validate (mail->subject, -1, NULL));
  g_assert_true (g_utf8_validate (mail->from, -1, NULL));
  g_assert_true (g_utf8_validate (mail->answer_to, -1, NULL));
  g_assert_true (mail->name == NULL || g_utf8_validate (mail->name, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (mail->text, -1), <=, 2000);
  g_assert_cmpuint (mail->attachments->len, <=, 5);
  for (guint i = 0; i < mail->attachments->len; i++)
    {
      const MailAttachment *attachment = g_ptr_array_index (mail->attachments, i);

      g_assert_true (g_utf8_validate (attachment->name, -1, NULL));
      g_assert_null (strchr (attachment->name, '/'));
      g_assert_cmpuint (g_bytes_get_size (attachment->content), <=, 1000);
    }
}

static void
read_responses (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  ImapResponse *response;

  g_byte_array_append (buffer, data, (guint) size);
  while ((response = imap_response_take (buffer, 1000, NULL)) != NULL)
    {
      guint32 uid, bytes;
      GBytes *body = NULL;

      imap_response_search (response, uids, 100);
      imap_response_code (response, "UIDVALIDITY", &uid);
      imap_response_fetch (response, &uid, &bytes, &body);
      g_clear_pointer (&body, g_bytes_unref);
      imap_response_free (response);
    }
  g_assert_cmpuint (uids->len, <=, 100);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static gboolean ready;

  if (!ready)
    g_mime_init ();
  ready = TRUE;
  if (size == 0)
    return 0;
  if (data[0] == '*')
    read_responses (data, size);
  else
    read_mail (data, size);

  return 0;
}
