/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes out of one port of the mixer, on its way to the leg's encoder: the tick puts, one
 * streaming thread takes, and neither waits for the other's locks. */
#pragma once

#include "server/voice/builtin/pulse.h"

G_BEGIN_DECLS

typedef struct _Outlet Outlet;

Outlet *outlet_new (Pulse *pulse, guint block); /* samples in a block */
Outlet *outlet_ref (Outlet *outlet);
void outlet_unref (Outlet *outlet);

/* The tick's; its beat of the pulse comes when all ports have theirs. */
void outlet_put (Outlet *outlet, const gint16 *block, guint64 tick);

/* The streaming thread's. FALSE: none is there. Of too many the oldest go. */
gboolean outlet_take (Outlet *outlet, gint16 *block, guint64 *tick);
void outlet_empty (Outlet *outlet);

guint outlet_get_block (Outlet *outlet);
Pulse *outlet_get_pulse (Outlet *outlet);

G_END_DECLS
