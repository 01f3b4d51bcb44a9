/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls that agents begin: first the own station is rung, which answers by itself where it can,
 * then the other side over a trunk. From the start both hear each other as soon as there is sound:
 * what a network says before the answer reaches the agent, who else hears that it rings. Centre's
 * thread. */

#include "server/centre/internal.h"
#include "server/centre/voice-private.h"

/* --- to the engine ---------------------------------------------------------------------------- */

static void
ring_own_station (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Record *record = centre_record (centre, event->interaction);
  Session *session = sessions_by_agent (centre->sessions, event->agent);
  char name[MODEL_ID_TEXT_SIZE];
  VoiceRequest *request;
  Leg *leg = voice_dialled_leg (centre, event);

  if (record == NULL)
    return;
  if (leg != NULL) /* it is there already */
    {
      voice_leg_join (centre, leg, event->interaction);
      leg->calling = event->participation;
      leg->answering = TRUE;
      g_ptr_array_add (requests, voice_leg_request (VOICE_REQUEST_ANSWER, leg, NULL));
      return;
    }
  model_id_to_text (MODEL_ID_PARTICIPATION, event->participation, name);
  leg = voice_leg_add (centre, name, FALSE);
  voice_leg_join (centre, leg, event->interaction);
  leg->calling = event->participation;
  leg->agent = event->agent;
  request = voice_ring (centre, leg, record);
  /* Who chose to call need not pick up; at an outside number somebody has to. */
  request->answers = session != NULL && session->station != MODEL_STATION_OUTSIDE;
  g_ptr_array_add (requests, request);
}

/* What the other side sees: the queue's own number, the one at which it is called, or the centre's.
 */
const char *
voice_caller_id (Centre *centre, const char *id)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelQueue *queue = id != NULL ? model_definitions_queue (definitions, id) : NULL;
  const char *first = NULL;

  if (queue != NULL && queue->caller_id != NULL)
    return queue->caller_id;
  for (guint i = 0; i < definitions->entry_points->len; i++)
    {
      const ModelEntryPoint *entry = g_ptr_array_index (definitions->entry_points, i);

      if (entry->channel != MODEL_CHANNEL_VOICE || entry->addresses == NULL ||
          entry->addresses[0] == NULL)
        continue;
      if (g_strcmp0 (entry->queue, id) == 0)
        return entry->addresses[0];
      if (first == NULL)
        first = entry->addresses[0];
    }

  return first;
}

static void
ring_customer (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Record *record = centre_record (centre, event->interaction);
  Leg *agent = voice_leg_of_agent (centre, event->interaction, event->agent);
  g_autofree char *name = NULL;
  VoiceRequest *request;
  Leg *leg;

  if (record == NULL || agent == NULL || record_is_internal (record))
    return;
  name = g_strconcat (VOICE_TO_CUSTOMER, record->text, NULL);
  leg = voice_leg_add (centre, name, TRUE);
  voice_leg_join (centre, leg, event->interaction);
  leg->calling = event->participation;
  request = voice_leg_request (VOICE_REQUEST_ORIGINATE, leg, NULL);
  request->target_kind = VOICE_TARGET_NUMBER;
  request->target = g_strdup (record->number);
  request->caller_number = g_strdup (voice_caller_id (centre, event->queue));
  g_ptr_array_add (requests, request);
}

void
voice_out_act (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  if (event->type == MODEL_EVENT_PARTICIPATION_CALLING)
    ring_own_station (centre, event, requests);
  else
    ring_customer (centre, event, requests);
}

/* --- from the engine -------------------------------------------------------------------------- */

static void
on_told (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree char *name = user_data;
  Leg *leg = voice_leg (centre, name);

  /* It was over before the answer came. */
  if (result->error != NULL && leg != NULL)
    voice_put_away (centre, leg, VOICE_CAUSE_NORMAL);
}

void
voice_tell_dialled (Centre *centre,
                    const Leg *leg,
                    ModelId part,
                    AcdCommandType type,
                    const char *reason)
{
  AcdCommand command = {
    .type = (gint32) type, .participation = part, .leg = leg->id, .reason = reason
  };
  const Record *record = centre_record (centre, leg->interaction);

  if (type == ACD_COMMAND_STATION_ANSWERED && record != NULL)
    internal_aim (record, &command);
  centre_command (centre, &command, NULL, NULL, on_told, g_strdup (leg->name));
}

void
voice_out_answered (Centre *centre, Leg *leg)
{
  if (leg->up || (!leg->customer && voice_confirm_ask (centre, leg)))
    return;
  leg->up = TRUE;
  if (leg->customer)
    voice_lay_out_now (centre, leg->interaction, "answered");
  voice_tell_dialled (centre, leg, leg->calling,
                      leg->customer ? ACD_COMMAND_CUSTOMER_ANSWERED : ACD_COMMAND_STATION_ANSWERED,
                      NULL);
}

void
voice_out_rings (Centre *centre, Leg *leg)
{
  if (!leg->customer || leg->up || leg->rings)
    return;
  leg->rings = TRUE;
  voice_lay_out_now (centre, leg->interaction, "rings");
}

void
voice_out_early (Centre *centre, Leg *leg)
{
  leg->early = TRUE;
  voice_lay_out_now (centre, leg->interaction, "early");
}

ModelCode
voice_why_not_reached (VoiceCause cause, int sip_status)
{
  switch (cause)
    {
    case VOICE_CAUSE_BUSY:
      return MODEL_CODE_BUSY;
    case VOICE_CAUSE_DECLINED:
      return MODEL_CODE_DECLINED;
    case VOICE_CAUSE_UNAVAILABLE:
      return MODEL_CODE_NO_ANSWER;
    case VOICE_CAUSE_TIMEOUT:
      return sip_status == 408 ? MODEL_CODE_NO_ANSWER : MODEL_CODE_UNREACHABLE;
    case VOICE_CAUSE_NOT_FOUND:
      return MODEL_CODE_WRONG_NUMBER;
    case VOICE_CAUSE_STOPPED:
      return MODEL_CODE_ENGINE_LOST;
    case VOICE_CAUSE_LIMIT:
      return MODEL_CODE_CHANNEL_FAILURE;
    case VOICE_CAUSE_NORMAL:
    case VOICE_CAUSE_CANCELLED:
    case VOICE_CAUSE_NOT_ACCEPTABLE:
    case VOICE_CAUSE_FORBIDDEN:
    case VOICE_CAUSE_FAULT:
    case VOICE_CAUSE_MEDIA_LOST:
    case VOICE_N_CAUSES:
      break;
    }

  return MODEL_CODE_UNREACHABLE;
}

/* Why the agent's own station was not reached; its no takes the call back. */
static const char *
why_no_station (const Leg *leg, VoiceCause cause)
{
  gboolean no = voice_cause_outcome (cause) == VOICE_OUTCOME_DECLINED ||
                (leg->asking && cause == VOICE_CAUSE_NORMAL);

  if (voice_off_the_hook (leg, cause))
    return model_code (MODEL_CODE_DEVICE_FAULT);
  return no ? model_code (MODEL_CODE_CANCELLED) : voice_fault_of (cause);
}

void
voice_out_ended (Centre *centre, Leg *leg, VoiceCause cause, int sip_status)
{
  voice_tell_dialled (centre, leg, leg->calling, ACD_COMMAND_CALL_FAILED,
                      leg->customer ? model_code (voice_why_not_reached (cause, sip_status))
                                    : why_no_station (leg, cause));
}

void
voice_out_lost (Centre *centre, Record *record)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);
      AcdCommand command = { .type = ACD_COMMAND_CALL_FAILED,
                             .participation = part->id,
                             .reason = model_code (MODEL_CODE_ENGINE_LOST) };

      if (part->state != PART_DIALLING)
        continue;
      centre_command (centre, &command, NULL, NULL, NULL, NULL);
      return;
    }
}
