/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* One call variable: its name and its value, which can be edited, only read, or is hidden until it
 * is revealed. */
#define GUICHET_TYPE_VARIABLE_ROW (guichet_variable_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetVariableRow, guichet_variable_row, GUICHET, VARIABLE_ROW, GtkWidget)

GtkWidget *guichet_variable_row_new (GuichetSession *session,
                                     GuichetInteraction *interaction,
                                     GuichetVariable *variable);
/* Whether this row is one for variables of that kind. */
gboolean guichet_variable_row_takes (GuichetVariableRow *self, GuichetVariable *variable);
/* Another variable of the kind; what was typed and not saved comes back with the one before. */
void guichet_variable_row_show (GuichetVariableRow *self,
                                GuichetInteraction *interaction,
                                GuichetVariable *variable);
