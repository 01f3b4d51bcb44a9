/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charsets by iconv, and a guess for those who do not say theirs. Pure; any thread. */
#include "server/channels/email/charset.h"

#include <errno.h>
#include <gmime/gmime.h>
#include <string.h>

#define REPLACEMENT "\357\277\275"

/* Cyrillic words are made of high bytes; in western words they stand alone between ASCII letters.
 * Small letters, of which most of a text is made, lie in other halves in windows-1251 and KOI8-R.
 */
static const char *
guess (const guint8 *text, gsize size)
{
  gsize pairs = 0, high = 0, lower = 0, upper = 0;

  for (gsize i = 0; i < size; i++)
    {
      if (text[i] < 0xc0)
        continue;
      high++;
      if (text[i] >= 0xe0)
        upper++;
      else
        lower++;
      if (i > 0 && text[i - 1] >= 0xc0)
        pairs++;
    }
  if (high == 0 || pairs * 2 < high)
    return "WINDOWS-1252";

  return upper > lower ? "WINDOWS-1251" : "KOI8-R";
}

static gboolean
is_ascii_name (const char *charset)
{
  return g_ascii_strcasecmp (charset, "us-ascii") == 0 ||
         g_ascii_strcasecmp (charset, "ascii") == 0 ||
         g_ascii_strcasecmp (charset, "unknown-8bit") == 0 ||
         g_ascii_strcasecmp (charset, "x-unknown") == 0 ||
         g_ascii_strcasecmp (charset, "default") == 0;
}

static void
convert (GIConv converter, const char *text, gsize size, GString *into)
{
  char *from = (char *) text;
  gsize left = size;

  while (left > 0)
    {
      char buffer[4096];
      char *to = buffer;
      gsize room = sizeof buffer;
      gsize got = g_iconv (converter, &from, &left, &to, &room);
      int reason = errno;

      g_string_append_len (into, buffer, to - buffer);
      if (got != (gsize) -1 || reason == E2BIG)
        continue;
      g_string_append (into, REPLACEMENT);
      if (reason != EILSEQ || left == 0)
        return;
      from++;
      left--;
    }
}

static char *
to_valid (GString *text)
{
  g_autofree char *valid = NULL;
  char *end;

  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] == '\0')
      text->str[i] = ' ';
  valid = g_utf8_make_valid (text->str, (gssize) text->len);
  /* A byte order mark says nothing to a reader. */
  end = g_str_has_prefix (valid, "\357\273\277") ? valid + 3 : valid;

  return g_strdup (end);
}

char *
charset_to_utf8 (const char *text, gsize size, const char *charset)
{
  g_autoptr (GString) result = g_string_sized_new (size + 1);
  gboolean said = charset != NULL && *charset != '\0' && !is_ascii_name (charset);
  gboolean says_utf8 = said && (g_ascii_strcasecmp (charset, "utf-8") == 0 ||
                                g_ascii_strcasecmp (charset, "utf8") == 0);
  gboolean valid = g_utf8_validate_len (text, size, NULL);
  GIConv converter = (GIConv) -1;

  if (says_utf8 || (!said && valid))
    {
      g_string_append_len (result, text, (gssize) size);
      return to_valid (result);
    }
  if (said)
    converter = g_iconv_open ("UTF-8", g_mime_charset_iconv_name (charset));
  if (converter == (GIConv) -1 && valid)
    {
      g_string_append_len (result, text, (gssize) size);
      return to_valid (result);
    }
  if (converter == (GIConv) -1)
    converter = g_iconv_open ("UTF-8", guess ((const guint8 *) text, size));
  if (converter == (GIConv) -1)
    g_string_append_len (result, text, (gssize) size);
  else
    {
      convert (converter, text, size, result);
      g_iconv_close (converter);
    }

  return to_valid (result);
}
