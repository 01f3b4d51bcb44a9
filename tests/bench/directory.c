/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory as somebody types, among as many outside contacts as said: every beginning of many
 * names, parts of names, numbers and other spellings. Beside it, what it costs to look through
 * plain folded names once, line by line, without an order or another alphabet. JSON on standard
 * output. bench-directory [CONTACTS] [MOST]: fails above so many milliseconds of processor time at
 * the 99th percentile. */
#include "base/words.h"
#include "server/centre/directory-index.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define QUERIES 200

static const char *const parts[] = {
  "Иван",  "Мар",  "Цвет", "Щер",  "Първ", "Жор", "Стоян", "Юли",  "Хрис", "Чавд",
  "Élis",  "Jean", "Ber",  "Dub",  "Mart", "Lef", "Rous",  "Gar",  "Boy",  "Cham",
  "Ander", "Smi",  "Tay",  "Walk", "Mil",  "Tho", "Whi",   "Clar", "Har",  "Lew",
};
static const char *const ends[] = { "ов",  "ева",  "ан",  "ия",   "ко",  "ard", "ine",
                                    "and", "otte", "eau", "sson", "ton", "er",  "ley" };

static const char *
one_of (GRand *random, const char *const *words, guint n)
{
  return words[g_rand_int_range (random, 0, (gint32) n)];
}

static char *
draw_name (GRand *random)
{
  return g_strdup_printf ("%s%s %s%s", one_of (random, parts, G_N_ELEMENTS (parts)),
                          one_of (random, ends, G_N_ELEMENTS (ends)),
                          one_of (random, parts, G_N_ELEMENTS (parts)),
                          one_of (random, ends, G_N_ELEMENTS (ends)));
}

static ModelDefinitions *
draw_centre (GRand *random, guint n)
{
  g_autoptr (GString) json = g_string_new (
      "{\"settings\":{},\"skills\":[],\"teams\":[],\"queues\":[],\"agents\":[],\"contacts\":[");
  g_autoptr (GPtrArray) problems = model_problems_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = draw_name (random);

      g_string_append_printf (json,
                              "%s{\"id\":\"c%u\",\"name\":\"%s\",\"numbers\":[\"+3592%07u\"]}",
                              i > 0 ? "," : "", i, name, g_rand_int_range (random, 0, 9999999));
    }
  g_string_append (json, "]}");
  node = json_from_string (json->str, NULL);
  return model_definitions_from_json (json_node_get_object (node), problems);
}

static double
thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* The plainest there is. */
static volatile guint hits; /* so that it is looked at */

static void
look_through (GPtrArray *folded, const char *word)
{
  for (guint i = 0; i < folded->len; i++)
    if (strstr (folded->pdata[i], word) != NULL)
      hits = hits + 1;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
at (GArray *times, double part)
{
  g_array_sort (times, compare);
  return g_array_index (times, double, (guint) ((double) (times->len - 1) * part));
}

static void
type (const DirectoryIndex *self, GPtrArray *folded, const char *query, GArray *times[2])
{
  glong n = g_utf8_strlen (query, -1);

  for (glong letters = 1; letters <= n; letters++)
    {
      g_autofree char *typed = g_utf8_substring (query, 0, letters);
      g_autofree char *word = base_words (typed);
      DirectoryQuestion question = { .text = typed };
      double begun = thread_ms (), took;
      g_autoptr (GArray) found = directory_index_find (self, &question);

      took = thread_ms () - begun;
      g_array_append_val (times[0], took);
      begun = thread_ms ();
      look_through (folded, word);
      took = thread_ms () - begun;
      g_array_append_val (times[1], took);
    }
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 50000;
  double most = argc > 2 ? g_ascii_strtod (argv[2], NULL) : 0, made, worst;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (ModelDefinitions) definitions = draw_centre (random, n);
  g_autoptr (DirectoryIndex) self = NULL;
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  GArray *times[2] = { g_array_new (FALSE, FALSE, sizeof (double)),
                       g_array_new (FALSE, FALSE, sizeof (double)) };

  made = thread_ms ();
  self = directory_index_new (definitions);
  made = thread_ms () - made;
  for (guint i = 0; i < definitions->contacts->len; i++)
    g_ptr_array_add (folded, base_words (((ModelContact *) definitions->contacts->pdata[i])->name));
  for (guint i = 0; i < QUERIES; i++)
    {
      g_autofree char *name = draw_name (random);
      g_autofree char *number = g_strdup_printf ("02 %u", g_rand_int_range (random, 0, 999999));

      type (self, folded, name, times);
      type (self, folded, i % 2 == 0 ? "tsvetan ivanov" : "e", times);
      type (self, folded, number, times);
    }
  worst = at (times[0], 0.99);
  printf ("{\"entries\":%u,\"keys\":%u,\"index_ms\":%.0f,\"p50_ms\":%.2f,\"p99_ms\":%.2f,"
          "\"max_ms\":%.2f,\"floor_p50_ms\":%.2f,\"floor_p99_ms\":%.2f}\n",
          n, times[0]->len, made, at (times[0], 0.5), worst, at (times[0], 1), at (times[1], 0.5),
          at (times[1], 0.99));
  g_array_unref (times[0]);
  g_array_unref (times[1]);

  return most > 0 && worst > most ? 1 : 0;
}
