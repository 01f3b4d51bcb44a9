/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/clip.h"
#include "desktop/clips/clip-sound.h"

/* The form of one clip: its sound is recorded and heard, it gets a label and tags. Emits "done"
 * when it is saved or left. */
#define GUICHET_TYPE_CLIP_EDITOR (guichet_clip_editor_get_type ())
G_DECLARE_FINAL_TYPE (GuichetClipEditor, guichet_clip_editor, GUICHET, CLIP_EDITOR, GtkWidget)

GtkWidget *guichet_clip_editor_new (GuichetSession *session, GuichetClipSound *sound);
/* NULL: a new one. */
void guichet_clip_editor_set (GuichetClipEditor *self, GuichetClip *clip);
