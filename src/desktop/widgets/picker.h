/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/definition.h"

#include <gtk/gtk.h>

/* A search field over a list of the centre's definitions, for a popover. The search begins with the
 * third letter; the whole list is there before. Emits "picked" (GuichetDefinition *) by Enter or
 * click. */
#define GUICHET_TYPE_PICKER (guichet_picker_get_type ())
G_DECLARE_FINAL_TYPE (GuichetPicker, guichet_picker, GUICHET, PICKER, GtkWidget)

/* Whether a definition may be picked now; data as given. */
typedef gboolean (*GuichetPickerFunc) (GuichetDefinition *definition, gpointer data);

/* name: what a screen reader calls the field; placeholder inside it. */
GtkWidget *guichet_picker_new (const char *name, const char *placeholder);
void guichet_picker_set_model (GuichetPicker *self,
                               GListModel *definitions,
                               GuichetPickerFunc accepts,
                               gpointer data);
/* What accepts () says has changed; also empties the search and puts the cursor into it. */
void guichet_picker_restart (GuichetPicker *self);
