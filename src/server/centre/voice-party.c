/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outside numbers that come to a call: rung over a trunk in the queue's name, and what their line
 * says. Centre's thread. */

#include "server/centre/voice-private.h"

#include <string.h>

Leg *
voice_leg_of_party (Centre *centre, ModelId interaction, ModelId party)
{
  VoiceCall *call = voice_call (centre, interaction);

  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);

      if (leg->party != 0 && leg->party == party)
        return leg;
    }

  return NULL;
}

static void
ring (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Record *record = centre_record (centre, event->interaction);
  Party *party = record != NULL ? record_party (record, event->participation) : NULL;
  char text[MODEL_ID_TEXT_SIZE];
  g_autofree char *name = NULL;
  VoiceRequest *request;
  Leg *leg;

  if (party == NULL || party->state == PART_ENDED)
    return;
  name = g_strconcat (VOICE_TO_PARTY,
                      model_id_to_text (MODEL_ID_PARTICIPATION, event->participation, text), NULL);
  leg = voice_leg_add (centre, name, FALSE);
  leg->party = party->id;
  voice_leg_join (centre, leg, record->id);
  request = voice_leg_request (VOICE_REQUEST_ORIGINATE, leg, NULL);
  request->target_kind = VOICE_TARGET_NUMBER;
  request->target = g_strdup (party->number != NULL ? party->number : "");
  request->caller_number = g_strdup (voice_caller_id (centre, event->queue));
  g_ptr_array_add (requests, request);
}

/* Nobody of the centre is left in the call: it ends in a while, which all in it are told. */
static void
announce (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  const char *notice = centre_definitions (centre)->settings.numbers_alone_notice;
  g_autofree char *bridge = voice_bridge_name (event->interaction, VOICE_PLACE_CUSTOMER);
  g_autofree char *id = g_strconcat ("alone-", bridge, NULL);
  VoiceCall *call = voice_call (centre, event->interaction);
  VoiceRequest *request;

  if (event->deadline == 0 || call == NULL || !call->bridges[VOICE_PLACE_CUSTOMER])
    return;
  request = voice_request_new (VOICE_REQUEST_PLAY, id);
  request->bridge = g_steal_pointer (&bridge);
  request->media =
      notice != NULL ? g_strconcat ("sound:", notice, NULL) : g_strdup ("tone:confirm");
  g_ptr_array_add (requests, request);
}

void
voice_party_act (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Leg *leg = voice_leg_of_party (centre, event->interaction, event->participation);
  VoiceRequest *request;

  if (event->type == MODEL_EVENT_PARTY_DIALLING)
    ring (centre, event, requests);
  if (event->type == MODEL_EVENT_PARTY_ROLE_CHANGED)
    announce (centre, event, requests);
  if (event->type != MODEL_EVENT_PARTY_LEFT || leg == NULL || leg->hanging_up)
    return;
  leg->hanging_up = TRUE;
  request = voice_leg_request (VOICE_REQUEST_HANGUP, leg, NULL);
  request->cause = leg->up ? VOICE_CAUSE_NORMAL : VOICE_CAUSE_CANCELLED;
  g_ptr_array_add (requests, request);
}

/* --- from the engine -------------------------------------------------------------------------- */

void
voice_party_answered (Centre *centre, Leg *leg)
{
  if (leg->up)
    return;
  leg->up = TRUE;
  voice_tell_dialled (centre, leg, leg->party, ACD_COMMAND_PARTY_ANSWERED, NULL);
}

void
voice_party_rings (Centre *centre, Leg *leg, gboolean early)
{
  leg->early |= early;
  leg->rings = TRUE;
  voice_refer_rings (centre, leg->interaction);
  voice_lay_out_now (centre, leg->interaction, early ? "early" : "rings");
}

void
voice_party_ended (Centre *centre, Leg *leg, VoiceCause cause, int sip_status)
{
  ModelCode code = voice_why_not_reached (cause, sip_status);

  if (leg->up)
    code = cause == VOICE_CAUSE_STOPPED      ? MODEL_CODE_ENGINE_LOST
           : cause == VOICE_CAUSE_MEDIA_LOST ? MODEL_CODE_CONNECTION_LOST
                                             : MODEL_CODE_PARTY_LEFT;
  voice_tell_dialled (centre, leg, leg->party,
                      leg->up ? ACD_COMMAND_PARTY_HUNG_UP : ACD_COMMAND_PARTY_FAILED,
                      model_code (code));
}

void
voice_parties_lost (Centre *centre, ModelId interaction)
{
  Record *record = centre_record (centre, interaction);
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (AcdCommand));

  for (guint i = 0; record != NULL && i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);
      AcdCommand command = { .type = party->state == PART_DIALLING ? ACD_COMMAND_PARTY_FAILED
                                                                   : ACD_COMMAND_PARTY_HUNG_UP,
                             .participation = party->id,
                             .reason = model_code (MODEL_CODE_ENGINE_LOST) };

      if (party->state != PART_ENDED && voice_leg_of_party (centre, interaction, party->id) == NULL)
        g_array_append_val (lost, command);
    }
  for (guint i = 0; i < lost->len; i++)
    centre_command (centre, &g_array_index (lost, AcdCommand, i), NULL, NULL, NULL, NULL);
}
