/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk's local file: a file of each old version is taken up whole; a new one has the same
 * schema; a newer one is left as it is. The folder of golden dumps is the first argument. */
#include "fixture.h"

#include "client/store-migrate.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *golden;

static sqlite3 *
open_at (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static void
run (sqlite3 *db, const char *sql)
{
  char *message = NULL;

  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
}

/* All of a query as text. */
static char *
ask (const char *path, const char *sql)
{
  sqlite3 *db = open_at (path);
  GString *text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      g_string_append_printf (text, "%s\n", (const char *) sqlite3_column_text (statement, i));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return g_string_free (text, FALSE);
}

static char *
make_golden (Fixture *self, int version)
{
  g_autofree char *name = g_strdup_printf ("store-%d.sql", version);
  g_autofree char *dump = g_build_filename (golden, name, NULL);
  g_autofree char *sql = NULL;
  char *path = g_build_filename (self->dir, "desk.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  g_file_get_contents (dump, &sql, NULL, &error);
  g_assert_no_error (error);
  db = open_at (path);
  run (db, sql);
  sqlite3_close (db);
  return path;
}

typedef struct
{
  gboolean done;
  GuichetStore *store;
  GuichetStored *stored;
  GError *error;
} Opening;

static void
on_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;

  opening->store = guichet_store_open_finish (result, &opening->stored, &opening->error);
  opening->done = TRUE;
}

static void
open_store (Fixture *self, Opening *opening)
{
  guichet_store_open_async (self->dir, NULL, on_open, opening);
  wait_until (opening->done);
}

static void
opening_clear (Opening *opening)
{
  g_clear_object (&opening->store);
  g_clear_pointer (&opening->stored, guichet_stored_free);
  g_clear_error (&opening->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opening, opening_clear)

static void
test_golden (Fixture *self, gconstpointer data)
{
  g_autofree char *path = make_golden (self, GPOINTER_TO_INT (data));
  g_autofree char *version = NULL;
  g_auto (Opening) opening = { 0 };
  const GuichetRow *row;

  open_store (self, &opening);
  g_assert_no_error (opening.error);
  g_assert_cmpuint (opening.stored->rows->len, ==, 4);
  row = opening.stored->rows->pdata[1];
  g_assert_cmpint (row->id, ==, 4);
  g_assert_cmpstr (row->key, ==, "key-4");
  g_assert_cmpstr (row->value, ==, "Прати фактура до петък");
  g_assert_cmpint (row->revision, ==, -1);
  g_assert_false (row->attempted);
  row = opening.stored->rows->pdata[2];
  g_assert_cmpstr (row->name, ==, "ref");
  g_assert_cmpstr (row->problem, ==, "conflict");
  g_assert_cmpstr (row->theirs, ==, "B-17");
  g_assert_cmpint (row->theirs_revision, ==, 4);
  g_assert_true (row->attempted);
  g_assert_cmpstr (g_hash_table_lookup (opening.stored->offers, "o2"), ==, "i2");
  g_assert_cmpstr (opening.stored->snapshot, ==, "{\"queues\":[],\"recent\":[]}");
  if (GPOINTER_TO_INT (data) >= 2)
    {
      g_assert_cmpuint (opening.stored->replies->len, ==, 1);
      g_assert_cmpstr (opening.stored->canned, ==, "7 e1");
    }
  guichet_store_delete (opening.store, 3);
  guichet_store_sync (opening.store);
  version = ask (path, "PRAGMA user_version");
  g_assert_cmpint (g_ascii_strtoll (version, NULL, 10), ==, guichet_store_schema_version ());
}

static void
test_schema (Fixture *self, gconstpointer data)
{
  static const char schema[] = "SELECT name, sql FROM sqlite_schema ORDER BY name";
  g_autofree char *path = make_golden (self, guichet_store_schema_version ());
  g_autofree char *old = ask (path, schema);
  g_autofree char *fresh = NULL;
  g_auto (Opening) opening = { 0 };

  g_unlink (path);
  open_store (self, &opening);
  g_assert_no_error (opening.error);
  fresh = ask (path, schema);
  g_assert_cmpstr (fresh, ==, old);
}

static char *
whole_file (const char *path)
{
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text, length);
}

static void
test_newer (Fixture *self, gconstpointer data)
{
  g_autofree char *path = make_golden (self, 1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_auto (Opening) opening = { 0 };
  sqlite3 *db = open_at (path);

  run (db, "PRAGMA journal_mode = DELETE; ALTER TABLE kept ADD COLUMN later TEXT; "
           "PRAGMA user_version = 4711;");
  sqlite3_close (db);
  before = whole_file (path);
  open_store (self, &opening);
  g_assert_error (opening.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_STORE);
  g_assert_cmpstr (guichet_client_error_get_reason (opening.error), ==, "newer");
  after = whole_file (path);
  g_assert_cmpstr (after, ==, before);
}

static void
test_damaged (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->dir, "desk.sqlite", NULL);
  g_autofree char *text = g_strnfill (8192, 'x');
  g_autofree char *after = NULL;
  g_auto (Opening) opening = { 0 };

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  open_store (self, &opening);
  g_assert_error (opening.error, GUICHET_CLIENT_ERROR, GUICHET_CLIENT_ERROR_STORE);
  g_assert_cmpstr (guichet_client_error_get_reason (opening.error), ==, "");
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static char *
find_desk (Fixture *self)
{
  g_autofree char *desks = g_build_filename (self->dir, "desks", NULL);
  g_autoptr (GDir) dir = g_dir_open (desks, 0, NULL);

  return g_build_filename (desks, g_dir_read_name (dir), "desk.sqlite", NULL);
}

/* The session says it and works on from memory. */
static void
test_session_with_newer (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *problem = NULL;
  sqlite3 *db;

  fixture_sign_in (self);
  fixture_drop_session (self);
  path = find_desk (self);
  db = open_at (path);
  run (db, "PRAGMA user_version = 4711");
  sqlite3_close (db);
  fixture_new_session (self);
  fixture_sign_in (self);
  g_assert_cmpstr (guichet_session_get_state (self->session), ==, "online");
  g_object_get (self->session, "store-problem", &problem, NULL);
  g_assert_cmpstr (problem, ==, "newer");
}

/* One bad job spoils no other of its commit, and is told. */
static void
on_problem (GuichetStore *store, const char *message, guint *count)
{
  (*count)++;
}

static void
test_bad_job (Fixture *self, gconstpointer data)
{
  g_autofree char *path = make_golden (self, 1);
  g_autofree char *offers = NULL;
  g_auto (Opening) opening = { 0 };
  guint count = 0;
  sqlite3 *db;

  open_store (self, &opening);
  g_assert_no_error (opening.error);
  g_signal_connect (opening.store, "problem", G_CALLBACK (on_problem), &count);
  db = open_at (path);
  run (db, "CREATE TRIGGER t BEFORE INSERT ON kept BEGIN SELECT raise (ABORT, 'no'); END");
  sqlite3_close (db);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *offer = g_strdup_printf ("many-%02u", i);

      guichet_store_remember_offer (opening.store, offer, "i");
      if (i == 25)
        guichet_store_keep_snapshot (opening.store, "{}");
    }
  guichet_store_sync (opening.store);
  wait_until (count == 1);
  offers = ask (path, "SELECT count(*) FROM offers WHERE offer LIKE 'many-%'");
  g_assert_cmpstr (offers, ==, "50\n");
}

#define ADD(path, data, function)                                                                  \
  g_test_add (path, Fixture, GINT_TO_POINTER (data), fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  golden = argv[1];
  for (int version = 1; version <= guichet_store_schema_version (); version++)
    {
      g_autofree char *path = g_strdup_printf ("/store/golden-%d", version);
      ADD (path, version, test_golden);
    }
  ADD ("/store/schema", 0, test_schema);
  ADD ("/store/newer", 0, test_newer);
  ADD ("/store/damaged", 0, test_damaged);
  ADD ("/store/session-with-newer", 0, test_session_with_newer);
  ADD ("/store/bad-job", 0, test_bad_job);
  return g_test_run ();
}
