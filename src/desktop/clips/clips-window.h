/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The manager of clips: recordings and archive. */
GtkWidget *guichet_clips_window_new (GtkWindow *parent, GuichetSession *session);
