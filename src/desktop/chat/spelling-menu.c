/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is in the menu of a wrong word.
 */

#include "desktop/chat/spelling-menu.h"

#include <glib/gi18n.h>

/* That are shown. */
#define SUGGESTIONS 5

static void
add_item (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *escaped = g_strjoinv ("__", parts);

  g_menu_item_set_label (item, escaped);
  g_menu_item_set_action_and_target_value (item, action,
                                           target != NULL ? g_variant_new_string (target) : NULL);
  g_menu_append_item (menu, item);
}

static void
add_suggestions (GuichetDictionary *dictionary, GMenu *menu, const char *wrong)
{
  g_autoptr (GMenu) better = g_menu_new ();
  g_autoptr (GMenu) keep = g_menu_new ();
  g_auto (GStrv) found = guichet_dictionary_suggest (dictionary, wrong);

  for (guint i = 0; found[i] != NULL && i < SUGGESTIONS; i++)
    add_item (better, found[i], "spelling.replace", found[i]);
  if (found[0] == NULL)
    add_item (better, _ ("No suggestions"), "spelling.nothing", NULL);
  add_item (keep, _ ("Add to dictionary"), "spelling.add", wrong);
  add_item (keep, _ ("Ignore"), "spelling.ignore", wrong);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (better));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (keep));
}

char *
guichet_spelling_missing (const char *language)
{
  return g_strdup_printf (_ ("Spelling: no dictionary for %s"),
                          guichet_dictionary_language (language));
}

static void
add_languages (GuichetDictionary *dictionary, const char *language, GMenu *menu)
{
  g_autoptr (GMenu) languages = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; i < guichet_dictionary_tags (dictionary)->len; i++)
    {
      const char *tag = guichet_dictionary_tags (dictionary)->pdata[i];
      const char *name = guichet_dictionary_language (tag);
      g_autofree char *label =
          name != tag ? g_strdup_printf ("%s (%s)", name, tag) : g_strdup (tag);

      add_item (languages, label, "spelling.language", tag);
    }
  if (*guichet_dictionary_tag (dictionary) == '\0')
    {
      g_autofree char *text = guichet_spelling_missing (language);

      add_item (section, text, "spelling.nothing", NULL);
    }
  if (guichet_dictionary_tags (dictionary)->len > 0)
    g_menu_append_submenu (section, _ ("Spelling language"), G_MENU_MODEL (languages));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

void
guichet_spelling_menu (GuichetDictionary *dictionary,
                       const char *language,
                       const char *wrong,
                       GMenu *menu)
{
  if (wrong != NULL)
    add_suggestions (dictionary, menu, wrong);
  add_languages (dictionary, language, menu);
}
