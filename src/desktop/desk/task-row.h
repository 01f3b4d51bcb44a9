/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The heading of a part of the list: a title and how many there are. */
#define GUICHET_TYPE_TASK_HEADING (guichet_task_heading_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTaskHeading, guichet_task_heading, GUICHET, TASK_HEADING, GObject)

GuichetTaskHeading *guichet_task_heading_new (const char *title, GListModel *items);

/* One line of the task list: a heading, an offer or an interaction. */
#define GUICHET_TYPE_TASK_ROW (guichet_task_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTaskRow, guichet_task_row, GUICHET, TASK_ROW, GtkWidget)

GtkWidget *guichet_task_row_new (void);
/* A GuichetTaskHeading, GuichetOffer, GuichetInteraction, or NULL. */
void guichet_task_row_set_item (GuichetTaskRow *self, gpointer item);
gpointer guichet_task_row_get_item (GuichetTaskRow *self);
