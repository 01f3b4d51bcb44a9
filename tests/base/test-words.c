/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What finding compares: case and marks do not count, in Latin, Cyrillic and Greek. */
#include "base/fold.h"
#include "base/words.h"

static void
test_words (void)
{
  static const struct
  {
    const char *text, *folded;
  } cases[] = {
    { "", "" },
    { "  ", "" },
    { "Éloïse Dubois-Ñandú", "eloise dubois nandu" },
    { "E\u0301loi\u0308se", "eloise" }, /* the same, taken apart */
    { "Йордан Ёлкин, ИЙ!", "иордан елкин ии" },
    { "Ѝ ѝ ѐ", "и и е" },
    { "ГЕОРГИ Стоянов", "георги стоянов" },
    { "Ά έ", "α ε" },
    { "a.b+c@example.org", "a b c example org" },
    { "№ 12 — 3½", "12 3½" },
    { "\u0301", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = base_words (cases[i].text);
      g_auto (GStrv) words = base_words_of (cases[i].text);
      g_autofree char *joined = g_strjoinv (" ", words);

      g_assert_cmpstr (folded, ==, cases[i].folded);
      g_assert_cmpstr (joined, ==, cases[i].folded);
    }
}

static void
test_has (void)
{
  g_autofree char *text = base_fold ("Société Générale, Йордан");

  g_assert_cmpstr (text, ==, "societe generale, иордан");
  g_assert_true (base_fold_has (text, ""));
  g_assert_true (base_fold_has (text, " \t\n "));
  g_assert_true (base_fold_has (text, "иор  ciet\n"));
  g_assert_true (base_fold_has (text, "generale,"));
  g_assert_false (base_fold_has (text, "societe generales"));
  g_assert_false (base_fold_has ("", "a"));
  g_assert_true (base_fold_has ("", ""));
}

static void
test_find (void)
{
  static const struct
  {
    const char *text, *word, *found;
  } cases[] = {
    { "Une réclamation", "recl", "récl" },
    { "Une re\u0301clamation", "re", "re\u0301" },
    { "Моят Йогурт", "иог", "Йог" },
    { "premarin marin", "mar", "mar" },
    { "l'été", "ete", "été" },
    { "martin", "martinez", NULL },
    { "tin", "in", NULL },
    { "", "a", NULL },
    { "x", "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize start = 0, length = 0;
      gboolean found = base_words_find (cases[i].text, cases[i].word, &start, &length);
      g_autofree char *part = found ? g_strndup (cases[i].text + start, length) : NULL;

      g_assert_cmpstr (part, ==, cases[i].found);
      if (found && i == 3)
        g_assert_cmpuint (start, ==, 9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/words/words", test_words);
  g_test_add_func ("/base/words/has", test_has);
  g_test_add_func ("/base/words/find", test_find);
  return g_test_run ();
}
