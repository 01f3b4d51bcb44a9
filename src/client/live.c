/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetLive: two lists with an index each, and the question under way. An event may overtake the
 * answer that it is newer than; so those that come while a question is under way are applied once
 * more after it. Main loop. */
#include "client/live.h"

#include "client/apply-fields.h"
#include "client/inquiry.h"
#include "client/live-agent.h"

#define ITEMS_MAX 100000

typedef gboolean (*Fill) (GuichetLive *self,
                          GuichetRecord *one,
                          const BaseJson *json,
                          GError **error);

typedef struct
{
  GListStore *list;  /* not owned */
  GHashTable *index; /* id → its record */
  const char *member;
  Fill fill;
} Kind;

struct _GuichetLive
{
  GuichetSession *session; /* owns this */
  Kind agents, queues;
  GHashTable *teams; /* id → name */
  GuichetInquiry *inquiry;
  GPtrArray *meanwhile; /* JsonObject: events since it was sent */
  gint64 revision;
  gboolean watched;
};

static void
set_revision (GuichetLive *self, gint64 revision)
{
  self->revision = revision;
  guichet_record_set_int (GUICHET_RECORD (self->session), SESSION_LIVE_REVISION, revision);
}

/* --- one line --------------------------------------------------------------------------------- */

static gboolean
fill_memberships (GuichetRecord *agent, const BaseJson *json, GError **error)
{
  g_autoptr (GPtrArray) queues = g_ptr_array_new ();
  g_autoptr (GPtrArray) states = g_ptr_array_new ();
  BaseJson array, item;

  if (!base_json_opt_array (json, "memberships", ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      const char *queue, *state;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "queue", 256, &queue, error) ||
          !base_json_get_string (&item, "state", 64, &state, error))
        return FALSE;
      g_ptr_array_add (queues, (gpointer) queue);
      g_ptr_array_add (states, (gpointer) state);
    }
  g_ptr_array_add (queues, NULL);
  g_ptr_array_add (states, NULL);
  guichet_record_set_strv (agent, LIVE_AGENT_QUEUES, (const char *const *) queues->pdata);
  guichet_record_set_strv (agent, LIVE_AGENT_MEMBERSHIPS, (const char *const *) states->pdata);
  return TRUE;
}

static gboolean
fill_work (GuichetRecord *agent, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "participation", LIVE_WORK_ID, GUICHET_JSON_TEXT },
    { "interaction", LIVE_WORK_INTERACTION, GUICHET_JSON_TEXT },
    { "channel", LIVE_WORK_CHANNEL, GUICHET_JSON_TEXT },
    { "direction", LIVE_WORK_DIRECTION, GUICHET_JSON_TEXT },
    { "role", LIVE_WORK_ROLE, GUICHET_JSON_TEXT },
    { "state", LIVE_WORK_STATE, GUICHET_JSON_TEXT },
    { "queue", LIVE_WORK_QUEUE, GUICHET_JSON_TEXT },
    { "since", LIVE_WORK_SINCE, GUICHET_JSON_TIME },
  };
  g_autoptr (GListStore) work = g_list_store_new (GUICHET_TYPE_LIVE_WORK);
  BaseJson array, item;

  if (!base_json_opt_array (json, "work", ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      g_autoptr (GuichetRecord) one = g_object_new (GUICHET_TYPE_LIVE_WORK, NULL);

      if (!base_json_item_object (&array, i, &item, error) ||
          !APPLY_FIELDS (one, &item, fields, error))
        return FALSE;
      g_list_store_append (work, one);
    }
  guichet_record_set_object (agent, LIVE_AGENT_WORK, work);
  return TRUE;
}

static gboolean
fill_agent (GuichetLive *self, GuichetRecord *one, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", LIVE_AGENT_ID, GUICHET_JSON_TEXT },
    { "name", LIVE_AGENT_NAME, GUICHET_JSON_TEXT },
    { "team", LIVE_AGENT_TEAM, GUICHET_JSON_TEXT },
    { "presence", LIVE_AGENT_PRESENCE, GUICHET_JSON_TEXT },
    { "reason", LIVE_AGENT_REASON, GUICHET_JSON_TEXT },
    { "since", LIVE_AGENT_SINCE, GUICHET_JSON_TIME },
    { "desk", LIVE_AGENT_DESK, GUICHET_JSON_BOOL },
    { "station_ready", LIVE_AGENT_STATION_READY, GUICHET_JSON_BOOL },
  };
  static const GuichetJsonField of_state[] = {
    { "state", LIVE_AGENT_STATE, GUICHET_JSON_TEXT },
    { "sign_out_pending", LIVE_AGENT_SIGN_OUT_PENDING, GUICHET_JSON_BOOL },
  };
  const char *team;
  BaseJson state;

  if (!APPLY_FIELDS (one, json, fields, error) ||
      !base_json_get_object (json, "state", &state, error) ||
      !APPLY_FIELDS (one, &state, of_state, error) || !fill_memberships (one, json, error) ||
      !fill_work (one, json, error))
    return FALSE;
  team = guichet_record_get_string (one, LIVE_AGENT_TEAM);
  guichet_record_set_string (one, LIVE_AGENT_TEAM_NAME, g_hash_table_lookup (self->teams, team));
  return TRUE;
}

/* Who was answered in time, of all whose wait counts. */
static gboolean
fill_today (GuichetRecord *queue, const BaseJson *json, GError **error)
{
  static const char *const counted[] = { "answered", "abandoned", "timed_out" };
  gint64 all = -1, in_time = 0, n;
  BaseJson today;

  if (!base_json_opt_object (json, "today", &today, error))
    return FALSE;
  if (today.object != NULL)
    {
      all = 0;
      for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
        {
          if (!base_json_opt_int (&today, counted[i], 0, G_MAXINT32, 0, &n, error))
            return FALSE;
          all += n;
        }
      if (!base_json_opt_int (&today, "in_time", 0, G_MAXINT32, 0, &in_time, error))
        return FALSE;
    }
  guichet_record_set_int (queue, LIVE_QUEUE_OF_TODAY, all);
  guichet_record_set_int (queue, LIVE_QUEUE_IN_TIME, in_time);
  return TRUE;
}

static gboolean
fill_queue (GuichetLive *self, GuichetRecord *one, const BaseJson *json, GError **error)
{
  static const GuichetJsonField fields[] = {
    { "id", LIVE_QUEUE_ID, GUICHET_JSON_TEXT },
    { "channel", LIVE_QUEUE_CHANNEL, GUICHET_JSON_TEXT },
    { "open", LIVE_QUEUE_OPEN, GUICHET_JSON_BOOL },
    { "waiting", LIVE_QUEUE_WAITING, GUICHET_JSON_INT },
    { "longest_since", LIVE_QUEUE_LONGEST_SINCE, GUICHET_JSON_TIME },
    { "staffed", LIVE_QUEUE_STAFFED, GUICHET_JSON_INT },
    { "ready", LIVE_QUEUE_READY, GUICHET_JSON_INT },
    { "free", LIVE_QUEUE_FREE, GUICHET_JSON_INT },
  };

  if (!APPLY_FIELDS (one, json, fields, error) || !fill_today (one, json, error))
    return FALSE;
  guichet_record_set_string (
      one, LIVE_QUEUE_NAME,
      guichet_pick_name (json, guichet_record_get_string (one, LIVE_QUEUE_ID)));
  return TRUE;
}

static gboolean
fill (GuichetLive *self, Kind *kind, GuichetRecord *one, const BaseJson *json, GError **error)
{
  gboolean ok;

  g_object_freeze_notify (G_OBJECT (one));
  ok = kind->fill (self, one, json, error);
  g_object_thaw_notify (G_OBJECT (one));
  return ok;
}

/* --- lists ------------------------------------------------------------------------------------ */

static void
kind_init (Kind *kind, GListStore *list, const char *member, Fill filled_by)
{
  *kind = (Kind){ list, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref),
                  member, filled_by };
}

static void
kind_forget (Kind *kind)
{
  g_hash_table_remove_all (kind->index);
  g_list_store_remove_all (kind->list);
}

/* Records stay; nothing moves where they are the same in the same order. */
static void
show (Kind *kind, GPtrArray *all)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (kind->list));
  gboolean same = n == all->len;

  for (guint i = 0; same && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (kind->list), i);

      same = item == all->pdata[i];
    }
  if (same)
    return;
  g_hash_table_remove_all (kind->index);
  for (guint i = 0; i < all->len; i++)
    g_hash_table_insert (kind->index, g_strdup (guichet_record_get_string (all->pdata[i], 0)),
                         g_object_ref (all->pdata[i]));
  g_list_store_splice (kind->list, 0, n, all->pdata, all->len);
}

static gboolean
take_list (GuichetLive *self, Kind *kind, const BaseJson *root, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  BaseJson array, item;
  const char *id;

  if (!base_json_get_array (root, kind->member, ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *one;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return FALSE;
      one = g_hash_table_lookup (kind->index, id);
      one = one != NULL
                ? g_object_ref (one)
                : g_object_new (g_list_model_get_item_type (G_LIST_MODEL (kind->list)), NULL);
      g_ptr_array_add (all, one);
      if (!fill (self, kind, one, &item, error))
        return FALSE;
    }
  show (kind, all);
  return TRUE;
}

/* Somebody whom the answer did not name is ignored. */
static gboolean
take_changes (GuichetLive *self, Kind *kind, const BaseJson *event, GError **error)
{
  BaseJson array, item;
  const char *id;

  if (!base_json_opt_array (event, kind->member, ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      GuichetRecord *one;

      if (!base_json_item_object (&array, i, &item, error) ||
          !base_json_get_string (&item, "id", 256, &id, error))
        return FALSE;
      one = g_hash_table_lookup (kind->index, id);
      if (one != NULL && !fill (self, kind, one, &item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_event (GuichetLive *self, const BaseJson *event, GError **error)
{
  return take_changes (self, &self->agents, event, error) &&
         take_changes (self, &self->queues, event, error);
}

static gboolean
take_teams (GuichetLive *self, const BaseJson *root, GError **error)
{
  g_autoptr (GHashTable) teams = guichet_names_by_id (root, "teams", error);
  GHashTableIter iter;
  gpointer id, name;

  if (teams == NULL)
    return FALSE;
  g_hash_table_remove_all (self->teams);
  g_hash_table_iter_init (&iter, teams);
  while (g_hash_table_iter_next (&iter, &id, &name))
    g_hash_table_insert (self->teams, g_strdup (id), g_strdup (name));
  return TRUE;
}

static gboolean
take_answer (gpointer user_data, const BaseJson *root, GError **error)
{
  GuichetLive *self = user_data;

  if (!take_teams (self, root, error) || !take_list (self, &self->queues, root, error) ||
      !take_list (self, &self->agents, root, error))
    return FALSE;
  for (guint i = 0; i < self->meanwhile->len; i++)
    {
      BaseJson event;

      base_json_from_object (&event, self->meanwhile->pdata[i]);
      take_event (self, &event, NULL);
    }
  g_ptr_array_set_size (self->meanwhile, 0);
  set_revision (self, self->revision + 1);
  return TRUE;
}

/* --- asking ----------------------------------------------------------------------------------- */

static void
stop_asking (GuichetLive *self)
{
  guichet_inquiry_stop (self->inquiry);
  g_ptr_array_set_size (self->meanwhile, 0);
}

static void
ask (gpointer user_data)
{
  GuichetLive *self = user_data;

  stop_asking (self);
  if (self->watched && guichet_session_get_link_up (self->session))
    guichet_inquiry_ask (self->inquiry, "/v1/live");
}

GuichetLive *
guichet_live_new (GuichetSession *session, GListStore *agents, GListStore *queues)
{
  GuichetLive *self = g_new0 (GuichetLive, 1);

  self->session = session;
  self->inquiry = guichet_inquiry_new (session, ask, take_answer, "no_live_view", self);
  self->meanwhile = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->teams = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  kind_init (&self->agents, agents, "agents", fill_agent);
  kind_init (&self->queues, queues, "queues", fill_queue);
  return self;
}

void
guichet_live_free (GuichetLive *self)
{
  guichet_inquiry_free (self->inquiry);
  g_ptr_array_unref (self->meanwhile);
  g_hash_table_unref (self->teams);
  g_hash_table_unref (self->agents.index);
  g_hash_table_unref (self->queues.index);
  g_free (self);
}

/* Not looking any more is no command: what became of it matters to nobody. */
void
guichet_live_watch (GuichetLive *self, gboolean on)
{
  if (self->watched == on)
    return;
  self->watched = on;
  ask (self);
  if (!on && guichet_session_get_link_up (self->session))
    guichet_api_send_async (self->session->api, "DELETE", "/v1/live", NULL, NULL, NULL, NULL, NULL);
}

void
guichet_live_online (GuichetLive *self)
{
  ask (self);
}

void
guichet_live_forget (GuichetLive *self)
{
  stop_asking (self);
  self->watched = FALSE;
  kind_forget (&self->agents);
  kind_forget (&self->queues);
  set_revision (self, 0);
}

gboolean
guichet_live_apply_event (GuichetLive *self, const BaseJson *event, GError **error)
{
  if (!take_event (self, event, error))
    return FALSE;
  if (guichet_inquiry_is_open (self->inquiry))
    g_ptr_array_add (self->meanwhile, json_object_ref (event->object));
  if (self->revision > 0)
    set_revision (self, self->revision + 1);
  return TRUE;
}
