/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Gives every action its keys. shortcuts.ui shows the same to people; a test holds both to each
 * other. */
void guichet_shortcuts_install (GtkApplication *application);

/* "Hold (Ctrl+H)": the keys as GTK writes them in menus, in the agent's language. Free it. */
char *guichet_shortcuts_tip (const char *text, const char *action);
/* Greys a widget for a reason, or gives it that tooltip: guichet_accessible_grey() with the keys.
 */
void guichet_shortcuts_grey (GtkWidget *widget,
                             const char *reason,
                             const char *text,
                             const char *action);
/* Gives a widget that tooltip. */
void guichet_shortcuts_set_tip (GtkWidget *widget, const char *text, const char *action);

/* The keys of the nth action, for the test; NULL past the end. */
const char *guichet_shortcuts_get_key (guint action, guint key);
