/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text without case and marks. Pure. */
#include "base/fold.h"

#include <string.h>

#define SPACE " \t\n"

char *
base_fold (const char *text)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *lower = plain != NULL ? g_utf8_casefold (plain, -1) : g_strdup ("");
  GString *kept = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (kept, g_utf8_get_char (p));
  return g_string_free (kept, FALSE);
}

gboolean
base_fold_has (const char *text, const char *words)
{
  gsize length = strlen (text);

  for (const char *word = words + strspn (words, SPACE); *word != '\0';
       word += strspn (word, SPACE))
    {
      gsize n = strcspn (word, SPACE);

      if (memmem (text, length, word, n) == NULL)
        return FALSE;
      word += n;
    }
  return TRUE;
}
