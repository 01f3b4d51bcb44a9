/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One of an agent's channels: whether something may come on it. Read-only, notifying.
 *
 * channel s, ready b, and while it is not: reason s (id), since i, by s (id of the supervisor who
 * did it, "" the agent), name s (the supervisor's) */
#pragma once

#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_CHANNEL_STATE guichet_channel_state_get_type ()
G_DECLARE_FINAL_TYPE (GuichetChannelState,
                      guichet_channel_state,
                      GUICHET,
                      CHANNEL_STATE,
                      GuichetRecord)

const char *guichet_channel_state_get_channel (GuichetChannelState *self);
gboolean guichet_channel_state_get_ready (GuichetChannelState *self);
const char *guichet_channel_state_get_reason (GuichetChannelState *self);
gint64 guichet_channel_state_get_since (GuichetChannelState *self);
const char *guichet_channel_state_get_name (GuichetChannelState *self);
