/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone's sound as a whole: the settings, which device serves which use now, and every open
 * line to one of them. Lines follow: to the default when their device goes, back when it returns,
 * over a restart of the sound server. Main thread. */
#pragma once

#include "phone/settings.h"
#include "phone/sound.h"

G_BEGIN_DECLS

typedef struct _PhoneAudio PhoneAudio;
typedef struct _PhoneLine PhoneLine;

/* @changed: settings, devices, active devices or problems may have changed. */
PhoneAudio *phone_audio_new (void (*changed) (gpointer user_data), gpointer user_data);
/* All lines must be closed before. */
void phone_audio_free (PhoneAudio *audio);

gboolean phone_audio_configure (PhoneAudio *audio, GVariant *changes, GError **error);
const PhoneSettings *phone_audio_get_settings (PhoneAudio *audio);
GPtrArray *phone_audio_get_devices (PhoneAudio *audio, PhoneDeviceKind kind);
/* The device that serves a use now, or NULL. */
const char *phone_audio_get_active (PhoneAudio *audio, PhoneUse use);
gboolean phone_audio_is_settled (PhoneAudio *audio);
/* Adds the codes of all that is wrong with the sound. */
void phone_audio_add_problems (PhoneAudio *audio, GPtrArray *problems);

/* The RMS levels in dBFS of all lines since the last time; FALSE where no microphone or speaker is
 * open. */
gboolean phone_audio_take_levels (PhoneAudio *audio, double *microphone, double *speaker);

/* Opens a line at a rate, 16-bit mono. @samples: as of PhoneStreamEvents; the volume is applied
 * around it. */
PhoneLine *phone_line_open (PhoneAudio *audio,
                            PhoneUse use,
                            guint rate,
                            void (*samples) (gint16 *samples, gsize count, gpointer user_data),
                            gpointer user_data);
void phone_line_close (PhoneLine *line);
/* Whether a device is at work in it, and not silence in its place. */
gboolean phone_line_is_flowing (PhoneLine *line);

G_END_DECLS
