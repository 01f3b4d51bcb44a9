/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The recordings of a call, heard in a window of their own. Escape closes it. */
void
guichet_recording_player_show (GtkWindow *parent, GuichetSession *session, GuichetRecent *recent);
