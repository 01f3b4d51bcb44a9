/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lossy file system. Blocks that were written and not synced lie in a table for each file,
 * shared by all that have it open, under one lock. Shared memory and file locks are those of the
 * system. */
#include "lossy-vfs.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

#define BLOCK 4096

typedef struct
{
  char *path;
  int references;
  sqlite3_int64 size;
  GHashTable *blocks; /* number → BLOCK bytes */
} Content;

typedef struct
{
  sqlite3_file base;
  Content *content;
  sqlite3_file *real;
} File;

static sqlite3_vfs *system_vfs;
static sqlite3_vfs lossy;
static GMutex lock;
static GHashTable *contents; /* path → Content */

static int
load (File *file, gint64 number, char *block)
{
  char *kept = g_hash_table_lookup (file->content->blocks, &number);
  int rc;

  if (kept != NULL)
    {
      memcpy (block, kept, BLOCK);
      return SQLITE_OK;
    }
  memset (block, 0, BLOCK);
  rc = file->real->pMethods->xRead (file->real, block, BLOCK, number * BLOCK);

  return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static int
read_locked (File *file, char *out, int amount, sqlite3_int64 offset)
{
  char block[BLOCK];
  int done = 0;

  while (done < amount)
    {
      gint64 number = (offset + done) / BLOCK;
      int within = (int) ((offset + done) % BLOCK);
      int n = MIN (amount - done, BLOCK - within);
      int rc = load (file, number, block);

      if (rc != SQLITE_OK)
        return rc;
      memcpy (out + done, block + within, (gsize) n);
      done += n;
    }
  if (offset + amount <= file->content->size)
    return SQLITE_OK;
  done = (int) MAX (0, file->content->size - offset);
  memset (out + done, 0, (gsize) (amount - done));

  return SQLITE_IOERR_SHORT_READ;
}

static int
x_read (sqlite3_file *base, void *out, int amount, sqlite3_int64 offset)
{
  int rc;

  g_mutex_lock (&lock);
  rc = read_locked ((File *) base, out, amount, offset);
  g_mutex_unlock (&lock);

  return rc;
}

static int
x_write (sqlite3_file *base, const void *data, int amount, sqlite3_int64 offset)
{
  File *file = (File *) base;
  int done = 0, rc = SQLITE_OK;

  g_mutex_lock (&lock);
  while (done < amount && rc == SQLITE_OK)
    {
      gint64 number = (offset + done) / BLOCK;
      int within = (int) ((offset + done) % BLOCK);
      int n = MIN (amount - done, BLOCK - within);
      char *block = g_malloc (BLOCK);

      rc = load (file, number, block);
      memcpy (block + within, (const char *) data + done, (gsize) n);
      g_hash_table_replace (file->content->blocks, g_memdup2 (&number, sizeof number), block);
      done += n;
    }
  file->content->size = MAX (file->content->size, offset + amount);
  g_mutex_unlock (&lock);

  return rc;
}

static int
x_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *file = (File *) base;
  GHashTableIter iter;
  gpointer key;

  g_mutex_lock (&lock);
  g_hash_table_iter_init (&iter, file->content->blocks);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (*(gint64 *) key * BLOCK >= size)
      g_hash_table_iter_remove (&iter);
  file->content->size = size;
  g_mutex_unlock (&lock);

  return SQLITE_OK;
}

static int
flush_locked (File *file)
{
  GHashTableIter iter;
  gpointer key, block;
  int rc = file->real->pMethods->xTruncate (file->real, file->content->size);

  g_hash_table_iter_init (&iter, file->content->blocks);
  while (rc == SQLITE_OK && g_hash_table_iter_next (&iter, &key, &block))
    {
      sqlite3_int64 offset = *(gint64 *) key * BLOCK;

      rc = file->real->pMethods->xWrite (file->real, block,
                                         (int) MIN (BLOCK, file->content->size - offset), offset);
    }
  g_hash_table_remove_all (file->content->blocks);

  return rc;
}

static int
x_sync (sqlite3_file *base, int flags)
{
  File *file = (File *) base;
  int rc;

  g_mutex_lock (&lock);
  rc = flush_locked (file);
  if (rc == SQLITE_OK)
    rc = file->real->pMethods->xSync (file->real, flags);
  g_mutex_unlock (&lock);

  return rc;
}

static int
x_file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  g_mutex_lock (&lock);
  *size = ((File *) base)->content->size;
  g_mutex_unlock (&lock);

  return SQLITE_OK;
}

static int
x_close (sqlite3_file *base)
{
  File *file = (File *) base;
  int rc;

  g_mutex_lock (&lock);
  if (--file->content->references == 0)
    {
      flush_locked (file);
      g_hash_table_remove (contents, file->content->path);
    }
  rc = file->real->pMethods->xClose (file->real);
  g_free (file->real);
  g_mutex_unlock (&lock);

  return rc;
}

#define REAL(file)           (((File *) (file))->real)
#define METHOD(file, method) (REAL (file)->pMethods->method)

static int
x_lock (sqlite3_file *file, int level)
{
  return METHOD (file, xLock) (REAL (file), level);
}

static int
x_unlock (sqlite3_file *file, int level)
{
  return METHOD (file, xUnlock) (REAL (file), level);
}

static int
x_check_reserved_lock (sqlite3_file *file, int *result)
{
  return METHOD (file, xCheckReservedLock) (REAL (file), result);
}

static int
x_file_control (sqlite3_file *file, int op, void *argument)
{
  /* Hints of sizes would change the real file behind our back. */
  if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
    return SQLITE_OK;

  return METHOD (file, xFileControl) (REAL (file), op, argument);
}

static int
x_sector_size (sqlite3_file *file)
{
  return METHOD (file, xSectorSize) (REAL (file));
}

static int
x_device_characteristics (sqlite3_file *file)
{
  return 0;
}

static int
x_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
  return METHOD (file, xShmMap) (REAL (file), page, size, extend, memory);
}

static int
x_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return METHOD (file, xShmLock) (REAL (file), offset, n, flags);
}

static void
x_shm_barrier (sqlite3_file *file)
{
  METHOD (file, xShmBarrier) (REAL (file));
}

static int
x_shm_unmap (sqlite3_file *file, int remove)
{
  return METHOD (file, xShmUnmap) (REAL (file), remove);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = x_close,
  .xRead = x_read,
  .xWrite = x_write,
  .xTruncate = x_truncate,
  .xSync = x_sync,
  .xFileSize = x_file_size,
  .xLock = x_lock,
  .xUnlock = x_unlock,
  .xCheckReservedLock = x_check_reserved_lock,
  .xFileControl = x_file_control,
  .xSectorSize = x_sector_size,
  .xDeviceCharacteristics = x_device_characteristics,
  .xShmMap = x_shm_map,
  .xShmLock = x_shm_lock,
  .xShmBarrier = x_shm_barrier,
  .xShmUnmap = x_shm_unmap,
};

static void
content_free (gpointer data)
{
  Content *content = data;

  g_hash_table_unref (content->blocks);
  g_free (content->path);
  g_free (content);
}

static Content *
content_of (const char *path, sqlite3_file *real)
{
  Content *content = path != NULL ? g_hash_table_lookup (contents, path) : NULL;

  if (content == NULL)
    {
      content = g_new0 (Content, 1);
      content->path = path != NULL ? g_strdup (path) : g_strdup_printf ("%p", (void *) real);
      content->blocks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      real->pMethods->xFileSize (real, &content->size);
      g_hash_table_insert (contents, content->path, content);
    }
  content->references++;

  return content;
}

static int
x_open (sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags)
{
  File *file = (File *) base;
  int rc;

  file->base.pMethods = NULL;
  file->real = g_malloc0 ((gsize) system_vfs->szOsFile);
  rc = system_vfs->xOpen (system_vfs, path, file->real, flags, out_flags);
  if (rc != SQLITE_OK)
    {
      g_free (file->real);
      return rc;
    }
  g_mutex_lock (&lock);
  file->content = content_of (path, file->real);
  g_mutex_unlock (&lock);
  file->base.pMethods = &methods;

  return SQLITE_OK;
}

void
lossy_vfs_register (void)
{
  system_vfs = sqlite3_vfs_find (NULL);
  contents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, content_free);
  lossy = *system_vfs;
  lossy.zName = "lossy";
  lossy.szOsFile = (int) sizeof (File);
  lossy.xOpen = x_open;
  sqlite3_vfs_register (&lossy, 1);
}
