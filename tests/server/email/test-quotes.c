/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lines quote, and flowed text there and back. */
#include "server/channels/email/quotes.h"

typedef struct
{
  const char *name, *text, *expected;
} Case;

static const Case marks[] = {
  { "none", "Hello,\nplease call.", "Hello,\nplease call." },
  { "english", "Yes.\n\nOn Tue, 3 May 2026 at 10:15, Ana <a@b.org> wrote:\n> Shall we?\n> Soon?",
    "Yes.\n\n> On Tue, 3 May 2026 at 10:15, Ana <a@b.org> wrote:\n> Shall we?\n> Soon?" },
  { "french over two lines",
    "Oui.\n\nLe mardi 3 mai 2026 à 10:15, Ana Popova\n<a@b.org> a écrit :\n\n> On y va ?",
    "Oui.\n\n> Le mardi 3 mai 2026 à 10:15, Ana Popova\n> <a@b.org> a écrit :\n>\n> On y va ?" },
  { "bulgarian", "Да.\nНа 3.05.2026 г. в 10:15 Ана написа:\n> Тръгваме ли?",
    "Да.\n> На 3.05.2026 г. в 10:15 Ана написа:\n> Тръгваме ли?" },
  { "between the lines", "> Red?\nNo.\n> Blue?\nYes.", "> Red?\nNo.\n> Blue?\nYes." },
  { "a colon that says nothing", "I want these:\n> chairs", "I want these:\n> chairs" },
  { "outlook", "Fine.\n\n-----Original Message-----\nFrom: Ana\nHello",
    "Fine.\n\n> -----Original Message-----\n> From: Ana\n> Hello" },
  { "outlook with headers alone",
    "Merci.\n\n________________________________\nDe : Ana\nEnvoyé : mardi\nÀ : Boutique\nObjet : "
    "Chaise\n\nBonjour",
    "Merci.\n>\n> ________________________________\n> De : Ana\n> Envoyé : mardi\n> À : "
    "Boutique\n> "
    "Objet : Chaise\n>\n> Bonjour" },
  { "bulgarian headers",
    "Благодаря.\nОт: Ана\nИзпратено: вторник\nДо: Магазин\nОтносно: Стол\nЗдравейте",
    "Благодаря.\n> От: Ана\n> Изпратено: вторник\n> До: Магазин\n> Относно: Стол\n> Здравейте" },
  { "nothing but a quote", "> Red?\n> Blue?", "> Red?\n> Blue?" },
  { "nothing but what was forwarded", "From: Ana\nSent: today\nTo: shop\nSubject: chair\n\nHello",
    "From: Ana\nSent: today\nTo: shop\nSubject: chair\n\nHello" },
  { "empty", "", "" },
};

static void
test_marks (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *got = quotes_mark (c->text);
  g_autofree char *again = quotes_mark (got);

  g_assert_cmpstr (got, ==, c->expected);
  g_assert_cmpstr (again, ==, c->expected);
}

static void
test_unflow (void)
{
  g_autofree char *plain = quotes_unflow ("One \ntwo \nthree\n> a \n> b\n>> c\n-- \nAna", FALSE);
  g_autofree char *joined = quotes_unflow ("Donau \ndampf", TRUE);
  g_autofree char *stuffed = quotes_unflow (" From here\n >not a quote", FALSE);

  g_assert_cmpstr (plain, ==, "One two three\n> a b\n>> c\n-- \nAna");
  g_assert_cmpstr (joined, ==, "Donaudampf");
  g_assert_cmpstr (stuffed, ==, "From here\n>not a quote");
}

/* What we write is read again as it was. */
static void
test_flow (void)
{
  static const char *const texts[] = {
    "Hello",
    "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen",
    "Едно две три четири пет шест седем осем девет десет единадесет дванадесет тринадесет "
    "четиринадесет",
    "a\n\nb\n> quoted words that are long enough to be broken over more than one single line of a "
    "mail\n>> deeper",
    "From here\n  indented",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *flowed = quotes_flow (texts[i]);
      g_autofree char *back = quotes_unflow (flowed, FALSE);
      g_auto (GStrv) lines = g_strsplit (flowed, "\n", -1);

      g_assert_true (g_str_has_suffix (back, "\n"));
      back[strlen (back) - 1] = '\0';
      g_assert_cmpstr (back, ==, texts[i]);
      for (guint n = 0; lines[n] != NULL; n++)
        g_assert_cmpint (g_utf8_strlen (lines[n], -1), <=, 80);
    }
}

static void
test_long_word (void)
{
  g_autofree char *word = g_strnfill (5000, 'x');
  g_autofree char *flowed = quotes_flow (word);
  g_auto (GStrv) lines = g_strsplit (flowed, "\n", -1);

  for (guint n = 0; lines[n] != NULL; n++)
    g_assert_cmpint (strlen (lines[n]), <, 998);
}

static void
test_quote (void)
{
  g_autofree char *quoted = quotes_quote ("a\n\n> b");

  g_assert_cmpstr (quoted, ==, "> a\n>\n>> b\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *path = g_strconcat ("/email/quotes/", marks[i].name, NULL);

      g_test_add_data_func (path, &marks[i], test_marks);
    }
  g_test_add_func ("/email/flowed/read", test_unflow);
  g_test_add_func ("/email/flowed/written and read", test_flow);
  g_test_add_func ("/email/flowed/a word without an end", test_long_word);
  g_test_add_func ("/email/quotes/below an answer", test_quote);

  return g_test_run ();
}
