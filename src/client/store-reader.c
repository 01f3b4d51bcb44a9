/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetReader: owns its SQLite handle, which a lock gives to one thread at a time; a question
 * that was overtaken is not asked, or broken off. */
#include "client/store-reader.h"

#include "client/error.h"
#include "client/store-file.h"

#define STEPS 16 /* of SQLite's machine until it is asked again: four pages of an index */

struct _GuichetReader
{
  gatomicrefcount references;
  GMutex lock;
  sqlite3 *db; /* under lock */
};

typedef struct
{
  GuichetReader *reader;
  char **words;       /* of a search, */
  char *conversation; /* or of a reading */
  gint64 before;
  guint limit;
} Question;

GuichetReader *
guichet_reader_new (const char *dir, GError **error)
{
  sqlite3 *db = guichet_store_file_open_again (dir, error);
  GuichetReader *self;

  if (db == NULL)
    return NULL;
  self = g_new0 (GuichetReader, 1);
  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->db = db;
  return self;
}

void
guichet_reader_unref (GuichetReader *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  sqlite3_close (self->db);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  guichet_reader_unref (question->reader);
  g_strfreev (question->words);
  g_free (question->conversation);
  g_free (question);
}

static int
on_progress (void *data)
{
  return g_cancellable_is_cancelled (data);
}

static void
answer (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Question *question = task_data;
  GuichetReader *self = question->reader;
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *message = NULL;

  g_mutex_lock (&self->lock);
  sqlite3_progress_handler (self->db, STEPS, on_progress, cancellable);
  if (!g_cancellable_is_cancelled (cancellable))
    found = question->words != NULL
                ? guichet_seen_find (self->db, question->words, question->limit, cancellable)
                : guichet_seen_read (self->db, question->conversation, question->before,
                                     question->limit);
  if (found == NULL)
    message = g_strdup (sqlite3_errmsg (self->db));
  sqlite3_progress_handler (self->db, 0, NULL, NULL);
  g_mutex_unlock (&self->lock);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (found != NULL)
    g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (
        task, guichet_client_error_new (GUICHET_CLIENT_ERROR_STORE, NULL, NULL, 0, 0, message));
}

static void
ask (GuichetReader *self, GTask *task, Question *question)
{
  g_atomic_ref_count_inc (&self->references);
  question->reader = self;
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, answer);
}

void
guichet_reader_find (GuichetReader *self, GTask *task, char **words, guint limit)
{
  Question *question = g_new0 (Question, 1);

  question->words = g_strdupv (words);
  question->limit = limit;
  ask (self, task, question);
}

void
guichet_reader_read (GuichetReader *self,
                     GTask *task,
                     const char *conversation,
                     gint64 before,
                     guint limit)
{
  Question *question = g_new0 (Question, 1);

  question->conversation = g_strdup (conversation);
  question->before = before;
  question->limit = limit;
  ask (self, task, question);
}
