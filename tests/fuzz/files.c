/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what a stranger's file is, and its name. Whatever comes, the kind is known or none,
 * and the name can be shown and saved. Built with -fsanitize=fuzzer it is a libFuzzer target; as a
 * test it runs over a corpus that it makes from good beginnings with a fixed seed. */
#include "server/channels/file-kind.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_name (const char *name, const char *type)
{
  g_autofree char *clean = file_name_clean (name, type);

  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (clean, -1), <=, FILE_NAME_MAX);
  g_assert_true (*clean != '\0' && *clean != '.' && *clean != '-' && *clean != ' ');
  for (const char *at = clean; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_assert_true (g_unichar_isprint (c) && c != '/' && c != '\\');
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize half = size / 2;
  g_autofree char *name = g_strndup ((const char *) data, size);
  const char *type = file_kind (data, half, data + half, size - half, name);

  g_assert_nonnull (type);
  g_assert_false (file_kind_is_allowed (file_kind_default, "executable"));
  check_name (name, NULL);
  check_name (name, type);

  return 0;
}

#ifndef GUICHET_LIBFUZZER
static const char *const seeds[] = {
  "\x89PNG\r\n\x1a\n",
  "\xff\xd8\xff\xe0",
  "GIF89a",
  "RIFF....WEBP",
  "%PDF-1.7",
  "PK\3\4mimetypeapplication/vnd.oasis",
  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
  "MZ",
  "#!/bin/sh",
  "<!DOCTYPE html>",
  "BEGIN:VCARD",
  "a,b\n1,2\n",
  "../../etc/passwd",
  "C:\\x\\y.exe",
  "a\xe2\x80\xaegnp.exe",
  ".hidden",
  "-rf",
  "\xd0\xa1\xd0\xbd.png",
  "x.tar.gz.js",
};

int
main (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (seeds) * 2000; i++)
    {
      g_autoptr (GByteArray) data = g_byte_array_new ();
      const char *seed = seeds[i % G_N_ELEMENTS (seeds)];

      g_byte_array_append (data, (const guint8 *) seed, (guint) strlen (seed));
      for (guint n = (guint) g_rand_int_range (random, 0, 300); n > 0; n--)
        {
          guint8 byte = (guint8) g_rand_int_range (random, 0, 256);

          g_byte_array_append (data, &byte, 1);
        }
      for (guint n = (guint) g_rand_int_range (random, 0, 4); n > 0; n--)
        data->data[g_rand_int_range (random, 0, (gint32) data->len)] =
            (guint8) g_rand_int_range (random, 0, 256);
      LLVMFuzzerTestOneInput (data->data, data->len);
    }

  return 0;
}
#endif
