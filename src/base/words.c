/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folding for search. A character is taken apart into letter and marks, and the marks dropped, so
 * that one table serves Latin, Cyrillic and Greek. Pure. */
#include "base/words.h"

gunichar
base_word_char (gunichar c)
{
  gunichar parts[8];

  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? (gunichar) g_ascii_tolower ((char) c) : 0;
  if (!g_unichar_isalnum (c))
    return 0;
  if (g_unichar_fully_decompose (c, FALSE, parts, G_N_ELEMENTS (parts)) > 1)
    c = parts[0];

  return g_unichar_tolower (c);
}

char *
base_words (const char *text)
{
  GString *folded = g_string_sized_new (64);
  gboolean apart = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      gunichar plain = base_word_char (c);

      if (plain == 0)
        apart = apart || !g_unichar_ismark (c);
      else
        {
          if (apart && folded->len > 0)
            g_string_append_c (folded, ' ');
          g_string_append_unichar (folded, plain);
          apart = FALSE;
        }
    }

  return g_string_free (folded, FALSE);
}

char **
base_words_of (const char *text)
{
  g_autofree char *folded = base_words (text);

  return *folded != '\0' ? g_strsplit (folded, " ", -1) : g_new0 (char *, 1);
}

/* How far @text begins with the word, 0 if it does not. */
static gsize
begins_with (const char *text, const char *word)
{
  const char *at = text;

  while (*word != '\0' && *at != '\0')
    {
      gunichar c = g_utf8_get_char (at);
      gunichar plain = base_word_char (c);

      if (plain == 0 && !(at > text && g_unichar_ismark (c)))
        return 0;
      if (plain != 0 && plain != g_utf8_get_char (word))
        return 0;
      if (plain != 0)
        word = g_utf8_next_char (word);
      at = g_utf8_next_char (at);
    }
  while (*word == '\0' && *at != '\0' && g_unichar_ismark (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);

  return *word == '\0' ? (gsize) (at - text) : 0;
}

gboolean
base_words_find (const char *text, const char *word, gsize *start, gsize *length)
{
  gboolean inside = FALSE;

  for (const char *at = text; *at != '\0' && *word != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean part = base_word_char (c) != 0;

      if (part && !inside)
        {
          *length = begins_with (at, word);
          *start = (gsize) (at - text);
          if (*length > 0)
            return TRUE;
        }
      inside = part || (inside && g_unichar_ismark (c));
    }

  return FALSE;
}
