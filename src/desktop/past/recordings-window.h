/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Finds the recordings that this agent may hear. Escape closes it. */
GtkWidget *guichet_recordings_window_new (GtkWindow *parent, GuichetSession *session);
