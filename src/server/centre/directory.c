/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The directory: index, counts, and the desks that show it. What a tick costs depends on who
 * changed and who looks. Centre's thread, but for the making of an index. */
#include "server/centre/directory.h"

#include "base/json.h"
#include "server/centre/render.h"

#define TICK   500 /* ms */
#define GROUPS (5 * G_USEC_PER_SEC)

struct _Directory
{
  Centre *centre;
  DirectoryIndex *index;
  struct _Making *making; /* NULL: none is being made */
  GPtrArray *waiting;     /* Waiter */
  DirectoryOwns *owns;
  GHashTable *counts;  /* "kind id" → DirectoryCount */
  gboolean counted;    /* as things are */
  GHashTable *watches; /* agent (interned) → Watch */
  GHashTable *changed; /* set of agents (interned) since the last tick */
  guint tick;
};

/* An index that is being made. */
typedef struct _Making
{
  Directory *directory; /* NULL: nobody wants it any more */
  ModelDefinitions *definitions;
} Making;

typedef struct
{
  DirectoryReadyFunc ready;
  gpointer user_data;
  GDestroyNotify dispose;
} Waiter;

typedef struct
{
  GHashTable *shown; /* agent (interned) → presence + 1 */
  gboolean groups;
  gint64 since; /* monotonic */
} Watch;

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  if (waiter->dispose != NULL)
    waiter->dispose (waiter->user_data);
  g_free (waiter);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_hash_table_unref (watch->shown);
  g_free (watch);
}

Directory *
directory_new (Centre *centre)
{
  Directory *self = g_new0 (Directory, 1);

  self->centre = centre;
  self->waiting = g_ptr_array_new_with_free_func (waiter_free);
  self->owns = directory_owns_new (centre);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->watches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, watch_free);
  self->changed = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
directory_free (Directory *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->making != NULL)
    self->making->directory = NULL;
  g_ptr_array_unref (self->waiting);
  directory_owns_free (self->owns);
  g_clear_pointer (&self->index, directory_index_unref);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->watches);
  g_hash_table_unref (self->changed);
  g_free (self);
}

/* --- the index -------------------------------------------------------------------------------- */

static gboolean
is_current (Directory *self)
{
  return self->index != NULL && directory_index_definitions (self->index) ==
                                    acd_core_definitions (centre_core (self->centre));
}

static void
make (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, directory_index_new (((Making *) data)->definitions),
                         (GDestroyNotify) directory_index_unref);
}

static void
making_free (gpointer data)
{
  Making *making = data;

  model_definitions_unref (making->definitions);
  g_free (making);
}

static void begin_making (Directory *self);

static void
on_made (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Making *making = user_data;
  g_autoptr (DirectoryIndex) index = g_task_propagate_pointer (G_TASK (result), NULL);
  Directory *self = making->directory;
  g_autoptr (GPtrArray) waiting = NULL;

  if (self == NULL)
    return;
  self->making = NULL;
  g_clear_pointer (&self->index, directory_index_unref);
  self->index = g_steal_pointer (&index);
  g_hash_table_remove_all (self->counts);
  self->counted = FALSE;
  if (!is_current (self))
    {
      begin_making (self);
      return;
    }
  waiting = g_steal_pointer (&self->waiting);
  self->waiting = g_ptr_array_new_with_free_func (waiter_free);
  for (guint i = 0; i < waiting->len; i++)
    ((Waiter *) waiting->pdata[i])->ready (((Waiter *) waiting->pdata[i])->user_data);
}

static void
begin_making (Directory *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->making != NULL)
    return;
  self->making = g_new0 (Making, 1);
  self->making->directory = self;
  self->making->definitions =
      model_definitions_ref (acd_core_definitions (centre_core (self->centre)));
  task = g_task_new (NULL, NULL, on_made, self->making);
  g_task_set_task_data (task, self->making, making_free);
  g_task_run_in_thread (task, make);
}

void
directory_when_ready (Directory *self,
                      DirectoryReadyFunc ready,
                      gpointer user_data,
                      GDestroyNotify dispose)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  *waiter = (Waiter){ ready, user_data, dispose };
  if (is_current (self) || acd_core_definitions (centre_core (self->centre)) == NULL)
    {
      ready (user_data);
      waiter_free (waiter);
      return;
    }
  g_ptr_array_add (self->waiting, waiter);
  begin_making (self);
}

const DirectoryIndex *
directory_index (Directory *self)
{
  return self->index;
}

DirectoryOwns *
directory_owns (Directory *self)
{
  return self->owns;
}

/* --- how many are free ------------------------------------------------------------------------ */

static DirectoryCount *
need_count (Directory *self, const char *kind, const char *id)
{
  g_autofree char *key = g_strconcat (kind, " ", id, NULL);
  DirectoryCount *count = g_hash_table_lookup (self->counts, key);

  if (count == NULL)
    {
      count = g_new0 (DirectoryCount, 1);
      g_hash_table_insert (self->counts, g_steal_pointer (&key), count);
    }
  return count;
}

static void
add_member (Directory *self, const char *kind, const char *id, gboolean is_free)
{
  DirectoryCount *count = need_count (self, kind, id);

  count->of++;
  count->free += is_free;
}

static void
count_agent (Directory *self, const ModelAgent *agent)
{
  AcdPresenceView view = acd_core_agent_presence (centre_core (self->centre), agent->id);
  const char *team = centre_agent_team (self->centre, agent->id);
  gboolean is_free = view.presence == MODEL_PRESENCE_READY;

  if (view.presence == MODEL_PRESENCE_SIGNED_OUT)
    return;
  if (team != NULL)
    add_member (self, "team", team, is_free);
  for (guint i = 0; i < agent->skills->len; i++)
    add_member (self, "skill", ((const ModelSkillLevel *) agent->skills->pdata[i])->skill, is_free);
}

static void
count_all (Directory *self)
{
  const ModelDefinitions *definitions = directory_index_definitions (self->index);

  if (self->counted)
    return;
  self->counted = TRUE;
  g_hash_table_remove_all (self->counts);
  for (guint i = 0; i < definitions->agents->len; i++)
    count_agent (self, definitions->agents->pdata[i]);
}

DirectoryCount
directory_count (Directory *self, const DirectoryEntry *entry)
{
  AcdQueueView view = { 0 };

  if (entry->kind == DIRECTORY_QUEUE)
    {
      acd_core_queue_view (centre_core (self->centre), entry->id, &view);
      return (DirectoryCount){ view.free, view.staffed };
    }
  if (entry->kind == DIRECTORY_TEAM && ((const ModelTeam *) entry->noun)->number != NULL)
    {
      guint most = (guint) ((const ModelTeam *) entry->noun)->calls;
      guint calls = acd_core_team_calls (centre_core (self->centre), entry->id);

      return (DirectoryCount){ most - MIN (most, calls), most };
    }
  count_all (self);
  return *need_count (self, directory_kind_names[entry->kind], entry->id);
}

/* --- telling ---------------------------------------------------------------------------------- */

static guint
presence_of (Directory *self, const char *agent)
{
  return acd_core_agent_presence (centre_core (self->centre), agent).presence + 1u;
}

/* A desk shows several pages, perhaps of several questions; at most so many agents of them. */
#define SHOWN_MAX 1000

static void
keep_shown (const Watch *before, GHashTable *shown)
{
  GHashTableIter iter;
  gpointer agent, presence;

  g_hash_table_iter_init (&iter, before->shown);
  while (g_hash_table_size (shown) < SHOWN_MAX && g_hash_table_iter_next (&iter, &agent, &presence))
    if (!g_hash_table_contains (shown, agent))
      g_hash_table_insert (shown, agent, presence);
}

void
directory_watch (Directory *self, const char *agent, GHashTable *shown, gboolean groups)
{
  const Watch *before = g_hash_table_lookup (self->watches, agent);
  Watch *watch = g_new0 (Watch, 1);
  GHashTableIter iter;
  gpointer one;

  watch->shown = shown;
  watch->groups = groups;
  watch->since = g_get_monotonic_time ();
  g_hash_table_iter_init (&iter, shown);
  while (g_hash_table_iter_next (&iter, &one, NULL))
    g_hash_table_iter_replace (&iter, GUINT_TO_POINTER (presence_of (self, one)));
  if (before != NULL)
    {
      keep_shown (before, shown);
      watch->groups = watch->groups || before->groups;
    }
  g_hash_table_insert (self->watches, (gpointer) g_intern_string (agent), watch);
}

static gboolean
shows_a_change (Directory *self, const Watch *watch)
{
  GHashTableIter iter;
  gpointer agent;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &agent, NULL))
    {
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (watch->shown, agent));

      if (before != 0 && before != presence_of (self, agent))
        return TRUE;
    }
  return FALSE;
}

void
directory_tell (Directory *self, const char *agent)
{
  JsonObject *message = json_object_new ();

  base_json_set_string (message, "type", "directory.changed");
  base_json_set_time (message, "at", centre_now (self->centre));
  hub_tell (centre_hub (self->centre), agent, message);
}

static gboolean
on_tick (gpointer user_data)
{
  Directory *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gboolean later = FALSE;
  GHashTableIter iter;
  gpointer agent, data;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, &agent, &data))
    {
      const Watch *watch = data;

      if (sessions_by_agent (centre_sessions (self->centre), agent) == NULL)
        g_hash_table_iter_remove (&iter);
      else if (shows_a_change (self, watch) || (watch->groups && now - watch->since >= GROUPS))
        {
          directory_tell (self, agent);
          g_hash_table_iter_remove (&iter);
        }
      else
        later = later || watch->groups;
    }
  if (later)
    return G_SOURCE_CONTINUE;
  g_hash_table_remove_all (self->changed);
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

void
directory_mark (Directory *self, const ModelEvent *event)
{
  if (event->type == MODEL_EVENT_DEFINITIONS_APPLIED &&
      acd_core_definitions (centre_core (self->centre)) != NULL && !is_current (self))
    begin_making (self);
  if (event->agent == NULL)
    return;
  self->counted = FALSE;
  if (g_hash_table_size (self->watches) == 0)
    return;
  g_hash_table_add (self->changed, (gpointer) g_intern_string (event->agent));
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK, on_tick, self);
}
