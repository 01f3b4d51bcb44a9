/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound that is prepared to be played in calls: an agent's own, or the centre's. Limits, and who
 * may change it. Pure functions, any thread. */
#pragma once

#include "model/permissions.h"

G_BEGIN_DECLS

#define MODEL_CLIP_LABEL_MAX   80
#define MODEL_CLIP_TAG_MAX     32
#define MODEL_CLIP_TAGS_MAX    8
#define MODEL_CLIP_MS_MIN      200
#define MODEL_CLIP_SECONDS_MAX 300
#define MODEL_CLIP_SIZE_MAX    (4 * 1024 * 1024)
#define MODEL_CLIPS_OF_CENTRE  500
#define MODEL_CLIPS_OF_AGENT   100

/* Who may add, change or delete: an agent its own as far as the centre says so, a supervisor the
 * centre's, too. */
ModelPermission model_clip_permission (ModelClips rule, ModelRole role, gboolean of_centre);

/* The length of the sound in these bytes in ms, if they are one whole stream of Opus in Ogg; -1:
 * they are something else. */
gint64 model_clip_ms (const guint8 *bytes, gsize length);

G_END_DECLS
