/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Connections in groups. A GMainContext looks at every one of its sources in every turn, so that
 * with thousands of connections each byte of one costs a walk over all. Each shard is a context of
 * some dozens of connections with an epoll set of their sockets; the centre's loop watches the sets
 * and turns only those shards in which something happened. All on the centre's thread: a callback
 * of a connection runs as if there were no shards, but for its thread-default context. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Shards Shards;
typedef struct _Shard Shard;

Shards *shards_new (void);
/* When nothing of the connections is left. */
void shards_free (Shards *self);

/* The sources that are made until shard_leave () belong to a shard with room: those of a new
 * connection with this socket. */
Shard *shards_enter (Shards *self, int fd);
void shard_leave (Shard *self);
/* One of its connections is gone. */
void shard_release (Shard *self);

G_END_DECLS
