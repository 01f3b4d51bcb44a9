/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: the heads and chunked bodies of requests, before libsoup sees them. A first byte '#'
 * means chunks; their first byte then says in which portions they come. */
#include "fuzz.h"

#include "server/api/http-check.h"

/* Of whom so long a body is taken: by its path, whatever the query says. */
static gboolean
takes_file (const guint8 *data, gsize size)
{
  g_autofree char *head = g_strndup ((const char *) data, size);
  g_auto (GStrv) words = g_strsplit_set (head, " ?", 3);

  return words[1] != NULL && g_str_equal (words[0], "POST") &&
         (g_str_has_suffix (words[1], "/attachments") ||
          (g_str_has_prefix (words[1], "/sms/") && g_str_has_suffix (words[1], "/in")));
}

static void
read_head (const guint8 *data, gsize size)
{
  HttpHead head = { 0 };
  const char *why = NULL;
  guint status = http_check_head ((const char *) data, size, &head, &why);

  if (status != 0)
    {
      g_assert_true (status >= 400 && status < 600);
      g_assert_nonnull (why);
      return;
    }
  g_assert_true (size >= 4 && memcmp (data + size - 4, "\r\n\r\n", 4) == 0);
  g_assert_cmpuint (head.length, <=, takes_file (data, size) ? HTTP_FILE_MAX : HTTP_BODY_MAX);
  g_assert_true (head.body == HTTP_BODY_LENGTH || head.length == 0);
}

/* The same bytes in whatever portions mean the same. */
static void
read_chunks (const guint8 *data, gsize size, gsize portion)
{
  HttpChunks whole = { 0 }, parts = { 0 };
  gsize taken = http_chunks_take (&whole, (const char *) data, size), done = 0;

  g_assert_cmpuint (taken, <=, size);
  if (whole.state != HTTP_CHUNK_BAD)
    g_assert_cmpuint (whole.total, <=, HTTP_BODY_MAX);
  while (done < size && parts.state != HTTP_CHUNK_END && parts.state != HTTP_CHUNK_BAD)
    {
      gsize now = MIN (portion, size - done);
      gsize took = http_chunks_take (&parts, (const char *) data + done, now);

      done += took;
      if (took < now)
        break;
    }
  g_assert_cmpint (parts.state, ==, whole.state);
  if (whole.state != HTTP_CHUNK_BAD)
    g_assert_cmpuint (done, ==, taken);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (size > 2 && data[0] == '#')
    read_chunks (data + 2, size - 2, data[1] % 16 + 1);
  else
    read_head (data, size);

  return 0;
}
