/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: mails of strangers and what an IMAP server says. The first byte chooses. Built with
 * -fsanitize=fuzzer it is a libFuzzer target; as a test it runs over a corpus that it makes from
 * good mails with a fixed seed. */
#include <gmime/gmime.h>

#include "server/channels/email/imap-parse.h"
#include "server/channels/email/mail.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

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

#ifndef GUICHET_LIBFUZZER
static const char *const seeds[] = {
  "From: Ana <a@b>\r\nSubject: =?koi8-r?B?88/Bzg==?=\r\nMessage-ID: <1@b>\r\nReferences: <2@b> "
  "<3@b>"
  "\r\n\r\nHi\r\nOn 3 May 2026 Ana wrote:\r\n> x\r\n",
  "From: a@b\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/html; "
  "charset=windows-1251\r\n\r\n<p>\xd1<a "
  "href='http://x'>y</a><blockquote>z<ul><li>q</ul>\r\n--B\r\n"
  "Content-Type: x/y; name*=utf-8''%D1%81\r\nContent-Transfer-Encoding: "
  "base64\r\n\r\naGVs\r\n--B--",
  "From: mailer-daemon@b\r\nContent-Type: multipart/report; report-type=delivery-status; "
  "boundary=B\r\n"
  "\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--B\r\nContent-Type: "
  "message/rfc822\r\n\r\nMessage-ID: <m@b>\r\n\r\n--B--",
  "From: a@b\r\nContent-Type: text/plain; format=flowed; delsp=yes; charset=utf-7\r\n\r\n+BBY- "
  "\r\n> a \r\n"
  "> b\r\n-- \r\nc",
  ("* 1 FETCH (UID 3 RFC822.SIZE 5 BODY[] {5}\r\nabcde)\r\n* SEARCH 1 2 3\r\n"
   "* OK [UIDVALIDITY 9] x\r\n"),
};
static const char *const pieces[] = {
  "\r\n", "\r\n\r\n",  "--B\r\n", "=?utf-8?Q?",     "?=",         "<div>",
  "</p>", "\xff",      "{9}\r\n", "charset=utf-16", "<!--",       "&#x",
  "> ",   "boundary=", "\x00",    "Content-Type: ", "multipart/", "base64"
};

static void
mutate (GRand *rand, GString *text)
{
  for (gint n = g_rand_int_range (rand, 1, 8); n > 0; n--)
    {
      gssize at = text->len > 0 ? g_rand_int_range (rand, 0, (gint) text->len) : 0;

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          g_string_insert (text, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          break;
        case 1:
          g_string_truncate (text, (gsize) at);
          break;
        case 2:
          if (text->len > 0)
            text->str[at] = (char) g_rand_int_range (rand, 0, 256);
          break;
        case 3:
          g_string_append (text, seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))]);
          break;
        case 4:
          if (text->len > 0)
            g_string_erase (text, at, 1);
          break;
        }
    }
}

int
main (void)
{
  GRand *rand = g_rand_new_with_seed (21);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (seeds[i % G_N_ELEMENTS (seeds)]);

      if (i >= G_N_ELEMENTS (seeds))
        mutate (rand, text);
      LLVMFuzzerTestOneInput ((const guint8 *) text->str, text->len);
    }
  g_rand_free (rand);

  return 0;
}
#endif
