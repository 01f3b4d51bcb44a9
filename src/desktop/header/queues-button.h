/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The agent's queues in the header bar: out of, ready in or paused in each, or in all at once. */
#define GUICHET_TYPE_QUEUES_BUTTON (guichet_queues_button_get_type ())
G_DECLARE_FINAL_TYPE (GuichetQueuesButton, guichet_queues_button, GUICHET, QUEUES_BUTTON, GtkWidget)

void guichet_queues_button_set_session (GuichetQueuesButton *self, GuichetSession *session);
void guichet_queues_button_popup (GuichetQueuesButton *self);
