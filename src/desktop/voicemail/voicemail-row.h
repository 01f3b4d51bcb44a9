/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/voicemail.h"
#include "desktop/clips/clip-sound.h"

#include <gtk/gtk.h>

/* One message in a box. Emits "delete" (GuichetVoicemail). */
#define GUICHET_TYPE_VOICEMAIL_ROW (guichet_voicemail_row_get_type ())
G_DECLARE_FINAL_TYPE (GuichetVoicemailRow, guichet_voicemail_row, GUICHET, VOICEMAIL_ROW, GtkWidget)

GtkWidget *guichet_voicemail_row_new (GuichetSession *session, GuichetClipSound *sound);
/* NULL: none. */
void guichet_voicemail_row_show (GuichetVoicemailRow *self, GuichetVoicemail *voicemail);
