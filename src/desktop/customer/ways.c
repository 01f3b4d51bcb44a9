/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers and addresses of a customer, each with the word and the icon of its channel. Stateless;
 * main thread only.
 */

#include "desktop/customer/ways.h"

#include "desktop/text/words.h"
#include "desktop/widgets/accessible.h"
#include "desktop/widgets/util.h"

#include <glib/gi18n.h>

const char *const *
guichet_ways_channels (void)
{
  static const char *const channels[] = { "voice", "sms", "email", "facebook", "instagram", NULL };

  return channels;
}

const char *
guichet_ways_word (const char *channel)
{
  return g_str_equal (channel, "voice") ? _ ("Telephone") : guichet_words_channel (channel);
}

char *
guichet_ways_line (const char *name, const char *const *ways)
{
  g_autoptr (GString) line = g_string_new (name);

  for (; ways[0] != NULL && ways[1] != NULL; ways += 2)
    g_string_append_printf (line, "%s%s", line->len > 0 ? ", " : "", ways[1]);
  return g_string_free (g_steal_pointer (&line), FALSE);
}

GtkWidget *
guichet_ways_list_new (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  guichet_accessible_name (list, name);
  return list;
}

static GtkWidget *
row_new (const char *channel, const char *address)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *word = gtk_label_new (guichet_ways_word (channel));
  GtkWidget *label = gtk_label_new (address);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), guichet_ways_word (channel), address);

  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_widget_add_css_class (word, "caption");
  gtk_widget_add_css_class (word, "dim");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  guichet_label_wrap (GTK_LABEL (label));
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), word);
  gtk_box_append (GTK_BOX (texts), label);
  gtk_box_append (GTK_BOX (box),
                  gtk_image_new_from_icon_name (guichet_words_channel_icon (channel)));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_widget_set_margin_start (box, 10);
  gtk_widget_set_margin_end (box, 10);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  guichet_accessible_name (row, name);
  return row;
}

void
guichet_ways_list_fill (GtkListBox *list, const char *const *ways)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
  gtk_widget_set_visible (GTK_WIDGET (list), *ways != NULL);
  for (; ways[0] != NULL && ways[1] != NULL; ways += 2)
    gtk_list_box_append (list, row_new (ways[0], ways[1]));
}
