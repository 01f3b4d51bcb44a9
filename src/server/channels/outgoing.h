/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests of ours to the services that carry messages: each on a connection of its own and never
 * repeated by itself, so that it is known whether it can have been understood. Centre's thread. */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _Outgoing Outgoing;

typedef struct
{
  guint status;     /* 0: no answer */
  gboolean left;    /* with 0: something of the request went out, so it may have been taken */
  const char *body; /* of the answer, at most OUTGOING_BODY_MAX, terminated; not checked */
  gsize length;
  guint retry_after;   /* seconds, or 0 */
  const char *problem; /* for the log; NULL: none */
} OutgoingAnswer;

#define OUTGOING_BODY_MAX (64 * 1024)

typedef void (*OutgoingFunc) (const OutgoingAnswer *answer, gpointer user_data);

Outgoing *outgoing_new (guint timeout);
/* Nothing is answered any more. */
void outgoing_free (Outgoing *self);
/* Takes the message. */
void outgoing_send (Outgoing *self, SoupMessage *message, OutgoingFunc done, gpointer user_data);

G_END_DECLS
