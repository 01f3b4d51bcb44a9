/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* For supervisors: what the agents whom they lead do, and how their queues stand, as it changes. */
#define GUICHET_TYPE_SUPERVISION_VIEW (guichet_supervision_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetSupervisionView,
                      guichet_supervision_view,
                      GUICHET,
                      SUPERVISION_VIEW,
                      GtkWidget)

GtkWidget *guichet_supervision_view_new (GuichetSession *session);
/* Moves the keyboard to the search. */
void guichet_supervision_view_search (GuichetSupervisionView *self);
