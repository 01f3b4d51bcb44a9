/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: what a stranger's file is, and its name. Whatever comes, the kind is known or none,
 * and the name can be shown and saved. */
#include "fuzz.h"

#include "server/channels/file-kind.h"

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
