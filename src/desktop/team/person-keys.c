/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept with a person. Main thread only. */

#include "desktop/team/person-keys.h"

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
keys_of (GObject *person, const char *name)
{
  Keys *keys = g_object_get_data (person, "guichet-person-keys");

  if (keys != NULL && g_str_equal (keys->name, name))
    return keys;
  keys = g_new0 (Keys, 1);
  keys->name = g_strdup (name);
  keys->folded = base_fold (name);
  keys->key = g_utf8_collate_key (name, -1);
  g_object_set_data_full (person, "guichet-person-keys", keys, keys_free);
  return keys;
}

gboolean
guichet_person_matches (GObject *person, const char *name, const char *folded)
{
  return folded == NULL || base_fold_has (keys_of (person, name)->folded, folded);
}

int
guichet_person_compare (GObject *a, const char *name_of_a, GObject *b, const char *name_of_b)
{
  return strcmp (keys_of (a, name_of_a)->key, keys_of (b, name_of_b)->key);
}
