/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random tokens and ids. Stateless, any thread. */
#include "base/ids.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

void
base_random_bytes (void *buffer, gsize length)
{
  guint8 *at = buffer;

  while (length > 0)
    {
      gssize got = getrandom (at, length, 0);
      if (got < 0)
        {
          if (errno == EINTR)
            continue;
          g_error ("getrandom: %s", g_strerror (errno));
        }
      at += got;
      length -= (gsize) got;
    }
}

char *
base_token_new (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  char *text;
  gsize length;

  g_return_val_if_fail (n_bytes > 0, NULL);

  base_random_bytes (bytes, n_bytes);
  text = g_base64_encode (bytes, n_bytes);
  explicit_bzero (bytes, n_bytes);
  for (length = strlen (text); length > 0 && text[length - 1] == '='; length--)
    text[length - 1] = '\0';
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '+')
        text[i] = '-';
      else if (text[i] == '/')
        text[i] = '_';
    }
  return text;
}

gboolean
base_id_is_valid (const char *id, gsize max_length)
{
  gsize length = 0;

  if (id == NULL)
    return FALSE;
  for (; id[length] != '\0'; length++)
    {
      if (length >= max_length)
        return FALSE;
      if (!g_ascii_isalnum (id[length]) && strchr ("._-:", id[length]) == NULL)
        return FALSE;
    }
  return length > 0;
}

gboolean
base_secret_equal (const char *a, const char *b)
{
  gsize length;
  guint8 difference = 0;

  if (a == NULL || b == NULL)
    return FALSE;
  length = strlen (a);
  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}
