/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Every key and what it does, searched by a few letters. */
GtkWidget *guichet_shortcuts_window_new (GtkWindow *parent);
