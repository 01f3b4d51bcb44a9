/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the voice engine reports, as commands of the core. The core decides in order of arrival; a
 * fact that comes too late is answered by putting the leg away. Centre's thread. */

#include "server/centre/voice.h"

#include "base/log.h"
#include "server/centre/voice-private.h"

#include <string.h>

static void
tell_core (Centre *centre, AcdCommand *command)
{
  centre_command (centre, command, NULL, NULL, NULL, NULL);
}

void
voice_put_away (Centre *centre, Leg *leg, VoiceCause cause)
{
  VoiceRequest *request;

  if (leg->hanging_up)
    return;
  leg->hanging_up = TRUE;
  voice_stuck_watch (leg);
  request = voice_leg_request (VOICE_REQUEST_HANGUP, leg, NULL);
  request->cause = cause;
  centre_voice_submit (centre, request);
}

static void
on_accepted (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree char *name = user_data;
  Leg *leg = voice_leg (centre, name);

  /* The offer was over before the answer came. */
  if (result->error != NULL && leg != NULL)
    voice_put_away (centre, leg, VOICE_CAUSE_NORMAL);
}

void
voice_leg_answered (Centre *centre, Leg *leg)
{
  AcdCommand command = {
    .type = ACD_COMMAND_OFFER_ACCEPT, .offer = leg->offer, .leg = leg->id, .agent = leg->agent
  };

  /* An answer that crossed our goodbye; whose a leg was that outlived its call, nobody knows. */
  if (leg->hanging_up || voice_boxes_answered (centre, leg))
    return;
  if (leg->party != 0)
    {
      voice_party_answered (centre, leg);
      return;
    }
  if (leg->second)
    {
      leg->up = TRUE;
      voice_lay_out_now (centre, leg->interaction, "second");
      return;
    }
  if (leg->calling != 0)
    {
      voice_out_answered (centre, leg);
      return;
    }
  if (leg->customer)
    {
      leg->up = TRUE;
      voice_lay_out_now (centre, leg->interaction, "up");
      return;
    }
  if (leg->up || voice_confirm_ask (centre, leg))
    return;
  leg->up = TRUE;
  centre_command (centre, &command, NULL, NULL, on_accepted, g_strdup (leg->name));
}

static void
leg_ringing (Centre *centre, Leg *leg)
{
  AcdCommand command = { .type = ACD_COMMAND_OFFER_RINGING,
                         .offer = leg->offer,
                         .agent = leg->agent };

  if (!leg->customer && leg->party == 0)
    leg->rings = TRUE;
  if (leg->party != 0)
    voice_party_rings (centre, leg, FALSE);
  else if (leg->calling != 0)
    voice_out_rings (centre, leg);
  else if (!leg->customer && !leg->up)
    {
      voice_refer_rings (centre, leg->interaction);
      tell_core (centre, &command);
    }
}

const char *
voice_fault_of (VoiceCause cause)
{
  switch (cause)
    {
    case VOICE_CAUSE_NOT_ACCEPTABLE:
    case VOICE_CAUSE_UNAVAILABLE:
      return model_code (MODEL_CODE_DEVICE_FAULT);
    case VOICE_CAUSE_TIMEOUT:
    case VOICE_CAUSE_NOT_FOUND:
    case VOICE_CAUSE_FAULT:
    case VOICE_CAUSE_FORBIDDEN:
      return model_code (MODEL_CODE_UNREACHABLE);
    case VOICE_CAUSE_NORMAL:
    case VOICE_CAUSE_CANCELLED:
    case VOICE_CAUSE_BUSY:
    case VOICE_CAUSE_DECLINED:
    case VOICE_CAUSE_MEDIA_LOST:
    case VOICE_CAUSE_LIMIT:
    case VOICE_CAUSE_STOPPED:
    case VOICE_N_CAUSES:
      break;
    }

  return model_code (MODEL_CODE_CHANNEL_FAILURE);
}

gboolean
voice_off_the_hook (const Leg *leg, VoiceCause cause)
{
  return cause == VOICE_CAUSE_BUSY && !leg->rings;
}

static void
offer_leg_ended (Centre *centre, Leg *leg, VoiceCause cause)
{
  AcdCommand command = { .offer = leg->offer, .agent = leg->agent };

  if (leg->asking && cause == VOICE_CAUSE_NORMAL)
    cause = VOICE_CAUSE_DECLINED; /* taken off the hook and put back */
  if (voice_off_the_hook (leg, cause))
    {
      command.type = ACD_COMMAND_OFFER_FAULT;
      command.reason = model_code (MODEL_CODE_BUSY);
    }
  else if (voice_cause_outcome (cause) == VOICE_OUTCOME_DECLINED)
    {
      command.type = ACD_COMMAND_OFFER_DECLINE;
      command.reason =
          model_code (cause == VOICE_CAUSE_BUSY ? MODEL_CODE_BUSY : MODEL_CODE_DECLINED);
    }
  else
    {
      command.type = ACD_COMMAND_OFFER_FAULT;
      command.reason = voice_fault_of (cause);
    }
  tell_core (centre, &command);
}

static void
customer_leg_ended (Centre *centre, Leg *leg, VoiceEvent *event)
{
  AcdCommand command = { .type = ACD_COMMAND_CUSTOMER_LEFT, .interaction = leg->interaction };

  command.reason = event->cause == VOICE_CAUSE_MEDIA_LOST ? model_code (MODEL_CODE_CONNECTION_LOST)
                   : event->cause == VOICE_CAUSE_STOPPED  ? model_code (MODEL_CODE_ENGINE_LOST)
                                                          : model_code (MODEL_CODE_CUSTOMER_LEFT);
  tell_core (centre, &command);
}

static void
station_leg_ended (Centre *centre, Leg *leg, VoiceEvent *event)
{
  Record *record = centre_record (centre, leg->interaction);
  Part *part = record != NULL ? record_part_of (record, leg->agent) : NULL;
  AcdCommand command = { .type = ACD_COMMAND_STATION_HUNG_UP, .agent = leg->agent };

  if (part == NULL || part->left != 0)
    return;
  command.participation = part->id;
  command.interaction = leg->interaction;
  if (event->cause == VOICE_CAUSE_STOPPED)
    command.reason = model_code (MODEL_CODE_ENGINE_LOST);
  else if (event->cause == VOICE_CAUSE_MEDIA_LOST || event->by == VOICE_BY_ENGINE)
    command.reason = model_code (MODEL_CODE_CONNECTION_LOST);
  tell_core (centre, &command);
}

static void
leg_ended (Centre *centre, Leg *leg, VoiceEvent *event)
{
  ModelId interaction;

  leg->refers = FALSE;
  voice_boxes_ended (centre, leg);
  /* What the centre itself ended is no news to the core. */
  if (leg->hanging_up || leg->interaction == 0)
    ;
  else if (leg->party != 0)
    voice_party_ended (centre, leg, event->cause, event->sip_status);
  else if (leg->second)
    voice_second_ended (centre, leg);
  else if (leg->calling != 0 && !leg->up)
    voice_out_ended (centre, leg, event->cause, event->sip_status);
  else if (leg->customer)
    customer_leg_ended (centre, leg, event);
  else if (!leg->up)
    offer_leg_ended (centre, leg, event->cause);
  else
    station_leg_ended (centre, leg, event);
  leg = voice_leg (centre, event->leg);
  if (leg == NULL)
    return;
  interaction = leg->second ? leg->interaction : 0;
  voice_leg_remove (centre, leg);
  if (interaction != 0) /* the phone's other call is its only one again */
    voice_lay_out_now (centre, interaction, event->leg);
}

static void
leg_held (Centre *centre, Leg *leg, gboolean held)
{
  Record *record = centre_record (centre, leg->interaction);
  Part *part =
      record != NULL && !leg->customer && !leg->second ? record_part_of (record, leg->agent) : NULL;
  AcdCommand command = { .type = held ? ACD_COMMAND_STATION_HELD : ACD_COMMAND_STATION_RESUMED };

  leg->held = held;
  if (leg->second)
    voice_second_held (centre, leg, held);
  if (part != NULL)
    {
      command.participation = part->id;
      command.interaction = leg->interaction;
      command.agent = leg->agent;
      tell_core (centre, &command);
    }
  /* An agent with two calls speaks into the one that the phone does not hold. */
  if (voice_leg_second (voice_call (centre, leg->interaction), leg->agent) != NULL)
    voice_lay_out_now (centre, leg->interaction, held ? "held" : "unheld");
}

static void
registration_changed (Centre *centre, VoiceEvent *event)
{
  Session *session = sessions_by_agent (centre->sessions, event->agent);
  AcdCommand command = { .agent = event->agent };

  /* The softphone that the agent had before goes away after the change. */
  if (session == NULL || session_has_fixed_station (session))
    return;
  command.type = event->ready ? ACD_COMMAND_STATION_READY : ACD_COMMAND_STATION_LOST;
  if (!event->ready)
    {
      gboolean goodbye = event->reason == VOICE_REGISTRATION_UNREGISTERED;

      command.reason = goodbye && session->phone_reason != NULL ? session->phone_reason
                       : goodbye ? model_code (MODEL_CODE_DEVICE_FAULT)
                                 : model_code (MODEL_CODE_UNREACHABLE);
    }
  tell_core (centre, &command);
}

static void
originate_failed (Centre *centre, Leg *leg, VoiceCode code)
{
  const VoiceCause cause =
      code == VOICE_CODE_NOT_REGISTERED ? VOICE_CAUSE_TIMEOUT : VOICE_CAUSE_LIMIT;

  if (!leg->hanging_up && leg->party != 0)
    voice_party_ended (centre, leg, cause, 0);
  else if (!leg->hanging_up && leg->calling != 0)
    voice_out_ended (centre, leg, cause, 0);
  else if (!leg->hanging_up)
    offer_leg_ended (centre, leg, cause);
  voice_leg_remove (centre, leg);
}

/* It is gone, and nobody told us. */
static void
hang_up_failed (Centre *centre, const VoiceEvent *event)
{
  Leg *leg = voice_leg (centre, event->leg);

  if (leg != NULL && leg->late && event->code == VOICE_CODE_NO_SUCH_LEG)
    voice_leg_remove (centre, leg);
}

static void
request_over (Centre *centre, VoiceEvent *event)
{
  g_autofree VoiceWaiter *waiter = NULL;
  g_autofree char *key = NULL;

  if (voice_confirm_over (centre, event) || g_str_has_prefix (event->request, VOICE_TONE) ||
      voice_play_over (centre, event) || voice_recording_over (centre, event) ||
      voice_refer_over (centre, event) || voice_voicemail_over (centre, event) ||
      voice_boxes_over (centre, event))
    return;
  voice_asked_over (centre, event);
  if (event->kind == VOICE_EVENT_FAILED)
    base_log (BASE_LOG_WARNING, "voice", "request_failed", "request", event->request, "code",
              voice_code_name (event->code), "detail", BASE_TEXT (event->detail), NULL);
  if (g_hash_table_steal_extended (centre->voice->waiting, event->request, (gpointer *) &key,
                                   (gpointer *) &waiter))
    waiter->func (event->code, waiter->user_data);
  else if (g_str_equal (event->request, "list"))
    voice_reconcile (centre, event);
  else if (event->kind == VOICE_EVENT_FAILED && g_str_has_prefix (event->request, "originate-"))
    {
      Leg *leg = voice_leg (centre, event->request + strlen ("originate-"));

      if (leg == NULL)
        return;
      originate_failed (centre, leg, event->code);
    }
  else if (event->kind == VOICE_EVENT_FAILED && g_str_has_prefix (event->request, "hangup-"))
    hang_up_failed (centre, event);
}

void
centre_voice_event (Centre *centre, VoiceEvent *event)
{
  Leg *leg = voice_leg (centre, event->leg);

  if (event->kind == VOICE_EVENT_DONE || event->kind == VOICE_EVENT_FAILED)
    {
      request_over (centre, event);
      return;
    }
  if (event->kind == VOICE_EVENT_LEG_INCOMING)
    {
      if (event->agent != NULL)
        voice_station_dials (centre, event);
      else
        voice_customer_calls (centre, event);
      return;
    }
  if (event->kind == VOICE_EVENT_REGISTRATION_CHANGED)
    {
      registration_changed (centre, event);
      return;
    }
  if (event->kind == VOICE_EVENT_RECORD_FOUND && !voice_recording_found (centre, event->request))
    voice_voicemail_found (centre, event->request);
  if (event->kind == VOICE_EVENT_SERVICE_CHANGED)
    outages_set (centre, event->node != NULL ? OUTAGE_NODE : OUTAGE_TRUNK,
                 event->node != NULL ? event->node : event->trunk, !event->ready);
  if (leg == NULL)
    return;
  if (event->kind == VOICE_EVENT_LEG_ANSWERED)
    voice_leg_answered (centre, leg);
  else if (event->kind == VOICE_EVENT_LEG_DTMF && voice_confirm_key (centre, leg, event->digits))
    voice_leg_answered (centre, leg);
  else if (event->kind == VOICE_EVENT_LEG_DTMF && voice_boxes_key (centre, leg, event->digits))
    return;
  else if (event->kind == VOICE_EVENT_LEG_DTMF && leg->customer)
    voice_voicemail_key (centre, leg, event->digits);
  else if (event->kind == VOICE_EVENT_LEG_RINGING)
    leg_ringing (centre, leg);
  else if (event->kind == VOICE_EVENT_LEG_EARLY && leg->party != 0)
    voice_party_rings (centre, leg, TRUE);
  else if (event->kind == VOICE_EVENT_LEG_EARLY && leg->calling != 0)
    voice_out_early (centre, leg);
  else if (event->kind == VOICE_EVENT_LEG_TRANSFER)
    voice_station_refers (centre, leg, event);
  else if (event->kind == VOICE_EVENT_LEG_ENDED)
    leg_ended (centre, leg, event);
  else if (event->kind == VOICE_EVENT_LEG_HELD || event->kind == VOICE_EVENT_LEG_UNHELD)
    leg_held (centre, leg, event->kind == VOICE_EVENT_LEG_HELD);
}
