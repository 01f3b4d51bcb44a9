/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* To whom work goes, or who is asked to come to it: a search field over the centre's directory, for
 * a popover. Emits "picked" (GuichetTarget *) by Enter or click, of one that is possible now. The
 * Menu key shows what else can be done with one; then it closes its popover by itself. */
#define GUICHET_TYPE_DIRECTORY_PICKER (guichet_directory_picker_get_type ())
G_DECLARE_FINAL_TYPE (GuichetDirectoryPicker,
                      guichet_directory_picker,
                      GUICHET,
                      DIRECTORY_PICKER,
                      GtkWidget)

GtkWidget *guichet_directory_picker_new (GuichetSession *session);
/* Asks the centre anew, empties the search and puts the cursor into it. purpose: "transfer",
 * "consult", "conference". why: a sentence above the search, or NULL. */
void guichet_directory_picker_restart (GuichetDirectoryPicker *self,
                                       GuichetInteraction *interaction,
                                       const char *purpose,
                                       const char *why);
/* The same, where the calls of this agent may be forwarded. */
void guichet_directory_picker_restart_forward (GuichetDirectoryPicker *self, const char *agent);
