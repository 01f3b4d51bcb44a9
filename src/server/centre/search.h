/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages and notes by the beginnings of their words, the newest first. Of a short beginning the
 * index has a list of its own, which is read from its end until enough is found, however many there
 * are; a longer one is looked for among those first, and only if it is rare there its own list is
 * made. On the thread of the reader. */
#pragma once

#include "server/store/store.h"

G_BEGIN_DECLS

typedef enum
{
  SEARCH_MESSAGES,
  SEARCH_NOTES,
} SearchKind;

typedef struct
{
  char *conversation; /* NULL: a note */
  gint64 number;
  char *interaction, *channel, *queue;
  gint64 at;
  char *author; /* of a message */
  char *agent;
  char *phone, *name, *customer; /* whose interaction it is */
  char *text;
} SearchHit;

void search_hit_free (SearchHit *hit);

/* What the asker may read. */
typedef gboolean (*SearchMayFunc) (const SearchHit *hit, gpointer user_data);

/* SearchHits in which every word begins one, at most @limit. Of a reading that was stopped those
 * found so far. */
GPtrArray *search_texts (StoreReader *reader,
                         SearchKind kind,
                         char **words,
                         guint limit,
                         SearchMayFunc may,
                         gpointer user_data,
                         GError **error);

G_END_DECLS
