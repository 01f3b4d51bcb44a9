/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every shortcut can be pressed, means one thing, and is told in words.
 */

#include "desktop/shortcuts.h"

static void
test_told_and_single (void)
{
  g_autoptr (GHashTable) pressed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GuichetShortcut shortcut;
  guint n = 0;

  for (; guichet_shortcuts_get (n, &shortcut); n++)
    {
      g_assert_cmpstr (shortcut.title, !=, "");
      g_assert_true (n > 0 || shortcut.group != NULL);
      g_assert_nonnull (shortcut.keys[0]);
      for (const char *const *key = shortcut.keys; *key != NULL; key++)
        {
          GdkModifierType modifiers;
          guint value;

          g_assert_true (gtk_accelerator_parse (*key, &value, &modifiers));
          if (!g_hash_table_add (pressed, gtk_accelerator_name (value, modifiers)))
            g_error ("%s means two things", *key);
        }
    }
  g_assert_cmpuint (n, >, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shortcuts/told-and-single", test_told_and_single);
  return g_test_run ();
}
