/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQL of the local file: reading all of it and the jobs that change it. On whatever thread
 * calls. */
#include "client/store-file.h"

#include "client/error.h"
#include "client/store-migrate.h"

#include <glib/gstdio.h>

#define KEEP_OFFERS "100"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

void
guichet_stored_free (GuichetStored *stored)
{
  g_clear_pointer (&stored->rows, g_ptr_array_unref);
  g_clear_pointer (&stored->offers, g_hash_table_unref);
  g_free (stored->snapshot);
  g_clear_pointer (&stored->replies, g_ptr_array_unref);
  g_free (stored->canned);
  g_free (stored->erased);
  g_free (stored);
}

static gboolean
fail (sqlite3 *db, GError **error)
{
  g_propagate_error (error,
                     guichet_client_error_new (GUICHET_CLIENT_ERROR_STORE, NULL, NULL, 0, 0,
                                               db != NULL ? sqlite3_errmsg (db) : "out of memory"));
  return FALSE;
}

static gboolean
exec (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, error);
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail (db, error);
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int at, const char *text)
{
  sqlite3_bind_text (statement, at, text != NULL ? text : "", -1, SQLITE_TRANSIENT);
}

static gboolean
run_once (sqlite3 *db, sqlite3_stmt *statement, GError **error)
{
  return sqlite3_step (statement) == SQLITE_DONE || fail (db, error);
}

static gboolean
put_row (sqlite3 *db, const GuichetRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare (
      db, "INSERT OR REPLACE INTO outbox VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13)",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, row->id);
  bind_text (statement, 2, row->key);
  bind_text (statement, 3, row->epoch);
  bind_text (statement, 4, row->interaction);
  bind_text (statement, 5, row->kind);
  bind_text (statement, 6, row->target);
  bind_text (statement, 7, row->name);
  bind_text (statement, 8, row->value);
  sqlite3_bind_int64 (statement, 9, row->revision);
  sqlite3_bind_int (statement, 10, row->attempted);
  bind_text (statement, 11, row->problem);
  bind_text (statement, 12, row->theirs);
  sqlite3_bind_int64 (statement, 13, row->theirs_revision);
  return run_once (db, statement, error);
}

static gboolean
run_two_texts (sqlite3 *db, const char *sql, const char *a, const char *b, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  bind_text (statement, 1, a);
  bind_text (statement, 2, b);
  return run_once (db, statement, error);
}

static GuichetRow *
row_from_statement (sqlite3_stmt *statement)
{
  GuichetRow row = {
    .id = sqlite3_column_int64 (statement, 0),
    .key = (char *) sqlite3_column_text (statement, 1),
    .epoch = (char *) sqlite3_column_text (statement, 2),
    .interaction = (char *) sqlite3_column_text (statement, 3),
    .kind = (char *) sqlite3_column_text (statement, 4),
    .target = (char *) sqlite3_column_text (statement, 5),
    .name = (char *) sqlite3_column_text (statement, 6),
    .value = (char *) sqlite3_column_text (statement, 7),
    .revision = sqlite3_column_int64 (statement, 8),
    .attempted = sqlite3_column_int (statement, 9),
    .problem = (char *) sqlite3_column_text (statement, 10),
    .theirs = (char *) sqlite3_column_text (statement, 11),
    .theirs_revision = sqlite3_column_int64 (statement, 12),
  };

  return guichet_row_copy (&row);
}

static gboolean
read_rows (sqlite3 *db, GPtrArray *rows, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare (db,
                                                "SELECT id, key, epoch, interaction, kind, target, "
                                                "name, value, revision, attempted, problem, theirs,"
                                                " theirs_revision FROM outbox ORDER BY id",
                                                error);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (rows, row_from_statement (statement));
  return result == SQLITE_DONE || fail (db, error);
}

static gboolean
read_pairs (sqlite3 *db, const char *sql, GHashTable *pairs, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare (db, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_hash_table_insert (pairs, g_strdup ((const char *) sqlite3_column_text (statement, 0)),
                         g_strdup ((const char *) sqlite3_column_text (statement, 1)));
  return result == SQLITE_DONE || fail (db, error);
}

static gboolean
read_replies (sqlite3 *db, GPtrArray *replies, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare (db, "SELECT json FROM canned_reply", error);
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (replies, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  return result == SQLITE_DONE || fail (db, error);
}

GuichetStored *
guichet_store_file_read (sqlite3 *db, GError **error)
{
  g_autoptr (GuichetStored) stored = g_new0 (GuichetStored, 1);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  stored->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_row_free);
  stored->replies = g_ptr_array_new_with_free_func (g_free);
  stored->offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_rows (db, stored->rows, error) ||
      !read_pairs (db, "SELECT offer, interaction FROM offers", stored->offers, error) ||
      !read_pairs (db, "SELECT name, text FROM kept", kept, error) ||
      !read_replies (db, stored->replies, error))
    return NULL;
  stored->canned = g_strdup (g_hash_table_lookup (kept, "canned"));
  stored->erased = g_strdup (g_hash_table_lookup (kept, "erased"));
  stored->snapshot = g_strdup (g_hash_table_lookup (kept, "snapshot"));
  return g_steal_pointer (&stored);
}

sqlite3 *
guichet_store_file_open (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "desk.sqlite", NULL);
  sqlite3 *db = NULL;

  if (g_mkdir_with_parents (dir, 0700) != 0 || g_chmod (dir, 0700) != 0)
    {
      g_propagate_error (
          error, guichet_client_error_new (GUICHET_CLIENT_ERROR_STORE, NULL, NULL, 0, 0, dir));
      return NULL;
    }
  if (sqlite3_open_v2 (path, &db,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX,
                       NULL) != SQLITE_OK)
    fail (db, error);
  else
    {
      sqlite3_busy_timeout (db, 5000);
      if (guichet_store_check_version (db, error) &&
          exec (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
                error) &&
          guichet_store_migrate (db, error))
        return db;
    }
  sqlite3_close (db);
  return NULL;
}

sqlite3 *
guichet_store_file_open_again (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "desk.sqlite", NULL);
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX, NULL) == SQLITE_OK)
    {
      sqlite3_busy_timeout (db, 5000);
      return db;
    }
  fail (db, error);
  sqlite3_close (db);
  return NULL;
}

void
guichet_job_free (GuichetJob *job)
{
  g_clear_pointer (&job->row, guichet_row_free);
  g_clear_pointer (&job->seen, guichet_seen_free);
  g_free (job->a);
  g_free (job->b);
  g_free (job);
}

gboolean
guichet_store_file_run (sqlite3 *db, const GuichetJob *job, GError **error)
{
  g_autofree char *sql = NULL;

  switch (job->kind)
    {
    case GUICHET_JOB_PUT:
      return put_row (db, job->row, error);
    case GUICHET_JOB_DELETE:
      sql = g_strdup_printf ("DELETE FROM outbox WHERE id = %" G_GINT64_FORMAT, job->id);
      return exec (db, sql, error);
    case GUICHET_JOB_OFFER:
      return run_two_texts (db,
                            "INSERT OR REPLACE INTO offers (offer, interaction) VALUES (?1, ?2)",
                            job->a, job->b, error) &&
             exec (db,
                   "DELETE FROM offers WHERE number <= (SELECT max(number) FROM offers) "
                   "- " KEEP_OFFERS,
                   error);
    case GUICHET_JOB_SNAPSHOT:
      return run_two_texts (db, "INSERT OR REPLACE INTO kept VALUES (?1, ?2)", job->a, job->b,
                            error);
    case GUICHET_JOB_REPLY:
      return run_two_texts (db, "INSERT OR REPLACE INTO canned_reply VALUES (?1, ?2)", job->a,
                            job->b, error);
    case GUICHET_JOB_NO_REPLY:
      return run_two_texts (db, "DELETE FROM canned_reply WHERE id = ?1 AND ?2 = ''", job->a, "",
                            error);
    case GUICHET_JOB_SEEN:
      return guichet_seen_put (db, job->seen) == SQLITE_OK || fail (db, error);
    case GUICHET_JOB_TRIM_SEEN:
      return guichet_seen_trim (db, job->id, job->keep) == SQLITE_OK || fail (db, error);
    case GUICHET_JOB_TELL:
      return TRUE;
    case GUICHET_JOB_FORGET:
      return exec (db, "PRAGMA secure_delete = ON; DELETE FROM kept WHERE name = 'snapshot';",
                   error) &&
             (guichet_seen_forget (db, job->a, job->b) == SQLITE_OK || fail (db, error)) &&
             exec (db, "PRAGMA wal_checkpoint(TRUNCATE);", error);
    case GUICHET_JOB_WIPE: /* VACUUM is its own transaction */
      return exec (db,
                   "PRAGMA secure_delete = ON; DELETE FROM outbox; DELETE FROM offers; DELETE FROM "
                   "kept; DELETE FROM canned_reply;",
                   error) &&
             (guichet_seen_wipe (db) == SQLITE_OK || fail (db, error)) &&
             exec (db, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);", error);
    }
  g_return_val_if_reached (FALSE);
}

static gboolean
run_jobs (sqlite3 *db, GPtrArray *jobs, GError **error)
{
  for (guint i = 0; i < jobs->len; i++)
    if (!guichet_store_file_run (db, jobs->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
guichet_store_file_run_together (sqlite3 *db, GPtrArray *jobs, GError **error)
{
  if (!exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (run_jobs (db, jobs, error) && exec (db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}
