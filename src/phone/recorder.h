/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound of the agent's own: recorded from the microphone into a file, and heard from one. One thing
 * at a time. Main thread. */
#pragma once

#include "phone/audio.h"

G_BEGIN_DECLS

typedef struct _PhoneRecorder PhoneRecorder;

#define PHONE_RECORD_MAX_S 300

PhoneRecorder *
phone_recorder_new (PhoneAudio *audio, void (*changed) (gpointer user_data), gpointer user_data);
void phone_recorder_free (PhoneRecorder *recorder);

/* "idle", "recording", "writing", "playing" */
const char *phone_recorder_get_state (PhoneRecorder *recorder);
/* How the last one ended: "" before and meanwhile, "recorded", "interrupted" (by a call; what there
 * was is written), "nothing" (too short; no file), "played", "failed" */
const char *phone_recorder_get_result (PhoneRecorder *recorder);
/* How long the last recording is, or what is played. */
double phone_recorder_get_seconds (PhoneRecorder *recorder);

gboolean
phone_recorder_record (PhoneRecorder *recorder, const char *path, guint seconds, GError **error);
/* @from: ms at which it begins. */
gboolean
phone_recorder_play (PhoneRecorder *recorder, const char *path, guint from, GError **error);
/* Ends whichever runs; @call: because of a call. */
void phone_recorder_stop (PhoneRecorder *recorder, gboolean call);
/* Whether somebody speaks into it, or listens. */
gboolean phone_recorder_is_busy (PhoneRecorder *recorder);

G_END_DECLS
