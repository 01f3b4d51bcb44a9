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
