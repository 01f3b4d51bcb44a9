/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an agent and a queue are read as a supervisor sees them. Main loop. */
#include "client/live.h"

#include "client/apply-fields.h"
#include "client/fields/session.h"
#include "client/fields/supervision.h"
#include "client/live-agent.h"

#define ITEMS_MAX 100000

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
    { "customer_gone", LIVE_WORK_CUSTOMER_GONE, GUICHET_JSON_BOOL },
    { "full", LIVE_WORK_FULL, GUICHET_JSON_BOOL },
  };
  static const GuichetJsonField of_recording[] = {
    { "state", LIVE_WORK_RECORDING, GUICHET_JSON_TEXT },
    { "record", LIVE_WORK_RECORD, GUICHET_JSON_TEXT },
    { "may_pause", LIVE_WORK_MAY_PAUSE, GUICHET_JSON_BOOL },
    { "may_extend", LIVE_WORK_MAY_EXTEND, GUICHET_JSON_BOOL },
  };
  g_autoptr (GListStore) work = g_list_store_new (GUICHET_TYPE_LIVE_WORK);
  BaseJson array, item, recording;

  if (!base_json_opt_array (json, "work", ITEMS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < base_json_length (&array); i++)
    {
      g_autoptr (GuichetRecord) one = g_object_new (GUICHET_TYPE_LIVE_WORK, NULL);

      if (!base_json_item_object (&array, i, &item, error) ||
          !APPLY_FIELDS (one, &item, fields, error) ||
          !base_json_opt_object (&item, "recording", &recording, error) ||
          (recording.object != NULL && !APPLY_FIELDS (one, &recording, of_recording, error)))
        return FALSE;
      g_list_store_append (work, one);
    }
  guichet_record_set_object (agent, LIVE_AGENT_WORK, work);
  return TRUE;
}

static gboolean
fill_agent (GuichetRecord *one, const BaseJson *json, GHashTable *teams, GError **error)
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
      !APPLY_FIELDS (one, &state, of_state, error) ||
      !guichet_apply_channels (one, LIVE_AGENT_CHANNELS, &state, error) ||
      !guichet_apply_forwarding (one, LIVE_AGENT_FORWARD_WHEN, &state, error) ||
      !guichet_apply_forward_kinds (one, LIVE_AGENT_FORWARD_WHEN, json, error) ||
      !fill_memberships (one, json, error) || !fill_work (one, json, error))
    return FALSE;
  team = guichet_record_get_string (one, LIVE_AGENT_TEAM);
  guichet_record_set_string (one, LIVE_AGENT_TEAM_NAME, g_hash_table_lookup (teams, team));
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
fill_queue (GuichetRecord *one, const BaseJson *json, GHashTable *teams, GError **error)
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

GuichetWatched *
guichet_live_new (GuichetSession *session, GListStore *agents, GListStore *queues)
{
  static const GuichetWatchedKind kind = {
    .path = "/v1/live",
    .failure = "no_live_view",
    .revision = SESSION_LIVE_REVISION,
    .n_parts = 2,
    .parts = { { "queues", fill_queue, fill_queue }, { "agents", fill_agent, fill_agent } },
  };
  GListStore *const lists[] = { queues, agents };

  return guichet_watched_new (session, &kind, lists);
}
