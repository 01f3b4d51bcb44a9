/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much of strangers one listens to: so many requests a second from one source, and so many of
 * all together, with some reserve for a burst. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Guard Guard;

Guard *guard_new (guint per_second); /* of one source; of all together ten times as many */
void guard_free (Guard *guard);

/* A request came from this numeric address at this monotonic time: is there room for it? */
gboolean guard_admit (Guard *guard, const char *address, gint64 now_us);

guint guard_count_sources (Guard *guard); /* that it remembers */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Guard, guard_free)

G_END_DECLS
