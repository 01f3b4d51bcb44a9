/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins one call's media graph to the sound devices: an appsrc fed by the microphone's line and an
 * appsink that fills the playout buffer which the speaker's line empties. Main thread. */
#pragma once

#include "phone/audio.h"
#include "phone/playout.h"
#include "telephony/media.h"

G_BEGIN_DECLS

typedef struct _PhoneIo PhoneIo;

PhoneIo *phone_io_new (PhoneAudio *audio);
void phone_io_free (PhoneIo *io);
/* What the call's media needs; @io must outlive the media. */
TelMediaIo phone_io_get_media_io (PhoneIo *io);
/* FALSE before the graph is built. */
gboolean phone_io_get_stats (PhoneIo *io, PhonePlayoutStats *stats);
/* Closes both lines; the graph gets no more sound. For a call that is over. */
void phone_io_close (PhoneIo *io);

G_END_DECLS
