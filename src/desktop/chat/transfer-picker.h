/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* To whom a chat goes, or who is asked to come: a search field over queues, agents and skills, as
 * the centre names them when it is asked. Emits "picked" (GuichetTarget *) by Enter or click, of
 * one that is possible. */
#define GUICHET_TYPE_TRANSFER_PICKER (guichet_transfer_picker_get_type ())
G_DECLARE_FINAL_TYPE (GuichetTransferPicker,
                      guichet_transfer_picker,
                      GUICHET,
                      TRANSFER_PICKER,
                      GtkWidget)

GtkWidget *guichet_transfer_picker_new (GuichetSession *session);
/* Asks the centre anew, empties the search and puts the cursor into it. purpose: "transfer",
 * "consult", "conference". */
void guichet_transfer_picker_restart (GuichetTransferPicker *self,
                                      GuichetInteraction *interaction,
                                      const char *purpose);
