/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a station dials by its own keys. With a call in hand that is a consult, and the phone has
 * two calls then: one with the customer, the second with who is consulted. Without one it is a call
 * that the agent begins. The core decides whether it may be. Centre's thread. */
#include "server/centre/number.h"
#include "server/centre/people.h"
#include "server/centre/voice-private.h"

#include "acd/core.h"

gboolean
voice_aim (Centre *centre, const char *dialled, AcdCommand *command, char **number)
{
  const ModelDefinitions *definitions = centre_definitions (centre);
  const ModelEntryPoint *entry = NULL;
  const ModelAgent *agent = NULL;
  const ModelTeam *team = NULL;

  *number = NULL;
  if (definitions == NULL || dialled == NULL)
    return FALSE;
  entry = model_definitions_entry_point_at (definitions, MODEL_CHANNEL_VOICE, dialled);
  if (entry == NULL)
    agent = model_definitions_agent_at (definitions, dialled);
  if (entry == NULL && agent == NULL)
    agent = model_definitions_agent (definitions, dialled);
  if (entry == NULL && agent == NULL)
    team = model_definitions_team_at (definitions, dialled);
  if (entry != NULL)
    command->entry_point = entry->id;
  else if (agent != NULL)
    command->target = agent->id;
  else if (team != NULL)
    command->team = team->id;
  else
    *number = customer_number_clean (dialled);
  command->outside = *number != NULL;

  return entry != NULL || agent != NULL || team != NULL || command->outside;
}

/* --- which call it is about ------------------------------------------------------------------- */

/* The agent's second call, or NULL. */
Leg *
voice_leg_second (const VoiceCall *call, const char *agent)
{
  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);

      if (leg->second && leg->agent == agent && !leg->hanging_up)
        return leg;
    }

  return NULL;
}

/* The call that the agent leads at this phone: the one that it holds, before another. */
static const Leg *
call_in_hand (Centre *centre, const char *agent)
{
  const Leg *found = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, centre->voice->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Leg *leg = value;
      Record *record = leg->agent == agent && leg->up && !leg->hanging_up && leg->party == 0 &&
                               !leg->customer && !leg->second
                           ? centre_record (centre, leg->interaction)
                           : NULL;
      const Part *part = record != NULL ? record_part_of (record, agent) : NULL;

      if (part != NULL && (part->state == PART_ACTIVE || part->state == PART_HELD) &&
          (found == NULL || (leg->held && !found->held)))
        found = leg;
    }

  return found;
}

static gboolean
dials_already (Centre *centre, const Leg *but)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, centre->voice->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Leg *leg = value;

      if (leg != but && leg->second && leg->agent == but->agent && !leg->hanging_up)
        return TRUE;
    }

  return FALSE;
}

/* --- dialling --------------------------------------------------------------------------------- */

static void
on_dialled (Centre *centre, const CentreResult *result, gpointer user_data)
{
  g_autofree char *name = user_data;
  Leg *leg = voice_leg (centre, name);

  if (result->error == NULL || leg == NULL)
    return;
  voice_put_away (centre, leg,
                  g_error_matches (result->error, ACD_ERROR, ACD_ERROR_UNKNOWN)
                      ? VOICE_CAUSE_NOT_FOUND
                      : voice_cause_from_sip (voice_status_of (result->error->message)));
}

void
voice_station_dials (Centre *centre, const VoiceEvent *event)
{
  Leg *leg = voice_leg_add (centre, event->leg, FALSE);
  AcdCommand command = { .type = ACD_COMMAND_CALL };
  CentreAside aside = { .voice_leg = event->leg };
  g_autofree char *number = NULL, *customer = NULL;
  const Leg *hand;

  leg->agent = g_intern_string (event->agent);
  hand = call_in_hand (centre, leg->agent);
  if (hand == NULL && voice_boxes_take (centre, leg, event->number))
    return;
  leg->second = hand != NULL;
  if (centre->voice->closed || dials_already (centre, leg) ||
      !voice_aim (centre, event->number, &command, &number))
    {
      voice_put_away (centre, leg,
                      centre->voice->closed         ? VOICE_CAUSE_LIMIT
                      : dials_already (centre, leg) ? VOICE_CAUSE_BUSY
                                                    : VOICE_CAUSE_NOT_FOUND);
      return;
    }
  if (hand != NULL)
    {
      command.type = ACD_COMMAND_CONSULT;
      command.interaction = hand->interaction;
    }
  else if (!command.outside)
    command.on = TRUE;
  else
    {
      command.outside = FALSE;
      customer = people_at (centre, MODEL_CHANNEL_VOICE, number);
      aside.customer = customer;
    }
  command.agent = leg->agent;
  aside.number = number;
  centre_command (centre, &command, &aside, NULL, on_dialled, g_strdup (event->leg));
}

/* The call that the event is about was dialled at the phone. */
Leg *
voice_dialled_leg (Centre *centre, const ModelEvent *event)
{
  Leg *leg = centre->aside != NULL ? voice_leg (centre, centre->aside->voice_leg) : NULL;

  return leg != NULL && leg->agent != NULL && leg->interaction == 0 && !leg->hanging_up &&
                 (event->agent == leg->agent || event->by == leg->agent)
             ? leg
             : NULL;
}

/* --- the second call -------------------------------------------------------------------------- */

/* Who is consulted or asked to be; with @here, who is there. */
static gboolean
has_company (const Record *record, const char *agent, gboolean here)
{
  const RecordAsk *ask = &record->ask;

  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->agent != agent && (part->state == PART_ACTIVE || part->state == PART_HELD) &&
          (part->part == MODEL_PART_CONSULTED || part->part == MODEL_PART_CONFERENCED))
        return TRUE;
    }
  for (guint i = 0; i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->state != PART_ENDED && (!here || party->state != PART_DIALLING))
        return TRUE;
    }

  return !here && ask->since != 0 && ask->outcome == MODEL_OUTCOME_NONE && ask->by == agent;
}

static VoiceCause
why_alone (const Record *record)
{
  const Party *party = record->parties->len > 0
                           ? g_ptr_array_index (record->parties, record->parties->len - 1)
                           : NULL;

  if (record->ask.outcome == MODEL_OUTCOME_DECLINED)
    return VOICE_CAUSE_DECLINED;
  if (record->ask.outcome == MODEL_OUTCOME_NONE && party != NULL && party->joined == 0)
    return voice_cause_from_sip (voice_status_of (party->reason));

  return VOICE_CAUSE_UNAVAILABLE;
}

static void
hang_up (Leg *leg, VoiceCause cause, GPtrArray *requests)
{
  VoiceRequest *request = voice_leg_request (VOICE_REQUEST_HANGUP, leg, NULL);

  leg->hanging_up = TRUE;
  request->cause = cause;
  g_ptr_array_add (requests, request);
}

/* Nobody is consulted any more; who was brought to the customer by it may have gone, then the agent
 * goes on there, as long as the phone holds the first call. */
static gboolean
is_over (Centre *centre, const Record *record, const Leg *leg, const Part *part)
{
  const Leg *first = voice_leg_of_agent (centre, record->id, leg->agent);

  if (part == NULL || (part->state != PART_ACTIVE && part->state != PART_HELD))
    return TRUE;

  return !has_company (record, leg->agent, FALSE) &&
         !(leg->up && part->state == PART_ACTIVE && first != NULL && first->held);
}

static void
follow (Centre *centre, Record *record, Leg *leg, GPtrArray *requests)
{
  if (is_over (centre, record, leg, record_part_of (record, leg->agent)))
    hang_up (leg, leg->up ? VOICE_CAUSE_NORMAL : why_alone (record), requests);
  else if (!leg->answering && has_company (record, leg->agent, TRUE))
    {
      leg->answering = TRUE;
      g_ptr_array_add (requests, voice_leg_request (VOICE_REQUEST_ANSWER, leg, NULL));
    }
}

void
voice_dial_act (Centre *centre, Record *record, const ModelEvent *event, GPtrArray *requests)
{
  Leg *dialled = voice_dialled_leg (centre, event);
  VoiceCall *call;

  if (record == NULL)
    return;
  if (dialled != NULL && dialled->second &&
      (event->type == MODEL_EVENT_REQUEST_QUEUED || event->type == MODEL_EVENT_PARTY_DIALLING))
    {
      voice_leg_join (centre, dialled, record->id);
      g_ptr_array_add (requests, voice_leg_request (VOICE_REQUEST_RING, dialled, NULL));
    }
  call = voice_call (centre, record->id);
  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);

      if (leg->second && !leg->hanging_up)
        follow (centre, record, leg, requests);
    }
}

/* The phone holds or resumes its second call: with it who is consulted. */
void
voice_second_held (Centre *centre, const Leg *leg, gboolean held)
{
  Record *record = centre_record (centre, leg->interaction);
  AcdCommand command = { .type = held ? ACD_COMMAND_HOLD : ACD_COMMAND_RESUME,
                         .agent = leg->agent };

  for (guint i = 0; record != NULL && i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->part == MODEL_PART_CONSULTED && part->state == (held ? PART_ACTIVE : PART_HELD))
        command.participation = part->id;
    }
  for (guint i = 0; record != NULL && i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->part == MODEL_PART_CONSULTED && party->state == (held ? PART_ACTIVE : PART_HELD))
        command.participation = party->id;
    }
  if (command.participation != 0)
    centre_command (centre, &command, NULL, NULL, NULL, NULL);
}

/* The phone hangs up its second call, or never got it. Where the agent was with the customer by it,
 * the first one counts again, and that is held. */
void
voice_second_ended (Centre *centre, const Leg *leg)
{
  AcdCommand command = { .type = ACD_COMMAND_END_CONSULT,
                         .interaction = leg->interaction,
                         .agent = leg->agent };
  const Leg *first = voice_leg_of_agent (centre, leg->interaction, leg->agent);
  Record *record;
  const Part *part;

  centre_command (centre, &command, NULL, NULL, NULL, NULL);
  record = centre_record (centre, leg->interaction);
  part = record != NULL ? record_part_of (record, leg->agent) : NULL;
  if (part == NULL || part->state != PART_ACTIVE || first == NULL || !first->held)
    return;
  command.type = ACD_COMMAND_STATION_HELD;
  command.participation = part->id;
  centre_command (centre, &command, NULL, NULL, NULL, NULL);
}
