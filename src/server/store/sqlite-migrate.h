/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings a database to the version of this program: numbered steps out of the resource, each in one
 * transaction with its number. A newer database is refused untouched. */
#pragma once

#include <glib.h>
#include <sqlite3.h>

gboolean sqlite_migrate (sqlite3 *db, const char *path, GError **error);
/* As many as there are steps. */
int sqlite_migrate_version (void);
