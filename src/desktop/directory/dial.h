/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* A window to call a number: typed, or prefilled (NULL: empty), and in whose name where there is a
 * choice. Nothing is dialled until the agent says so. */
void guichet_dial_present (GtkWindow *parent, GuichetSession *session, const char *number);
/* Calls it at once, where there is no choice in whose name; else asks in that window. */
void guichet_dial_call (GtkWidget *widget, GuichetSession *session, const char *number);
