/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* A button for each speed dial, the agent's own first, and one to add another. */
GtkWidget *guichet_dials_bar_new (GuichetSession *session);
