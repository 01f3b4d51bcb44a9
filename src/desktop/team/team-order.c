/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Order and search of colleagues. What both need of a name is made once and kept with the
 * colleague. Main thread only.
 */

#include "desktop/team/team-order.h"

#include "base/fold.h"

#include <string.h>

typedef struct
{
  char *name;
  char *folded;
  char *key; /* of the language's order */
} Keys;

static void
keys_free (gpointer data)
{
  Keys *keys = data;

  g_free (keys->name);
  g_free (keys->folded);
  g_free (keys->key);
  g_free (keys);
}

static const Keys *
keys_of (GuichetColleague *colleague)
{
  const char *name = guichet_colleague_get_name (colleague);
  Keys *keys = g_object_get_data (G_OBJECT (colleague), "guichet-team-keys");

  if (keys != NULL && g_str_equal (keys->name, name))
    return keys;
  keys = g_new0 (Keys, 1);
  keys->name = g_strdup (name);
  keys->folded = base_fold (name);
  keys->key = g_utf8_collate_key (name, -1);
  g_object_set_data_full (G_OBJECT (colleague), "guichet-team-keys", keys, keys_free);
  return keys;
}

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
  int by_presence = rank (first) - rank (second);
  int by_name;

  if (by_presence != 0)
    return by_presence;
  by_name = strcmp (keys_of (first)->key, keys_of (second)->key);
  return by_name != 0
             ? by_name
             : strcmp (guichet_colleague_get_id (first), guichet_colleague_get_id (second));
}

gboolean
guichet_team_matches (GuichetColleague *colleague, const char *folded)
{
  g_auto (GStrv) words = NULL;

  if (folded == NULL)
    return TRUE;
  words = g_strsplit_set (folded, " \t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (keys_of (colleague)->folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}
