/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Meta calls back about pages and Instagram accounts: the signature, then the events in it.
 * From strangers until the signature is checked; pure; any thread. */
#pragma once

#include "model/words.h"

G_BEGIN_DECLS

typedef enum
{
  META_MESSAGE,         /* the customer wrote: mid, text, files */
  META_DELIVERED,       /* ours, by its mid */
  META_READ,            /* ours, by its mid */
  META_DELIVERED_UNTIL, /* all of ours until then: watermark */
  META_READ_UNTIL,
} MetaEventKind;

typedef struct
{
  MetaEventKind kind;
  char *account;  /* the page or account that it is about */
  char *customer; /* by the id that this account knows */
  char *mid;
  char *text;
  GStrv files; /* their addresses, or NULL */
  gint64 at;   /* ms, as Meta counts; of the last two the watermark */
} MetaEvent;

void meta_event_free (gpointer event);

/* Whether the header X-Hub-Signature-256 is this secret's of these bytes. */
gboolean meta_signature_is (const char *header, const char *secret, GBytes *body);

/* The events in the order in which they happened; what is of no interest (echoes of our own,
 * reactions) is left out. NULL: not understood. */
GPtrArray *meta_webhook_parse (GBytes *body, ModelChannel *channel);

G_END_DECLS
