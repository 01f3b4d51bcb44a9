/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of what the desk has seen: see store-seen.h. On whatever thread calls. */
#include "client/store-seen.h"

#include "base/excerpt.h"
#include "client/store-migrate.h"

#define STEP      3 /* that makes the tables */
#define KEEP_FOR  (G_GINT64_CONSTANT (90) * 24 * 60 * 60 * 1000)
#define LOOKED    512 /* rows that a search of a kind looks at */
#define KIND_BITS 60
#define TIME_BITS 18
#define INDEXED   2 /* letters: the shortest beginning that has a list, */
#define LISTED    5 /* and the longest */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

void
guichet_seen_free (GuichetSeen *seen)
{
  g_free (seen->key);
  g_free (seen->words);
  g_free (seen->json);
  g_free (seen);
}

char *
guichet_seen_message_key (const char *conversation, gint64 number)
{
  return g_strdup_printf ("m:%s/%012" G_GINT64_FORMAT, conversation, number);
}

/* The first document of a time. */
static gint64
doc_at (GuichetSeenKind kind, gint64 at)
{
  return ((gint64) kind << KIND_BITS) +
         (CLAMP (at, 0, (G_GINT64_CONSTANT (1) << (KIND_BITS - TIME_BITS)) - 1) << TIME_BITS);
}

static gint64
last_doc (GuichetSeenKind kind)
{
  return (((gint64) kind + 1) << KIND_BITS) - 1;
}

static int
prepare (sqlite3 *db, const char *sql, sqlite3_stmt **statement)
{
  return sqlite3_prepare_v2 (db, sql, -1, statement, NULL);
}

static void
bind_text (sqlite3_stmt *statement, int at, const char *text)
{
  sqlite3_bind_text (statement, at, text, -1, SQLITE_STATIC);
}

static int
run (sqlite3_stmt *statement)
{
  int result = sqlite3_step (statement);

  return result == SQLITE_DONE || result == SQLITE_ROW ? SQLITE_OK : result;
}

/* --- changing --------------------------------------------------------------------------------- */

/* Whether what is there already is the same, or counts for more. */
static int
look_at_old (sqlite3 *db, const GuichetSeen *seen, gboolean *settled, gboolean *any)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result = prepare (db, "SELECT json FROM seen WHERE key = ?1", &statement);

  if (result != SQLITE_OK)
    return result;
  bind_text (statement, 1, seen->key);
  result = sqlite3_step (statement);
  *any = result == SQLITE_ROW;
  *settled = *any ? seen->first || g_strcmp0 ((const char *) sqlite3_column_text (statement, 0),
                                              seen->json) == 0
                  : seen->json == NULL;
  return *any || result == SQLITE_DONE ? SQLITE_OK : result;
}

static int
drop (sqlite3 *db, const char *key)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result = prepare (db, "DELETE FROM seen WHERE key = ?1", &statement);

  if (result != SQLITE_OK)
    return result;
  bind_text (statement, 1, key);
  return run (statement);
}

static int
add (sqlite3 *db, const GuichetSeen *seen)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result = prepare (db,
                        "INSERT INTO seen (doc, key, words, json) VALUES (coalesce ((SELECT "
                        "max (doc) + 1 FROM seen WHERE doc >= ?1 AND doc < ?2), ?1), ?3, ?4, ?5)",
                        &statement);

  if (result != SQLITE_OK)
    return result;
  sqlite3_bind_int64 (statement, 1, doc_at (seen->kind, seen->at));
  sqlite3_bind_int64 (statement, 2, doc_at (seen->kind, seen->at + 1));
  bind_text (statement, 3, seen->key);
  bind_text (statement, 4, seen->words);
  bind_text (statement, 5, seen->json);
  return run (statement);
}

int
guichet_seen_put (sqlite3 *db, const GuichetSeen *seen)
{
  gboolean settled = FALSE, any = FALSE;
  int result = look_at_old (db, seen, &settled, &any);

  if (result == SQLITE_OK && any && !settled)
    result = drop (db, seen->key);
  if (result == SQLITE_OK && !settled && seen->json != NULL)
    result = add (db, seen);
  return result;
}

static int
trim_kind (sqlite3 *db, GuichetSeenKind kind, gint64 now, guint keep)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result = prepare (db,
                        "DELETE FROM seen WHERE doc >= ?1 AND doc <= max (?2, coalesce ((SELECT "
                        "doc FROM seen WHERE doc BETWEEN ?1 AND ?3 ORDER BY doc DESC LIMIT 1 "
                        "OFFSET ?4), 0))",
                        &statement);

  if (result != SQLITE_OK)
    return result;
  sqlite3_bind_int64 (statement, 1, doc_at (kind, 0));
  sqlite3_bind_int64 (statement, 2, doc_at (kind, now - KEEP_FOR) - 1);
  sqlite3_bind_int64 (statement, 3, last_doc (kind));
  sqlite3_bind_int64 (statement, 4, keep);
  return run (statement);
}

int
guichet_seen_trim (sqlite3 *db, gint64 now, guint keep)
{
  int result = SQLITE_OK;

  for (GuichetSeenKind kind = 0; kind < GUICHET_SEEN_KINDS && result == SQLITE_OK; kind++)
    result = trim_kind (db, kind, now, keep);
  return result;
}

int
guichet_seen_forget (sqlite3 *db, const char *customers, const char *interactions)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result = prepare (
      db,
      "DELETE FROM seen WHERE json_extract (json, '$.interaction') IN (SELECT value FROM "
      "json_each (?2)) OR json_extract (json, '$.customer.customer') IN (SELECT value FROM "
      "json_each (?1)) OR key IN (SELECT 'c:' || value FROM json_each (?1))",
      &statement);

  if (result != SQLITE_OK)
    return result;
  bind_text (statement, 1, customers);
  bind_text (statement, 2, interactions);
  result = run (statement);
  /* Lists of words hold what was deleted until they are put together anew. */
  if (result == SQLITE_OK)
    result = sqlite3_exec (db, "INSERT INTO seen_words (seen_words) VALUES ('optimize')", NULL,
                           NULL, NULL);
  return result;
}

int
guichet_seen_wipe (sqlite3 *db)
{
  g_autofree char *step = guichet_store_step (STEP, NULL);
  g_autofree char *sql = g_strconcat ("BEGIN IMMEDIATE; DROP TABLE seen; DROP TABLE seen_words; ",
                                      step, "COMMIT", NULL);
  int result = sqlite3_exec (db, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return result;
}

/* --- finding ---------------------------------------------------------------------------------- */

/* The first letters of each word. */
static char *
match_of (char **words, glong letters)
{
  g_autoptr (GString) match = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *part = g_utf8_substring (*word, 0, MIN (letters, g_utf8_strlen (*word, -1)));

      if (g_utf8_strlen (part, -1) >= INDEXED)
        g_string_append_printf (match, "%s\"%s\"*", match->len > 0 ? " AND " : "", part);
    }
  return g_string_free (g_steal_pointer (&match), FALSE);
}

static GuichetSeen *
from_row (sqlite3_stmt *statement, GuichetSeenKind kind)
{
  GuichetSeen *seen = g_new0 (GuichetSeen, 1);

  seen->kind = kind;
  seen->json = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  return seen;
}

/* How far a search of one kind came: it looked at all there is, found enough, or gave up. */
typedef enum
{
  LOOK_FAILED,
  LOOK_DONE,
  LOOK_GAVE_UP,
} Look;

static Look
look (sqlite3 *db,
      GuichetSeenKind kind,
      const char *match,
      char **words,
      guint limit,
      GPtrArray *found)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  guint full = found->len + limit;

  if (prepare (db,
               "SELECT json, seen.words FROM seen_words JOIN seen ON seen.doc = seen_words.rowid "
               "WHERE seen_words MATCH ?1 AND seen_words.rowid BETWEEN ?2 AND ?3 "
               "ORDER BY seen_words.rowid DESC",
               &statement) != SQLITE_OK)
    return LOOK_FAILED;
  bind_text (statement, 1, match);
  sqlite3_bind_int64 (statement, 2, doc_at (kind, 0));
  sqlite3_bind_int64 (statement, 3, last_doc (kind));
  for (guint i = 0; i < LOOKED && found->len < full; i++)
    {
      int result = sqlite3_step (statement);

      if (result != SQLITE_ROW)
        return result == SQLITE_DONE ? LOOK_DONE : LOOK_FAILED;
      if (base_words_in ((const char *) sqlite3_column_text (statement, 1), words))
        g_ptr_array_add (found, from_row (statement, kind));
    }
  return found->len == full ? LOOK_DONE : LOOK_GAVE_UP;
}

/* Among those that share its first letters, whose list is there, a word is found at once unless it
 * is rare among them; only then its own list is made, which is short. */
static gboolean
find_kind (sqlite3 *db, GuichetSeenKind kind, char **words, guint limit, GPtrArray *found)
{
  g_autofree char *match = match_of (words, LISTED);
  g_autofree char *whole = match_of (words, G_MAXLONG);
  guint before = found->len;
  Look how = look (db, kind, match, words, limit, found);

  if (how == LOOK_GAVE_UP && !g_str_equal (match, whole))
    {
      g_ptr_array_set_size (found, (gint) before);
      how = look (db, kind, whole, words, limit, found);
    }
  return how != LOOK_FAILED;
}

GPtrArray *
guichet_seen_find (sqlite3 *db, char **words, guint limit, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_seen_free);
  g_autofree char *match = match_of (words, LISTED);

  for (GuichetSeenKind kind = 0; kind < GUICHET_SEEN_KINDS && *match != '\0'; kind++)
    if (g_cancellable_is_cancelled (cancellable) || !find_kind (db, kind, words, limit, found))
      return NULL;
  return g_steal_pointer (&found);
}

GPtrArray *
guichet_seen_read (sqlite3 *db, const char *conversation, gint64 before, guint limit)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_seen_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autofree char *first = guichet_seen_message_key (conversation, 0);
  g_autofree char *last = guichet_seen_message_key (conversation, before);
  int result;

  if (prepare (db, "SELECT json FROM seen WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT ?3",
               &statement) != SQLITE_OK)
    return NULL;
  bind_text (statement, 1, first);
  bind_text (statement, 2, last);
  sqlite3_bind_int64 (statement, 3, limit);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_insert (found, 0, from_row (statement, GUICHET_SEEN_MESSAGE));
  return result == SQLITE_DONE ? g_steal_pointer (&found) : NULL;
}
