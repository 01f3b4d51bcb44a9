/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A line from side to side, with words in its middle. */
GtkWidget *guichet_divider_new (const char *words);
