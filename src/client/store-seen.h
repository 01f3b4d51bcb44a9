/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desk has seen, to be found without the centre: documents of the local file with an index
 * of their words. Bounded in age and number. Stateless; one thread at a time and handle. Inside
 * this room. */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

/* In the order in which they are found. */
typedef enum
{
  GUICHET_SEEN_CUSTOMER,
  GUICHET_SEEN_MESSAGE,
  GUICHET_SEEN_NOTE,
  GUICHET_SEEN_CONTACT,
  GUICHET_SEEN_KINDS,
} GuichetSeenKind;

typedef struct
{
  GuichetSeenKind kind;
  char *key;
  gint64 at;      /* UTC milliseconds: the newest are found first */
  char *words;    /* as base_words makes them */
  char *json;     /* NULL: it is no more */
  gboolean first; /* only if there is none of this key yet */
} GuichetSeen;

void guichet_seen_free (GuichetSeen *seen);

/* The key of a message: those of a conversation stand together, in their order. */
char *guichet_seen_message_key (const char *conversation, gint64 number);

/* These return an SQLite result: SQLITE_OK, or what the handle's message is of. */
int guichet_seen_put (sqlite3 *db, const GuichetSeen *seen);
/* keep: documents of a kind. */
int guichet_seen_trim (sqlite3 *db, gint64 now, guint keep);
/* Those of these customers and interactions (JSON arrays of ids), with their words. */
int guichet_seen_forget (sqlite3 *db, const char *customers, const char *interactions);
/* Drops and makes the tables anew: quick, however much there is. */
int guichet_seen_wipe (sqlite3 *db);

/* guichet_seen_find: GuichetSeen in which each of the words begins one, at most limit of each kind;
 * NULL: cancelled, or the handle's message says why. */
GPtrArray *guichet_seen_find (sqlite3 *db, char **words, guint limit, GCancellable *cancellable);

/* guichet_seen_read: messages below the number, oldest first; NULL: as above. */
GPtrArray *guichet_seen_read (sqlite3 *db, const char *conversation, gint64 before, guint limit);
