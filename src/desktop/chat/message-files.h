/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/chat.h"
#include "client/files.h"

#include <gtk/gtk.h>

/* The files of one message: pictures to look at, every one to open and to save. Inside its bubble.
 */
#define GUICHET_TYPE_MESSAGE_FILES guichet_message_files_get_type ()
G_DECLARE_FINAL_TYPE (GuichetMessageFiles, guichet_message_files, GUICHET, MESSAGE_FILES, GtkWidget)

/* NULL shows none. */
void guichet_message_files_show (GuichetMessageFiles *self,
                                 GuichetSession *session,
                                 GuichetMessage *message);
