/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The core's face: commands in, events out. Core's thread. */
#include "acd/forward.h"
#include "acd/party.h"
#include "acd/recording.h"
#include "acd/state.h"

static const AcdDecide decisions[ACD_N_COMMANDS] = {
  [ACD_COMMAND_APPLY_DEFINITIONS] = acd_decide_apply_definitions,
  [ACD_COMMAND_RESTARTED] = acd_decide_restarted,
  [ACD_COMMAND_SET_QUEUE_OPEN] = acd_decide_set_queue_open,
  [ACD_COMMAND_SIGN_IN] = acd_decide_sign_in,
  [ACD_COMMAND_SIGN_OUT] = acd_decide_sign_out,
  [ACD_COMMAND_DESK_CONNECTED] = acd_decide_desk_connected,
  [ACD_COMMAND_DESK_LOST] = acd_decide_desk_lost,
  [ACD_COMMAND_SET_STATION] = acd_decide_set_station,
  [ACD_COMMAND_STATION_READY] = acd_decide_station_ready,
  [ACD_COMMAND_STATION_LOST] = acd_decide_station_lost,
  [ACD_COMMAND_SET_STATE] = acd_decide_set_state,
  [ACD_COMMAND_SET_MEMBERSHIP] = acd_decide_set_membership,
  [ACD_COMMAND_SET_AUTO_ACCEPT] = acd_decide_set_auto_accept,
  [ACD_COMMAND_SET_TEAM] = acd_decide_set_team,
  [ACD_COMMAND_SET_CHANNEL] = acd_decide_set_channel,
  [ACD_COMMAND_ARRIVE] = acd_decide_arrive,
  [ACD_COMMAND_CUSTOMER_LEFT] = acd_decide_customer_left,
  [ACD_COMMAND_OFFER_RINGING] = acd_decide_offer_ringing,
  [ACD_COMMAND_OFFER_ACCEPT] = acd_decide_offer_accept,
  [ACD_COMMAND_OFFER_DECLINE] = acd_decide_offer_decline,
  [ACD_COMMAND_OFFER_FAULT] = acd_decide_offer_fault,
  [ACD_COMMAND_TAKE] = acd_decide_take,
  [ACD_COMMAND_PULL] = acd_decide_pull,
  [ACD_COMMAND_CALL] = acd_decide_call,
  [ACD_COMMAND_STATION_ANSWERED] = acd_decide_station_answered,
  [ACD_COMMAND_CUSTOMER_ANSWERED] = acd_decide_customer_answered,
  [ACD_COMMAND_CALL_FAILED] = acd_decide_call_failed,
  [ACD_COMMAND_HOLD] = acd_decide_hold,
  [ACD_COMMAND_RESUME] = acd_decide_resume,
  [ACD_COMMAND_END] = acd_decide_end,
  [ACD_COMMAND_SUPERVISE] = acd_decide_supervise,
  [ACD_COMMAND_UNSUPERVISE] = acd_decide_unsupervise,
  [ACD_COMMAND_REMOVE] = acd_decide_remove,
  [ACD_COMMAND_MUTE] = acd_decide_mute,
  [ACD_COMMAND_UNMUTE] = acd_decide_unmute,
  [ACD_COMMAND_UNASSIGN] = acd_decide_unassign,
  [ACD_COMMAND_TRANSFER] = acd_decide_transfer,
  [ACD_COMMAND_IM] = acd_decide_im,
  [ACD_COMMAND_CONSULT] = acd_decide_consult,
  [ACD_COMMAND_END_CONSULT] = acd_decide_end_consult,
  [ACD_COMMAND_CONFERENCE] = acd_decide_conference,
  [ACD_COMMAND_LEAVE] = acd_decide_leave,
  [ACD_COMMAND_PARTY_ANSWERED] = acd_decide_party_answered,
  [ACD_COMMAND_PARTY_FAILED] = acd_decide_party_failed,
  [ACD_COMMAND_PARTY_HUNG_UP] = acd_decide_party_hung_up,
  [ACD_COMMAND_STATION_HELD] = acd_decide_station_held,
  [ACD_COMMAND_STATION_RESUMED] = acd_decide_station_resumed,
  [ACD_COMMAND_STATION_HUNG_UP] = acd_decide_station_hung_up,
  [ACD_COMMAND_SET_VARIABLE] = acd_decide_set_variable,
  [ACD_COMMAND_SET_NOTE] = acd_decide_set_note,
  [ACD_COMMAND_SET_DISPOSITION] = acd_decide_set_disposition,
  [ACD_COMMAND_SET_TAGS] = acd_decide_set_tags,
  [ACD_COMMAND_SET_SENTIMENT] = acd_decide_set_sentiment,
  [ACD_COMMAND_SET_STATUS] = acd_decide_set_status,
  [ACD_COMMAND_WRAP_UP_SUBMIT] = acd_decide_wrap_up_submit,
  [ACD_COMMAND_WRAP_UP_EXTEND] = acd_decide_wrap_up_extend,
  [ACD_COMMAND_WRAP_UP_END] = acd_decide_wrap_up_end,
  [ACD_COMMAND_RECORD_START] = acd_decide_record_start,
  [ACD_COMMAND_RECORD_PAUSE] = acd_decide_record_pause,
  [ACD_COMMAND_RECORD_EXTEND] = acd_decide_record_extend,
  [ACD_COMMAND_RECORD_RESUME] = acd_decide_record_resume,
  [ACD_COMMAND_RECORD_STOP] = acd_decide_record_stop,
  [ACD_COMMAND_RECORD_ANNOUNCED] = acd_decide_record_announced,
  [ACD_COMMAND_RECORD_FAILED] = acd_decide_record_failed,
  [ACD_COMMAND_PARK] = acd_decide_park,
  [ACD_COMMAND_FETCH] = acd_decide_fetch,
  [ACD_COMMAND_GIVE_CHARGE] = acd_decide_give_charge,
  [ACD_COMMAND_SET_FORWARDING] = acd_decide_set_forwarding,
  [ACD_COMMAND_STUCK] = acd_decide_stuck,
  [ACD_COMMAND_FORCE_CLOSE] = acd_decide_force_close,
};

AcdCore *
acd_core_new (guint16 node, guint64 seed)
{
  AcdCore *core = g_new0 (AcdCore, 1);

  core->node = node;
  core->seed = seed;
  core->marked = g_ptr_array_new ();
  core->gainers = g_ptr_array_new ();
  core->marked_requests = g_array_new (FALSE, FALSE, sizeof (ModelId));
  core->heads = g_array_new (FALSE, FALSE, sizeof (AcdHead));
  core->team_calls = g_hash_table_new (g_str_hash, g_str_equal);
  core->supervising = g_array_new (FALSE, FALSE, sizeof (ModelId));
  core->given = g_array_new (FALSE, FALSE, sizeof (ModelId));
  acd_definitions_prepare (core);
  return core;
}

typedef void (*FreeOne) (AcdCore *core, gpointer record);

static void
free_all (AcdCore *core, AcdIdMap *map, FreeOne free_one)
{
  g_autoptr (GArray) ids = acd_id_map_ids (map);

  for (guint i = 0; i < ids->len; i++)
    free_one (core, acd_id_map_lookup (map, g_array_index (ids, ModelId, i)));
  acd_id_map_clear (map);
}

static void
free_forwards (AcdCore *core, gpointer forwards)
{
  g_free (forwards);
}

static void
free_recording (AcdCore *core, gpointer recording)
{
  acd_recording_free (recording);
}

void
acd_core_free (AcdCore *core)
{
  if (core == NULL)
    return;
  free_all (core, &core->offers, (FreeOne) acd_offer_free);
  free_all (core, &core->parts, (FreeOne) acd_part_free);
  free_all (core, &core->requests, (FreeOne) acd_request_free);
  free_all (core, &core->interactions, (FreeOne) acd_interaction_free);
  free_all (core, &core->recordings, free_recording);
  free_all (core, &core->forwards, free_forwards);
  free_all (core, &core->parties, (FreeOne) acd_party_free);
  acd_id_map_clear (&core->party_lists);
  acd_id_map_clear (&core->parked);
  acd_pool_clear (&core->offer_pool);
  acd_pool_clear (&core->part_pool);
  acd_pool_clear (&core->request_pool);
  acd_pool_clear (&core->interaction_pool);
  acd_definitions_free (core);
  g_hash_table_unref (core->team_calls);
  g_array_unref (core->supervising);
  g_array_unref (core->given);
  g_array_unref (core->heads);
  acd_pool_clear (&core->agent_pool);
  acd_pool_clear (&core->class_pool);
  acd_pool_clear (&core->queue_pool);
  acd_pool_clear (&core->entry_pool);
  acd_arrays_clear (&core->arrays);
  g_ptr_array_unref (core->marked);
  g_ptr_array_unref (core->gainers);
  g_array_unref (core->marked_requests);
  g_free (core);
}

static void
begin (AcdCore *core, gint64 now, GPtrArray *events)
{
  core->clock = MAX (now, core->now);
  core->events = events;
}

/* An id that no event took would be given again by a core that knows the journal alone. */
static void
end (AcdCore *core)
{
  g_assert (core->given->len == 0);
  core->events = NULL;
  core->hint = NULL;
  core->queue_hint = NULL;
}

gboolean
acd_core_handle (AcdCore *core,
                 gint64 now,
                 const AcdCommand *command,
                 GPtrArray *events,
                 GError **error)
{
  gboolean decided;

  g_return_val_if_fail (core != NULL && command != NULL && events != NULL, FALSE);
  if (command->type < 0 || command->type >= ACD_N_COMMANDS)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "type");
  if (core->definitions == NULL && command->type != ACD_COMMAND_APPLY_DEFINITIONS)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "definitions");
  begin (core, now, events);
  if (command->type != ACD_COMMAND_RESTARTED)
    acd_fire_due (core);
  decided = decisions[command->type](core, command, error);
  if (decided)
    {
      acd_dispatch (core);
      acd_fire_due (core); /* what the decision made overdue at once */
    }
  end (core);
  return decided;
}

void
acd_core_advance (AcdCore *core, gint64 now, GPtrArray *events)
{
  begin (core, now, events);
  acd_fire_due (core);
  end (core);
}

gint32
acd_core_conflict_revision (const AcdCore *core)
{
  return core->conflict_revision;
}

/* Brings the indexes up to date without choosing anything. */
void
acd_core_settle (AcdCore *core)
{
  acd_agent_settle_all (core);
  for (guint i = 0; i < core->marked_requests->len; i++)
    {
      AcdRequest *request =
          acd_id_map_lookup (&core->requests, g_array_index (core->marked_requests, ModelId, i));
      if (request != NULL)
        request->marked = FALSE;
    }
  g_array_set_size (core->marked_requests, 0);
}

gboolean
acd_core_apply (AcdCore *core, const ModelEvent *event, GError **error)
{
  gboolean applied = acd_apply (core, event, error);

  acd_core_settle (core);
  return applied;
}
