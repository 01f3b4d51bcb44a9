/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Realtime priority for the threads that carry sound, where RealtimeKit gives it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Asks for the calling thread. Where there is no RealtimeKit, or it refuses, all goes on as ever.
 */
void phone_priority_ask (void);

G_END_DECLS
