/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store in one SQLite file: WAL, every commit fsynced. Each open makes one connection with its
 * prepared statements; a connection belongs to one thread. */
#include "server/store/backend.h"
#include "server/store/sqlite-migrate.h"
#include "server/store/sqlite-words.h"

#include <sqlite3.h>

#define STEPS 16 /* of SQLite's machine until it is asked again: four pages of an index */

typedef struct
{
  sqlite3 *db;
  char *path;
  sqlite3_stmt *changes[STORE_N_CHANGES];
  sqlite3_stmt *queries[STORE_N_QUERIES];
  sqlite3_stmt *begin, *commit, *index, *indexed;
  gboolean texts; /* there are messages to index before this commit */
  gboolean scrub; /* after this commit */
  StoreGoOnFunc may_go_on;
  gpointer may_go_on_data;
} Sqlite;

static gboolean
fail (Sqlite *self, StoreError code, const char *what, GError **error)
{
  if (sqlite3_errcode (self->db) == SQLITE_INTERRUPT)
    code = STORE_ERROR_STOPPED;
  g_set_error (error, STORE_ERROR, code, "%s: %s: %s", self->path, what, sqlite3_errmsg (self->db));
  return FALSE;
}

static void
sqlite_close (gpointer data)
{
  Sqlite *self = data;

  for (guint i = 0; i < STORE_N_CHANGES; i++)
    sqlite3_finalize (self->changes[i]);
  for (guint i = 0; i < STORE_N_QUERIES; i++)
    sqlite3_finalize (self->queries[i]);
  sqlite3_finalize (self->begin);
  sqlite3_finalize (self->commit);
  sqlite3_finalize (self->index);
  sqlite3_finalize (self->indexed);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self);
}

static sqlite3_stmt *
prepare (Sqlite *self, sqlite3_stmt **slot, const char *sql, GError **error)
{
  if (*slot == NULL &&
      sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL) != SQLITE_OK)
    fail (self, STORE_ERROR_READ, sql, error);

  return *slot;
}

static gpointer
sqlite_open (const char *directory, GError **error)
{
  Sqlite *self = g_new0 (Sqlite, 1);
  int rc;

  self->path = g_build_filename (directory, "guichet.db", NULL);
  self->texts = TRUE; /* of other programs, maybe */
  rc = sqlite3_open_v2 (self->path, &self->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc != SQLITE_OK)
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_UNUSABLE,
                   "%s cannot be opened (%s); check that the directory exists and is writable",
                   self->path, sqlite3_errmsg (self->db));
      sqlite_close (self);
      return NULL;
    }
  sqlite3_busy_timeout (self->db, 5000);
  /* The version is looked at before anything could change the file. */
  if (!sqlite_migrate (self->db, self->path, error))
    {
      sqlite_close (self);
      return NULL;
    }
  if (sqlite3_exec (self->db,
                    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                    "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;",
                    NULL, NULL, NULL) != SQLITE_OK)
    {
      fail (self, STORE_ERROR_UNUSABLE, "cannot be written; check permissions and space", error);
      sqlite_close (self);
      return NULL;
    }

  return self;
}

static gboolean
step_simple (Sqlite *self, sqlite3_stmt **slot, const char *sql, GError **error)
{
  sqlite3_stmt *statement = prepare (self, slot, sql, error);
  int rc;

  if (statement == NULL)
    return FALSE;
  rc = sqlite3_step (statement);
  if (rc != SQLITE_DONE)
    fail (self, STORE_ERROR_WRITE, sql, error);
  sqlite3_reset (statement);

  return rc == SQLITE_DONE;
}

static gboolean
sqlite_begin (gpointer data, GError **error)
{
  Sqlite *self = data;

  return step_simple (self, &self->begin, "BEGIN IMMEDIATE", error);
}

/* The database zeroes what is deleted; the log before it still holds it until it is emptied. */
static void
scrub (Sqlite *self)
{
  int rc = sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (rc != SQLITE_OK)
    g_warning ("%s: what was erased stays in the log for now: %s", self->path, sqlite3_errstr (rc));
}

/* All new messages at once: the index would make a piece of each that is written alone. */
static gboolean
index_texts (Sqlite *self, GError **error)
{
  return step_simple (self, &self->index,
                      "INSERT INTO message_words (rowid, text) SELECT doc, text FROM "
                      "message_to_index",
                      error) &&
         step_simple (self, &self->indexed, "DELETE FROM message_unindexed", error);
}

static gboolean
sqlite_commit (gpointer data, GError **error)
{
  Sqlite *self = data;

  if (self->texts && !index_texts (self, error))
    return FALSE;
  self->texts = FALSE;
  if (!step_simple (self, &self->commit, "COMMIT", error))
    return FALSE;
  if (self->scrub)
    scrub (self);
  self->scrub = FALSE;

  return TRUE;
}

static void
sqlite_rollback (gpointer data)
{
  Sqlite *self = data;

  sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  self->scrub = FALSE;
}

static void
bind (sqlite3_stmt *statement, const StoreValue *values, guint n_values)
{
  for (guint i = 0; i < n_values; i++)
    {
      int place = (int) i + 1;

      if (values[i].type == 'i')
        sqlite3_bind_int64 (statement, place, values[i].number);
      else if (values[i].text != NULL)
        sqlite3_bind_text (statement, place, values[i].text, -1, SQLITE_STATIC);
      else if (values[i].bytes != NULL)
        sqlite3_bind_blob64 (statement, place, g_bytes_get_data (values[i].bytes, NULL),
                             g_bytes_get_size (values[i].bytes), SQLITE_STATIC);
      else
        sqlite3_bind_null (statement, place);
    }
}

static gboolean
sqlite_apply (gpointer data, const StoreOp *op, GError **error)
{
  Sqlite *self = data;
  const char *sql = sqlite_changes[op->change];
  sqlite3_stmt *statement;
  int rc;

  if (op->change == STORE_SCRUB)
    return self->scrub = TRUE;
  self->texts = self->texts || op->change == STORE_MESSAGE_ADD;
  statement = prepare (self, &self->changes[op->change], sql, error);
  if (statement == NULL)
    return FALSE;
  bind (statement, op->values, op->n_values);
  rc = sqlite3_step (statement);
  if (rc != SQLITE_DONE)
    fail (self, STORE_ERROR_WRITE, sql, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);

  return rc == SQLITE_DONE;
}

static gboolean
sqlite_query (gpointer data,
              StoreQuery query,
              const StoreValue *values,
              guint n_values,
              StoreRowFunc each,
              gpointer user_data,
              GError **error)
{
  Sqlite *self = data;
  sqlite3_stmt *statement = prepare (self, &self->queries[query], sqlite_queries[query], error);
  sqlite3_stmt *own = NULL;
  int rc;

  if (statement == NULL)
    return FALSE;
  /* A question asked while its own rows are read gets a statement of its own. */
  if (sqlite3_stmt_busy (statement))
    {
      statement = prepare (self, &own, sqlite_queries[query], error);
      if (statement == NULL)
        return FALSE;
    }
  bind (statement, values, n_values);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    each ((StoreRow *) statement, user_data);
  if (rc != SQLITE_DONE)
    fail (self, STORE_ERROR_READ, sqlite_queries[query], error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  sqlite3_finalize (own);

  return rc == SQLITE_DONE;
}

static int
on_progress (void *data)
{
  Sqlite *self = data;

  return !self->may_go_on (self->may_go_on_data);
}

static void
sqlite_only_read (gpointer data, StoreGoOnFunc may_go_on, gpointer user_data)
{
  Sqlite *self = data;

  self->may_go_on = may_go_on;
  self->may_go_on_data = user_data;
  sqlite3_progress_handler (self->db, STEPS, on_progress, self);
  sqlite3_exec (self->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
}

static const char *
sqlite_row_text (StoreRow *row, int column)
{
  return (const char *) sqlite3_column_text ((sqlite3_stmt *) row, column);
}

static gint64
sqlite_row_int (StoreRow *row, int column)
{
  return sqlite3_column_int64 ((sqlite3_stmt *) row, column);
}

static GBytes *
sqlite_row_bytes (StoreRow *row, int column)
{
  sqlite3_stmt *statement = (sqlite3_stmt *) row;
  const void *data = sqlite3_column_blob (statement, column);

  if (data == NULL)
    return NULL;

  return g_bytes_new (data, (gsize) sqlite3_column_bytes (statement, column));
}

const StoreBackend store_sqlite = {
  .name = "sqlite",
  .open = sqlite_open,
  .begin = sqlite_begin,
  .apply = sqlite_apply,
  .commit = sqlite_commit,
  .rollback = sqlite_rollback,
  .query = sqlite_query,
  .only_read = sqlite_only_read,
  .row_text = sqlite_row_text,
  .row_int = sqlite_row_int,
  .row_bytes = sqlite_row_bytes,
  .close = sqlite_close,
};
