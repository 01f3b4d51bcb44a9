/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

#define GUICHET_TYPE_QUEUE_ROW (guichet_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetQueueRow, guichet_queue_row, GUICHET, QUEUE_ROW, GtkWidget)

GtkWidget *guichet_queue_row_new (void);
void guichet_queue_row_set_queue (GuichetQueueRow *self, GuichetLiveQueue *queue);
