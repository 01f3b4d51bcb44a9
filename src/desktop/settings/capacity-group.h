/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* For how much of each channel the agent has room at once; the centre decides it. */
GtkWidget *guichet_capacity_group_new (GuichetSession *session);
