/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line with words in its middle, between what comes before and what comes after. Main thread
 * only.
 */

#include "desktop/widgets/divider.h"

static void
add_line (GtkBox *box)
{
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

  gtk_widget_set_hexpand (line, TRUE);
  gtk_widget_set_valign (line, GTK_ALIGN_CENTER);
  gtk_box_append (box, line);
}

GtkWidget *
guichet_divider_new (const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim");
  add_line (GTK_BOX (box));
  gtk_box_append (GTK_BOX (box), label);
  add_line (GTK_BOX (box));
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);

  return box;
}
