/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order and search of colleagues. Main thread only. */

#include "desktop/team/team-order.h"

#include "desktop/team/person-keys.h"

#include <string.h>

static int
rank (GuichetColleague *colleague)
{
  static const char *const order[] = { "ready", "busy", "on_break" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_equal (guichet_colleague_get_presence (colleague), order[i]))
      return (int) i;
  return G_N_ELEMENTS (order);
}

int
guichet_team_compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  GuichetColleague *first = (gpointer) a;
  GuichetColleague *second = (gpointer) b;
  int by = rank (first) - rank (second);

  if (by == 0)
    by = guichet_person_compare (G_OBJECT (first), guichet_colleague_get_name (first),
                                 G_OBJECT (second), guichet_colleague_get_name (second));
  return by != 0 ? by
                 : strcmp (guichet_colleague_get_id (first), guichet_colleague_get_id (second));
}

gboolean
guichet_team_matches (GuichetColleague *colleague, const char *folded)
{
  return guichet_person_matches (G_OBJECT (colleague), guichet_colleague_get_name (colleague),
                                 folded);
}
