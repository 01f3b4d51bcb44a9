/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes recordings as Ogg/Opus, on a thread of its own: the tick puts samples into a recording's
 * ring, and what comes out of the encoder goes to the file at once, so that a process that dies
 * loses less than a second and the file so far plays. */
#pragma once

#include "server/voice/builtin/ring.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _Recorder Recorder;
typedef struct _Recording Recording;

/* In the recorder's context: the file is whole and closed; @fault says in English why it ended
 * before it should have, or is NULL. */
typedef void (*RecordingEnd) (guint64 duration_ms, const char *fault, gpointer user_data);

Recorder *recorder_new (GMainContext *context, guint rate);
/* Blocks until all files are whole; no end is told any more. All have recording_no_more (). */
void recorder_free (Recorder *self);

/* A new file, readable to us alone. @user_data is freed by @destroy after the end was told. */
Recording *recorder_begin (Recorder *self,
                           const char *path,
                           guint channels,
                           RecordingEnd on_end,
                           gpointer user_data,
                           GDestroyNotify destroy,
                           GError **error);

/* Its items are frames of 16-bit samples. */
Ring *recording_get_ring (Recording *self);

/* Any thread, once: nothing more will be written into its ring, nor the recording be used. */
void recording_no_more (gpointer recording);

G_END_DECLS
