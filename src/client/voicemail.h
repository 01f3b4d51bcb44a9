/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetVoicemail: a message in a box that this agent opens. Read-only, notifying: id s, at i,
 * box s (its name), duration i (ms), heard b, interaction s, number s, name s ("": not known). */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_VOICEMAIL guichet_voicemail_get_type ()
G_DECLARE_FINAL_TYPE (GuichetVoicemail, guichet_voicemail, GUICHET, VOICEMAIL, GuichetRecord)

const char *guichet_voicemail_get_id (GuichetVoicemail *self);
gint64 guichet_voicemail_get_at (GuichetVoicemail *self);
const char *guichet_voicemail_get_box (GuichetVoicemail *self);
gint64 guichet_voicemail_get_duration (GuichetVoicemail *self);
gboolean guichet_voicemail_get_heard (GuichetVoicemail *self);
const char *guichet_voicemail_get_interaction (GuichetVoicemail *self);
const char *guichet_voicemail_get_number (GuichetVoicemail *self);
const char *guichet_voicemail_get_name (GuichetVoicemail *self);
