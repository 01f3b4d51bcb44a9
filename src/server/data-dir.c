/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data directory and its lock. */
#include "server/data-dir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

int
data_dir_lock (const char *path, GError **error)
{
  g_autofree char *lock = g_build_filename (path, "guichetd.lock", NULL);
  int fd;

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      g_set_error (
          error, G_IO_ERROR, g_io_error_from_errno (errno),
          "the data directory %s cannot be made (%s); make it, or give another with --data", path,
          g_strerror (errno));
      return -1;
    }
  fd = g_open (lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                   "the data directory %s is not writable (%s); give it to the user who runs "
                   "guichetd, or give another with --data",
                   path, g_strerror (errno));
      return -1;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               "the data directory %s is in use by another guichetd; stop that one first", path);
  close (fd);

  return -1;
}

char *
data_dir_new_private (GError **error)
{
  return g_dir_make_tmp ("guichet-demo-XXXXXX", error);
}

/* The files in it and those in its folders, down to @depth. */
static void
remove_folder (const char *path, guint depth)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_SYMLINK) || !g_file_test (inner, G_FILE_TEST_IS_DIR))
        g_unlink (inner);
      else if (depth > 0)
        remove_folder (inner, depth - 1);
    }
  g_rmdir (path);
}

void
data_dir_remove (const char *path)
{
  static const char *const folders[] = { "attachments", "clips", "recordings" };
  static const char *const names[] = { "guichet.db", "guichet.db-wal", "guichet.db-shm",
                                       "guichetd.lock", "guichetd.sock" };
  g_autofree char *key = g_strconcat (path, ".key", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *file = g_build_filename (path, names[i], NULL);

      g_unlink (file);
    }
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (path, folders[i], NULL);

      remove_folder (folder, 2);
    }
  g_rmdir (path);
  g_unlink (key);
}
