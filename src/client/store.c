/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetStore: owns the SQLite handle, which only its worker thread touches, and the queue of jobs
 * to it.
 *
 * Schema: 1  outbox, offers, kept. */
#include "client/store.h"

#include "client/error.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define SCHEMA_VERSION 1
#define KEEP_OFFERS    "100"

static const char *const schema_steps[SCHEMA_VERSION] = {
  "CREATE TABLE outbox (id INTEGER PRIMARY KEY, key TEXT NOT NULL, epoch TEXT NOT NULL, "
  "interaction TEXT NOT NULL,"
  " kind TEXT NOT NULL, target TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, revision "
  "INTEGER NOT NULL,"
  " attempted INTEGER NOT NULL, problem TEXT NOT NULL, theirs TEXT NOT NULL, theirs_revision "
  "INTEGER NOT NULL) STRICT;"
  "CREATE TABLE offers (number INTEGER PRIMARY KEY AUTOINCREMENT, offer TEXT NOT NULL UNIQUE,"
  " interaction TEXT NOT NULL) STRICT;"
  "CREATE TABLE kept (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;",
};

struct _GuichetStore
{
  GObject parent_instance;
  sqlite3 *db; /* worker only, but for its making and its end */
  GThreadPool *pool;
  GMainContext *context;
  GMutex lock;
  GCond idle;
  guint waiting; /* jobs, under lock */
};

G_DEFINE_FINAL_TYPE (GuichetStore, guichet_store, G_TYPE_OBJECT)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

enum
{
  PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  JOB_PUT,
  JOB_DELETE,
  JOB_OFFER,
  JOB_SNAPSHOT,
  JOB_WIPE,
} JobKind;

typedef struct
{
  JobKind kind;
  GuichetRow *row;
  gint64 id;
  char *a;
  char *b;
} Job;

GuichetRow *
guichet_row_copy (const GuichetRow *row)
{
  GuichetRow *copy = g_new (GuichetRow, 1);

  *copy = *row;
  copy->key = g_strdup (row->key);
  copy->epoch = g_strdup (row->epoch);
  copy->interaction = g_strdup (row->interaction);
  copy->kind = g_strdup (row->kind);
  copy->target = g_strdup (row->target);
  copy->name = g_strdup (row->name);
  copy->value = g_strdup (row->value);
  copy->problem = g_strdup (row->problem);
  copy->theirs = g_strdup (row->theirs);
  return copy;
}

void
guichet_row_free (GuichetRow *row)
{
  g_free (row->key);
  g_free (row->epoch);
  g_free (row->interaction);
  g_free (row->kind);
  g_free (row->target);
  g_free (row->name);
  g_free (row->value);
  g_free (row->problem);
  g_free (row->theirs);
  g_free (row);
}

void
guichet_stored_free (GuichetStored *stored)
{
  g_clear_pointer (&stored->rows, g_ptr_array_unref);
  g_clear_pointer (&stored->offers, g_hash_table_unref);
  g_free (stored->snapshot);
  g_free (stored);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->row, guichet_row_free);
  g_free (job->a);
  g_free (job->b);
  g_free (job);
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

static gboolean
run_job (sqlite3 *db, const Job *job, GError **error)
{
  g_autofree char *sql = NULL;

  switch (job->kind)
    {
    case JOB_PUT:
      return put_row (db, job->row, error);
    case JOB_DELETE:
      sql = g_strdup_printf ("DELETE FROM outbox WHERE id = %" G_GINT64_FORMAT, job->id);
      return exec (db, sql, error);
    case JOB_OFFER:
      return run_two_texts (db,
                            "INSERT OR REPLACE INTO offers (offer, interaction) VALUES (?1, ?2)",
                            job->a, job->b, error) &&
             exec (db,
                   "DELETE FROM offers WHERE number <= (SELECT max(number) FROM offers) "
                   "- " KEEP_OFFERS,
                   error);
    case JOB_SNAPSHOT:
      return run_two_texts (db, "INSERT OR REPLACE INTO kept VALUES (?1, ?2)", job->a, job->b,
                            error);
    case JOB_WIPE:
      return exec (db,
                   "PRAGMA secure_delete = ON; DELETE FROM outbox; DELETE FROM offers; DELETE FROM "
                   "kept; VACUUM;"
                   "PRAGMA wal_checkpoint(TRUNCATE);",
                   error);
    }
  g_return_val_if_reached (FALSE);
}

typedef struct
{
  GuichetStore *store;
  char *message;
} Problem;

static gboolean
on_problem (gpointer user_data)
{
  Problem *problem = user_data;

  g_signal_emit (problem->store, signals[PROBLEM], 0, problem->message);
  return G_SOURCE_REMOVE;
}

static void
problem_free (gpointer user_data)
{
  Problem *problem = user_data;

  g_object_unref (problem->store);
  g_free (problem->message);
  g_free (problem);
}

/* On the worker. The pool is drained in dispose, while self still has a reference. */
static void
on_job (gpointer data, gpointer user_data)
{
  GuichetStore *self = user_data;
  g_autoptr (GError) error = NULL;
  Job *job = data;

  if (!run_job (self->db, job, &error))
    {
      Problem *problem = g_new0 (Problem, 1);

      problem->store = g_object_ref (self);
      problem->message = g_strdup (error->message);
      g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, on_problem, problem,
                                  problem_free);
    }
  job_free (job);
  g_mutex_lock (&self->lock);
  self->waiting--;
  g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->lock);
}

static void
push (GuichetStore *self, Job *job)
{
  g_mutex_lock (&self->lock);
  self->waiting++;
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (self->pool, job, NULL);
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

static GuichetStored *
read_all (sqlite3 *db, GError **error)
{
  g_autoptr (GuichetStored) stored = g_new0 (GuichetStored, 1);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  stored->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_row_free);
  stored->offers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!read_rows (db, stored->rows, error) ||
      !read_pairs (db, "SELECT offer, interaction FROM offers", stored->offers, error) ||
      !read_pairs (db, "SELECT name, text FROM kept", kept, error))
    return NULL;
  stored->snapshot = g_strdup (g_hash_table_lookup (kept, "snapshot"));
  return g_steal_pointer (&stored);
}

static gboolean
read_version (sqlite3 *db, int *version, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare (db, "PRAGMA user_version", error);

  if (statement == NULL)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return fail (db, error);
  *version = sqlite3_column_int (statement, 0);
  return TRUE;
}

static gboolean
migrate (sqlite3 *db, GError **error)
{
  int version = 0;

  if (!read_version (db, &version, error))
    return FALSE;
  if (version > SCHEMA_VERSION)
    {
      g_propagate_error (error,
                         guichet_client_error_new (GUICHET_CLIENT_ERROR_STORE, "newer", NULL, 0, 0,
                                                   "the cache was written by a newer version"));
      return FALSE;
    }
  for (; version < SCHEMA_VERSION; version++)
    {
      g_autofree char *sql =
          g_strdup_printf ("BEGIN IMMEDIATE; %s PRAGMA user_version = %d; COMMIT;",
                           schema_steps[version], version + 1);
      if (!exec (db, sql, error))
        {
          sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
          return FALSE;
        }
    }
  return TRUE;
}

static sqlite3 *
open_file (const char *dir, GError **error)
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
      if (exec (db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
                error) &&
          migrate (db, error))
        return db;
    }
  sqlite3_close (db);
  return NULL;
}

typedef struct
{
  sqlite3 *db;
  GuichetStored *stored;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  sqlite3_close (opened->db);
  g_clear_pointer (&opened->stored, guichet_stored_free);
  g_free (opened);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Opened *opened = g_new0 (Opened, 1);

  opened->db = open_file (task_data, &error);
  if (opened->db != NULL)
    opened->stored = read_all (opened->db, &error);
  if (opened->stored != NULL)
    {
      g_task_return_pointer (task, opened, opened_free);
      return;
    }
  opened_free (opened);
  g_task_return_error (task, g_steal_pointer (&error));
}

void
guichet_store_open_async (const char *dir,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (dir), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

GuichetStore *
guichet_store_open_finish (GAsyncResult *result, GuichetStored **stored, GError **error)
{
  Opened *opened = g_task_propagate_pointer (G_TASK (result), error);
  GuichetStore *self;

  if (opened == NULL)
    return NULL;
  self = g_object_new (GUICHET_TYPE_STORE, NULL);
  self->db = g_steal_pointer (&opened->db);
  *stored = g_steal_pointer (&opened->stored);
  g_free (opened);
  return self;
}

void
guichet_store_put (GuichetStore *self, const GuichetRow *row)
{
  Job *job;

  if (row->secret)
    return;
  job = g_new0 (Job, 1);
  job->kind = JOB_PUT;
  job->row = guichet_row_copy (row);
  push (self, job);
}

void
guichet_store_delete (GuichetStore *self, gint64 id)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_DELETE;
  job->id = id;
  push (self, job);
}

static void
push_texts (GuichetStore *self, JobKind kind, const char *a, const char *b)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->a = g_strdup (a);
  job->b = g_strdup (b);
  push (self, job);
}

void
guichet_store_remember_offer (GuichetStore *self, const char *offer, const char *interaction)
{
  push_texts (self, JOB_OFFER, offer, interaction);
}

void
guichet_store_keep_snapshot (GuichetStore *self, const char *text)
{
  push_texts (self, JOB_SNAPSHOT, "snapshot", text);
}

void
guichet_store_wipe (GuichetStore *self)
{
  push_texts (self, JOB_WIPE, NULL, NULL);
}

void
guichet_store_sync (GuichetStore *self)
{
  g_mutex_lock (&self->lock);
  while (self->waiting > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);
}

static void
guichet_store_dispose (GObject *object)
{
  GuichetStore *self = GUICHET_STORE (object);

  if (self->pool != NULL)
    g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
  G_OBJECT_CLASS (guichet_store_parent_class)->dispose (object);
}

static void
guichet_store_finalize (GObject *object)
{
  GuichetStore *self = GUICHET_STORE (object);

  sqlite3_close (self->db);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->idle);
  G_OBJECT_CLASS (guichet_store_parent_class)->finalize (object);
}

static void
guichet_store_class_init (GuichetStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = guichet_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = guichet_store_finalize;
  signals[PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guichet_store_init (GuichetStore *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->context = g_main_context_ref_thread_default ();
  self->pool = g_thread_pool_new (on_job, self, 1, TRUE, NULL);
}
