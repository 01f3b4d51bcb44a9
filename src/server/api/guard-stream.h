/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection as libsoup may see it: GuardStream is a GIOStream around a client's connection that
 * lets a request through only after its head, and its body only as its framing, have been checked.
 * What is refused is answered here (with problem+json) and the connection ends. After an upgrade
 * everything passes. Belongs to one main loop. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GUARD_TYPE_STREAM (guard_stream_get_type ())
G_DECLARE_FINAL_TYPE (GuardStream, guard_stream, GUARD, STREAM, GIOStream)

/* Keeps @connection; @peer is for logs. */
GIOStream *guard_stream_new (GIOStream *connection, const char *peer);

/* The protocol has been changed: bytes pass unchecked from now on. */
void guard_stream_upgraded (GuardStream *self);

/* Milliseconds since the last byte came or went (g_get_monotonic_time () / 1000), for time-outs;
 * TRUE in @in_head while a head is incomplete. */
gint64 guard_stream_last_active (GuardStream *self, gboolean *in_head);
gboolean guard_stream_is_upgraded (GuardStream *self);
/* Bytes that the connection has taken. */
guint64 guard_stream_written (GuardStream *self);

G_END_DECLS
