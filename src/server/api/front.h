/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A listener for strangers: every connection goes through TLS where it is configured, then through
 * the guard, and only then to libsoup; too many are refused, silent ones closed. Centre's thread.
 */
#pragma once

#include "server/api/guard-stream.h"
#include "server/store/files.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _Front Front;

/* @handler answers every request. */
Front *front_new (guint max_connections, SoupServerCallback handler, gpointer user_data);
void front_free (Front *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Front, front_free)

/* Listens; @certificate and @key may be NULL (plain HTTP). The URL in @url (free with g_free). */
gboolean front_listen (Front *self,
                       const char *host,
                       guint16 port,
                       const char *certificate,
                       const char *key,
                       char **url,
                       GError **error);
/* Where the body of a request shall go that is a file (http-check.h), asked after its head: takes
 * what it may not have as NULL, and the body is thrown away as it comes. */
typedef FilesWrite *(*FrontFileFunc) (SoupServerMessage *message,
                                      const char *path,
                                      gpointer user_data);
/* For all requests with POST to …/attachments; without it their bodies are thrown away. */
void front_set_files (Front *self, FrontFileFunc func, gpointer user_data);
/* Whether another body may be gathered that is longer than most (http-check.h), asked after its
 * head: 0, or the status that refuses it. Without it none is; the body is thrown away as it comes.
 */
typedef guint (*FrontLongFunc) (SoupServerMessage *message,
                                const char *path,
                                GHashTable *query,
                                gpointer user_data);
void front_set_long (Front *self, FrontLongFunc func, gpointer user_data);
/* In the handler: that status, or 0. */
guint front_refused (SoupServerMessage *message);
/* In the handler: what came, all of it; NULL: refused before. The caller's. */
FilesWrite *front_take_file (SoupServerMessage *message);
/* The name that the head gives the file, or NULL. Free with g_free. */
char *front_file_name (SoupServerMessage *message);
/* An answer with a file for saving, never for showing. */
void
front_send_file (SoupServerMessage *message, const char *name, const char *type, GBytes *bytes);

guint front_connections (Front *self);
/* A source that calls a GUnixFDSourceFunc when the other side has closed the request's connection.
 * NULL where that is not looked at. */
GSource *front_gone_source (SoupServerMessage *message);
/* Who asks, as far as limits go, where so many proxies of ours stand in front. Free with g_free. */
char *front_source (SoupServerMessage *message, guint proxies);
/* No new connections. */
void front_stop (Front *self);

/* The WebSocket of a request whose handshake is written, with the subprotocol or NULL: its
 * connection is taken from libsoup. Messages longer than @max end it. In @guard a reference to what
 * counts the bytes that are out. */
SoupWebsocketConnection *
front_upgrade (SoupServerMessage *message, const char *protocol, guint64 max, GuardStream **guard);
/* The bytes on the wire of a text of this length, as a server sends it (RFC 6455, 5.2). */
guint64 front_frame_size (gsize length);
/* Whoever has it lets go of it: kept until its close frame is out. */
void front_let_close (SoupWebsocketConnection *connection);

G_END_DECLS
