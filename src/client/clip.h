/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetClip: sound that is prepared to be played in calls. Read-only, notifying: id s, label s,
 * personal b (the agent's own; else the centre's), tags as, seconds d, archived b, revision i,
 * version i. */
#pragma once

#include "client/record.h"

#define GUICHET_TYPE_CLIP guichet_clip_get_type ()
G_DECLARE_FINAL_TYPE (GuichetClip, guichet_clip, GUICHET, CLIP, GuichetRecord)

const char *guichet_clip_get_id (GuichetClip *self);
const char *guichet_clip_get_label (GuichetClip *self);
gboolean guichet_clip_get_personal (GuichetClip *self);
const char *const *guichet_clip_get_tags (GuichetClip *self);
double guichet_clip_get_seconds (GuichetClip *self);
gboolean guichet_clip_get_archived (GuichetClip *self);
gint64 guichet_clip_get_revision (GuichetClip *self);
