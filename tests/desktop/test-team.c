/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The order of colleagues and the search among them.
 */

#include "client/fields/people.h"
#include "desktop/team/team-order.h"
#include "base/fold.h"

static GuichetColleague *
colleague (const char *id, const char *name, const char *presence)
{
  GuichetRecord *one = g_object_new (GUICHET_TYPE_COLLEAGUE, NULL);

  guichet_record_set_string (one, COLLEAGUE_ID, id);
  guichet_record_set_string (one, COLLEAGUE_NAME, name);
  guichet_record_set_string (one, COLLEAGUE_PRESENCE, presence);
  return GUICHET_COLLEAGUE (one);
}

static int
compare (GuichetColleague *a, GuichetColleague *b)
{
  int order = guichet_team_compare (a, b, NULL);

  g_assert_cmpint (order > 0, ==, guichet_team_compare (b, a, NULL) < 0);
  return order;
}

static void
test_order (void)
{
  g_autoptr (GuichetColleague) zoe = colleague ("1", "Zoe", "ready");
  g_autoptr (GuichetColleague) bob = colleague ("2", "Bob", "busy");
  g_autoptr (GuichetColleague) ann = colleague ("3", "Ann", "on_break");
  g_autoptr (GuichetColleague) abe = colleague ("4", "Abe", "signed_out");
  g_autoptr (GuichetColleague) other = colleague ("5", "Zoe", "ready");

  g_assert_cmpint (compare (zoe, bob), <, 0);
  g_assert_cmpint (compare (bob, ann), <, 0);
  g_assert_cmpint (compare (ann, abe), <, 0);
  g_assert_cmpint (compare (zoe, other), <, 0);
  guichet_record_set_string (GUICHET_RECORD (bob), COLLEAGUE_PRESENCE, "ready");
  g_assert_cmpint (compare (bob, zoe), <, 0);
  /* A name that changed is another key. */
  guichet_record_set_string (GUICHET_RECORD (zoe), COLLEAGUE_NAME, "Ada");
  g_assert_cmpint (compare (zoe, bob), <, 0);
}

static void
test_search (void)
{
  static const struct
  {
    const char *name;
    const char *typed;
    gboolean found;
  } cases[] = {
    { "Hélène Dupré", "", TRUE },        { "Hélène Dupré", "hele", TRUE },
    { "Hélène Dupré", "DUPRE", TRUE },   { "Hélène Dupré", "len", TRUE },
    { "Hélène Dupré", "dup h", TRUE },   { "Hélène Dupré", "dup x", FALSE },
    { "Hélène Dupré", "helena", FALSE }, { "Иван Петров", "ПЕТ", TRUE },
    { "Йорданка", "иорд", TRUE },        { "Straße", "STRASSE", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GuichetColleague) one = colleague ("1", cases[i].name, "ready");
      g_autofree char *folded = base_fold (cases[i].typed);

      g_assert_cmpint (guichet_team_matches (one, folded), ==, cases[i].found);
      g_assert_true (guichet_team_matches (one, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team/order", test_order);
  g_test_add_func ("/team/search", test_search);
  return g_test_run ();
}
