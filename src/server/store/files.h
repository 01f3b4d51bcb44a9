/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that customers and agents send, beside the database: written piece by piece under no
 * name, then synced, then given the name of their id, and only then told of in the database. One
 * thread of its own does all of it in order; everything here is called on the centre's thread, and
 * answers come in its main context. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FILES_HEAD 8192 /* bytes of the beginning that are shown, and of the end */

typedef struct _Files Files;
/* One that is being written. */
typedef struct _FilesWrite FilesWrite;

/* Of one that is on disk. */
typedef struct
{
  gint64 size;
  char sha256[65];
  GBytes *head, *tail; /* the first and last FILES_HEAD bytes */
} FilesFacts;

/* @facts NULL: not kept, @error says why. */
typedef void (*FilesFinishedFunc) (const FilesFacts *facts,
                                   const GError *error,
                                   gpointer user_data);
/* Ids of files on disk. */
typedef void (*FilesListFunc) (const char *const *ids, gpointer user_data);

/* In this folder of the data directory; removes what was never finished. */
Files *files_open (const char *directory, const char *folder, GError **error);
/* Waits for what was begun. */
void files_close (Files *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Files, files_close)

/* NULL: @owner writes too many at once, or all together do; @owner NULL is never refused. */
FilesWrite *files_write_new (Files *self, const char *owner);
void files_write_add (FilesWrite *self, GBytes *bytes);
/* All of it came: syncs it. Still without a name. */
void files_write_finish (FilesWrite *self, FilesFinishedFunc done, gpointer user_data);
/* Gives it the name; when @done comes it is durable. Takes @self. */
void
files_write_keep (FilesWrite *self, const char *id, FilesFinishedFunc done, gpointer user_data);
/* Forgets it. */
void files_write_drop (FilesWrite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FilesWrite, files_write_drop)

/* Of a finished one. Free with g_free. */
char *files_path (Files *self, const char *id);
/* Its bytes, mapped: NULL if it is not there. */
GBytes *files_read (Files *self, const char *id, GError **error);
void files_remove (Files *self, const char *id);
/* Lists those last written before @at (seconds since 1970), some at a time. */
void files_list (Files *self, gint64 at, FilesListFunc each, gpointer user_data);

G_END_DECLS
