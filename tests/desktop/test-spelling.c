/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts of a text are looked up as words. */
#include "desktop/chat/spell-words.h"

static char *
words_of (const char *text)
{
  GString *found = g_string_new (NULL);
  const char *at = text, *word = NULL;
  gsize length;

  while (guichet_spell_next (&at, &word, &length))
    {
      if (found->len > 0)
        g_string_append_c (found, '|');
      g_string_append_len (found, word, (gssize) length);
    }
  return g_string_free (found, FALSE);
}

static void
test_words (void)
{
  static const struct
  {
    const char *text, *words;
  } cases[] = {
    { "", "" },
    { " \n\t ", "" },
    { "Good day, Ivan!", "Good|day|Ivan" },
    { "C'est l'ami d’Anne", "C'est|l'ami|d’Anne" },
    { "'quoted' and \"said\"", "quoted|and|said" },
    { "porte-monnaie - dis-le-moi-", "porte-monnaie|dis-le-moi" },
    { "Здравейте, по-добре е така.", "Здравейте|по-добре|е|така" },
    { "naïve cafe\xcc\x81 œuf", "naïve|cafe\xcc\x81|œuf" },
    { "see https://example.org/a-b?c, (www.example.org) now", "see|now" },
    { "write to ana@example.org today", "write|to|today" },
    { "order A123 of 2026-11-21 costs 12,50 €", "order|of|costs" },
    { "3rd B2B ok", "ok" },
    { "Dear {customer.name}, your {the order} left", "Dear|your|left" },
    { "{half open word", "half|open|word" },
    { "/hello to you and/or me", "to|you|and|or|me" },
    { "one.two,three", "one|two|three" },
    { "😀smile 日本語", "smile|日本語" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = words_of (cases[i].text);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/spelling/words", test_words);
  return g_test_run ();
}
