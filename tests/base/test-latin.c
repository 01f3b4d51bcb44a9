/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names across alphabets, and numbers however they are written. */
#include "base/latin.h"

static void
test_latin (void)
{
  static const struct
  {
    const char *text, *latin;
  } cases[] = {
    { "", "" },
    { "Цветан Йорданов", "tsvetan yordanov" },
    { "Щерю Къщев", "shteryu kashtev" },
    { "Жана Ячева-Чолакова", "zhana yacheva cholakova" },
    { "И\u0306ордан", "yordan" }, /* taken apart */
    { "Éloïse Œuvrard", "eloise oeuvrard" },
    { "Weiß", "weiss" },
    { "Ёлкин", "yolkin" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *latin = base_latin (cases[i].text);

      g_assert_cmpstr (latin, ==, cases[i].latin);
    }
}

/* Each line is one name, in the spellings that meet. */
static void
test_sound (void)
{
  static const char *const same[][6] = {
    { "Цветан", "Tsvetan", "Tzvetan", "Cvetan" },
    { "Шишков", "Shishkov", "6i6kov", "Shishkow" },
    { "Щерева", "Shtereva", "6tereva" },
    { "Чавдар", "Chavdar", "4avdar", "Tchavdar" },
    { "Живко", "Zhivko", "Jivko" },
    { "Христо", "Hristo", "Khristo", "Xristo" },
    { "Мария", "Mariya", "Maria", "Mariq" },
    { "Николай", "Nikolay", "Nikolai" },
    { "Юлия", "Yuliya", "Iulia" },
    { "Анна", "Ana", "Anna" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    for (guint j = 1; same[i][j] != NULL; j++)
      {
        g_autofree char *first = base_sound (same[i][0], 'a');
        g_autofree char *other = base_sound (same[i][j], 'a');

        g_assert_cmpstr (first, ==, other);
      }
}

static void
test_uncertain (void)
{
  static const struct
  {
    char spelt;
    const char *typed;
  } cases[] = { { 'a', "Parvan" }, { 'u', "Purvan" }, { 'i', "Pyrvan" } };

  g_assert_true (base_is_uncertain ("Първан"));
  g_assert_true (base_is_uncertain ("ЪГЪЛ"));
  g_assert_false (base_is_uncertain ("Parvan"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = base_sound ("Първан", cases[i].spelt);
      g_autofree char *typed = base_sound (cases[i].typed, 'a');

      g_assert_cmpstr (name, ==, typed);
    }
}

static void
test_digits (void)
{
  static const struct
  {
    const char *text, *digits;
  } cases[] = {
    { "+33 1 45 67 89 00", "33145678900" },
    { "0033 1.45.67.89.00", "33145678900" },
    { "+33 (0)1 45 67 89 00", "33145678900" },
    { "02/981-44-17", "029814417" },
    { "201", "201" },
    { "Anna 2", NULL },
    { "  ", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = base_digits (cases[i].text);

      g_assert_cmpstr (digits, ==, cases[i].digits);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/latin/letters", test_latin);
  g_test_add_func ("/latin/sound", test_sound);
  g_test_add_func ("/latin/uncertain", test_uncertain);
  g_test_add_func ("/latin/digits", test_digits);
  return g_test_run ();
}
