/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which parts of a text are words. Pure: owns nothing; any thread.
 */

#include "desktop/chat/spell-words.h"

#include <string.h>

static gboolean
is_letter (gunichar c)
{
  return g_unichar_isalpha (c) || g_unichar_ismark (c);
}

/* Between letters only. */
static gboolean
joins (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == '-' || c == 0x2010 || c == 0x2011;
}

static const char *
end_of_token (const char *token)
{
  while (*token != '\0' && !g_unichar_isspace (g_utf8_get_char (token)))
    token = g_utf8_next_char (token);
  return token;
}

static gboolean
has_any (const char *token, const char *end, const char *what)
{
  const char *found = g_strstr_len (token, end - token, what);

  return found != NULL && found < end;
}

/* What is between two spaces and no words. */
static gboolean
is_other (const char *token, const char *end)
{
  if (*token == '/' || has_any (token, end, "://") || has_any (token, end, "@") ||
      has_any (token, end, "www."))
    return TRUE;
  for (const char *at = token; at < end; at = g_utf8_next_char (at))
    if (g_unichar_isdigit (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* From the first letter to the last, in one token. */
static const char *
end_of_word (const char *word)
{
  const char *at = word;

  for (;;)
    {
      const char *next;

      while (is_letter (g_utf8_get_char (at)))
        at = g_utf8_next_char (at);
      if (*at == '\0' || !joins (g_utf8_get_char (at)))
        return at;
      next = g_utf8_next_char (at);
      if (!is_letter (g_utf8_get_char (next)))
        return at;
      at = next;
    }
}

/* "{order}" is put in by the centre; it may have spaces in it. NULL: this begins none. */
static const char *
end_of_variable (const char *at)
{
  const char *close = *at == '{' ? strpbrk (at + 1, "{}\n") : NULL;

  return close != NULL && *close == '}' ? close + 1 : NULL;
}

gboolean
guichet_spell_next (const char **at, const char **word, gsize *length)
{
  const char *here = *at;
  gboolean begins = *word == NULL; /* a token; after a word the rest of one */

  while (*here != '\0')
    {
      gunichar c = g_utf8_get_char (here);
      const char *variable = end_of_variable (here);

      if (begins && !g_unichar_isspace (c) && variable == NULL &&
          is_other (here, end_of_token (here)))
        here = end_of_token (here);
      else if (variable != NULL)
        here = variable;
      else if (is_letter (c))
        {
          *word = here;
          here = end_of_word (here);
          *length = (gsize) (here - *word);
          *at = here;
          return TRUE;
        }
      else
        {
          begins = g_unichar_isspace (c);
          here = g_utf8_next_char (here);
        }
    }
  *at = here;
  return FALSE;
}
