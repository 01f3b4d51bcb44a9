/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mails as people, machines and enemies write them, and ours as they read them. */
#include "server/channels/email/compose.h"
#include "server/channels/email/mail.h"

#include <gmime/gmime.h>
#include <string.h>

static const MailLimits limits = { 20000, 5, 1000, 1500 };

#define HEAD                                                                                       \
  "From: Ana Popova <Ana@Example.ORG>\r\nTo: shop@centre.example\r\nMessage-ID: <a1@x>\r\n"
#define TEXT HEAD "MIME-Version: 1.0\r\nSubject: Chair\r\nContent-Type: text/plain"
#define MIXED                                                                                      \
  HEAD "MIME-Version: 1.0\r\nSubject: Chair\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"

typedef struct
{
  const char *name, *mail, *subject, *text;
} Case;

static const Case cases[] = {
  { "plain", TEXT "\r\n\r\nHello,\r\nplease call.\r\n", "Chair", "Hello,\nplease call." },
  { "utf-8", TEXT "; charset=utf-8\r\n\r\nЧупен стол – é\r\n", "Chair", "Чупен стол – é" },
  { "koi8-r", TEXT "; charset=koi8-r\r\n\r\n\xfa\xc4\xd2\xc1\xd7\xd3\xd4\xd7\xd5\xca\xd4\xc5\r\n",
    "Chair", "Здравствуйте" },
  { "windows-1251", TEXT "; charset=windows-1251\r\n\r\n\xc7\xe4\xf0\xe0\xe2\xe5\xe9\xf2\xe5\r\n",
    "Chair", "Здравейте" },
  { "windows-1251 that is not said", TEXT "\r\n\r\n\xc7\xe4\xf0\xe0\xe2\xe5\xe9\xf2\xe5\r\n",
    "Chair", "Здравейте" },
  { "koi8-r that is not said", TEXT "\r\n\r\n\xfa\xc4\xd2\xc1\xd7\xd3\xd4\xd7\xd5\xca\xd4\xc5\r\n",
    "Chair", "Здравствуйте" },
  { "latin that is not said", TEXT "\r\n\r\nd\xe9j\xe0 re\xe7u\r\n", "Chair", "déjà reçu" },
  { "utf-8 that is not said", TEXT "\r\n\r\nдобре\r\n", "Chair", "добре" },
  { "a charset that nobody knows", TEXT "; charset=klingon-1\r\n\r\nd\xe9j\xe0\r\n", "Chair",
    "déjà" },
  { "utf-8 that is none",
    TEXT "; charset=utf-8\r\n\r\na\xff"
         "b\r\n",
    "Chair", "a\357\277\275b" },
  { "quoted-printable",
    TEXT
    "; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nd=E9j=\r\n=E0\r\n",
    "Chair", "déjà" },
  { "base64", TEXT "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n0KHRgtC+0Ls=\r\n",
    "Chair", "Стол" },
  { "shift_jis", TEXT "; charset=shift_jis\r\n\r\n\x82\xb1\x82\xf1\r\n", "Chair", "こん" },
  { "flowed", TEXT "; format=flowed\r\n\r\nOne \r\ntwo\r\n> a \r\n> b\r\n", "Chair",
    "One two\n> a b" },
  { "subject in words",
    HEAD "Subject: =?koi8-r?B?88/Bzg==?= =?utf-8?Q?=C3=A9t=C3=A9?=\r\n\r\nx\r\n", "Соанété", "x" },
  { "subject in raw bytes", HEAD "Subject: \xd1\xf2\xee\xeb\xee\xe2\xe5\r\n\r\nx\r\n", "Столове",
    "x" },
  { "subject over lines", HEAD "Subject: One\r\n two\r\n\r\nx\r\n", "One two", "x" },
  { "no subject", HEAD "\r\nx\r\n", "", "x" },
  { "html alone",
    HEAD "Subject: Chair\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
         "<p>Чупен <b>стол</b></p><script>x</script>\r\n",
    "Chair", "Чупен стол" },
  { "html that says its charset itself",
    HEAD "Subject: Chair\r\nContent-Type: text/html\r\n\r\n<meta "
         "charset=\"windows-1251\"><p>\xd1\xf2\xee\xeb\r\n",
    "Chair", "Стол" },
  { "alternative",
    HEAD "Subject: Chair\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n"
         "--B\r\nContent-Type: text/plain\r\n\r\nplain\r\n--B\r\nContent-Type: "
         "text/html\r\n\r\n<p>html</p>\r\n--B--\r\n",
    "Chair", "plain" },
  { "alternative with nothing plain",
    HEAD "Subject: Chair\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n"
         "--B\r\nContent-Type: text/plain\r\n\r\n \r\n--B\r\nContent-Type: multipart/related; "
         "boundary=C\r\n\r\n"
         "--C\r\nContent-Type: text/html\r\n\r\n<p>html</p>\r\n--C--\r\n--B--\r\n",
    "Chair", "html" },
  { "two texts",
    MIXED "--B\r\n\r\none\r\n--B\r\nContent-Type: text/html\r\n\r\n<i>two</i>\r\n--B--\r\n",
    "Chair", "one\n\ntwo" },
  { "without an end", MIXED "--B\r\n\r\none", "Chair", "one" },
  { "without a beginning", MIXED "one", "Chair", "" },
  { "a boundary that is not said",
    HEAD "Subject: x\r\nContent-Type: multipart/mixed\r\n\r\n--B\r\n\r\none\r\n", "x", "" },
  { "control characters", TEXT "\r\n\r\na\x01\x1b[31mb\x7f\r\n", "Chair", "a[31mb" },
  { "many empty lines", TEXT "\r\n\r\n\r\n\r\na\r\n\r\n\r\n\r\nb\r\n\r\n", "Chair", "a\n\nb" },
  { "signed",
    HEAD "Subject: Chair\r\nContent-Type: multipart/signed; boundary=B; "
         "protocol=\"application/pgp-signature\"\r\n\r\n--B\r\n\r\none\r\n--B\r\nContent-Type: "
         "application/pgp-signature\r\n\r\nxx\r\n--B--\r\n",
    "Chair", "one" },
};

static Mail *
parse_bytes (const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);

  return mail_parse (bytes, TRUE, &limits, error);
}

static Mail *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  Mail *mail = parse_bytes (text, strlen (text), &error);

  g_assert_no_error (error);

  return mail;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (Mail) mail = parse (c->mail);

  g_assert_cmpstr (mail->from, ==, "ana@example.org");
  g_assert_cmpstr (mail->name, ==, "Ana Popova");
  g_assert_cmpstr (mail->id, ==, "a1@x");
  g_assert_cmpstr (mail->subject, ==, c->subject);
  g_assert_cmpstr (mail->text, ==, c->text);
  g_assert_cmpuint (mail->attachments->len, ==, 0);
  g_assert_cmpint (mail->kind, ==, MAIL_PERSON);
}

/* --- headers ---------------------------------------------------------------------------------- */

static void
test_headers (void)
{
  g_autoptr (Mail) mail =
      parse ("From: =?utf-8?B?0JDQvdCw?= <ana@example.org>, other@example.org\r\n"
             "Reply-To: Desk <DESK@example.org>\r\nTo: \"Shop, the\" <shop@centre.example>\r\n"
             "Cc: b@centre.example\r\nDelivered-To: alias@centre.example\r\n"
             "References: <one@x> <two@x>\r\n <three@x>\r\nIn-Reply-To: <four@x>\r\n\r\nx\r\n");
  g_autoptr (Mail) same = parse ("From: <a@b>\r\n\r\nx");
  g_autoptr (Mail) again = parse ("From: <a@b>\r\n\r\nx");
  g_autoptr (Mail) other = parse ("From: <a@b>\r\n\r\ny");

  g_assert_cmpstr (mail->name, ==, "Ана");
  g_assert_cmpstr (mail->answer_to, ==, "desk@example.org");
  g_assert_cmpuint (mail->to->len, ==, 3);
  g_assert_cmpstr (mail->to->pdata[0], ==, "shop@centre.example");
  g_assert_cmpstr (mail->to->pdata[2], ==, "alias@centre.example");
  g_assert_cmpuint (mail->references->len, ==, 4);
  g_assert_cmpstr (mail->references->pdata[3], ==, "four@x");
  /* Without an id the same bytes are the same mail. */
  g_assert_cmpstr (same->id, ==, again->id);
  g_assert_cmpstr (same->id, !=, other->id);
}

static void
refused (const char *text, gsize size, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse_bytes (text, size, &error));
  g_assert_error (error, MAIL_ERROR, code);
}

static void
test_refused (void)
{
  g_autoptr (GString) many = g_string_new ("From: a@b\r\n");
  g_autoptr (GString) wide = g_string_new ("From: a@b\r\nX: ");
  g_autofree char *name = g_strnfill (3000, 'a');
  g_autofree char *far = g_strdup_printf ("From: %s@b\r\n\r\nx", name);

  refused ("", 0, MAIL_ERROR_EMPTY);
  refused ("\r\n\r\nno headers", 14, MAIL_ERROR_SENDER);
  refused ("From: nobody\r\n\r\nx", 17, MAIL_ERROR_SENDER);
  refused ("From: \"a@b\r\n\r\nx", 16, MAIL_ERROR_SENDER);
  refused (far, strlen (far), MAIL_ERROR_SENDER);
  for (guint i = 0; i < 3000; i++)
    g_string_append (many, "X: y\r\n");
  g_string_append (many, "\r\nx");
  refused (many->str, many->len, MAIL_ERROR_HEADERS);
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (wide, "%s\r\n ", name);
  refused (wide->str, wide->len, MAIL_ERROR_HEADERS);
}

/* --- attachments ------------------------------------------------------------------------------ */

static void
test_attachments (void)
{
  g_autofree char *big = g_strnfill (1200, 'x');
  g_autofree char *some = g_strnfill (900, 'y');
  g_autofree char *text = g_strdup_printf (
      MIXED
      "--B\r\n\r\ntext\r\n"
      "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
      "Content-Disposition: attachment; "
      "filename*=utf-8''%%D1%%81%%D1%%82%%D0%%BE%%D0%%BB.png\r\n\r\n"
      "aGVsbG8=\r\n"
      "--B\r\nContent-Type: application/x-evil; name=\"../../etc/passwd\"\r\n\r\n%s\r\n"
      "--B\r\nContent-Type: text/plain; name=big\r\nContent-Disposition: attachment\r\n\r\n%s\r\n"
      "--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\n%s\r\n"
      "--B\r\nContent-Type: message/rfc822\r\n\r\nFrom: a@b\r\n\r\nx\r\n--B--\r\n",
      some, big, some);
  g_autoptr (Mail) mail = parse (text);
  const MailAttachment *first, *second;

  g_assert_cmpstr (mail->text, ==, "text");
  g_assert_cmpuint (mail->attachments->len, ==, 2);
  first = mail->attachments->pdata[0];
  second = mail->attachments->pdata[1];
  g_assert_cmpstr (first->name, ==, "стол.png");
  g_assert_cmpstr (first->type, ==, "image/png");
  g_assert_cmpmem (g_bytes_get_data (first->content, NULL), g_bytes_get_size (first->content),
                   "hello", 5);
  g_assert_cmpstr (second->name, ==, "passwd");
  g_assert_cmpuint (g_bytes_get_size (second->content), ==, 900);
  /* Too big, too much in all, a mail. */
  g_assert_cmpuint (mail->left_out, ==, 3);
}

static void
test_beginning (void)
{
  const char *text = MIXED "--B\r\n\r\ntext\r\n--B\r\nContent-Type: image/png\r\n\r\nabc";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (Mail) mail = mail_parse (bytes, FALSE, &limits, NULL);

  g_assert_cmpstr (mail->text, ==, "text");
  g_assert_true (mail->cut);
  g_assert_cmpuint (mail->attachments->len, ==, 0);
  g_assert_cmpuint (mail->left_out, ==, 1);
}

static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new (TEXT "; charset=utf-8\r\n\r\n");
  g_autoptr (Mail) mail = NULL;

  for (guint i = 0; i < 30000; i++)
    g_string_append (text, "Ж\r\n");
  mail = parse (text->str);
  g_assert_cmpint (g_utf8_strlen (mail->text, -1), ==, 20000);
  g_assert_true (mail->cut);
}

/* --- hostile ---------------------------------------------------------------------------------- */

static void
test_nested (void)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  g_autoptr (Mail) mail = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n--b%u\r\n", i,
                            i);
  g_string_append (text, "\r\ndeep");
  mail = parse (text->str);
  g_assert_cmpstr (mail->text, ==, "");
  g_assert_cmpuint (mail->left_out, >, 0);
}

static void
test_parts (void)
{
  g_autoptr (GString) text = g_string_new (MIXED);
  g_autoptr (Mail) mail = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "--B\r\nContent-Type: x/y\r\n\r\nz\r\n");
  mail = parse (text->str);
  g_assert_cmpuint (mail->attachments->len, ==, 5);
  g_assert_cmpuint (mail->left_out, >, 0);
}

static void
test_noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 3000; i++)
    {
      const Case *c = &cases[i % G_N_ELEMENTS (cases)];
      gsize size = strlen (c->mail);
      g_autofree char *text = g_memdup2 (c->mail, size + 1);
      g_autoptr (Mail) mail = NULL;

      for (guint n = 0; n < 8; n++)
        text[g_rand_int_range (rand, 0, (gint) size)] = (char) g_rand_int_range (rand, 0, 256);
      mail = parse_bytes (text, (gsize) g_rand_int_range (rand, 1, (gint) size + 1), NULL);
      if (mail == NULL)
        continue;
      g_assert_true (g_utf8_validate (mail->text, -1, NULL));
      g_assert_true (g_utf8_validate (mail->subject, -1, NULL));
      g_assert_true (g_utf8_validate (mail->id, -1, NULL));
      g_assert_true (mail->name == NULL || g_utf8_validate (mail->name, -1, NULL));
    }
}

/* --- machines --------------------------------------------------------------------------------- */

typedef struct
{
  const char *name, *mail;
  MailKind kind;
  const char *bounced;
  gboolean for_good;
} Machine;

#define REPORT(action)                                                                             \
  "From: MAILER-DAEMON@mx.example\r\nReturn-Path: <>\r\nContent-Type: multipart/report; "          \
  "report-type=delivery-status; boundary=B\r\n\r\n--B\r\n\r\nSorry.\r\n--B\r\nContent-Type: "      \
  "message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: "         \
  "rfc822; ana@example.org\r\nAction: " action "\r\nStatus: 5.1.1\r\n\r\n--B\r\nContent-Type: "    \
  "message/rfc822\r\n\r\nFrom: shop@centre.example\r\nMessage-ID: <ours@centre.example>\r\n\r\n"   \
  "Hi\r\n--B--\r\n"

static const Machine machines[] = {
  { "bounce", REPORT ("failed"), MAIL_BOUNCE, "ours@centre.example", TRUE },
  { "delay", REPORT ("delayed"), MAIL_BOUNCE, "ours@centre.example", FALSE },
  { "bounce with headers alone",
    "From: postmaster@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; "
    "boundary=B\r\n\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nX: y\r\n\r\nAction: "
    "failed\r\n\r\n--B\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-Id: "
    "<ours@x>\r\n\r\n--B--\r\n",
    MAIL_BOUNCE, "ours@x", TRUE },
  { "exim's own",
    "From: Mail Delivery System <Mailer-Daemon@mx.example>\r\nX-Failed-Recipients: "
    "ana@example.org\r\n"
    "Auto-Submitted: auto-replied\r\nReferences: <ours@x>\r\n\r\nfailed\r\n",
    MAIL_BOUNCE, "ours@x", TRUE },
  { "out of office",
    HEAD "Auto-Submitted: auto-replied\r\nReturn-Path: <>\r\nIn-Reply-To: <o@x>\r\n\r\nAway",
    MAIL_ANSWER, NULL, FALSE },
  { "out of office of old", HEAD "Precedence: auto_reply\r\n\r\nAway", MAIL_ANSWER, NULL, FALSE },
  { "list", HEAD "List-Id: <x.example>\r\n\r\nHi", MAIL_BULK, NULL, FALSE },
  { "bulk", HEAD "Precedence: bulk\r\n\r\nHi", MAIL_BULK, NULL, FALSE },
  { "notice", HEAD "Auto-Submitted: auto-generated\r\n\r\nHi", MAIL_BULK, NULL, FALSE },
  { "person who says so", HEAD "Auto-Submitted: no\r\nReturn-Path: <ana@example.org>\r\n\r\nHi",
    MAIL_PERSON, NULL, FALSE },
};

static void
test_machine (gconstpointer data)
{
  const Machine *machine = data;
  g_autoptr (Mail) mail = parse (machine->mail);

  g_assert_cmpint (mail->kind, ==, machine->kind);
  if (machine->kind == MAIL_BOUNCE)
    {
      g_assert_cmpstr (mail->bounced, ==, machine->bounced);
      g_assert_cmpint (mail->bounced_for_good, ==, machine->for_good);
    }
}

/* --- ours ------------------------------------------------------------------------------------- */

static void
test_composed (void)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new ();
  const EmailDraft draft = {
    .from = "shop@centre.example",
    .from_name = "Магазин, голям",
    .to = "ana@example.org",
    .to_name = "Ana",
    .subject = "Re: Чупен стол",
    .id = "m1.2.abc@centre.example",
    .references = references,
    .text = "Здравейте,\nще го сменим още утре, защото е в гаранция и имаме още много такива в "
            "склада.\nFrom us",
    .quoted = "Столът е чупен.\n> стар цитат",
    .quoted_name = "Ana",
    .quoted_at = G_GINT64_CONSTANT (1795256100000),
    .at = G_GINT64_CONSTANT (1795256200000),
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (Mail) mail = NULL;
  const char *data;
  gsize size;

  g_ptr_array_add (references, (gpointer) "r0@x");
  g_ptr_array_add (references, (gpointer) "r1@x");
  bytes = email_compose (&draft);
  data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i < size; i++)
    {
      g_assert_cmpint ((guint8) data[i], <, 0x80);
      g_assert_true (data[i] != '\n' || (i > 0 && data[i - 1] == '\r'));
    }
  mail = mail_parse (bytes, TRUE, &limits, NULL);
  g_assert_cmpstr (mail->from, ==, "shop@centre.example");
  g_assert_cmpstr (mail->name, ==, "Магазин, голям");
  g_assert_cmpstr (mail->subject, ==, "Re: Чупен стол");
  g_assert_cmpstr (mail->id, ==, "m1.2.abc@centre.example");
  g_assert_cmpuint (mail->references->len, ==, 3);
  g_assert_cmpstr (mail->references->pdata[2], ==, "r1@x");
  g_assert_cmpstr (
      mail->text, ==,
      "Здравейте,\nще го сменим още утре, защото е в гаранция и имаме още много такива в "
      "склада.\nFrom us\n\n> 2026-11-21 10:15 UTC, Ana <ana@example.org>:\n> Столът е "
      "чупен.\n>> стар цитат");
  g_assert_cmpint (mail->kind, ==, MAIL_PERSON);
}

static void
test_injection (void)
{
  g_autoptr (GPtrArray) references = g_ptr_array_new ();
  const EmailDraft draft = { .from = "shop@centre.example",
                             .from_name = "A\r\nBcc: x@y",
                             .to = "a@b",
                             .subject = "Hi\r\nBcc: x@y\r\n\r\nbody",
                             .id = "i@x",
                             .references = references,
                             .text = "." };
  g_autoptr (GBytes) bytes = email_compose (&draft);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_null (strstr (text, "\nBcc:"));
}

static void
test_subject (void)
{
  g_autofree char *plain = email_answer_subject ("Chair");
  g_autofree char *once = email_answer_subject ("RE: Chair");
  g_autofree char *bulgarian = email_answer_subject ("Отг: Стол");

  g_assert_cmpstr (plain, ==, "Re: Chair");
  g_assert_cmpstr (once, ==, "RE: Chair");
  g_assert_cmpstr (bulgarian, ==, "Отг: Стол");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_mime_init ();
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/email/mail/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *path = g_strconcat ("/email/machine/", machines[i].name, NULL);

      g_test_add_data_func (path, &machines[i], test_machine);
    }
  g_test_add_func ("/email/headers", test_headers);
  g_test_add_func ("/email/refused", test_refused);
  g_test_add_func ("/email/attachments", test_attachments);
  g_test_add_func ("/email/beginning", test_beginning);
  g_test_add_func ("/email/long text", test_long_text);
  g_test_add_func ("/email/nested", test_nested);
  g_test_add_func ("/email/parts", test_parts);
  g_test_add_func ("/email/noise", test_noise);
  g_test_add_func ("/email/composed", test_composed);
  g_test_add_func ("/email/injection", test_injection);
  g_test_add_func ("/email/subject", test_subject);

  return g_test_run ();
}
