/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns an index of the definitions (agent → colleague, team → members) and what was last seen of
 * each. The work of a tick depends on who changed and who looks, never on how many there are.
 * Centre's thread. */
#include "server/centre/colleagues.h"

#include "base/json.h"
#include "server/centre/render.h"

#define TICK 500 /* ms */

typedef struct
{
  const ModelAgent *agent;
  const char *team; /* that the agent is in, interned */ /* of the definitions */
  AcdPresenceView seen;
  gint64 marked_at; /* 0 = not marked */
  gboolean unsent;  /* seen is not what the desks were told */
} Colleague;

struct _Colleagues
{
  Centre *centre;
  ModelDefinitions *definitions; /* what the index is made of */
  GHashTable *index;             /* id → Colleague, owned */
  gboolean moved;                /* someone is in another team since the last tick */
  GHashTable *teams;             /* id → GPtrArray of Colleague */
  GPtrArray *marked;             /* Colleague */
  GHashTable *watchers;          /* set of agents' ids, interned */
  guint tick;
};

/* What is told in one tick, by team; everyone is under "" for supervisors. */
typedef struct
{
  GHashTable *changed; /* team → JsonArray */
  GHashTable *texts;   /* team → the message, made for the first who gets it */
} Round;

Colleagues *
colleagues_new (Centre *centre)
{
  Colleagues *self = g_new0 (Colleagues, 1);

  self->centre = centre;
  self->watchers = g_hash_table_new (g_str_hash, g_str_equal);
  self->marked = g_ptr_array_new ();
  return self;
}

void
colleagues_free (Colleagues *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  g_ptr_array_unref (self->marked);
  g_hash_table_unref (self->watchers);
  g_clear_pointer (&self->teams, g_hash_table_unref);
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->definitions, model_definitions_unref);
  g_free (self);
}

/* --- the index -------------------------------------------------------------------------------- */

static void
add_mark (Colleagues *self, Colleague *colleague, gint64 at)
{
  if (colleague->marked_at != 0)
    return;
  colleague->marked_at = at;
  g_ptr_array_add (self->marked, colleague);
}

static void
add_to_team (Colleagues *self, Colleague *colleague)
{
  const char *team = centre_agent_team (self->centre, colleague->agent->id);
  GPtrArray *members;

  colleague->team = team;

  if (team == NULL)
    return;
  members = g_hash_table_lookup (self->teams, team);
  if (members == NULL)
    {
      members = g_ptr_array_new ();
      g_hash_table_insert (self->teams, (gpointer) team, members);
    }
  g_ptr_array_add (members, colleague);
}

/* What was seen under older definitions stays; everyone is looked at anew. */
static void
add_colleague (Colleagues *self, const ModelAgent *agent, GHashTable *before)
{
  const Colleague *known = before != NULL ? g_hash_table_lookup (before, agent->id) : NULL;
  Colleague *colleague = g_new0 (Colleague, 1);

  colleague->agent = agent;
  g_hash_table_insert (self->index, agent->id, colleague);
  add_to_team (self, colleague);
  if (known == NULL)
    {
      colleague->seen = acd_core_agent_presence (centre_core (self->centre), agent->id);
      return;
    }
  colleague->seen = known->seen;
  colleague->unsent = known->unsent;
  add_mark (self, colleague, known->marked_at != 0 ? known->marked_at : centre_now (self->centre));
}

static void
make_index (Colleagues *self, ModelDefinitions *definitions)
{
  g_autoptr (ModelDefinitions) names G_GNUC_UNUSED = g_steal_pointer (&self->definitions);
  g_autoptr (GHashTable) before = g_steal_pointer (&self->index); /* its keys are of those names */

  g_clear_pointer (&self->teams, g_hash_table_unref);
  g_ptr_array_set_size (self->marked, 0);
  self->definitions = model_definitions_ref (definitions);
  self->index = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->teams =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < definitions->agents->len; i++)
    add_colleague (self, g_ptr_array_index (definitions->agents, i), before);
}

/* FALSE: there are no definitions yet. */
static gboolean
is_indexed (Colleagues *self)
{
  ModelDefinitions *now = acd_core_definitions (centre_core (self->centre));

  if (now != NULL && now != self->definitions)
    make_index (self, now);
  return now != NULL;
}

/* --- looking ---------------------------------------------------------------------------------- */

/* A change within one tick is dated by the first event that marked the agent, or better where the
 * state tells. */
static void
look (Colleagues *self, Colleague *colleague)
{
  AcdPresenceView now = acd_core_agent_presence (centre_core (self->centre), colleague->agent->id);

  if (now.presence == colleague->seen.presence && now.reason == colleague->seen.reason)
    return;
  now.since = MAX (now.since, colleague->marked_at);
  colleague->seen = now;
  colleague->unsent = TRUE;
}

AcdPresenceView
colleagues_presence (Colleagues *self, const char *agent)
{
  Colleague *colleague = is_indexed (self) ? g_hash_table_lookup (self->index, agent) : NULL;

  if (colleague == NULL)
    return acd_core_agent_presence (centre_core (self->centre), agent);
  if (colleague->marked_at != 0)
    look (self, colleague);
  return colleague->seen;
}

static JsonObject *
render (const Colleague *colleague)
{
  JsonObject *object = json_object_new ();

  base_json_set_string (object, "id", colleague->agent->id);
  base_json_set_string (object, "presence", model_presence_to_text (colleague->seen.presence));
  base_json_set_string (object, "reason", colleague->seen.reason);
  base_json_set_time (object, "since", colleague->seen.since);
  return object;
}

static gboolean
sees_everyone (const ModelAgent *agent)
{
  return agent->role == MODEL_ROLE_SUPERVISOR;
}

static void
add_if_other (Colleagues *self, Colleague *colleague, const Colleague *looking, JsonArray *into)
{
  JsonObject *object;

  if (colleague == looking)
    return;
  if (colleague->marked_at != 0)
    look (self, colleague);
  object = render (colleague);
  base_json_set_string (object, "name", colleague->agent->name);
  base_json_set_string (object, "team", colleague->team);
  json_array_add_object_element (into, object);
}

static JsonArray *
render_colleagues (Colleagues *self, const Colleague *looking)
{
  JsonArray *array = json_array_new ();
  GPtrArray *members =
      looking->team != NULL ? g_hash_table_lookup (self->teams, looking->team) : NULL;

  if (sees_everyone (looking->agent))
    for (guint i = 0; i < self->definitions->agents->len; i++)
      {
        const ModelAgent *agent = g_ptr_array_index (self->definitions->agents, i);

        add_if_other (self, g_hash_table_lookup (self->index, agent->id), looking, array);
      }
  else
    for (guint i = 0; members != NULL && i < members->len; i++)
      add_if_other (self, g_ptr_array_index (members, i), looking, array);
  return array;
}

static JsonArray *
render_teams (Colleagues *self, const Colleague *looking)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->definitions->teams->len; i++)
    {
      const ModelTeam *team = g_ptr_array_index (self->definitions->teams, i);

      if (sees_everyone (looking->agent) || g_strcmp0 (team->id, looking->team) == 0)
        json_array_add_object_element (array, render_named (team->id, team->names));
    }
  return array;
}

JsonObject *
colleagues_of (Colleagues *self, const char *agent)
{
  const Colleague *looking = is_indexed (self) ? g_hash_table_lookup (self->index, agent) : NULL;
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "teams",
                                looking != NULL ? render_teams (self, looking) : json_array_new ());
  json_object_set_array_member (object, "colleagues",
                                looking != NULL ? render_colleagues (self, looking)
                                                : json_array_new ());
  g_hash_table_add (self->watchers, (gpointer) g_intern_string (agent));
  return object;
}

/* --- telling ---------------------------------------------------------------------------------- */

static void
add_change (Round *round, const char *team, JsonObject *object)
{
  JsonArray *array = g_hash_table_lookup (round->changed, team);

  if (array == NULL)
    {
      array = json_array_new ();
      g_hash_table_insert (round->changed, (gpointer) team, array);
    }
  json_array_add_object_element (array, json_object_ref (object));
}

static void
gather (Colleagues *self, Round *round)
{
  for (guint i = 0; i < self->marked->len; i++)
    {
      Colleague *colleague = g_ptr_array_index (self->marked, i);
      g_autoptr (JsonObject) object = NULL;

      look (self, colleague);
      colleague->marked_at = 0;
      if (!colleague->unsent)
        continue;
      colleague->unsent = FALSE;
      object = render (colleague);
      add_change (round, "", object);
      if (colleague->team != NULL)
        add_change (round, colleague->team, object);
    }
  g_ptr_array_set_size (self->marked, 0);
}

static const char *
text_for (Colleagues *self, Round *round, const char *team)
{
  char *text = g_hash_table_lookup (round->texts, team);
  JsonArray *changed = g_hash_table_lookup (round->changed, team);
  g_autoptr (JsonObject) message = NULL;

  if (text != NULL || changed == NULL)
    return text;
  message = json_object_new ();
  base_json_set_string (message, "type", "colleagues.presence");
  base_json_set_time (message, "at", centre_now (self->centre));
  json_object_set_array_member (message, "colleagues", json_array_ref (changed));
  text = base_json_to_text (message);
  g_hash_table_insert (round->texts, (gpointer) team, text);
  return text;
}

/* An agent is told of others; of himself or herself only in passing. */
static gboolean
is_of_self_alone (Round *round, const char *team, const char *agent)
{
  JsonArray *changed = g_hash_table_lookup (round->changed, team);

  return changed != NULL && json_array_get_length (changed) == 1 &&
         g_str_equal (
             json_object_get_string_member (json_array_get_object_element (changed, 0), "id"),
             agent);
}

/* FALSE: gone, and need not be looked after. */
static gboolean
tell (Colleagues *self, Round *round, const char *agent)
{
  const Colleague *looking = g_hash_table_lookup (self->index, agent);
  Hub *hub = centre_hub (self->centre);
  const char *team, *text;

  if (looking == NULL || sessions_by_agent (centre_sessions (self->centre), agent) == NULL)
    return FALSE;
  team = sees_everyone (looking->agent) ? "" : looking->team;
  if (team == NULL || is_of_self_alone (round, team, agent))
    return TRUE;
  text = text_for (self, round, team);
  if (text != NULL)
    hub_tell_text (hub, agent, text);
  return TRUE;
}

/* Who is in which team is not what it was: whoever looks is to ask anew. */
static void
tell_moved (Colleagues *self)
{
  g_autoptr (JsonObject) message = json_object_new ();
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer agent;

  base_json_set_string (message, "type", "colleagues.changed");
  base_json_set_time (message, "at", centre_now (self->centre));
  text = base_json_to_text (message);
  g_hash_table_iter_init (&iter, self->watchers);
  while (g_hash_table_iter_next (&iter, &agent, NULL))
    if (sessions_by_agent (centre_sessions (self->centre), agent) != NULL)
      hub_tell_text (centre_hub (self->centre), agent, text);
}

static gboolean
on_tick (gpointer user_data)
{
  Colleagues *self = user_data;
  Round round = { g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) json_array_unref),
                  g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free) };
  GHashTableIter iter;
  gpointer agent;

  self->tick = 0;
  if (is_indexed (self))
    gather (self, &round);
  if (self->moved)
    tell_moved (self);
  self->moved = FALSE;
  g_hash_table_iter_init (&iter, self->watchers);
  while (g_hash_table_size (round.changed) > 0 && g_hash_table_iter_next (&iter, &agent, NULL))
    if (!tell (self, &round, agent))
      g_hash_table_iter_remove (&iter);
  g_hash_table_unref (round.texts);
  g_hash_table_unref (round.changed);
  return G_SOURCE_REMOVE;
}

void
colleagues_mark (Colleagues *self, const ModelEvent *event)
{
  Colleague *colleague;

  if ((event->agent == NULL && event->type != MODEL_EVENT_DEFINITIONS_APPLIED) ||
      !is_indexed (self))
    return;
  if (event->type == MODEL_EVENT_AGENT_TEAM_CHANGED)
    {
      self->moved = TRUE;
      make_index (self, self->definitions);
    }
  colleague = event->agent != NULL ? g_hash_table_lookup (self->index, event->agent) : NULL;
  if (colleague != NULL)
    add_mark (self, colleague, event->at);
  if (self->marked->len > 0 && self->tick == 0)
    self->tick = g_timeout_add (TICK, on_tick, self);
}
