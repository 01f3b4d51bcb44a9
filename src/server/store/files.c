/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that customers and agents send, and the thread that writes them. A FilesWrite belongs
 * to the centre's thread but for its members from `fd` on, which only the jobs touch; jobs run in
 * the order in which they were given. */

#include "server/store/files.h"

#include "base/ids.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define UNFINISHED   "unfinished"
#define OF_OWNER_MAX 8
#define ALL_MAX      128
#define LIST_AT_ONCE 256

struct _Files
{
  char *path;       /* of the folder */
  char *unfinished; /* below it */
  GMainContext *context;
  GThreadPool *thread;
  GHashTable *owners; /* owner → how many it writes (pointer) */
  guint writing;
};

struct _FilesWrite
{
  Files *files;
  char *owner;
  int references; /* atomic: its own, and one for each job */
  char *part;

  int fd; /* -1: not open yet, or ended */
  gint64 size;
  GChecksum *sum;
  GByteArray *head, *tail;
  GError *error;
};

typedef struct _Job Job;
struct _Job
{
  void (*run) (Job *self);
  Files *files;
  FilesWrite *write; /* a reference */
  GBytes *bytes;
  char *id;
  gint64 at;
  FilesFinishedFunc done;
  FilesListFunc each;
  gpointer user_data;
  gboolean well;
  GPtrArray *ids;
};

/* --- the thread ------------------------------------------------------------------------------- */

static void
write_unref (FilesWrite *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  if (self->fd >= 0)
    close (self->fd);
  if (self->part != NULL)
    g_unlink (self->part);
  g_clear_pointer (&self->sum, g_checksum_free);
  g_clear_pointer (&self->head, g_byte_array_unref);
  g_clear_pointer (&self->tail, g_byte_array_unref);
  g_clear_error (&self->error);
  g_free (self->part);
  g_free (self->owner);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->write, write_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self->id);
  g_free (self);
}

static gboolean
on_answer (gpointer user_data)
{
  Job *self = user_data;

  if (self->each != NULL)
    {
      g_ptr_array_add (self->ids, NULL);
      self->each ((const char *const *) self->ids->pdata, self->user_data);
    }
  else if (!self->well)
    self->done (NULL, self->write->error, self->user_data);
  else
    {
      FilesWrite *write = self->write;
      g_autoptr (GBytes) head = g_bytes_new (write->head->data, write->head->len);
      g_autoptr (GBytes) tail = g_bytes_new (write->tail->data, write->tail->len);
      FilesFacts facts = { .size = write->size, .head = head, .tail = tail };

      g_strlcpy (facts.sha256, g_checksum_get_string (write->sum), sizeof facts.sha256);
      self->done (&facts, NULL, self->user_data);
    }

  return G_SOURCE_REMOVE;
}

/* Takes the job. */
static void
answer (Job *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_answer, self, job_free);
  g_source_attach (source, self->files->context);
}

static void
on_job (gpointer data, gpointer user_data)
{
  Job *job = data;

  job->run (job);
  if (job->done != NULL || job->each != NULL)
    answer (job);
  else
    job_free (job);
}

static void
give (Files *self, Job *job)
{
  job->files = self;
  g_thread_pool_push (self->thread, job, NULL);
}

static Job *
job_of (FilesWrite *write, void (*run) (Job *self))
{
  Job *job = g_new0 (Job, 1);

  g_atomic_int_inc (&write->references);
  job->write = write;
  job->run = run;

  return job;
}

static gboolean
failed (FilesWrite *self, const char *what)
{
  int code = errno;

  if (self->error == NULL)
    self->error = g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", what,
                               g_strerror (code));
  return FALSE;
}

static gboolean
write_all (FilesWrite *self, const guint8 *bytes, gsize length)
{
  while (length > 0)
    {
      gssize n = write (self->fd, bytes, length);

      if (n < 0 && errno != EINTR)
        return failed (self, self->part);
      if (n > 0)
        {
          bytes += n;
          length -= (gsize) n;
        }
    }

  return TRUE;
}

/* The last bytes: all that is needed of them to see what ends a file. */
static void
keep_ends (FilesWrite *self, const guint8 *bytes, gsize length)
{
  gsize room = FILES_HEAD - self->head->len;
  gsize from = length > FILES_HEAD ? length - FILES_HEAD : 0;

  g_byte_array_append (self->head, bytes, (guint) MIN (room, length));
  g_byte_array_append (self->tail, bytes + from, (guint) (length - from));
  if (self->tail->len > FILES_HEAD)
    g_byte_array_remove_range (self->tail, 0, self->tail->len - FILES_HEAD);
}

static void
run_add (Job *job)
{
  FilesWrite *self = job->write;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (job->bytes, &length);

  if (self->fd < 0 && self->error == NULL)
    self->fd = open (self->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd < 0)
    failed (self, self->part);
  if (self->error != NULL || !write_all (self, bytes, length))
    return;
  self->size += (gint64) length;
  g_checksum_update (self->sum, bytes, (gssize) length);
  keep_ends (self, bytes, length);
}

static void
run_finish (Job *job)
{
  FilesWrite *self = job->write;

  if (self->fd < 0 && self->error == NULL)
    self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "empty");
  else if (self->error == NULL && fsync (self->fd) != 0)
    failed (self, self->part);
  if (self->fd >= 0 && close (self->fd) != 0)
    failed (self, self->part);
  self->fd = -1;
  job->well = self->error == NULL;
}

/* A name is durable when the folder that has it is. */
static gboolean
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean well = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);

  return well;
}

char *
files_path (Files *self, const char *id)
{
  const char folder[3] = { id[1], id[2], '\0' };

  return g_build_filename (self->path, folder, id, NULL);
}

static void
run_keep (Job *job)
{
  FilesWrite *self = job->write;
  g_autofree char *path = files_path (job->files, job->id);
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean made = g_mkdir (folder, 0700) == 0;

  if (!made && errno != EEXIST)
    failed (self, folder);
  else if (g_rename (self->part, path) != 0 || !sync_folder (folder) ||
           (made && !sync_folder (job->files->path)))
    failed (self, path);
  else
    {
      g_clear_pointer (&self->part, g_free);
      job->well = TRUE;
    }
}

static void
run_remove (Job *job)
{
  g_autofree char *path = files_path (job->files, job->id);

  g_unlink (path);
}

static void
send_some (Job *job)
{
  Job *some = g_new0 (Job, 1);

  some->files = job->files;
  some->each = job->each;
  some->user_data = job->user_data;
  some->ids = g_steal_pointer (&job->ids);
  job->ids = g_ptr_array_new_with_free_func (g_free);
  answer (some);
}

static void
list_folder (Job *job, const char *folder)
{
  g_autofree char *path = g_build_filename (job->files->path, folder, NULL);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;
  GStatBuf facts;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (g_stat (file, &facts) == 0 && S_ISREG (facts.st_mode) && facts.st_mtime < job->at)
        g_ptr_array_add (job->ids, g_strdup (name));
      if (job->ids->len >= LIST_AT_ONCE)
        send_some (job);
    }
}

static void
run_list (Job *job)
{
  g_autoptr (GDir) directory = g_dir_open (job->files->path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (strlen (name) == 2)
      list_folder (job, name);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void
count (Files *self, const char *owner, int change)
{
  int n;

  if (owner == NULL)
    return;
  n = GPOINTER_TO_INT (g_hash_table_lookup (self->owners, owner)) + change;
  self->writing = (guint) ((int) self->writing + change);
  if (n > 0)
    g_hash_table_insert (self->owners, g_strdup (owner), GINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->owners, owner);
}

FilesWrite *
files_write_new (Files *self, const char *owner)
{
  FilesWrite *write;
  g_autofree char *name = base_token_new (16);

  if (owner != NULL && (self->writing >= ALL_MAX || GPOINTER_TO_INT (g_hash_table_lookup (
                                                        self->owners, owner)) >= OF_OWNER_MAX))
    return NULL;
  write = g_new0 (FilesWrite, 1);
  write->files = self;
  write->owner = g_strdup (owner);
  write->references = 1;
  write->part = g_build_filename (self->unfinished, name, NULL);
  write->fd = -1;
  write->sum = g_checksum_new (G_CHECKSUM_SHA256);
  write->head = g_byte_array_new ();
  write->tail = g_byte_array_new ();
  count (self, owner, 1);

  return write;
}

void
files_write_add (FilesWrite *self, GBytes *bytes)
{
  Job *job = job_of (self, run_add);

  job->bytes = g_bytes_ref (bytes);
  give (self->files, job);
}

void
files_write_finish (FilesWrite *self, FilesFinishedFunc done, gpointer user_data)
{
  Job *job = job_of (self, run_finish);

  job->done = done;
  job->user_data = user_data;
  give (self->files, job);
}

void
files_write_keep (FilesWrite *self, const char *id, FilesFinishedFunc done, gpointer user_data)
{
  Job *job = job_of (self, run_keep);

  job->id = g_strdup (id);
  job->done = done;
  job->user_data = user_data;
  give (self->files, job);
  files_write_drop (self);
}

/* The last reference may be a job's: what is removed from the disk is then the thread's work. */
static void
run_nothing (Job *job)
{
}

void
files_write_drop (FilesWrite *self)
{
  Files *files = self->files;
  Job *job = job_of (self, run_nothing);

  count (files, self->owner, -1);
  write_unref (self);
  give (files, job);
}

/* --- what is there ---------------------------------------------------------------------------- */

GBytes *
files_read (Files *self, const char *id, GError **error)
{
  g_autofree char *path = files_path (self, id);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);

  return file != NULL ? g_mapped_file_get_bytes (file) : NULL;
}

void
files_remove (Files *self, const char *id)
{
  Job *job = g_new0 (Job, 1);

  job->run = run_remove;
  job->id = g_strdup (id);
  give (self, job);
}

void
files_list (Files *self, gint64 at, FilesListFunc each, gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->run = run_list;
  job->at = at;
  job->ids = g_ptr_array_new_with_free_func (g_free);
  job->each = each;
  job->user_data = user_data;
  give (self, job);
}

static void
clear_unfinished (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
}

Files *
files_open (const char *directory, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (directory, folder, NULL);
  g_autofree char *unfinished = g_build_filename (path, UNFINISHED, NULL);
  Files *self;

  if (g_mkdir_with_parents (unfinished, 0700) != 0 || !sync_folder (directory))
    {
      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  clear_unfinished (unfinished);
  self = g_new0 (Files, 1);
  self->path = g_steal_pointer (&path);
  self->unfinished = g_steal_pointer (&unfinished);
  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_pool_new (on_job, self, 1, TRUE, NULL);
  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
files_close (Files *self)
{
  if (self == NULL)
    return;
  g_thread_pool_free (self->thread, FALSE, TRUE);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->owners);
  g_free (self->unfinished);
  g_free (self->path);
  g_free (self);
}
