/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the views of conversations, for their own files. */
#pragma once

#include "server/api/handlers.h"

G_BEGIN_DECLS

#define VIEW_SCANNED 150 /* rows that one request looks through: all others wait meanwhile */

typedef enum
{
  VIEW_MINE,
  VIEW_UNASSIGNED,
  VIEW_ESCALATED,
  VIEW_RESOLVED,
} View;

/* A place in the list. */
typedef struct
{
  gint64 at;
  char id[MODEL_ID_TEXT_SIZE];
} ViewKey;

typedef struct
{
  ApiCall *call;
  View view;
  const char *channel, *queue, *tag, *status; /* or NULL */
  char **words;
  gint64 limit;
  ViewKey after; /* the last of the page before; at 0: none */
  JsonArray *list;
} ViewListing;

const ModelAgent *view_asker (ApiCall *call);
gboolean view_is_supervisor (const ModelAgent *agent);
/* A supervisor's own queues, or all where none are named. */
gboolean view_oversees (const ModelAgent *agent, const char *queue);
gboolean view_is_written (ModelChannel channel);
/* The row of this interaction, which is open where there is a @record; NULL: not asked for. */
JsonObject *
view_row (const ViewListing *listing, const char *interaction, const Record *record, gint64 since);
int view_compare_keys (gconstpointer a, gconstpointer b);

/* --- views-open.c: TRUE: there is more, after the listing's place --- */
gboolean view_mine (ViewListing *listing);
gboolean view_unassigned (ViewListing *listing);
gboolean view_escalated (ViewListing *listing);

G_END_DECLS
