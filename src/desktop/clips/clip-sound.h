/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/session.h"

#include <gtk/gtk.h>

/* Sound at the desk, by the phone process: a recording for a clip, and any clip that is heard. What
 * was recorded stays with the session until it is forgotten, a recording for each clip.
 * Emits "changed" when what it does or has is another, and "failed" (s: a sentence). */
#define GUICHET_TYPE_CLIP_SOUND (guichet_clip_sound_get_type ())
G_DECLARE_FINAL_TYPE (GuichetClipSound, guichet_clip_sound, GUICHET, CLIP_SOUND, GObject)

GuichetClipSound *guichet_clip_sound_new (GuichetSession *session);

/* "idle", "recording", "writing", "playing" */
const char *guichet_clip_sound_get_state (GuichetClipSound *self);
/* Why there can be no sound now, a sentence, or NULL. */
const char *guichet_clip_sound_get_obstacle (GuichetClipSound *self);
/* From now on it is about this clip: an id, "": a new one, NULL: none. */
void guichet_clip_sound_set_clip (GuichetClipSound *self, const char *clip);
gboolean guichet_clip_sound_is_recording (GuichetClipSound *self);
/* What was recorded, or NULL. */
GBytes *guichet_clip_sound_get_bytes (GuichetClipSound *self);
void guichet_clip_sound_forget (GuichetClipSound *self);

void guichet_clip_sound_record (GuichetClipSound *self);
/* from: ms at which it begins; five minutes at most are heard. */
void guichet_clip_sound_play (GuichetClipSound *self, GBytes *bytes, guint from);
void guichet_clip_sound_stop (GuichetClipSound *self);
