/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A modal window of rows that scroll where there is no room, above it a title, as wide as this at
 * 100 % text and wider in larger text. Escape closes it. Not yet presented. */
GtkWindow *
guichet_rows_window_new (GtkWindow *parent, const char *title, int width, GtkWidget *rows);

/* Adds a button below the rows. */
void guichet_rows_window_add (GtkWindow *window, GtkWidget *button);
