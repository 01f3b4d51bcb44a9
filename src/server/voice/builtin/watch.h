/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a registered phone still there? Asked every few seconds, so that one that was killed, or whose
 * network is gone, is known before its registration runs out. */
#pragma once

#include "telephony/ping.h"

G_BEGIN_DECLS

typedef struct _Watch Watch;

typedef void (*WatchLost) (gpointer user_data);

/* @on_lost is called once, when two questions in a row had no answer, and may free the watch. In
 * the user agent's main context; freed before the user agent. */
Watch *watch_new (TelUa *ua,
                  const char *uri,
                  const char *flow,
                  guint every_ms,
                  WatchLost on_lost,
                  gpointer user_data);
void watch_free (Watch *watch);

G_END_DECLS
