/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands made durable in a second: the store's group commits, as guichetd uses them, beside one
 * commit for each command on the same disk in the same run (A-B-B-A). One command is a row of the
 * journal and the row of its answer. JSON on standard output. */
#include "server/store/store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define OUTSTANDING 1000 /* agents that wait for an answer at the same time */
#define EVENT                                                                                      \
  "{\"type\":\"note.changed\",\"at\":\"2026-03-01T09:30:00.250Z\",\"interaction\":\"i1\","         \
  "\"agent\":\"a\"}"
#define ANSWER "{\"seq\":1,\"cursor\":\"abcdefghijkl.1234abcd.1\",\"revision\":1}"

typedef struct
{
  Store *store;
  GMainLoop *loop;
  gint64 next, done, wanted;
} Run;

static void submit (Run *run);

static void
on_done (const GError *error, gpointer user_data)
{
  Run *run = user_data;

  if (error != NULL)
    g_error ("%s", error->message);
  if (++run->done == run->wanted)
    g_main_loop_quit (run->loop);
  else if (run->next < run->wanted)
    submit (run);
}

static void
submit (Run *run)
{
  StoreBatch *batch = store_batch_new ();
  g_autofree char *key = g_strdup_printf ("key-%" G_GINT64_FORMAT, ++run->next);

  store_batch_add (batch, STORE_JOURNAL_ADD, run->next, run->next, "note.changed", "i1", "a",
                   EVENT);
  store_batch_add (batch, STORE_ANSWER_ADD, "a", key, "hash", (gint64) 200, ANSWER, run->next);
  store_submit (run->store, batch, on_done, run);
}

static char *
folder_new (const char *where)
{
  char *folder = g_build_filename (where, "guichet-bench-XXXXXX", NULL);

  if (g_mkdtemp (folder) == NULL)
    g_error ("%s cannot be made", folder);

  return folder;
}

static void
folder_remove (char *folder)
{
  static const char *const names[] = { "guichet.db", "guichet.db-wal", "guichet.db-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static double
measure_groups (const char *where, gint64 wanted)
{
  char *folder = folder_new (where);
  g_autoptr (GError) error = NULL;
  Run run = { .store = store_open (folder, &error), .wanted = wanted };
  gint64 start;
  double rate;

  if (run.store == NULL)
    g_error ("%s", error->message);
  run.loop = g_main_loop_new (NULL, FALSE);
  start = g_get_monotonic_time ();
  for (int i = 0; i < OUTSTANDING; i++)
    submit (&run);
  g_main_loop_run (run.loop);
  rate = (double) wanted * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
  store_close (run.store);
  g_main_loop_unref (run.loop);
  folder_remove (folder);

  return rate;
}

static void
must (sqlite3 *db, int rc)
{
  if (rc != SQLITE_OK && rc != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (db));
}

static double
measure_single (const char *where, gint64 wanted)
{
  char *folder = folder_new (where);
  Store *store = store_open (folder, NULL); /* makes the tables */
  g_autofree char *path = g_build_filename (folder, "guichet.db", NULL);
  sqlite3 *db = NULL;
  gint64 start;
  double rate;

  store_close (store);
  must (db, sqlite3_open (path, &db));
  must (db, sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", NULL, NULL,
                          NULL));
  start = g_get_monotonic_time ();
  for (gint64 i = 1; i <= wanted; i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("BEGIN IMMEDIATE; INSERT INTO journal VALUES (%" G_GINT64_FORMAT
                           ", %" G_GINT64_FORMAT ", 'note.changed', 'i1', 'a', '" EVENT
                           "'); INSERT INTO idempotency VALUES ('a', 'key-%" G_GINT64_FORMAT
                           "', 'hash', 200, '" ANSWER "', %" G_GINT64_FORMAT "); COMMIT",
                           i, i, i, i);

      must (db, sqlite3_exec (db, sql, NULL, NULL, NULL));
    }
  rate = (double) wanted * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
  sqlite3_close (db);
  folder_remove (folder);

  return rate;
}

int
main (int argc, char **argv)
{
  const char *where = argc > 1 ? argv[1] : g_get_tmp_dir ();
  double a1 = measure_groups (where, 100000);
  double b1 = measure_single (where, 5000);
  double b2 = measure_single (where, 5000);
  double a2 = measure_groups (where, 100000);

  printf ("{\"commands_per_second\":%.0f,\"one_commit_each\":%.0f,\"ratio\":%.1f}\n", (a1 + a2) / 2,
          (b1 + b2) / 2, (a1 + a2) / (b1 + b2));

  return 0;
}
