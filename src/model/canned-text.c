/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variables in canned replies: one walk over the text, for listing and for filling. Pure. */
#include "model/canned-text.h"

#include <string.h>

#define NAME_MAX_CHARS 64

/* The name that begins after the brace at @brace, or NULL; @end is then its closing brace. */
static char *
name_at (const char *brace, const char **end)
{
  const char *p = brace + 1;
  guint length = 0;

  for (; *p != '\0' && length <= NAME_MAX_CHARS; p = g_utf8_next_char (p), length++)
    {
      gunichar c = g_utf8_get_char (p);
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c) && c != '_' && c != '.' && c != '-')
        break;
    }
  if (*p != '}' || length == 0 || length > NAME_MAX_CHARS)
    return NULL;
  *end = p;
  return g_strndup (brace + 1, (gsize) (p - brace) - 1);
}

char **
model_text_variables (const char *text)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *end;

  for (const char *p = strchr (text, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      g_autofree char *name = name_at (p, &end);

      if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

char *
model_text_fill (const char *text, ModelTextLookup lookup, gpointer user_data)
{
  GString *filled = g_string_new (NULL);
  const char *rest = text, *end = NULL;

  for (const char *p = strchr (rest, '{'); p != NULL; p = strchr (p, '{'))
    {
      g_autofree char *name = name_at (p, &end);
      const char *value = name != NULL ? lookup (name, user_data) : NULL;

      if (value == NULL)
        {
          p++;
          continue;
        }
      g_string_append_len (filled, rest, p - rest);
      g_string_append (filled, value);
      rest = p = end + 1;
    }
  g_string_append (filled, rest);
  return g_string_free (filled, FALSE);
}
