/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every key that works stands in the shortcuts window, and the other way round.
 */

#include "desktop/shortcuts.h"

#include <gio/gio.h>

static GHashTable *
keys_of_help (void)
{
  g_autoptr (GBytes) help = g_resources_lookup_data ("/org/guichet/Guichet/shortcuts.ui",
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRegex) keys = g_regex_new ("name=\"accelerator\">([^<]*)<", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_nonnull (help);
  g_regex_match (keys, g_bytes_get_data (help, NULL), 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *escaped = g_match_info_fetch (match, 1);
      g_auto (GStrv) half = g_strsplit (escaped, "&lt;", -1);
      g_autofree char *open = g_strjoinv ("<", half);
      g_auto (GStrv) rest = g_strsplit (open, "&gt;", -1);
      g_autofree char *plain = g_strjoinv (">", rest);
      g_auto (GStrv) each = g_strsplit (plain, " ", -1);

      for (guint i = 0; each[i] != NULL; i++)
        g_hash_table_add (found, g_strdup (each[i]));
    }
  return found;
}

static void
test_both_ways (void)
{
  g_autoptr (GHashTable) help = keys_of_help ();
  guint n = 0;

  for (guint i = 0; guichet_shortcuts_get_key (i, 0) != NULL; i++)
    for (guint j = 0; j < 2 && guichet_shortcuts_get_key (i, j) != NULL; j++, n++)
      if (!g_hash_table_contains (help, guichet_shortcuts_get_key (i, j)))
        g_error ("the shortcuts window lacks %s", guichet_shortcuts_get_key (i, j));
  g_assert_cmpuint (n, ==, g_hash_table_size (help));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shortcuts/both-ways", test_both_ways);
  return g_test_run ();
}
