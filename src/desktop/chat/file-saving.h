/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/files.h"

#include <gtk/gtk.h>

/* Fetches a file of a message, and puts it where the agent says, or into the program that the
 * desktop has for its type. What went wrong is said at the bottom of the window of @widget. */
void guichet_file_save (GtkWidget *widget, GuichetSession *session, GuichetAttachment *file);
void guichet_file_open (GtkWidget *widget, GuichetSession *session, GuichetAttachment *file);
