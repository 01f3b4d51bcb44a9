/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetStore: owns the SQLite handle, which only its worker thread touches, and the queue of jobs
 * to it. */
#include "client/store-file.h"
#include "client/store-reader.h"

struct _GuichetStore
{
  GObject parent_instance;
  sqlite3 *db; /* worker only, but for its making and its end */
  GuichetReader *reader;
  GThreadPool *pool;
  GMainContext *context;
  GMutex lock;
  GCond idle;
  GQueue jobs;   /* GuichetJob, under lock */
  guint waiting; /* jobs that are not in the file yet, under lock */
};

G_DEFINE_FINAL_TYPE (GuichetStore, guichet_store, G_TYPE_OBJECT)

enum
{
  KEPT,
  PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  GuichetStore *store;
  guint signal;
  char *text;
} News;

static gboolean
on_news (gpointer user_data)
{
  News *news = user_data;

  g_signal_emit (news->store, signals[news->signal], 0, news->text);
  return G_SOURCE_REMOVE;
}

static void
news_free (gpointer user_data)
{
  News *news = user_data;

  g_object_unref (news->store);
  g_free (news->text);
  g_free (news);
}

/* On the worker, which must not run it itself: not even when no main loop runs at the moment. */
static void
tell (GuichetStore *self, guint signal, const char *text)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  News *news = g_new0 (News, 1);

  news->store = g_object_ref (self);
  news->signal = signal;
  news->text = g_strdup (text);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_news, news, news_free);
  g_source_attach (source, self->context);
}

static void
tell_kept (GuichetStore *self, GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      const GuichetJob *job = jobs->pdata[i];

      if (job->kind == GUICHET_JOB_TELL)
        tell (self, KEPT, job->a);
    }
}

static gboolean
runs_alone (const GuichetJob *job)
{
  return job->kind >= GUICHET_JOB_FORGET;
}

/* All that waits, up to a job that must run alone. */
static GPtrArray *
take_jobs (GuichetStore *self)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) guichet_job_free);
  const GuichetJob *next;

  g_mutex_lock (&self->lock);
  while ((next = g_queue_peek_head (&self->jobs)) != NULL && (jobs->len == 0 || !runs_alone (next)))
    {
      g_ptr_array_add (jobs, g_queue_pop_head (&self->jobs));
      if (runs_alone (next))
        break;
    }
  g_mutex_unlock (&self->lock);
  return jobs;
}

/* What cannot be written together is written one by one, so that one bad job spoils no other. */
static void
run_one_by_one (GuichetStore *self, GPtrArray *jobs)
{
  for (guint i = 0; i < jobs->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!guichet_store_file_run (self->db, jobs->pdata[i], &error))
        tell (self, PROBLEM, error->message);
    }
}

/* On the worker: one commit for all that came while the last one was synced. The pool is drained in
 * dispose, while self still has a reference. */
static void
on_jobs (gpointer data, gpointer user_data)
{
  GuichetStore *self = user_data;
  g_autoptr (GPtrArray) jobs = take_jobs (self);

  if (jobs->len == 0)
    return;
  if (jobs->len == 1 || !guichet_store_file_run_together (self->db, jobs, NULL))
    run_one_by_one (self, jobs);
  tell_kept (self, jobs);
  g_mutex_lock (&self->lock);
  self->waiting -= jobs->len;
  g_cond_broadcast (&self->idle);
  g_mutex_unlock (&self->lock);
}

static void
push (GuichetStore *self, GuichetJob *job)
{
  g_mutex_lock (&self->lock);
  self->waiting++;
  g_queue_push_tail (&self->jobs, job);
  g_mutex_unlock (&self->lock);
  g_thread_pool_push (self->pool, self, NULL); /* one look for each job; most find nothing left */
}

typedef struct
{
  sqlite3 *db;
  GuichetReader *reader;
  GuichetStored *stored;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  sqlite3_close (opened->db);
  g_clear_pointer (&opened->reader, guichet_reader_unref);
  g_clear_pointer (&opened->stored, guichet_stored_free);
  g_free (opened);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Opened *opened = g_new0 (Opened, 1);

  opened->db = guichet_store_file_open (task_data, &error);
  if (opened->db != NULL)
    opened->reader = guichet_reader_new (task_data, &error);
  if (opened->reader != NULL)
    opened->stored = guichet_store_file_read (opened->db, &error);
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
  self->reader = g_steal_pointer (&opened->reader);
  *stored = g_steal_pointer (&opened->stored);
  g_free (opened);
  return self;
}

void
guichet_store_put (GuichetStore *self, const GuichetRow *row)
{
  GuichetJob *job;

  if (row->secret)
    return;
  job = g_new0 (GuichetJob, 1);
  job->kind = GUICHET_JOB_PUT;
  job->row = guichet_row_copy (row);
  push (self, job);
}

void
guichet_store_delete (GuichetStore *self, gint64 id)
{
  GuichetJob *job = g_new0 (GuichetJob, 1);

  job->kind = GUICHET_JOB_DELETE;
  job->id = id;
  push (self, job);
}

static void
push_texts (GuichetStore *self, GuichetJobKind kind, const char *a, const char *b)
{
  GuichetJob *job = g_new0 (GuichetJob, 1);

  job->kind = kind;
  job->a = g_strdup (a);
  job->b = g_strdup (b);
  push (self, job);
}

void
guichet_store_remember_offer (GuichetStore *self, const char *offer, const char *interaction)
{
  push_texts (self, GUICHET_JOB_OFFER, offer, interaction);
}

void
guichet_store_keep_snapshot (GuichetStore *self, const char *text)
{
  push_texts (self, GUICHET_JOB_SNAPSHOT, "snapshot", text);
}

void
guichet_store_keep_mark (GuichetStore *self, const char *name, const char *text)
{
  push_texts (self, GUICHET_JOB_SNAPSHOT, name, text);
}

void
guichet_store_keep_reply (GuichetStore *self, const char *id, const char *json)
{
  push_texts (self, json != NULL ? GUICHET_JOB_REPLY : GUICHET_JOB_NO_REPLY, id, json);
}

void
guichet_store_see (GuichetStore *self, GuichetSeen *seen)
{
  GuichetJob *job = g_new0 (GuichetJob, 1);

  job->kind = GUICHET_JOB_SEEN;
  job->seen = seen;
  push (self, job);
}

void
guichet_store_trim_seen (GuichetStore *self, gint64 now, guint keep)
{
  GuichetJob *job = g_new0 (GuichetJob, 1);

  job->kind = GUICHET_JOB_TRIM_SEEN;
  job->id = now;
  job->keep = keep;
  push (self, job);
}

void
guichet_store_forget (GuichetStore *self, const char *customers, const char *interactions)
{
  push_texts (self, GUICHET_JOB_FORGET, customers, interactions);
}

void
guichet_store_find_async (GuichetStore *self,
                          char **words,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  guichet_reader_find (self->reader, task, words, limit);
}

void
guichet_store_read_async (GuichetStore *self,
                          const char *conversation,
                          gint64 before,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  guichet_reader_read (self->reader, task, conversation, before, limit);
}

GPtrArray *
guichet_store_find_finish (GuichetStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
guichet_store_tell (GuichetStore *self, const char *name)
{
  push_texts (self, GUICHET_JOB_TELL, name, NULL);
}

void
guichet_store_wipe (GuichetStore *self)
{
  push_texts (self, GUICHET_JOB_WIPE, NULL, NULL);
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
  g_clear_pointer (&self->reader, guichet_reader_unref);
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
  signals[KEPT] = g_signal_new ("kept", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
guichet_store_init (GuichetStore *self)
{
  g_queue_init (&self->jobs);
  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->context = g_main_context_ref_thread_default ();
  self->pool = g_thread_pool_new (on_jobs, self, 1, TRUE, NULL);
}
