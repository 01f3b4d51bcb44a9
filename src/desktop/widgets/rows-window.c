/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window has the box of its parts under "parts". Main thread only. */

#include "desktop/widgets/rows-window.h"

#include "desktop/widgets/capped.h"
#include "desktop/widgets/util.h"

#include <adwaita.h>

#define HEIGHT 560 /* of the rows, at most, at 100 % text */

GtkWindow *
guichet_rows_window_new (GtkWindow *parent, const char *title, int width, GtkWidget *rows)
{
  GtkWidget *widget = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window = GTK_WINDOW (widget);

  gtk_widget_set_margin_top (rows, 12);
  gtk_widget_set_margin_bottom (rows, 18);
  gtk_widget_set_margin_start (rows, 18);
  gtk_widget_set_margin_end (rows, 18);
  gtk_window_set_title (window, title);
  gtk_window_set_transient_for (window, parent);
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_destroy_with_parent (window, TRUE);
  guichet_window_set_size (window, width, -1);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), guichet_capped_new (rows, HEIGHT));
  adw_window_set_content (ADW_WINDOW (widget), box);
  g_object_set_data (G_OBJECT (window), "parts", box);
  guichet_window_close_by_escape (widget);
  return window;
}

void
guichet_rows_window_add (GtkWindow *window, GtkWidget *button)
{
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 12);
  gtk_box_append (GTK_BOX (g_object_get_data (G_OBJECT (window), "parts")), button);
}
