/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be called as a number. Pure, any thread. */
#include "server/centre/number.h"

#include <string.h>

gboolean
number_is_valid (const char *number)
{
  const char *digits = *number == '+' ? number + 1 : number;
  gsize length = strlen (digits);

  return length >= 2 && length <= NUMBER_MAX && strspn (digits, "0123456789*#") == length;
}

char *
number_tidy (const char *typed)
{
  g_autoptr (GString) kept = g_string_new (NULL);

  for (const char *text = typed; *text != '\0'; text++)
    if (g_str_has_prefix (text, "(0)") && *kept->str == '+')
      text += 2; /* what stands before a number at home alone */
    else if (strchr (" -.(),/", *text) == NULL)
      g_string_append_c (kept, *text);

  return g_string_free (g_steal_pointer (&kept), FALSE);
}

char *
customer_number_clean (const char *typed)
{
  g_autofree char *number = number_tidy (typed);

  /* Stars and hashes would be orders to the network. */
  if (!number_is_valid (number) || strpbrk (number, "*#") != NULL)
    return NULL;

  return g_steal_pointer (&number);
}
