/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What node.c and node-http.c share. */
#pragma once

#include "server/voice/asterisk/node.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  Node *node;
  guint64 id;
  NodeAnswerFunc func; /* NULL: answered */
  gpointer user_data;
  gint64 deadline;
  char *method, *uri, *body; /* over HTTP, until it is sent */
} Asked;

struct _Node
{
  const AsteriskNode *config;
  GMainContext *context;
  const NodeFuncs *funcs;
  gpointer user_data;

  SoupSession *session;
  SoupWebsocketConnection *socket; /* NULL: not connected */
  GCancellable *attempt;           /* of the connection that is being made */
  GTlsDatabase *authorities;
  GSource *timer;
  GHashTable *asked;    /* id → Asked */
  GQueue waiting;       /* Asked that wait for their turn over HTTP */
  GQueue early;         /* JsonObject: what it told before it answered our first question */
  gboolean busy;        /* one is under way over HTTP */
  gboolean http;        /* this Asterisk takes no requests on the WebSocket */
  gboolean takes_there; /* it was seen to take some there */
  gboolean up, refused, closed;
  gboolean late; /* the last beat came long after the one before */
  gint64 beaten_at;
  guint64 next;
  guint attempts;
  gint64 due;        /* of the next attempt, or of the next look whether it is there */
  gint64 down_since; /* 0: up */
};

Node *node_ref (Node *self);
void node_unref (Node *self);
/* Ends a question, once. */
void node_answer (Node *self, Asked *asked, guint status, JsonNode *body);
/* A message with who we are; NULL if the address is none. */
SoupMessage *node_message (Node *self, const char *method, const char *uri);
/* Sends what waits, one after the other. */
void node_http_next (Node *self);
void asked_free (gpointer asked);

G_END_DECLS
