/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetStream: the centre's events, once each and in order, for as long as it takes: resumes by
 * cursor, comes back after a broken link with growing, jittered pauses (the first ones short), and
 * says when a snapshot is needed instead. Main loop. Inside this room.
 *
 * Signals:
 *   "event" (JsonObject *event)  a stored event or one of the others, but heartbeats
 *   "link" (gboolean up)
 *   "server-time" (gint64 milliseconds)
 *   "gone" ()    the stream cannot go on from its cursor (too old, or a hole); it has stopped: take
 * a snapshot, start again "void" ()    the token is no longer good; it has stopped */
#pragma once

#include "client/api.h"

#define GUICHET_TYPE_STREAM guichet_stream_get_type ()
G_DECLARE_FINAL_TYPE (GuichetStream, guichet_stream, GUICHET, STREAM, GObject)

GuichetStream *guichet_stream_new (GuichetApi *api);

/* guichet_stream_start: from the cursor of a snapshot whose last event had seq; epoch as there. */
void guichet_stream_start (GuichetStream *self, const char *cursor, const char *epoch, gint64 seq);
void guichet_stream_stop (GuichetStream *self);

/* guichet_stream_hurry: tries again now, e.g. when the network came back. */
void guichet_stream_hurry (GuichetStream *self);

gboolean guichet_stream_get_up (GuichetStream *self);
const char *guichet_stream_get_cursor (GuichetStream *self);

/* guichet_stream_set_pace: for tests: heartbeat and death in ms instead of 5 000 and 15 000, first
 * pause instead of 100. */
void
guichet_stream_set_pace (GuichetStream *self, guint heartbeat, guint dead_after, guint first_pause);
