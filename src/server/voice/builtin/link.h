/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between one leg's media session and its port of the mixer: a source that gives what the
 * tick made and an appsink that feeds the port. */
#pragma once

#include "server/voice/builtin/mixer.h"
#include "telephony/media.h"

G_BEGIN_DECLS

typedef struct _Link Link;

Link *link_new (Mixer *mixer);
void link_close (Link *link); /* leaves the mixer; the media session may end later */

MixerPort *link_get_port (Link *link);
TelMediaIo link_get_io (Link *link); /* for the call; valid until link_close () */

G_END_DECLS
