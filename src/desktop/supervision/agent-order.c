/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Order and search of agents. What they need of a name is made once and kept with the agent. Main
 * thread only.
 */

#include "desktop/supervision/agent-order.h"

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
keys_of (GuichetLiveAgent *agent)
{
  g_autofree char *name = g_strconcat (guichet_live_agent_get_name (agent), " ",
                                       guichet_live_agent_get_team_name (agent), NULL);
  Keys *keys = g_object_get_data (G_OBJECT (agent), "guichet-agent-keys");

  if (keys != NULL && g_str_equal (keys->name, name))
    return keys;
  keys = g_new0 (Keys, 1);
  keys->folded = base_fold (name);
  keys->key = g_utf8_collate_key (name, -1);
  keys->name = g_steal_pointer (&name);
  g_object_set_data_full (G_OBJECT (agent), "guichet-agent-keys", keys, keys_free);
  return keys;
}

static const char *const presences[] = { "ready", "busy", "on_break", "signed_out" };

static int
rank (GuichetLiveAgent *agent)
{
  /* Who is busy or away is what a supervisor looks for first. */
  static const int ranks[] = { 2, 0, 1, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (presences); i++)
    if (g_str_equal (guichet_live_agent_get_presence (agent), presences[i]))
      return ranks[i];
  return G_N_ELEMENTS (presences);
}

gboolean
guichet_live_agent_troubled (GuichetLiveAgent *agent)
{
  return !g_str_equal (guichet_live_agent_get_state (agent), "offline") &&
         (!guichet_live_agent_get_desk (agent) || !guichet_live_agent_get_station_ready (agent));
}

gboolean
guichet_agent_is_wanted (GuichetLiveAgent *agent, GuichetAgentsWanted wanted)
{
  if (wanted == GUICHET_AGENTS_ALL)
    return TRUE;
  if (wanted == GUICHET_AGENTS_TROUBLED)
    return guichet_live_agent_troubled (agent);
  return g_str_equal (guichet_live_agent_get_presence (agent),
                      presences[wanted - GUICHET_AGENTS_READY]);
}

gboolean
guichet_agent_matches (GuichetLiveAgent *agent, const char *folded)
{
  g_auto (GStrv) words = NULL;

  if (folded == NULL)
    return TRUE;
  words = g_strsplit_set (folded, " \t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (keys_of (agent)->folded, words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static int
by_time (GuichetLiveAgent *a, GuichetLiveAgent *b)
{
  gint64 first = guichet_live_agent_get_since (a);
  gint64 second = guichet_live_agent_get_since (b);

  if ((first == 0) != (second == 0))
    return first == 0 ? 1 : -1;
  return (first > second) - (first < second);
}

int
guichet_agent_compare (GuichetLiveAgent *a, GuichetLiveAgent *b, GuichetAgentsOrder order)
{
  int by = order == GUICHET_AGENTS_BY_STATE  ? rank (a) - rank (b)
           : order == GUICHET_AGENTS_BY_TIME ? by_time (a, b)
                                             : 0;

  if (by == 0)
    by = strcmp (keys_of (a)->key, keys_of (b)->key);
  return by != 0 ? by : strcmp (guichet_live_agent_get_id (a), guichet_live_agent_get_id (b));
}
