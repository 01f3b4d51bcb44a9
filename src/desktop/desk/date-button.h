/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A button beside a field with a date: a calendar, and hour and minute where the field has them.
 * What is chosen is written into the field as RFC 3339 has it, a time with the offset of here. */
#define GUICHET_TYPE_DATE_BUTTON (guichet_date_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetDateButton, guichet_date_button, GUICHET, DATE_BUTTON, GtkWidget)

/* The field outlives the button. */
GtkWidget *guichet_date_button_new (GtkEditable *field);
/* The field is now of something else: its name, and "date" or "datetime". */
void guichet_date_button_set_kind (GuichetDateButton *self, const char *name, const char *kind);
