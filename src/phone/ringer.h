/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the phone ring: aloud on the ring device, or as a soft knock in the headset during a call.
 * Main thread. */
#pragma once

#include "phone/audio.h"

G_BEGIN_DECLS

typedef struct _PhoneRinger PhoneRinger;

typedef enum
{
  PHONE_RING_NONE,
  PHONE_RING_ALOUD,
  PHONE_RING_KNOCK,
} PhoneRing;

PhoneRinger *phone_ringer_new (PhoneAudio *audio);
void phone_ringer_free (PhoneRinger *ringer);
/* name: of the sound aloud, as of phone_tone_ring. */
void phone_ringer_set (PhoneRinger *ringer, PhoneRing ring, const char *name);

G_END_DECLS
