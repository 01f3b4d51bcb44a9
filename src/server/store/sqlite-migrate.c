/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps from one version of the database to the next. Called before the store thread runs. */
#include "server/store/sqlite-migrate.h"

#include "server-resources.h"
#include "server/store/store.h"

static const char *const steps[] = { "001-initial.sql",
                                     "002-conversations.sql",
                                     "003-channels.sql",
                                     "004-canned-replies.sql",
                                     "005-attachments.sql",
                                     "006-customers.sql",
                                     "007-opt-out.sql",
                                     "008-search.sql",
                                     "009-email.sql",
                                     "010-private.sql",
                                     "011-search-beginnings.sql",
                                     "012-views.sql",
                                     "013-tags.sql",
                                     "014-files-elsewhere.sql",
                                     "015-index-by-commits.sql",
                                     "016-clips.sql",
                                     "017-directory.sql",
                                     "018-recordings.sql",
                                     "019-notices.sql",
                                     "020-voicemail.sql",
                                     "021-outages.sql",
                                     "022-forwarding.sql",
                                     "023-voicemail-pin.sql" };

int
sqlite_migrate_version (void)
{
  return (int) G_N_ELEMENTS (steps);
}

static gboolean
version_of (sqlite3 *db, const char *path, int *version, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    *version = sqlite3_column_int (statement, 0);
  else if ((rc & 0xff) == SQLITE_BUSY)
    g_set_error (error, STORE_ERROR, STORE_ERROR_BUSY,
                 "%s is in use by another program; stop it first", path);
  else if ((rc & 0xff) == SQLITE_NOTADB || (rc & 0xff) == SQLITE_CORRUPT)
    g_set_error (error, STORE_ERROR, STORE_ERROR_DAMAGED,
                 "%s is damaged (%s); nothing was changed. Restore the newest backup in its place",
                 path, sqlite3_errmsg (db));
  else
    g_set_error (error, STORE_ERROR, STORE_ERROR_UNUSABLE,
                 "%s cannot be read (%s); check the disk and the file's permissions", path,
                 sqlite3_errmsg (db));
  sqlite3_finalize (statement);

  return rc == SQLITE_ROW;
}

static gboolean
run_step (sqlite3 *db, int number, GError **error)
{
  g_autofree char *resource = g_strconcat ("/org/guichet/server/sql/", steps[number - 1], NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (guichet_server_get_resource (), resource,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *script = NULL;
  char *message = NULL;

  if (sql == NULL)
    return FALSE;
  script = g_strdup_printf ("BEGIN IMMEDIATE;\n%.*s\nPRAGMA user_version = %d;\nCOMMIT;",
                            (int) g_bytes_get_size (sql),
                            (const char *) g_bytes_get_data (sql, NULL), number);
  if (sqlite3_exec (db, script, NULL, NULL, &message) == SQLITE_OK)
    return TRUE;

  g_set_error (error, STORE_ERROR, STORE_ERROR_UNUSABLE,
               "the database could not be brought to version %d (%s); it is as it was", number,
               message);
  sqlite3_free (message);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);

  return FALSE;
}

gboolean
sqlite_migrate (sqlite3 *db, const char *path, GError **error)
{
  int version = 0;

  if (!version_of (db, path, &version, error))
    return FALSE;
  if (version > sqlite_migrate_version ())
    {
      g_set_error (error, STORE_ERROR, STORE_ERROR_NEWER,
                   "%s was made by a newer guichetd (version %d, this one knows %d); "
                   "nothing was changed. Install the newer guichetd",
                   path, version, sqlite_migrate_version ());
      return FALSE;
    }
  for (int number = version + 1; number <= sqlite_migrate_version (); number++)
    if (!run_step (db, number, error))
      return FALSE;

  return TRUE;
}
