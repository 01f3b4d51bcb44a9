/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names by language. Pure functions. */
#include "model/names.h"

#include <string.h>

static const char *
find (ModelNames names, const char *language, gsize length)
{
  for (char **entry = names; entry != NULL && entry[0] != NULL; entry += 2)
    if (strlen (entry[0]) == length && strncmp (entry[0], language, length) == 0)
      return entry[1];
  return NULL;
}

const char *
model_names_get (ModelNames names, const char *language, const char *fallback)
{
  const char *text = NULL;

  if (names == NULL || names[0] == NULL)
    return fallback;
  if (language != NULL)
    {
      text = find (names, language, strlen (language));
      if (text == NULL)
        text = find (names, language, strcspn (language, "_-.@"));
    }
  if (text == NULL)
    text = find (names, "en", 2);
  return text != NULL ? text : names[1];
}

gboolean
model_language_valid (const char *text)
{
  gsize letters = strspn (text, "abcdefghijklmnopqrstuvwxyz");

  if (letters < 2 || letters > 3)
    return FALSE;
  if (text[letters] == '\0')
    return TRUE;
  return text[letters] == '_' && g_ascii_isupper (text[letters + 1]) &&
         g_ascii_isupper (text[letters + 2]) && text[letters + 3] == '\0';
}
