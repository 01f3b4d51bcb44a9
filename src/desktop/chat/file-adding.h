/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/files.h"

#include <gtk/gtk.h>

/* Adds files to what is written in an interaction; what is refused is said at the bottom of the
 * window of @widget. */

/* Those that the agent chooses. */
void
guichet_file_choose (GtkWidget *widget, GuichetSession *session, GuichetInteraction *interaction);
/* TRUE: the clipboard has files or a picture, and they come. */
gboolean
guichet_file_paste (GtkWidget *widget, GuichetSession *session, GuichetInteraction *interaction);
/* A drop: GdkFileList or GdkTexture. */
gboolean guichet_file_drop (GtkWidget *widget,
                            GuichetSession *session,
                            GuichetInteraction *interaction,
                            const GValue *value);
