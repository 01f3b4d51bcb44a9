/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public listener for what services call back: gateways of SMS, Meta. Everybody there is a
 * stranger until a secret or a signature proves the contrary; bounded in size and rate as all
 * strangers are. Centre's thread. */
#pragma once

#include "server/centre/centre.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _Webhooks Webhooks;

typedef struct
{
  SoupServerMessage *message;
  const char *method;
  char **rest;       /* of the path after the prefix */
  const char *query; /* as it was sent, or NULL */
  GBytes *body;
  const char *type; /* of the body, or NULL */
  const char *source;
} WebhookRequest;

/* Answers, perhaps later (webhook_pause). */
typedef void (*WebhookFunc) (const WebhookRequest *request, gpointer user_data);

/* Of a request whose body is longer than most (http-check.h), asked after its head: 0, or the
 * status that refuses it. */
typedef guint (*WebhookLongFunc) (SoupServerMessage *message,
                                  char **rest,
                                  GHashTable *query,
                                  gpointer user_data);

Webhooks *webhooks_new (Centre *centre);
void webhooks_free (Webhooks *self);
/* What begins with "/@prefix/" is its. */
void webhooks_add (Webhooks *self, const char *prefix, WebhookFunc func, gpointer user_data);
/* Without it, none of what is its may be so long. */
void webhooks_allow_long (Webhooks *self, const char *prefix, WebhookLongFunc func);
void webhooks_remove (Webhooks *self, const char *prefix);
/* As the configuration says; the URL in @url (free with g_free). */
gboolean webhooks_listen (Webhooks *self, char **url, GError **error);
/* Where services reach it: as configured, else where it listens. */
const char *webhooks_url (Webhooks *self);

/* Plain text; @text may be NULL. */
void webhook_answer (SoupServerMessage *message, guint status, const char *text);
/* The answer comes later: webhook_answer_later is called once. The caller's reference. */
SoupServerMessage *webhook_pause (SoupServerMessage *message);
void webhook_answer_later (SoupServerMessage *message, guint status, const char *text);

/* In a time that says nothing of where they differ. */
gboolean webhook_secret_is (const char *given, const char *wanted);

G_END_DECLS
