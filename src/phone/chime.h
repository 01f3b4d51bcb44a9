/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sound played once, of something that is no call: aloud on the ring device, softly in the
 * headset during a call. Main thread. */
#pragma once

#include "phone/audio.h"

G_BEGIN_DECLS

typedef struct _PhoneChime PhoneChime;

PhoneChime *phone_chime_new (PhoneAudio *audio);
void phone_chime_free (PhoneChime *chime);
/* name: as of tones.h. Nothing while another one plays. */
void phone_chime_play (PhoneChime *chime, const char *name, gboolean softly);
void phone_chime_stop (PhoneChime *chime);

G_END_DECLS
