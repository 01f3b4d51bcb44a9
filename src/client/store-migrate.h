/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings the desk's local file to the newest schema: the numbered steps in data/sql/client-*.sql,
 * one transaction each, with the version inside. Inside this room. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

int guichet_store_schema_version (void);

/* guichet_store_step: its SQL, from 1; without the transaction. Free with g_free. */
char *guichet_store_step (int number, GError **error);

/* guichet_store_check_version: before anything is written. FALSE with GUICHET_CLIENT_ERROR_STORE,
 * reason "newer" for a file that a newer version made. */
gboolean guichet_store_check_version (sqlite3 *db, GError **error);

/* guichet_store_migrate: a step that fails is rolled back; those before it stay. */
gboolean guichet_store_migrate (sqlite3 *db, GError **error);
