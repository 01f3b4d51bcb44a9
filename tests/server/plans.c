/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite makes of the questions that the views of conversations ask: each page is read from
 * its index, where it begins, in its order; nothing is looked through and nothing sorted first. */
#include "server/store/sqlite-migrate.h"
#include "server/store/sqlite-words.h"

typedef struct
{
  StoreQuery query;
  const char *path;
  const char *steps[4]; /* in their order, with wildcards */
  gboolean sorts;       /* the few rows of one interaction */
} Plan;

static const Plan plans[] = {
  { STORE_GET_HANDLED,
    "/plans/handled",
    { "SEARCH handled USING PRIMARY KEY (agent=? AND *(ended,interaction)<(?,?))" },
    FALSE },
  { STORE_GET_ENDED_IN_QUEUE,
    "/plans/ended-in-queue",
    { "SEARCH interaction USING COVERING INDEX interaction_by_queue (queue=? AND "
      "*(ended,id)<(?,?))" },
    FALSE },
  { STORE_GET_HANDLED_TAGGED,
    "/plans/handled-tagged",
    { "SEARCH tagged USING PRIMARY KEY (tag=? AND (ended,interaction)<(?,?))",
      "CORRELATED SCALAR SUBQUERY *",
      "SEARCH handled USING * (agent=? AND ended=? AND interaction=?)" },
    FALSE },
  { STORE_GET_ENDED_TAGGED,
    "/plans/ended-tagged",
    { "SEARCH tagged USING PRIMARY KEY (tag=? AND (ended,interaction)<(?,?))",
      "CORRELATED SCALAR SUBQUERY *", "SEARCH interaction USING * (id=?)" },
    FALSE },
  { STORE_GET_ENTRY, "/plans/entry", { "SEARCH interaction USING * (id=?)" }, FALSE },
  { STORE_GET_PARTS_OF,
    "/plans/parts",
    { "SEARCH recent USING INDEX recent_by_interaction (interaction=?)" },
    TRUE },
  { STORE_GET_LAST_LINE,
    "/plans/last-line",
    { "SEARCH message USING INDEX message_by_interaction (interaction=?)" },
    TRUE },
};

static void
test_plan (gconstpointer data)
{
  const Plan *plan = data;
  g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", sqlite_queries[plan->query], NULL);
  g_autoptr (GError) error = NULL;
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  guint n = 0;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  sqlite_migrate (db, ":memory:", &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *step = (const char *) sqlite3_column_text (statement, 3);

      g_test_message ("%s", step);
      if (plan->sorts && g_str_has_prefix (step, "USE TEMP B-TREE"))
        continue;
      g_assert_nonnull (plan->steps[n]);
      g_assert_true (g_pattern_match_simple (plan->steps[n++], step));
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_null (plan->steps[n]);
  sqlite3_finalize (statement);
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    g_test_add_data_func (plans[i].path, &plans[i], test_plan);

  return g_test_run ();
}
