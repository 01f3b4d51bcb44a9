/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The connection to one Asterisk: a WebSocket that is opened again, slower and slower, whenever it
 * is lost; questions over it, or over HTTP where that Asterisk knows no other way. Every question
 * gets exactly one answer. Centre's thread. */
#pragma once

#include "server/voice/asterisk/asterisk.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The second name at Asterisk, of what concerns phones: behind the first. */
#define NODE_PHONES "-phones"

typedef struct _Node Node;

/* @status 0: no answer came (lost, too late, closed). @body is NULL or any JSON. */
typedef void (*NodeAnswerFunc) (Node *node, guint status, JsonNode *body, gpointer user_data);

typedef struct
{
  void (*up) (Node *node, gpointer user_data);   /* it answers: time to look what is alive */
  void (*down) (Node *node, gpointer user_data); /* no event comes any more */
  void (*event) (Node *node, const char *type, JsonObject *event, gpointer user_data);
  void (*away) (Node *node, gpointer user_data); /* it was lost, or cannot be found to begin with */
  void (*beat) (Node *node, gpointer user_data); /* twice a second, connected or not */
} NodeFuncs;

Node *node_new (const AsteriskNode *config,
                GMainContext *context,
                const NodeFuncs *funcs,
                gpointer user_data);
void node_free (Node *self);
void node_open (Node *self);
/* All that is asked ends without an answer; no function is called afterwards. */
void node_close (Node *self);
/* Gives the connection up; it is opened again. */
void node_drop (Node *self, const char *why);

const AsteriskNode *node_get_config (Node *self);
gboolean node_is_up (Node *self);
/* Microseconds of the monotonic clock since which it is not up; 0: it is. */
gint64 node_get_down_since (Node *self);
/* Whether the last attempt was turned away: nothing listens there. */
gboolean node_is_refused (Node *self);

/* @body may be NULL; @uri is below the ARI's root, with its query, escaped. */
void node_ask (Node *self,
               const char *method,
               const char *uri,
               const char *body,
               NodeAnswerFunc func,
               gpointer user_data);

/* What is at @uri goes into the new file @path, 0600; over HTTP. @func gets no body. */
void
node_fetch (Node *self, const char *uri, const char *path, NodeAnswerFunc func, gpointer user_data);

G_END_DECLS
