/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Gives every action its keys. shortcuts.ui shows the same to people; a test holds both to each
 * other. */
void guichet_shortcuts_install (GtkApplication *application);

/* The keys of the nth action, for the test; NULL past the end. */
const char *guichet_shortcuts_get_key (guint action, guint key);
