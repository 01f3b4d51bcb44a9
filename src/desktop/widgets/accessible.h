/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The name that a screen reader says for a widget. */
void guichet_accessible_name (GtkWidget *widget, const char *name);

/* The same for the text inside an entry or an entry row, which is what takes the focus. */
void guichet_accessible_name_editable (GtkEditable *editable, const char *name);

/* Names the parts of a composite widget that the toolkit leaves nameless: every descendant of this
 * type. */
void guichet_accessible_name_inner (GtkWidget *widget, GType type, const char *name);

/* Greys a widget with the reason as its tooltip and description, or makes it usable (reason NULL)
 * with its own tip. */
void guichet_accessible_grey (GtkWidget *widget, const char *reason, const char *tip);
