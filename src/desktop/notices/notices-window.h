/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The agent's messages, newest first, or the boxes of voicemail; supervisors write here. */
GtkWidget *
guichet_notices_window_new (GtkWindow *parent, GuichetSession *session, gboolean voicemail);
