/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <adwaita.h>

/* Sound, colours, and how calls are taken. A window of its own over parent. */
GtkWidget *
guichet_settings_window_new (GtkWindow *parent, GuichetSession *session, GSettings *settings);
