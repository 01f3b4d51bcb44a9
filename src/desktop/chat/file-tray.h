/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/files.h"

#include <gtk/gtk.h>

/* The files of the message that is being written: what each is, how far it is on its way, what is
 * wrong with it; they can be removed. Signal "changed" (): one came, went or is another. Inside the
 * composer. */
#define GUICHET_TYPE_FILE_TRAY guichet_file_tray_get_type ()
G_DECLARE_FINAL_TYPE (GuichetFileTray, guichet_file_tray, GUICHET, FILE_TRAY, GtkWidget)

GtkWidget *guichet_file_tray_new (GuichetSession *session);
void guichet_file_tray_set_interaction (GuichetFileTray *self, GuichetInteraction *interaction);
/* How many there are that could go with a message. */
guint guichet_file_tray_ready (GuichetFileTray *self);
/* Why the message cannot be sent yet, or NULL. */
const char *guichet_file_tray_reason (GuichetFileTray *self);
