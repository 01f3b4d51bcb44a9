/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/interaction.h"

#include <gtk/gtk.h>

/* The button of a meeting room, where the centre has one: invites to it in the message, or opens
 * it. Emits "invite" (const char *text). */
#define GUICHET_TYPE_MEETING (guichet_meeting_get_type ())
G_DECLARE_FINAL_TYPE (GuichetMeeting, guichet_meeting, GUICHET, MEETING, GtkWidget)

/* NULL: nobody can be invited now. */
void guichet_meeting_show (GuichetMeeting *self, GuichetInteraction *interaction);
