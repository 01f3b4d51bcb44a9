/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Every piece of work in hand: incoming, active, wrap-up. Property: selected o (a
 * GuichetInteraction or NULL). */
#define GUICHET_TYPE_TASK_LIST (guichet_task_list_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTaskList, guichet_task_list, GUICHET, TASK_LIST, GtkWidget)

GtkWidget *guichet_task_list_new (GuichetSession *session);
GuichetInteraction *guichet_task_list_get_selected (GuichetTaskList *self);
/* Nothing happens if it is not there. */
void guichet_task_list_select (GuichetTaskList *self, GuichetInteraction *interaction);
/* The next or the previous piece of work, round and round. */
void guichet_task_list_step (GuichetTaskList *self, int by);
