/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Finds the addresses of the web in what a stranger wrote. Pure: fuzzed alone. Any thread.
 */

#include "desktop/chat/links.h"

#include <string.h>

/* Of the web alone: never a file, a script or a program of this computer. */
static gsize
length_of_address (const char *text)
{
  gsize length = 0;

  if (!g_str_has_prefix (text, "https://") && !g_str_has_prefix (text, "http://"))
    return 0;
  while (text[length] != '\0' && !g_ascii_isspace (text[length]) &&
         strchr ("<>\"{}|\\^`", text[length]) == NULL &&
         !g_unichar_isspace (g_utf8_get_char (text + length)))
    length += (gsize) (g_utf8_next_char (text + length) - (text + length));
  while (length > 0 && strchr (".,;:!?)]'", text[length - 1]) != NULL)
    length--;
  return length > strlen ("https://") ? length : 0;
}

char *
guichet_chat_markup (const char *text)
{
  GString *markup = g_string_new (NULL);
  const char *at = text, *plain = text;

  while (*at != '\0')
    {
      gsize length = length_of_address (at);
      g_autofree char *before = NULL;
      g_autofree char *address = NULL;

      if (length == 0)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      before = g_markup_escape_text (plain, at - plain);
      address = g_markup_escape_text (at, (gssize) length);
      g_string_append_printf (markup, "%s<a href=\"%s\">%s</a>", before, address, address);
      at += length;
      plain = at;
    }
  if (*plain != '\0')
    {
      g_autofree char *rest = g_markup_escape_text (plain, -1);

      g_string_append (markup, rest);
    }
  return g_string_free (markup, FALSE);
}
