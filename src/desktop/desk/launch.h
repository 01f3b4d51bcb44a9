/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The menu of the centre's links to other programs: those of the contact's queue, opened by the
 * system's browser with what is known of the contact. Not there where there is none. */
#define GUICHET_TYPE_LAUNCH (guichet_launch_get_type ())
G_DECLARE_FINAL_TYPE (GuichetLaunch, guichet_launch, GUICHET, LAUNCH, GtkWidget)

void guichet_launch_set_session (GuichetLaunch *self, GuichetSession *session);
void guichet_launch_set_interaction (GuichetLaunch *self, GuichetInteraction *interaction);
/* Opens the menu. */
void guichet_launch_open (GuichetLaunch *self);
