/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Responses of IMAP servers, whole, in pieces and hostile. */
#include "server/channels/email/imap-parse.h"

#include <string.h>

#define LITERAL_MAX 1000

static GByteArray *
buffer_of (const char *text)
{
  GByteArray *buffer = g_byte_array_new ();

  return g_byte_array_append (buffer, (const guint8 *) text, (guint) strlen (text));
}

static void
test_lines (void)
{
  g_autoptr (GByteArray) buffer =
      buffer_of ("* 12 EXISTS\r\n* OK [UIDVALIDITY 77] yes\r\n"
                 "* SEARCH 3 5 9\r\ng1 OK done\r\ng2 NO no\r\n+ go\r\n");
  g_autoptr (ImapResponse) exists = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (ImapResponse) code = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (ImapResponse) search = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (ImapResponse) ok = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (ImapResponse) no = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (ImapResponse) go = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 number = 0;

  g_assert_true (imap_response_number (exists, "EXISTS", &number));
  g_assert_cmpuint (number, ==, 12);
  g_assert_false (imap_response_number (exists, "EXPUNGE", &number));
  g_assert_true (imap_response_code (code, "UIDVALIDITY", &number));
  g_assert_cmpuint (number, ==, 77);
  g_assert_false (imap_response_code (code, "UIDNEXT", &number));
  imap_response_search (search, uids, 2);
  g_assert_cmpuint (uids->len, ==, 2);
  g_assert_cmpuint (g_array_index (uids, guint32, 1), ==, 5);
  g_assert_true (imap_response_is_answer (ok, "g1"));
  g_assert_false (imap_response_is_answer (ok, "g"));
  g_assert_true (imap_response_is_ok (ok, "g1", NULL));
  g_assert_false (imap_response_is_ok (no, "g2", NULL));
  g_assert_true (imap_response_is_continuation (go));
  g_assert_null (imap_response_take (buffer, LITERAL_MAX, NULL));
}

/* A literal, byte by byte. */
static void
test_fetch (void)
{
  const char *text = "* 1 FETCH (UID 34 RFC822.SIZE 12 BODY[] {12}\r\nA: b\r\n\r\n{3}\n)\r\n";
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autoptr (ImapResponse) response = NULL;
  g_autoptr (GBytes) body = NULL;
  guint32 uid, size;

  for (gsize i = 0; i < strlen (text); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (response);
      g_byte_array_append (buffer, (const guint8 *) text + i, 1);
      response = imap_response_take (buffer, LITERAL_MAX, &error);
      g_assert_no_error (error);
    }
  g_assert_nonnull (response);
  g_assert_true (imap_response_fetch (response, &uid, &size, &body));
  g_assert_cmpuint (uid, ==, 34);
  g_assert_cmpuint (size, ==, 12);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "A: b\r\n\r\n{3}\n", 12);
}

static void
test_quoted (void)
{
  g_autoptr (GByteArray) buffer = buffer_of ("* 1 FETCH (BODY[]<0> \"a\\\"b\" UID 4294967295)\r\n");
  g_autoptr (ImapResponse) response = imap_response_take (buffer, LITERAL_MAX, NULL);
  g_autoptr (GBytes) body = NULL;
  guint32 uid, size;

  g_assert_true (imap_response_fetch (response, &uid, &size, &body));
  g_assert_cmpuint (uid, ==, G_MAXUINT32);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), "a\"b", 3);
}

static void
refused (const char *text, gsize size, int code)
{
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_byte_array_append (buffer, (const guint8 *) text, (guint) size);
  g_assert_null (imap_response_take (buffer, LITERAL_MAX, &error));
  g_assert_error (error, IMAP_ERROR, code);
}

static void
test_hostile (void)
{
  g_autofree char *line = g_strnfill (300 * 1024, 'x');
  g_autoptr (GString) many = g_string_new ("* 1 FETCH (");

  refused (line, strlen (line), IMAP_ERROR_SIZE);
  refused ("* 1 FETCH (BODY[] {999999}\r\n", 28, IMAP_ERROR_SIZE);
  refused ("* a\0b\r\n", 7, IMAP_ERROR_SYNTAX);
  for (guint i = 0; i < 100; i++)
    g_string_append (many, "{0}\r\n");
  refused (many->str, many->len, IMAP_ERROR_SIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/email/imap/lines", test_lines);
  g_test_add_func ("/email/imap/literal in pieces", test_fetch);
  g_test_add_func ("/email/imap/quoted", test_quoted);
  g_test_add_func ("/email/imap/hostile", test_hostile);

  return g_test_run ();
}
