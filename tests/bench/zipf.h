/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words drawn as in a language, few of them often: for the benchmarks of search. One thread. */
#pragma once

#include <glib.h>
#include <math.h>

#define WORDS 60000 /* of the language */

static char *words[WORDS];

static void
make_words (GRand *random)
{
  static const char *const parts[] = { "ba", "co", "di", "re", "ta", "li", "mo", "vé", "su", "pa",
                                       "йо", "го", "ра", "ст", "на", "ён", "ch", "qu", "er", "is" };

  for (guint i = 0; i < WORDS; i++)
    {
      guint n = 1 + (guint) g_rand_int_range (random, 0, i < 100 ? 2 : 5);
      GString *word = g_string_new (NULL);

      for (guint j = 0; j <= n; j++)
        g_string_append (word, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
      words[i] = g_string_free (word, FALSE);
    }
}

/* Zipf: the n-th word is as frequent as 1 / n. */
static const char *
draw (GRand *random)
{
  double r = g_rand_double (random);
  guint i = (guint) (pow (WORDS, r)) - 1;

  return words[MIN (i, WORDS - 1)];
}

static inline char *
draw_text (GRand *random)
{
  GString *text = g_string_new (NULL);
  guint n = 3 + (guint) g_rand_int_range (random, 0, 18);

  for (guint j = 0; j < n; j++)
    g_string_append_printf (text, "%s%s", j > 0 ? " " : "", draw (random));
  return g_string_free (text, FALSE);
}

static inline int
by_size (gconstpointer a, gconstpointer b)
{
  const double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static inline double
at (GArray *sorted, double part)
{
  return g_array_index (sorted, double, (guint) ((double) (sorted->len - 1) * part));
}
