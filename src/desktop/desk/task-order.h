/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Calls, what is written, social networks, e-mails; in each of them the newest on top. Of
 * GuichetOffers among themselves or GuichetInteractions among themselves; a GCompareDataFunc. */
int guichet_task_compare (gconstpointer a, gconstpointer b, gpointer data);

/* While the agent is moving the pointer over the list, or has just done so, what arrives waits, so
 * that nobody presses what was not there a moment ago. */
#define GUICHET_TYPE_TASK_HOLD (guichet_task_hold_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTaskHold, guichet_task_hold, GUICHET, TASK_HOLD, GObject)

GuichetTaskHold *guichet_task_hold_new (void);
/* items without what waits. */
GListModel *guichet_task_hold_add (GuichetTaskHold *self, GListModel *items);
/* The place that the pointer is over. */
void guichet_task_hold_watch (GuichetTaskHold *self, GtkWidget *place);
/* The agent wants to see this one now. */
void guichet_task_hold_let (GuichetTaskHold *self, gpointer item);
