/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection to the sound server (PulseAudio, or PipeWire in its place): which devices there
 * are, and again after the server restarted. Its callbacks run on the main context; the library's
 * own thread stays inside. */
#pragma once

#include "phone/devices.h"

#include <pulse/pulseaudio.h>

G_BEGIN_DECLS

typedef enum
{
  PHONE_MICROPHONE,
  PHONE_SPEAKER,
} PhoneDeviceKind;

typedef struct _PhoneSound PhoneSound;

/* @changed: the devices, their default or the server itself changed. */
PhoneSound *phone_sound_new (void (*changed) (gpointer user_data), gpointer user_data);
/* All streams must be freed before. */
void phone_sound_free (PhoneSound *sound);

gboolean phone_sound_is_up (PhoneSound *sound);
/* TRUE once it is known which devices there are, or that there is no server. */
gboolean phone_sound_is_settled (PhoneSound *sound);
/* Owned by @sound, valid until the next `changed`. */
GPtrArray *phone_sound_get_devices (PhoneSound *sound, PhoneDeviceKind kind);

/* For streams: the library's loop, and its context or NULL while there is no server. */
pa_threaded_mainloop *phone_sound_get_loop (PhoneSound *sound);
pa_context *phone_sound_get_context (PhoneSound *sound);

G_END_DECLS
