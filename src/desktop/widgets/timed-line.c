/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of small words with a picture before them and a timer behind. Main thread only. */
#include "desktop/widgets/timed-line.h"

#include "desktop/widgets/util.h"

GtkWidget *
guichet_timed_line_new (const char *icon, const char *words, GuichetTimerKind kind, gint64 since)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *timer = guichet_timer_label_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  guichet_label_tip_when_cut (GTK_LABEL (label));
  guichet_timer_label_set_kind (GUICHET_TIMER_LABEL (timer), kind);
  guichet_timer_label_set_caption (GUICHET_TIMER_LABEL (timer), words);
  guichet_timer_label_set_instant (GUICHET_TIMER_LABEL (timer), GUICHET_TIMER_UP, since);
  gtk_box_append (GTK_BOX (line), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), timer);
  return line;
}

void
guichet_timed_lines_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}
