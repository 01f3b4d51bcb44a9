/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owns who looks, which agents changed since the last tick, and what was last told of each queue.
 * Without anybody who looks there is no tick and nothing is marked. Centre's thread. */
#include "server/centre/live.h"

#include "base/json.h"
#include "base/time-text.h"
#include "server/centre/live-render.h"
#include "server/centre/render.h"

#include <string.h>

#define TICK 500 /* ms */

typedef struct
{
  gboolean any;       /* whatever queue there is */
  GHashTable *queues; /* set of ids: those that the led agents serve */
} Watcher;

struct _Live
{
  Centre *centre;
  Levels *levels;
  GHashTable *watchers; /* agent (interned) → Watcher */
  GHashTable *marked;   /* set of agents' ids (interned) */
  GHashTable *queues;   /* id (interned) → LiveQueue, as it was told */
  gboolean renewed;     /* who leads whom may be another */
  guint tick;
};

static gboolean on_tick (gpointer user_data);

static void
watcher_free (gpointer data)
{
  Watcher *watcher = data;

  g_hash_table_unref (watcher->queues);
  g_free (watcher);
}

Live *
live_new (Centre *centre)
{
  Live *self = g_new0 (Live, 1);

  self->centre = centre;
  self->levels = levels_new (centre);
  self->watchers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, watcher_free);
  self->marked = g_hash_table_new (g_str_hash, g_str_equal);
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  return self;
}

void
live_free (Live *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->tick, g_source_remove);
  levels_free (self->levels);
  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->marked);
  g_hash_table_unref (self->watchers);
  g_free (self);
}

/* What is shown with everyone in a call: its recording, and whether one more could come into it. */
static gboolean
concerns_all (ModelEventType type)
{
  return type == MODEL_EVENT_INTERACTION_CUSTOMER_LEFT ||
         type == MODEL_EVENT_PARTICIPATION_JOINED || type == MODEL_EVENT_PARTICIPATION_CONNECTED ||
         type == MODEL_EVENT_PARTICIPATION_ROLE_CHANGED || type == MODEL_EVENT_PARTICIPATION_LEFT ||
         (type >= MODEL_EVENT_PARTY_DIALLING && type <= MODEL_EVENT_PARTY_LEFT) ||
         (type >= MODEL_EVENT_RECORDING_ANNOUNCED && type <= MODEL_EVENT_RECORDING_STOPPED);
}

static void
mark_all (Live *self, const ModelEvent *event)
{
  Record *record = centre_record (self->centre, event->interaction);

  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    g_hash_table_add (self->marked,
                      (gpointer) ((const Part *) g_ptr_array_index (record->parts, i))->agent);
}

void
live_note (Live *self, const ModelEvent *event)
{
  levels_note (self->levels, event);
  if (g_hash_table_size (self->watchers) == 0)
    return;
  if (event->agent != NULL)
    g_hash_table_add (self->marked, (gpointer) event->agent);
  if (concerns_all (event->type))
    mark_all (self, event);
  if (event->type == MODEL_EVENT_AGENT_TEAM_CHANGED ||
      event->type == MODEL_EVENT_DEFINITIONS_APPLIED)
    self->renewed = TRUE;
}

/* --- whom and what ---------------------------------------------------------------------------- */

static gboolean
leads (Live *self, const ModelAgent *looking, const ModelAgent *agent)
{
  return agent != looking &&
         model_agent_leads (looking, centre_agent_team (self->centre, agent->id));
}

/* Makes sure that the queue is looked at as it is now. TRUE: it is not as it was told. */
static gboolean
look_at (Live *self, const ModelQueue *queue, LiveQueue **told)
{
  const char *id = g_intern_string (queue->id);
  LiveQueue now = { .view.longest_since = G_MAXINT64 };
  const AcdCore *core = centre_core (self->centre);

  acd_core_queue_view (core, id, &now.view);
  now.view.moves = 0; /* whoever came is counted */
  now.free = acd_core_queue_free (core, id);
  now.level_known = levels_of (self->levels, id, &now.level);
  *told = g_hash_table_lookup (self->queues, id);
  if (*told != NULL && (*told)->view.open == now.view.open &&
      (*told)->view.waiting == now.view.waiting &&
      (*told)->view.longest_since == now.view.longest_since &&
      (*told)->view.staffed == now.view.staffed && (*told)->view.ready == now.view.ready &&
      (*told)->free == now.free && (*told)->level_known == now.level_known &&
      memcmp (&(*told)->level, &now.level, sizeof now.level) == 0)
    return FALSE;
  *told = g_memdup2 (&now, sizeof now);
  g_hash_table_replace (self->queues, (gpointer) id, *told);

  return TRUE;
}

static Watcher *
watcher_new (void)
{
  Watcher *watcher = g_new0 (Watcher, 1);

  watcher->queues = g_hash_table_new (g_str_hash, g_str_equal);

  return watcher;
}

static void
add_queues (Watcher *watcher, const ModelAgent *agent)
{
  for (guint i = 0; agent->queues != NULL && agent->queues[i] != NULL; i++)
    g_hash_table_add (watcher->queues, (gpointer) g_intern_string (agent->queues[i]));
}

static gboolean
sees (const Watcher *watcher, const char *queue)
{
  return watcher->any || g_hash_table_contains (watcher->queues, queue);
}

static JsonArray *
render_teams (const ModelDefinitions *definitions, const ModelAgent *looking)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < definitions->teams->len; i++)
    {
      const ModelTeam *team = g_ptr_array_index (definitions->teams, i);

      if (model_agent_leads (looking, team->id))
        json_array_add_object_element (array, render_named (team->id, team->names));
    }

  return array;
}

JsonObject *
live_watch (Live *self, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  const ModelAgent *looking = model_definitions_agent (definitions, id);
  JsonObject *object = json_object_new ();
  JsonArray *agents = json_array_new ();
  JsonArray *queues = json_array_new ();
  Watcher *watcher = watcher_new ();

  watcher->any = model_agent_leads (looking, NULL);
  json_object_set_array_member (object, "teams", render_teams (definitions, looking));
  for (guint i = 0; i < definitions->agents->len; i++)
    {
      const ModelAgent *agent = g_ptr_array_index (definitions->agents, i);

      if (!leads (self, looking, agent))
        continue;
      json_array_add_object_element (agents, live_render_agent (self->centre, agent));
      add_queues (watcher, agent);
    }
  for (guint i = 0; i < definitions->queues->len; i++)
    {
      const ModelQueue *queue = g_ptr_array_index (definitions->queues, i);
      LiveQueue *now;

      if (!sees (watcher, queue->id))
        continue;
      /* Others who look are told of it by the next tick, as if it had not been looked at. */
      if (look_at (self, queue, &now) && g_hash_table_size (self->watchers) > 0)
        now->view.moves = 1;
      json_array_add_object_element (queues, live_render_queue (queue, now));
    }
  json_object_set_array_member (object, "agents", agents);
  json_object_set_array_member (object, "queues", queues);
  g_hash_table_replace (self->watchers, (gpointer) g_intern_string (id), watcher);
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK, on_tick, self);

  return object;
}

void
live_leave (Live *self, const char *agent)
{
  g_hash_table_remove (self->watchers, agent);
}

/* --- telling ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *id;
  const ModelAgent *agent; /* NULL: of a queue */
  char *text;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->text);
  g_free (change);
}

static void
add_change (GPtrArray *changes, const char *id, const ModelAgent *agent, JsonObject *object)
{
  Change *change = g_new (Change, 1);

  *change = (Change){ id, agent, base_json_to_text (object) };
  json_object_unref (object);
  g_ptr_array_add (changes, change);
}

static GPtrArray *
gather (Live *self)
{
  const ModelDefinitions *definitions = centre_definitions (self->centre);
  GPtrArray *changes = g_ptr_array_new_with_free_func (change_free);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->marked);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      const ModelAgent *agent = model_definitions_agent (definitions, id);

      if (agent != NULL)
        add_change (changes, agent->id, agent, live_render_agent (self->centre, agent));
    }
  g_hash_table_remove_all (self->marked);
  for (guint i = 0; i < definitions->queues->len; i++)
    {
      const ModelQueue *queue = g_ptr_array_index (definitions->queues, i);
      LiveQueue *now;
      gboolean another = look_at (self, queue, &now);

      if (another || now->view.moves != 0)
        add_change (changes, queue->id, NULL, live_render_queue (queue, now));
      now->view.moves = 0;
    }

  return changes;
}

static void
append (GString *list, const char *text)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? "," : "", text);
}

static void
tell (Live *self, const char *id, const Watcher *watcher, GPtrArray *changes)
{
  const ModelAgent *looking = model_definitions_agent (centre_definitions (self->centre), id);
  g_autoptr (GString) agents = g_string_new (NULL);
  g_autoptr (GString) queues = g_string_new (NULL);
  g_autofree char *message = NULL;
  char at[BASE_TIME_TEXT_SIZE];

  for (guint i = 0; looking != NULL && i < changes->len; i++)
    {
      const Change *change = g_ptr_array_index (changes, i);

      if (change->agent != NULL && leads (self, looking, change->agent))
        append (agents, change->text);
      else if (change->agent == NULL && sees (watcher, change->id))
        append (queues, change->text);
    }
  if (agents->len + queues->len == 0)
    return;
  message =
      g_strdup_printf ("{\"type\":\"live.changed\",\"at\":\"%s\",\"agents\":[%s],\"queues\":[%s]}",
                       base_time_write (centre_now (self->centre), at), agents->str, queues->str);
  hub_tell_text (centre_hub (self->centre), id, message);
}

/* Others are led, or lead: whoever looks is to ask anew. */
static void
tell_renewed (Live *self, const char *id)
{
  g_autofree char *message = NULL;
  char at[BASE_TIME_TEXT_SIZE];

  message = g_strdup_printf ("{\"type\":\"live.renewed\",\"at\":\"%s\"}",
                             base_time_write (centre_now (self->centre), at));
  hub_tell_text (centre_hub (self->centre), id, message);
}

/* Who is gone, or listens no more, asks again when back. */
static gboolean
on_tick (gpointer user_data)
{
  Live *self = user_data;
  g_autoptr (GPtrArray) changes = NULL;
  GHashTableIter iter;
  gpointer id, watcher;

  g_hash_table_iter_init (&iter, self->watchers);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!hub_has_listener (centre_hub (self->centre), id))
      g_hash_table_iter_remove (&iter);
  if (g_hash_table_size (self->watchers) == 0)
    {
      g_hash_table_remove_all (self->marked);
      g_hash_table_remove_all (self->queues);
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }
  changes = gather (self);
  g_hash_table_iter_init (&iter, self->watchers);
  while (g_hash_table_iter_next (&iter, &id, &watcher))
    if (self->renewed)
      tell_renewed (self, id);
    else
      tell (self, id, watcher, changes);
  self->renewed = FALSE;

  return G_SOURCE_CONTINUE;
}
