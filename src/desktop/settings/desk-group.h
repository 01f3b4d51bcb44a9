/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The settings of the desk itself: colours, who answers calls, notifications. */
GtkWidget *guichet_desk_group_new (GuichetSession *session, GSettings *settings);
