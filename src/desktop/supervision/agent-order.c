/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order and search of agents. Main thread only. */

#include "desktop/supervision/agent-order.h"

#include "desktop/team/person-keys.h"

#include <string.h>

/* The team is searched and ordered by, too. */
static char *
name_of (GuichetLiveAgent *agent)
{
  return g_strconcat (guichet_live_agent_get_name (agent), " ",
                      guichet_live_agent_get_team_name (agent), NULL);
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
  g_autofree char *name = name_of (agent);

  return guichet_person_matches (G_OBJECT (agent), name, folded);
}

static int
by_name (GuichetLiveAgent *a, GuichetLiveAgent *b)
{
  g_autofree char *first = name_of (a);
  g_autofree char *second = name_of (b);

  return guichet_person_compare (G_OBJECT (a), first, G_OBJECT (b), second);
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
    by = by_name (a, b);
  return by != 0 ? by : strcmp (guichet_live_agent_get_id (a), guichet_live_agent_get_id (b));
}
