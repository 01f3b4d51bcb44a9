/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store thread and its group commits. It owns the backend's writer; the queue of batches is
 * guarded by a lock. A commit that failed is told to every batch of its group, and the store takes
 * no further batch: the daemon starts again from what is on disk. */

#include "server/store/store.h"

#include "server/store/batch.h"
#include "server/store/reading.h"

typedef struct
{
  StoreBatch *batch; /* NULL: the thread is to end */
  StoreDoneFunc done;
  gpointer user_data;
} Submission;

typedef struct
{
  GArray *submissions; /* Submission */
  GError *error;
} Group;

struct _Store
{
  const StoreBackend *backend;
  gpointer writer;
  StoreReader reader;
  Readings *readings;
  GMainContext *context;
  GAsyncQueue *queue; /* Submission* */
  GThread *thread;
  GError *broken; /* store thread only */
  Files *files;
  Files *clips;
  Files *recordings;
};

void (*store_hook) (const char *point);

G_DEFINE_QUARK (store - error - quark, store_error)

static void
hook (const char *point)
{
  if (store_hook != NULL)
    store_hook (point);
}

static void
submission_clear (gpointer data)
{
  Submission *submission = data;

  g_clear_pointer (&submission->batch, store_batch_free);
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->submissions);
  g_clear_error (&group->error);
  g_free (group);
}

static gboolean
on_group_done (gpointer data)
{
  Group *group = data;

  for (guint i = 0; i < group->submissions->len; i++)
    {
      Submission *submission = &g_array_index (group->submissions, Submission, i);

      if (submission->done != NULL)
        submission->done (group->error, submission->user_data);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
write_group (Store *self, Group *group)
{
  if (self->broken != NULL)
    return g_set_error_literal (&group->error, self->broken->domain, self->broken->code,
                                self->broken->message),
           FALSE;
  if (!self->backend->begin (self->writer, &group->error))
    return FALSE;

  for (guint i = 0; i < group->submissions->len; i++)
    {
      GArray *ops = g_array_index (group->submissions, Submission, i).batch->ops;

      for (guint j = 0; j < ops->len; j++)
        if (!self->backend->apply (self->writer, &g_array_index (ops, StoreOp, j), &group->error))
          return FALSE;
    }

  hook ("before_commit");
  if (!self->backend->commit (self->writer, &group->error))
    return FALSE;
  hook ("after_commit");

  return TRUE;
}

static void
finish_group (Store *self, Group *group)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  if (group->error != NULL && self->broken == NULL)
    {
      self->backend->rollback (self->writer);
      self->broken = g_error_copy (group->error);
    }
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_group_done, group, group_free);
  g_source_attach (source, self->context);
}

/* Takes what waits, at least one; FALSE when the thread is to end after it. */
static gboolean
collect_group (Store *self, Group *group)
{
  Submission *next = g_async_queue_pop (self->queue);

  while (next != NULL)
    {
      g_autofree Submission *taken = next;

      if (taken->batch == NULL)
        return FALSE;
      g_array_append_val (group->submissions, *taken);
      next = g_async_queue_try_pop (self->queue);
    }

  return TRUE;
}

static gpointer
store_thread (gpointer data)
{
  Store *self = data;
  gboolean go_on = TRUE;

  while (go_on)
    {
      Group *group = g_new0 (Group, 1);

      group->submissions = g_array_new (FALSE, FALSE, sizeof (Submission));
      g_array_set_clear_func (group->submissions, submission_clear);
      go_on = collect_group (self, group);
      if (group->submissions->len == 0)
        {
          group_free (group);
          continue;
        }
      write_group (self, group);
      finish_group (self, group);
    }

  return NULL;
}

static void
push (Store *self, StoreBatch *batch, StoreDoneFunc done, gpointer user_data)
{
  Submission *submission = g_new0 (Submission, 1);

  submission->batch = batch;
  submission->done = done;
  submission->user_data = user_data;
  g_async_queue_push (self->queue, submission);
}

/* The connections, the files and what reads; FALSE: those that are there are store_close's. */
static gboolean
open_all (Store *self, const char *directory, GError **error)
{
  g_autoptr (GError) problem = NULL;

  self->writer = self->backend->open (directory, error);
  if (self->writer == NULL)
    return FALSE;
  self->reader = (StoreReader){ self->backend, self->backend->open (directory, error), FALSE };
  if (self->reader.connection == NULL)
    return FALSE;
  self->files = files_open (directory, "attachments", &problem);
  if (self->files != NULL)
    self->clips = files_open (directory, "clips", &problem);
  if (self->clips != NULL)
    self->recordings = files_open (directory, "recordings", &problem);
  if (self->recordings == NULL)
    return g_set_error (error, STORE_ERROR, STORE_ERROR_UNUSABLE,
                        "%s; check the disk and its permissions", problem->message),
           FALSE;
  self->readings = readings_new (self->backend, directory, self->context, error);

  return self->readings != NULL;
}

Store *
store_open (const char *directory, GError **error)
{
  g_autoptr (Store) self = g_new0 (Store, 1);

  self->backend = &store_sqlite;
  self->context = g_main_context_ref_thread_default ();
  self->queue = g_async_queue_new ();
  if (!open_all (self, directory, error))
    return NULL;
  self->thread = g_thread_new ("store", store_thread, self);

  return g_steal_pointer (&self);
}

void
store_close (Store *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->readings, readings_free);
  g_clear_pointer (&self->files, files_close);
  g_clear_pointer (&self->clips, files_close);
  g_clear_pointer (&self->recordings, files_close);
  if (self->thread != NULL)
    {
      push (self, NULL, NULL, NULL);
      g_thread_join (self->thread);
    }
  g_clear_pointer (&self->reader.connection, self->backend->close);
  g_clear_pointer (&self->writer, self->backend->close);
  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  g_clear_error (&self->broken);
  g_free (self);
}

void
store_submit (Store *self, StoreBatch *batch, StoreDoneFunc done, gpointer user_data)
{
  g_return_if_fail (batch != NULL);

  push (self, batch, done, user_data);
}

static gboolean
ask (StoreReader *self,
     GError **error,
     StoreRowFunc each,
     gpointer user_data,
     StoreQuery query,
     va_list arguments)
{
  const char *parameters = store_query_parameters[query];
  guint n = (guint) strlen (parameters);
  StoreValue *values;
  gboolean done;

  if (self->stopped)
    return g_set_error (error, STORE_ERROR, STORE_ERROR_STOPPED, "broken off"), FALSE;
  values = store_values_new (parameters, arguments);
  done = self->backend->query (self->connection, query, values, n, each, user_data, error);
  store_values_free (values, n);

  return done;
}

gboolean
store_reader_query (StoreReader *self,
                    GError **error,
                    StoreRowFunc each,
                    gpointer user_data,
                    StoreQuery query,
                    ...)
{
  va_list arguments;
  gboolean done;

  va_start (arguments, query);
  done = ask (self, error, each, user_data, query, arguments);
  va_end (arguments);

  return done;
}

gboolean
store_query (Store *self,
             GError **error,
             StoreRowFunc each,
             gpointer user_data,
             StoreQuery query,
             ...)
{
  va_list arguments;
  gboolean done;

  va_start (arguments, query);
  done = ask (&self->reader, error, each, user_data, query, arguments);
  va_end (arguments);

  return done;
}

StoreReader *
store_reader (Store *self)
{
  return &self->reader;
}

StoreReading *
store_read (Store *self,
            StoreReadFunc read,
            StoreReadDoneFunc done,
            gpointer user_data,
            GDestroyNotify dispose)
{
  return readings_add (self->readings, read, done, user_data, dispose);
}

Files *
store_files (Store *self)
{
  return self->files;
}

Files *
store_recordings (Store *self)
{
  return self->recordings;
}

Files *
store_clips (Store *self)
{
  return self->clips;
}

static void
on_last_row (StoreRow *row, gpointer user_data)
{
  *(gint64 *) user_data = store_row_int (row, 1);
}

gint64
store_last_time (Store *self)
{
  gint64 at = 0;

  store_query (self, NULL, on_last_row, &at, STORE_GET_JOURNAL_LAST);

  return at;
}

const char *
store_row_text (StoreRow *row, int column)
{
  return store_sqlite.row_text (row, column);
}

gint64
store_row_int (StoreRow *row, int column)
{
  return store_sqlite.row_int (row, column);
}

GBytes *
store_row_bytes (StoreRow *row, int column)
{
  return store_sqlite.row_bytes (row, column);
}
