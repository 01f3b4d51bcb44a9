/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The agent's own missed and recent contacts, newest first. Its list is made when it is first seen.
 */
#define GUICHET_TYPE_ACTIVITY_VIEW (guichet_activity_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetActivityView, guichet_activity_view, GUICHET, ACTIVITY_VIEW, GtkWidget)

GtkWidget *guichet_activity_view_new (GuichetSession *session);
