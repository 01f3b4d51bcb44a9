/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* One number or address that is typed: its channel, the field, and what is wrong with it. Emits
 * "changed", "activate" and "remove". */
#define GUICHET_TYPE_WAY_ROW (guichet_way_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetWayRow, guichet_way_row, GUICHET, WAY_ROW, GtkWidget)

GtkWidget *guichet_way_row_new (const char *channel, const char *address);
const char *guichet_way_row_get_channel (GuichetWayRow *self);
/* As typed, without blanks at its ends, or in a number. Free with g_free. */
char *guichet_way_row_dup_address (GuichetWayRow *self);
/* NULL: nothing. */
void guichet_way_row_set_problem (GuichetWayRow *self, const char *problem);
void guichet_way_row_focus (GuichetWayRow *self);

/* Says at a field what is wrong with it, to the eye and to a screen reader. */
void guichet_field_set_problem (GtkWidget *entry, GtkLabel *label, const char *problem);
GtkLabel *guichet_field_problem_new (void);
