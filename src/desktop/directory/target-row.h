/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* One of the directory in a list: who or what it is, what an agent does and for how long, how many
 * of a group are free. Follows its target. */
#define GUICHET_TYPE_TARGET_ROW (guichet_target_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTargetRow, guichet_target_row, GUICHET, TARGET_ROW, GtkWidget)

GtkWidget *guichet_target_row_new (GuichetSession *session);
/* purpose: "transfer"…, greyed with the reason where it cannot be; NULL: no purpose. */
void guichet_target_row_set (GuichetTargetRow *self, GuichetTarget *target, const char *purpose);
/* The row that shows it in this list view, or the view. */
GtkWidget *guichet_target_row_of (GtkWidget *view, GuichetTarget *target);
