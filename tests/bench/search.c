/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as somebody types, in a store with as many messages as said: every beginning of many
 * queries, each asked as guichetd asks it, on the store's reading thread, and how many of them were
 * broken off; and what the index costs when messages are written.
 * Words are drawn as in a language, few of them often. JSON on standard output.
 * bench-search [MESSAGES] [FOLDER]: with 0 what stands in FOLDER already, filled by bench-years. */
#include "base/words.h"
#include "server/centre/search.h"
#include "zipf.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define GROUP   5000 /* messages of one commit */
#define QUERIES 300
#define LIMIT   20

static void
on_done (const GError *error, gpointer user_data)
{
  if (error != NULL)
    g_error ("%s", error->message);
  *(gint64 *) user_data += 1;
}

static void
add_message (StoreBatch *batch, GRand *random, gint64 i)
{
  g_autofree char *conversation = g_strdup_printf ("v%" G_GINT64_FORMAT, i / 20);
  g_autofree char *interaction = g_strdup_printf ("i%" G_GINT64_FORMAT, i / 20);
  g_autofree char *id = g_strdup_printf ("m%" G_GINT64_FORMAT, i);
  g_autofree char *text = draw_text (random);

  if (i % 20 == 0)
    store_batch_add (batch, STORE_INTERACTION_ADD, interaction, i, NULL, "Somebody", "web", NULL,
                     "webchat", "in");
  store_batch_add (batch, STORE_MESSAGE_ADD, conversation, i % 20 + 1, id, interaction, i,
                   "customer", NULL, text, "received", id, NULL, NULL, (gint64) 0, (gint64) 0);
}

static double
fill (Store *store, GRand *random, gint64 messages)
{
  gint64 start = g_get_monotonic_time (), done = 0, given = 0;

  for (gint64 i = 0; i < messages; given++)
    {
      StoreBatch *batch = store_batch_new ();

      for (guint j = 0; j < GROUP && i < messages; j++, i++)
        add_message (batch, random, i);
      store_submit (store, batch, on_done, &done);
      while (done < given - 1)
        g_main_context_iteration (NULL, TRUE);
    }
  while (done < given)
    g_main_context_iteration (NULL, TRUE);

  return (double) messages * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
}

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

typedef struct
{
  char **words;
  double worked; /* ms of the thread */
  gboolean stopped, done;
} Key;

static void
on_read (StoreReader *reader, gpointer data)
{
  Key *key = data;
  double before = thread_ms ();
  g_autoptr (GPtrArray) hits =
      search_texts (reader, SEARCH_MESSAGES, key->words, LIMIT, NULL, NULL, NULL);

  key->worked = thread_ms () - before;
  key->stopped = store_reader_stopped (reader);
  if (hits == NULL)
    g_error ("the search failed");
}

static void
on_read_done (gpointer data)
{
  ((Key *) data)->done = TRUE;
}

static void
nothing (gpointer data)
{
}

/* Each key of a query of one or two words, from the second letter on. How many were broken off. */
static guint
type_query (Store *store, GRand *random, GArray *clock_times, GArray *cpu_times)
{
  guint stopped = 0;
  g_autoptr (GString) query = g_string_new (draw (random));
  glong n;

  if (g_rand_boolean (random))
    g_string_append_printf (query, " %s", draw (random));
  n = g_utf8_strlen (query->str, -1);
  for (glong letters = 2; letters <= n; letters++)
    {
      g_autofree char *typed = g_utf8_substring (query->str, 0, letters);
      gint64 start = g_get_monotonic_time ();
      g_auto (GStrv) split = base_words_of (typed);
      Key key = { .words = split };
      double took;

      store_read (store, on_read, on_read_done, &key, nothing);
      while (!key.done)
        g_main_context_iteration (NULL, TRUE);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      stopped += key.stopped;
      g_array_append_val (clock_times, took);
      g_array_append_val (cpu_times, key.worked);
    }

  return stopped;
}

int
main (int argc, char **argv)
{
  gint64 messages = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 100000;
  gboolean given = messages == 0 && argc > 2;
  g_autofree char *folder = given ? g_strdup (argv[2])
                                  : g_build_filename (argc > 2 ? argv[2] : g_get_tmp_dir (),
                                                      "guichet-search-XXXXXX", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GArray) clock_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpu_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *path = NULL;
  GStatBuf file = { 0 };
  Store *store;
  double rate;
  guint stopped = 0;

  if (!given && g_mkdtemp (folder) == NULL)
    g_error ("%s cannot be made", folder);
  store = store_open (folder, NULL);
  make_words (random);
  rate = given ? 0 : fill (store, random, messages);
  for (guint i = 0; i < QUERIES; i++)
    stopped += type_query (store, random, clock_times, cpu_times);
  g_array_sort (clock_times, by_size);
  g_array_sort (cpu_times, by_size);
  store_close (store);
  path = g_build_filename (folder, "guichet.db", NULL);
  g_stat (path, &file);
  printf ("{\"messages\":%" G_GINT64_FORMAT
          ",\"written_per_second\":%.0f,\"bytes_per_message\":%.0f,"
          "\"keys\":%u,\"broken_off\":%u,"
          "\"median_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f,\"cpu_median_ms\":%.2f,"
          "\"cpu_p99_ms\":%.2f,\"cpu_max_ms\":%.2f}\n",
          messages, rate, (double) file.st_size / (double) MAX (messages, 1), clock_times->len,
          stopped, at (clock_times, 0.5), at (clock_times, 0.99), at (clock_times, 1),
          at (cpu_times, 0.5), at (cpu_times, 0.99), at (cpu_times, 1));
  if (given)
    return 0;
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}
