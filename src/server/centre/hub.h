/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event streams of agents: what was made durable for each, in order, with `prev`, for a while,
 * so that a desk that was away takes up where it left. Each stream has at most one listener.
 * Centre's thread. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _Hub Hub;

/* A message of a stream as it goes out; @text is its JSON. */
typedef void (*HubSendFunc) (const char *text, gsize length, gpointer user_data);
typedef void (*HubEndFunc) (const char *reason, gpointer user_data);

/* Cursors older than @floor cannot be served. */
Hub *hub_new (const char *epoch, gint64 floor);
void hub_free (Hub *self);

/* Opaque; binds epoch, agent and number together. Free with g_free. */
char *hub_cursor (Hub *self, const char *agent, gint64 seq);
/* FALSE: 410. */
gboolean hub_parse_cursor (Hub *self, const char *agent, const char *cursor, gint64 *seq);

/* Hands on a durable event; takes @message and adds epoch, seq, prev, cursor. */
void hub_publish (Hub *self, const char *agent, gint64 seq, JsonObject *message);
/* What is not stored: sent only to who listens now. */
void hub_tell (Hub *self, const char *agent, JsonObject *message);
/* The same for a message that many get: made once. */
void hub_tell_text (Hub *self, const char *agent, const char *text);
gboolean hub_has_listener (Hub *self, const char *agent);

/* Sends what came after @seq, then everything new. A listener before is ended with @reason. */
void hub_listen (Hub *self,
                 const char *agent,
                 gint64 seq,
                 HubSendFunc send,
                 HubEndFunc end,
                 gpointer user_data);
void hub_leave (Hub *self, const char *agent, gpointer user_data);
/* Ends the agent's stream: session.ended with @reason goes out first. */
void hub_end (Hub *self, const char *agent, const char *reason);

/* The newest durable number. */
void hub_set_seq (Hub *self, gint64 seq);
gint64 hub_get_seq (Hub *self);
const char *hub_get_epoch (Hub *self);

G_END_DECLS
