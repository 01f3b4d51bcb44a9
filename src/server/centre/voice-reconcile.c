/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The start beside an engine: the stations that sessions have, and what the journal says against
 * what the engine has alive. Centre's thread. */

#include "server/centre/voice.h"

#include "server/centre/voice-private.h"

#include <string.h>

typedef struct
{
  Centre *centre;
  char **registrations;
} Reconciling;

/* --- legs that outlived us -------------------------------------------------------------------- */

/* An agent's leg has the name of its offer, or of the participation that began the call. */
static gboolean
is_of_agent (Centre *centre, const VoiceLegInfo *info, Leg *leg)
{
  ModelId id;
  AcdOfferView offer;

  if (model_id_from_text (MODEL_ID_OFFER, info->leg, &id))
    {
      leg->offer = id;
      leg->agent = g_intern_string (info->agent);
      if (acd_core_offer_view (centre_core (centre), id, &offer))
        {
          leg->interaction = offer.interaction;
          leg->agent = offer.agent;
        }
      return TRUE;
    }
  if (!model_id_from_text (MODEL_ID_PARTICIPATION, info->leg, &id))
    return FALSE;
  for (Record *record = centre_record_of_part (centre, id); record != NULL; record = NULL)
    {
      Part *part = record_part (record, id);

      if (part == NULL)
        break;
      leg->interaction = record->id;
      leg->agent = part->agent;
      leg->calling = part->id;
    }

  return TRUE;
}

static gboolean
is_of_party (const VoiceLegInfo *info, Leg *leg)
{
  return g_str_has_prefix (info->leg, VOICE_TO_PARTY) &&
         model_id_from_text (MODEL_ID_PARTICIPATION, info->leg + strlen (VOICE_TO_PARTY),
                             &leg->party);
}

/* Whether the call still has somebody whose leg it is. */
static gboolean
is_wanted (Centre *centre, const Leg *leg)
{
  Record *record = centre_record (centre, leg->interaction);
  AcdInteractionView view;
  AcdOfferView offer;
  Part *part;

  if (record == NULL)
    return FALSE;
  if (leg->customer)
    return acd_core_interaction_view (centre_core (centre), record->id, &view) &&
           view.customer_present && voice_leg_of_customer (centre, record->id) == NULL;
  if (leg->party != 0)
    return record_party (record, leg->party) != NULL &&
           record_party (record, leg->party)->state != PART_ENDED;
  part = record_part_of (record, leg->agent);
  if (part != NULL)
    return part->state != PART_WRAP_UP;

  return acd_core_offer_view (centre_core (centre), leg->offer, &offer);
}

static Part *
dialling_part (Record *record)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      Part *part = g_ptr_array_index (record->parts, i);

      if (part->state == PART_DIALLING)
        return part;
    }

  return NULL;
}

/* Whether the core knows that it was answered. */
static gboolean
was_up (Centre *centre, Leg *leg)
{
  Record *record = centre_record (centre, leg->interaction);
  Part *dialling = dialling_part (record);

  if (leg->party != 0)
    return record_party (record, leg->party)->state != PART_DIALLING;
  if (!leg->customer)
    return dialling != NULL ? dialling->rings_outside : record_part_of (record, leg->agent) != NULL;
  leg->calling = dialling != NULL ? dialling->id : 0;

  return dialling == NULL;
}

/* What was answered while nobody heard of it. */
static void
catch_up (Centre *centre, const VoiceLegInfo *info)
{
  Leg *leg = voice_leg (centre, info->leg);

  if (leg != NULL && leg->answering && !leg->up && !leg->hanging_up)
    voice_leg_answered (centre, leg);
}

/* A leg of a call that goes on: it is ours again, as the engine has it. */
static gboolean
adopt (Centre *centre, const VoiceLegInfo *info)
{
  Leg found = { .name = info->leg };
  ModelId interaction = 0;
  VoicePlace place = voice_bridge_parse (info->bridge, &interaction);
  Leg *leg;

  found.customer = !is_of_party (info, &found) && !is_of_agent (centre, info, &found);
  if (interaction != 0)
    found.interaction = interaction;
  else if (g_str_has_prefix (info->leg, VOICE_TO_CUSTOMER))
    model_id_from_text (MODEL_ID_INTERACTION, info->leg + strlen (VOICE_TO_CUSTOMER),
                        &found.interaction);
  else if (found.interaction == 0 && found.party != 0 &&
           centre_record_of_part (centre, found.party) != NULL)
    found.interaction = centre_record_of_part (centre, found.party)->id;
  else if (found.interaction == 0 && info->call != NULL)
    model_id_from_text (MODEL_ID_INTERACTION, info->call, &found.interaction);
  if (found.interaction == 0 || !is_wanted (centre, &found))
    return FALSE;
  leg = voice_leg_add (centre, info->leg, found.customer);
  leg->offer = found.offer;
  leg->calling = found.calling;
  leg->party = found.party;
  leg->agent = found.agent;
  leg->place = place;
  leg->music = info->music;
  leg->muted = info->muted;
  leg->answering = info->state == VOICE_LEG_UP;
  voice_leg_join (centre, leg, found.interaction);
  leg->up = leg->answering && was_up (centre, leg);

  return TRUE;
}

static void
know_bridges (Centre *centre, const GPtrArray *bridges)
{
  for (guint i = 0; bridges != NULL && i < bridges->len; i++)
    {
      const VoiceBridgeInfo *info = g_ptr_array_index (bridges, i);
      ModelId interaction;
      VoicePlace place = voice_bridge_parse (info->bridge, &interaction);
      VoiceCall *call = place != VOICE_PLACE_NONE ? voice_call (centre, interaction) : NULL;
      g_autofree char *id = g_strconcat ("unbridge-", info->bridge, NULL);
      VoiceRequest *request;

      if (call != NULL)
        {
          call->bridges[place] = TRUE;
          continue;
        }
      request = voice_request_new (VOICE_REQUEST_BRIDGE_DESTROY, id);
      request->bridge = g_strdup (info->bridge);
      centre_voice_submit (centre, request);
    }
}

/* --- calls whose legs are gone ---------------------------------------------------------------- */

/* A call that an agent began, and one of its two legs is gone. */
static gboolean
is_broken (Centre *centre, Record *record)
{
  const Part *part = dialling_part (record);

  return part != NULL && (voice_leg_of_agent (centre, record->id, part->agent) == NULL ||
                          (part->rings_outside && !record_is_internal (record) &&
                           voice_leg_of_customer (centre, record->id) == NULL));
}

/* Agents whose own leg is gone while others talk on. */
static void
lose_agents (Centre *centre, ModelId interaction)
{
  Record *record = centre_record (centre, interaction);
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (AcdCommand));

  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);
      AcdCommand command = { .type = ACD_COMMAND_STATION_HUNG_UP,
                             .interaction = interaction,
                             .participation = part->id,
                             .agent = part->agent,
                             .reason = model_code (MODEL_CODE_ENGINE_LOST) };

      if ((part->state == PART_ACTIVE || part->state == PART_HELD) &&
          voice_leg_of_agent (centre, interaction, part->agent) == NULL)
        g_array_append_val (lost, command);
    }
  for (guint i = 0; i < lost->len; i++)
    centre_command (centre, &g_array_index (lost, AcdCommand, i), NULL, NULL, NULL, NULL);
}

static void
reconcile_record (Record *record, gpointer user_data)
{
  Centre *centre = user_data;
  ModelId id = record->id; /* the record goes with the call */
  AcdInteractionView view;
  AcdCommand command = { .type = ACD_COMMAND_CUSTOMER_LEFT,
                         .interaction = id,
                         .reason = model_code (MODEL_CODE_ENGINE_LOST) };

  if (record->channel != MODEL_CHANNEL_VOICE)
    return;
  if (is_broken (centre, record))
    voice_out_lost (centre, record);
  if (acd_core_interaction_view (centre->core, id, &view) && view.customer_present &&
      !record_is_internal (record) && voice_leg_of_customer (centre, id) == NULL)
    centre_command (centre, &command, NULL, NULL, NULL, NULL);
  lose_agents (centre, id);
  voice_parties_lost (centre, id);
  voice_stuck (centre, id, FALSE);
  voice_lay_out_now (centre, id, "again");
}

/* A fixed address is ready as after a sign-in. A phone that the engine does not know is not there,
 * whatever the journal says; it has the desk's grace to come back. */
static void
reconcile_station (Session *session, gpointer user_data)
{
  Reconciling *reconciling = user_data;
  AcdCommand lost = { .type = ACD_COMMAND_STATION_LOST,
                      .agent = session->agent,
                      .reason = model_code (MODEL_CODE_UNREACHABLE) };
  AcdCommand ready = { .type = ACD_COMMAND_STATION_READY, .agent = session->agent };

  if (session_has_fixed_station (session))
    {
      centre_command (reconciling->centre, &ready, NULL, NULL, NULL, NULL);
      return;
    }
  if (reconciling->registrations != NULL &&
      g_strv_contains ((const char *const *) reconciling->registrations, session->agent))
    return;
  centre_command (reconciling->centre, &lost, NULL, NULL, NULL, NULL);
}

/* The engine's live legs against ours: those of calls that go on are ours again and laid out as the
 * record says, calls without a leg are over, legs of no call are put away. */
void
voice_reconcile (Centre *centre, VoiceEvent *event)
{
  Reconciling reconciling = { centre, event->registrations };

  for (guint i = 0; event->legs != NULL && i < event->legs->len; i++)
    {
      const VoiceLegInfo *info = g_ptr_array_index (event->legs, i);

      if (voice_leg (centre, info->leg) == NULL && !adopt (centre, info))
        voice_put_away (centre, voice_leg_add (centre, info->leg, FALSE), VOICE_CAUSE_NORMAL);
    }
  know_bridges (centre, event->bridges);
  centre_each_record (centre, reconcile_record, centre);
  for (guint i = 0; event->legs != NULL && i < event->legs->len; i++)
    catch_up (centre, g_ptr_array_index (event->legs, i));
  sessions_each (centre->sessions, reconcile_station, &reconciling);
  centre->voice->reconciled = TRUE;
  if (centre->voice->ready != NULL)
    centre->voice->ready (centre->voice->ready_data);
}

static void
on_session_station (Session *session, gpointer user_data)
{
  Centre *centre = user_data;

  centre_voice_submit (centre, centre_voice_station (centre, session));
}

void
centre_voice_attach (Centre *centre, VoiceEngine *engine, CentreReadyFunc ready, gpointer user_data)
{
  centre->voice->engine = engine;
  centre->voice->ready = ready;
  centre->voice->ready_data = user_data;
  sessions_each (centre->sessions, on_session_station, centre);
  centre_voice_submit (centre, voice_request_new (VOICE_REQUEST_LIST, "list"));
}
