/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window of the keys: one list that scrolls, so that it fits any display and any size of text.
 * Main thread only.
 */

#include "desktop/shortcuts-window.h"

#include "base/fold.h"
#include "desktop/shortcuts.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* "Ctrl+Shift+F", or several with a comma between them. */
static char *
keys_words (const char *const *keys)
{
  GString *text = g_string_new (NULL);

  for (; *keys != NULL; keys++)
    {
      g_autofree char *label = NULL;
      GdkModifierType modifiers;
      guint key;

      gtk_accelerator_parse (*keys, &key, &modifiers);
      label = gtk_accelerator_get_label (key, modifiers);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", label);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
row_new (const GuichetShortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *keys = keys_words (shortcut->keys);
  g_autofree char *spoken = g_strdup_printf (_ ("%s: %s"), shortcut->title, keys);
  g_autofree char *found = g_strconcat (shortcut->title, " ", keys, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), shortcut->title);
  for (const char *const *key = shortcut->keys; *key != NULL; key++)
    {
      GtkWidget *label = gtk_shortcut_label_new (*key);

      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  guichet_accessible_name (row, spoken);
  g_object_set_data_full (G_OBJECT (row), "words", base_fold (found), g_free);
  return row;
}

/* Groups in which nothing is found are not shown. */
static void
on_search (GtkSearchEntry *entry, GPtrArray *rows)
{
  g_autofree char *wanted = base_fold (gtk_editable_get_text (GTK_EDITABLE (entry)));

  for (guint i = 0; i < rows->len; i++)
    gtk_widget_set_visible (gtk_widget_get_ancestor (rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP),
                            FALSE);
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean found = base_fold_has (g_object_get_data (rows->pdata[i], "words"), wanted);

      gtk_widget_set_visible (rows->pdata[i], found);
      if (found)
        gtk_widget_set_visible (
            gtk_widget_get_ancestor (rows->pdata[i], ADW_TYPE_PREFERENCES_GROUP), TRUE);
    }
}

/* All groups; the rows belong to them. */
static GtkWidget *
groups_new (GPtrArray *rows)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = NULL;
  GuichetShortcut shortcut;

  for (guint i = 0; guichet_shortcuts_get (i, &shortcut); i++)
    {
      if (shortcut.group != NULL)
        {
          group = adw_preferences_group_new ();
          adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), shortcut.group);
          gtk_box_append (GTK_BOX (box), group);
        }
      g_ptr_array_add (rows, row_new (&shortcut));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows->pdata[i]);
    }
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 18);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  return box;
}

GtkWidget *
guichet_shortcuts_window_new (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GPtrArray *rows = g_ptr_array_new ();

  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard shortcuts"));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  guichet_window_set_size (GTK_WINDOW (window), 600, 600);
  guichet_accessible_name (search, _ ("Search shortcuts"));
  guichet_accessible_name_editable (GTK_EDITABLE (search), _ ("Search shortcuts"));
  g_object_set (search, "placeholder-text", _ ("Search shortcuts"), NULL);
  gtk_widget_set_margin_start (search, 12);
  gtk_widget_set_margin_end (search, 12);
  guichet_clamp_text (clamp, 600);
  adw_clamp_set_child (ADW_CLAMP (clamp), groups_new (rows));
  g_object_set_data_full (G_OBJECT (window), "rows", rows, (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (search, "search-changed", G_CALLBACK (on_search), rows);
  g_signal_connect_swapped (search, "stop-search", G_CALLBACK (gtk_window_close), window);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_window_set_content (ADW_WINDOW (window), box);
  guichet_window_close_by_escape (window);
  gtk_widget_grab_focus (search);
  return window;
}
