/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Whether the call is recorded, as the centre says, and what the agent may do about it. Not shown
 * where nothing is recorded by rule. */
#define GUICHET_TYPE_RECORDING_LIGHT (guichet_recording_light_get_type ())
G_DECLARE_FINAL_TYPE (GuichetRecordingLight,
                      guichet_recording_light,
                      GUICHET,
                      RECORDING_LIGHT,
                      GtkWidget)

/* Whenever something of either has changed. */
void guichet_recording_light_show (GuichetRecordingLight *self,
                                   GuichetSession *session,
                                   GuichetInteraction *interaction);
