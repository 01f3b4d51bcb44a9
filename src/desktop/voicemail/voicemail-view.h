/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* The messages of all boxes that the agent opens, for a window with the action "win.toast". */
#define GUICHET_TYPE_VOICEMAIL_VIEW (guichet_voicemail_view_get_type ())
G_DECLARE_FINAL_TYPE (GuichetVoicemailView,
                      guichet_voicemail_view,
                      GUICHET,
                      VOICEMAIL_VIEW,
                      GtkWidget)

/* Emits "deleted" (GuichetVoicemail) for the window to offer its undoing. */
GtkWidget *guichet_voicemail_view_new (GuichetSession *session);
