/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Gives every action its keys. */
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

/* How people are told of one, in their language. */
typedef struct
{
  const char *const *keys; /* ends with NULL */
  const char *group;       /* that begins with it; NULL: as the one before */
  const char *title;
} GuichetShortcut;

/* The nth of all; FALSE past the end. */
gboolean guichet_shortcuts_get (guint n, GuichetShortcut *shortcut);
