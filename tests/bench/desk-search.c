/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Search as somebody types, in what a desk has: a local file with as many messages as said, every
 * beginning of many queries, from the question to the answer on the main loop; and how long the
 * loop itself is kept. JSON on standard output.
 * bench-desk-search [MESSAGES] [FOLDER] */
#include "base/words.h"
#include "client/store.h"
#include "zipf.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define QUERIES 300
#define LIMIT   20
#define NOW     G_GINT64_CONSTANT (1790000000000)

typedef struct
{
  gboolean done;
  GuichetStore *store;
} Opening;

static void
on_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GuichetStored) stored = NULL;
  g_autoptr (GError) error = NULL;
  Opening *opening = user_data;

  opening->store = guichet_store_open_finish (result, &stored, &error);
  if (opening->store == NULL)
    g_error ("%s", error->message);
  opening->done = TRUE;
}

static GuichetStore *
open_store (const char *folder)
{
  Opening opening = { 0 };

  guichet_store_open_async (folder, NULL, on_open, &opening);
  while (!opening.done)
    g_main_context_iteration (NULL, TRUE);
  return opening.store;
}

/* As they come: twelve chats at once, a message every second. */
static double
fill (GuichetStore *store, GRand *random, gint64 messages)
{
  gint64 start = g_get_monotonic_time ();

  for (gint64 i = 0; i < messages; i++)
    {
      g_autofree char *text = draw_text (random);
      g_autofree char *conversation = g_strdup_printf ("v%" G_GINT64_FORMAT, i % 12 + i / 240 * 12);
      GuichetSeen *seen = g_new0 (GuichetSeen, 1);

      seen->kind = GUICHET_SEEN_MESSAGE;
      seen->key = guichet_seen_message_key (conversation, i / 12 % 20 + 1);
      seen->at = NOW - (messages - i) * 1000;
      seen->words = base_words (text);
      seen->json = g_strdup_printf (
          "{\"id\":\"m%" G_GINT64_FORMAT "\",\"number\":%" G_GINT64_FORMAT
          ",\"at\":\"2026-09-01T00:00:00.000Z\",\"author\":\"customer\",\"text\":\"%s\","
          "\"conversation\":\"%s\",\"interaction\":\"i\",\"channel\":\"webchat\"}",
          i, i / 12 % 20 + 1, text, conversation);
      guichet_store_see (store, seen);
    }
  guichet_store_sync (store);
  return (double) messages * G_USEC_PER_SEC / (double) (g_get_monotonic_time () - start);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = guichet_store_find_finish (GUICHET_STORE (source), result, &error);

  if (found == NULL)
    g_error ("%s", error->message);
  *(gboolean *) user_data = TRUE;
}

static void
type_query (GuichetStore *store, GRand *random, GArray *times)
{
  g_autoptr (GString) query = g_string_new (draw (random));
  glong n;

  if (g_rand_boolean (random))
    g_string_append_printf (query, " %s", draw (random));
  n = g_utf8_strlen (query->str, -1);
  for (glong letters = 2; letters <= n; letters++)
    {
      g_autofree char *typed = g_utf8_substring (query->str, 0, letters);
      g_auto (GStrv) split = base_words_of (typed);
      gint64 start = g_get_monotonic_time ();
      gboolean done = FALSE;
      double took;

      guichet_store_find_async (store, split, LIMIT, NULL, on_found, &done);
      while (!done)
        g_main_context_iteration (NULL, TRUE);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (times, took);
    }
}

int
main (int argc, char **argv)
{
  gint64 messages = argc > 1 ? g_ascii_strtoll (argv[1], NULL, 10) : 100000;
  g_autofree char *folder =
      g_build_filename (argc > 2 ? argv[2] : g_get_tmp_dir (), "guichet-desk-search-XXXXXX", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *path = NULL;
  GuichetStore *store;
  GStatBuf file = { 0 };
  double rate;

  if (g_mkdtemp (folder) == NULL)
    g_error ("%s cannot be made", folder);
  store = open_store (folder);
  make_words (random);
  rate = fill (store, random, messages);
  for (guint i = 0; i < QUERIES; i++)
    type_query (store, random, times);
  g_array_sort (times, by_size);
  g_object_unref (store);
  path = g_build_filename (folder, "desk.sqlite", NULL);
  g_stat (path, &file);
  printf ("{\"messages\":%" G_GINT64_FORMAT
          ",\"written_per_second\":%.0f,\"bytes_per_message\":%.0f,\"keys\":%u,"
          "\"median_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n",
          messages, rate, (double) file.st_size / (double) messages, times->len, at (times, 0.5),
          at (times, 0.99), at (times, 1));
  g_unlink (path);
  g_rmdir (folder);

  return 0;
}
