/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Two children beside each other; where there is no room for what both need at least, the second
 * one goes on a line of its own. Which of them expands gets what is left; if
 * both do, they are of the same width. */
#define GUICHET_TYPE_FOLD_ROW (guichet_fold_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetFoldRow, guichet_fold_row, GUICHET, FOLD_ROW, GtkWidget)
