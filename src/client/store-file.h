/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local SQLite file itself: opened, brought to the newest schema, read, changed by jobs. One
 * thread at a time. Inside this room. */
#pragma once

#include "client/store.h"
#include "client/store-seen.h"

#include <sqlite3.h>

typedef enum
{
  GUICHET_JOB_PUT,
  GUICHET_JOB_DELETE,
  GUICHET_JOB_OFFER,
  GUICHET_JOB_SNAPSHOT,
  GUICHET_JOB_REPLY,
  GUICHET_JOB_NO_REPLY,
  GUICHET_JOB_SEEN,
  GUICHET_JOB_TRIM_SEEN,
  GUICHET_JOB_TELL, /* nothing to write */
  /* These run alone. */
  GUICHET_JOB_FORGET,
  GUICHET_JOB_WIPE,
} GuichetJobKind;

typedef struct
{
  GuichetJobKind kind;
  GuichetRow *row;
  GuichetSeen *seen;
  gint64 id;
  guint keep;
  char *a;
  char *b;
} GuichetJob;

void guichet_job_free (GuichetJob *job);

/* guichet_store_file_open: makes dir with mode 0700 and the file; NULL with
 * GUICHET_CLIENT_ERROR_STORE, and nothing changed in a file that is damaged or newer. */
sqlite3 *guichet_store_file_open (const char *dir, GError **error);
/* guichet_store_file_open_again: a second handle, for reading. */
sqlite3 *guichet_store_file_open_again (const char *dir, GError **error);
GuichetStored *guichet_store_file_read (sqlite3 *db, GError **error);
gboolean guichet_store_file_run (sqlite3 *db, const GuichetJob *job, GError **error);
/* guichet_store_file_run_together: all of an array of GuichetJob or none; none that runs alone
 * among them. */
gboolean guichet_store_file_run_together (sqlite3 *db, GPtrArray *jobs, GError **error);
