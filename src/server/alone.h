/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a demo's centre has been left behind: nobody at it for so long. The centre's thread. */
#pragma once

#include "server/centre/centre.h"

G_BEGIN_DECLS

/* How long nobody has been there. Zeroed, it is told for the first time. */
typedef struct
{
  gint64 since; /* nobody was there when it was told first; 0: somebody is */
} Alone;

/* Told from time to time whether somebody is there, and what time it is. TRUE when nobody was for
 * @limit milliseconds of being told so: a machine that slept does not count its sleep against who
 * was there before. A limit of 0 is never reached. */
gboolean alone_tell (Alone *self, gboolean somebody, gint64 now, gint64 limit);

/* Whether a desk is connected, or an agent is in a call. */
gboolean alone_is_somebody (Centre *centre);

G_END_DECLS
