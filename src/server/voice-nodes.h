/* SPDX-License-Identifier: GPL-3.0-or-later */
/* [asterisk NAME] of the daemon's file: one node of the engine over Asterisk each. */
#pragma once

#include "server/voice/asterisk/asterisk.h"

#include <gio/gio.h>

/* Appends to @nodes (of AsteriskNode). */
gboolean voice_node_read (GPtrArray *nodes, GKeyFile *file, const char *group, GError **error);
/* What no group can tell alone. */
gboolean voice_nodes_check (const GPtrArray *nodes, GError **error);
