/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clips of a session: asked of the centre whenever the stream is there (again), then kept
 * current by events. Main loop. Inside this room. */
#pragma once

#include "client/clip.h"
#include "client/session-private.h"

GuichetClips *guichet_clips_new (GuichetSession *session, GListStore *list);
void guichet_clips_free (GuichetClips *self);
/* The stream is there (again). */
void guichet_clips_online (GuichetClips *self);
/* The session is over. */
void guichet_clips_forget (GuichetClips *self);
gboolean guichet_clips_apply_event (GuichetClips *self, const BaseJson *event, GError **error);
/* One that the answer to a command shows; not owned. */
GuichetClip *guichet_clips_take (GuichetClips *self, const BaseJson *json, GError **error);
void guichet_clips_drop (GuichetClips *self, const char *id, gint64 version);
GuichetClip *guichet_clips_find (GuichetClips *self, const char *id);
