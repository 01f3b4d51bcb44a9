/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps from one version of the desk's local file to the next. Stateless; on the thread that
 * opens the file. */
#include "client/store-migrate.h"

#include "client-resources.h"
#include "client/error.h"

static const char *const steps[] = { "client-001.sql", "client-002.sql", "client-003.sql" };

static gboolean
fail (const char *reason, const char *message, GError **error)
{
  g_propagate_error (
      error, guichet_client_error_new (GUICHET_CLIENT_ERROR_STORE, reason, NULL, 0, 0, message));
  return FALSE;
}

static gboolean
read_version (sqlite3 *db, int *version, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, "PRAGMA user_version", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step (statement) == SQLITE_ROW;

  if (ok)
    *version = sqlite3_column_int (statement, 0);
  else
    fail (NULL, sqlite3_errmsg (db), error);
  sqlite3_finalize (statement);
  return ok;
}

char *
guichet_store_step (int number, GError **error)
{
  g_autofree char *path = g_strconcat ("/org/guichet/client/sql/", steps[number - 1], NULL);
  g_autoptr (GBytes) sql = g_resource_lookup_data (guichet_client_get_resource (), path,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return sql != NULL ? g_strndup (g_bytes_get_data (sql, NULL), g_bytes_get_size (sql)) : NULL;
}

static gboolean
run_step (sqlite3 *db, int number, GError **error)
{
  g_autofree char *sql = guichet_store_step (number, error);
  g_autofree char *script = NULL;
  g_autofree char *message = NULL;

  if (sql == NULL)
    return FALSE;
  script =
      g_strdup_printf ("BEGIN IMMEDIATE;\n%s\nPRAGMA user_version = %d;\nCOMMIT;", sql, number);
  if (sqlite3_exec (db, script, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  message = g_strdup (sqlite3_errmsg (db));
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return fail (NULL, message, error);
}

int
guichet_store_schema_version (void)
{
  return (int) G_N_ELEMENTS (steps);
}

gboolean
guichet_store_check_version (sqlite3 *db, GError **error)
{
  int version = 0;

  return read_version (db, &version, error) &&
         (version <= guichet_store_schema_version () ||
          fail ("newer", "the local file was made by a newer version", error));
}

gboolean
guichet_store_migrate (sqlite3 *db, GError **error)
{
  int version = 0;

  if (!read_version (db, &version, error))
    return FALSE;
  for (int number = version + 1; number <= guichet_store_schema_version (); number++)
    if (!run_step (db, number, error))
      return FALSE;
  return TRUE;
}
