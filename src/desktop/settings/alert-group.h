/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Notifications and sounds, each kind of news in its row. */
GtkWidget *guichet_alert_group_new (GuichetSession *session, GSettings *settings);
