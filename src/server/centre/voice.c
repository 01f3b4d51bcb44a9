/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the core's events mean to the voice engine. The ids of requests, legs and bridges are made
 * of the ids in the event, so that doing it twice is the same as doing it once. Centre's thread. */

#include "server/centre/voice.h"

#include "base/log.h"
#include "server/centre/internal.h"
#include "server/centre/render.h"
#include "server/centre/voice-private.h"

#include <string.h>

static void
leg_free (gpointer data)
{
  Leg *leg = data;

  g_clear_handle_id (&leg->watch, g_source_remove);
  g_free (leg->name);
  g_free (leg->tone);
  g_free (leg);
}

static void
call_free (gpointer data)
{
  VoiceCall *call = data;

  g_ptr_array_unref (call->legs);
  g_free (call);
}

CentreVoice *
centre_voice_new (void)
{
  CentreVoice *self = g_new0 (CentreVoice, 1);

  self->legs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, leg_free);
  self->calls = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, call_free);
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->asked = voice_asked_new ();
  self->recordings = voice_recordings_new ();
  self->plays = voice_plays_new ();
  self->voicemails = voice_voicemails_new ();
  self->callers = voice_callers_new ();
  self->locks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
centre_voice_free (CentreVoice *self)
{
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->legs);
  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->recordings);
  g_hash_table_unref (self->plays);
  g_hash_table_unref (self->voicemails);
  g_hash_table_unref (self->callers);
  g_hash_table_unref (self->locks);
  g_free (self);
}

Leg *
voice_leg_add (Centre *centre, const char *name, gboolean customer)
{
  Leg *leg = voice_leg (centre, name);

  if (leg != NULL)
    voice_leg_remove (centre, leg);
  leg = g_new0 (Leg, 1);
  leg->centre = centre;
  leg->name = g_strdup (name);
  leg->customer = customer;
  leg->id = centre_new_id (centre);
  g_hash_table_replace (centre->voice->legs, leg->name, leg);

  return leg;
}

Leg *
voice_leg (Centre *centre, const char *name)
{
  return name != NULL ? g_hash_table_lookup (centre->voice->legs, name) : NULL;
}

VoiceCall *
voice_call (Centre *centre, ModelId interaction)
{
  const gint64 key = (gint64) interaction;

  return g_hash_table_lookup (centre->voice->calls, &key);
}

void
voice_leg_join (Centre *centre, Leg *leg, ModelId interaction)
{
  const gint64 key = (gint64) interaction;
  VoiceCall *call = voice_call (centre, interaction);

  if (call == NULL)
    {
      call = g_new0 (VoiceCall, 1);
      call->legs = g_ptr_array_new ();
      g_hash_table_insert (centre->voice->calls, g_memdup2 (&key, sizeof key), call);
    }
  leg->interaction = interaction;
  g_ptr_array_add (call->legs, leg);
}

static void
call_over (Centre *centre, ModelId interaction)
{
  const gint64 key = (gint64) interaction;
  VoiceCall *call = voice_call (centre, interaction);

  if (call != NULL && call->over && call->legs->len == 0)
    g_hash_table_remove (centre->voice->calls, &key);
}

static Leg *
find (Centre *centre, gboolean customer, ModelId interaction, const char *agent)
{
  VoiceCall *call = voice_call (centre, interaction);

  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);

      if (leg->customer == customer && !leg->second && (agent == NULL || leg->agent == agent))
        return leg;
    }

  return NULL;
}

Leg *
voice_leg_of_customer (Centre *centre, ModelId interaction)
{
  return find (centre, TRUE, interaction, NULL);
}

Leg *
voice_leg_of_offer (Centre *centre, ModelId offer)
{
  char name[MODEL_ID_TEXT_SIZE];

  return voice_leg (centre, model_id_to_text (MODEL_ID_OFFER, offer, name));
}

Leg *
voice_leg_of_agent (Centre *centre, ModelId interaction, const char *agent)
{
  return find (centre, FALSE, interaction, g_intern_string (agent));
}

void
voice_leg_remove (Centre *centre, Leg *leg)
{
  ModelId interaction = leg->interaction;
  VoiceCall *call = voice_call (centre, interaction);
  gboolean late = leg->late;

  if (call != NULL)
    g_ptr_array_remove_fast (call->legs, leg);
  g_hash_table_remove (centre->voice->legs, leg->name);
  call_over (centre, interaction);
  if (late)
    voice_stuck (centre, interaction, FALSE);
}

VoiceRequest *
voice_leg_request (VoiceRequestKind kind, const Leg *leg, const char *event_id)
{
  g_autofree char *id = g_strjoin ("-", voice_request_kind_name (kind), leg->name, event_id, NULL);
  VoiceRequest *request = voice_request_new (kind, id);
  char call[MODEL_ID_TEXT_SIZE];

  request->leg = g_strdup (leg->name);
  if (leg->interaction != 0)
    request->call = g_strdup (model_id_to_text (MODEL_ID_INTERACTION, leg->interaction, call));

  return request;
}

static void
add (GPtrArray *requests, VoiceRequest *request)
{
  g_ptr_array_add (requests, request);
}

static void
hang_up (Leg *leg, VoiceCause cause, GPtrArray *requests)
{
  VoiceRequest *request;

  if (leg == NULL || leg->hanging_up)
    return;
  leg->hanging_up = TRUE;
  voice_stuck_watch (leg);
  request = voice_leg_request (VOICE_REQUEST_HANGUP, leg, NULL);
  request->cause = cause;
  add (requests, request);
}

/* Whether the call was turned away at once: closed, full, nobody there. */
static const ModelEvent *
rejection (ModelId interaction, GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const ModelEvent *event = g_ptr_array_index (events, i);

      if (event->type == MODEL_EVENT_INTERACTION_CLOSED && event->interaction == interaction)
        return event;
    }

  return NULL;
}

/* One that was rung by us is answered already. */
static void
answer (Leg *leg, GPtrArray *requests)
{
  if (leg->answering || leg->up || leg->hanging_up)
    return;
  leg->answering = TRUE;
  add (requests, voice_leg_request (VOICE_REQUEST_ANSWER, leg, NULL));
}

static void
customer_came (Centre *centre, const ModelEvent *event, GPtrArray *events, GPtrArray *requests)
{
  Record *record = centre_record (centre, event->interaction);
  const ModelEntryPoint *entry =
      event->entry_point != NULL
          ? model_definitions_entry_point (centre_definitions (centre), event->entry_point)
          : NULL;
  Leg *leg = centre->aside != NULL ? voice_leg (centre, centre->aside->voice_leg) : NULL;

  if (leg == NULL || record == NULL || !leg->customer)
    return;
  voice_leg_join (centre, leg, event->interaction);
  if (rejection (event->interaction, events) != NULL)
    return;
  if (entry != NULL && entry->early_media)
    add (requests, voice_leg_request (VOICE_REQUEST_PROGRESS, leg, NULL));
  else
    answer (leg, requests);
}

static VoiceCause
cause_of (const char *reason, gboolean up)
{
  if (up || reason == NULL)
    return VOICE_CAUSE_NORMAL;
  if (g_str_equal (reason, model_code (MODEL_CODE_FULL)) ||
      g_str_equal (reason, model_code (MODEL_CODE_TEAM_FULL)))
    return VOICE_CAUSE_BUSY;

  return VOICE_CAUSE_UNAVAILABLE;
}

VoiceRequest *
voice_ring (Centre *centre, const Leg *leg, const Record *record)
{
  Session *session = sessions_by_agent (centre->sessions, leg->agent);
  VoiceRequest *request = voice_leg_request (VOICE_REQUEST_ORIGINATE, leg, NULL);

  request->offer = g_strdup (leg->name);
  if (record_is_internal (record))
    {
      request->caller_number = g_strdup (internal_number_for (centre, record, leg->agent));
      request->caller_name = g_strdup (internal_name_for (centre, record, leg->agent));
    }
  else
    {
      request->caller_number = render_sip_number (centre, record->number);
      request->caller_name = g_strdup (record->name);
    }
  request->target_kind = VOICE_TARGET_AGENT;
  request->target = g_strdup (leg->agent);
  if (session != NULL && session->station != MODEL_STATION_SOFTPHONE && session->address != NULL)
    {
      g_free (request->target);
      request->target = g_strdup (session->address);
      request->target_kind =
          g_str_has_prefix (session->address, "sip") ? VOICE_TARGET_URI : VOICE_TARGET_NUMBER;
    }

  return request;
}

static void
ring_station (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Record *record = centre_record (centre, event->interaction);
  Session *session = sessions_by_agent (centre->sessions, event->agent);
  char name[MODEL_ID_TEXT_SIZE];
  VoiceRequest *request;
  Leg *leg;

  if (record == NULL || session == NULL || event->channel != MODEL_CHANNEL_VOICE)
    return;
  leg = voice_leg_add (centre, model_id_to_text (MODEL_ID_OFFER, event->offer, name), FALSE);
  voice_leg_join (centre, leg, event->interaction);
  leg->offer = event->offer;
  leg->agent = event->agent;
  request = voice_ring (centre, leg, record);
  /* Who fetches a parked call need not pick up. */
  request->answers =
      event->kind == MODEL_REQUEST_PARKED && session->station != MODEL_STATION_OUTSIDE;
  add (requests, request);
}

static void
offer_over (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Leg *leg = voice_leg_of_offer (centre, event->offer);

  if (leg == NULL)
    return;
  if (event->outcome != MODEL_OUTCOME_ACCEPTED)
    hang_up (leg, VOICE_CAUSE_CANCELLED, requests);
}

/* Whoever was not answered yet, for what the entry point says first, is now. */
static void
answer_customer (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Leg *customer = voice_leg_of_customer (centre, event->interaction);

  if (customer != NULL)
    answer (customer, requests);
}

static void
release_all (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Leg *leg = voice_leg_of_customer (centre, event->interaction);
  VoiceCall *call = voice_call (centre, event->interaction);

  if (leg != NULL)
    hang_up (leg, cause_of (event->reason, leg->up), requests);
  voice_lay_down (centre, event->interaction, requests);
  if (call != NULL)
    call->over = TRUE;
  call_over (centre, event->interaction);
}

static void
customer_gone (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Leg *leg = voice_leg_of_customer (centre, event->interaction);

  if (leg != NULL)
    hang_up (leg, cause_of (event->reason, leg->up), requests);
}

static void
forget_station (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  g_autofree char *id = g_strdup_printf ("forget-%s-%" G_GINT64_FORMAT, event->agent, event->seq);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_STATION_REMOVE, id);

  request->agent = g_strdup (event->agent);
  add (requests, request);
}

/* Who may register as the agent; seq: of the change that asks it, 0 for the sign-in. */
static VoiceRequest *
station_request (Centre *centre, const Session *session, gint64 seq)
{
  g_autofree char *id =
      g_strdup_printf ("station-%s-%s-%" G_GINT64_FORMAT, session->agent, session->id, seq);
  VoiceRequest *request = voice_request_new (VOICE_REQUEST_STATION_SET, id);

  request->agent = g_strdup (session->agent);
  request->user = g_strdup (session->agent);
  request->password = session_sip_password (centre->sessions, session);

  return request;
}

VoiceRequest *
centre_voice_station (Centre *centre, const Session *session)
{
  return station_request (centre, session, 0);
}

/* Who registers from now on proves it anew. */
static void
renew_station (Centre *centre, const ModelEvent *event, GPtrArray *requests)
{
  Session *session = sessions_by_agent (centre->sessions, event->agent);

  if (session != NULL && session->number == event->session)
    add (requests, station_request (centre, session, event->seq));
}

/* Legs that come and go; who of them hears whom is laid out from the record. */
static void
act (Centre *centre, const ModelEvent *event, GPtrArray *events, GPtrArray *requests)
{
  switch ((guint) event->type)
    {
    case MODEL_EVENT_INTERACTION_CREATED:
      customer_came (centre, event, events, requests);
      break;
    case MODEL_EVENT_OFFER_CREATED:
      ring_station (centre, event, requests);
      break;
    case MODEL_EVENT_OFFER_ENDED:
      offer_over (centre, event, requests);
      break;
    case MODEL_EVENT_PARTICIPATION_JOINED:
    case MODEL_EVENT_INTERACTION_VOICEMAIL:
      answer_customer (centre, event, requests);
      break;
    case MODEL_EVENT_PARTICIPATION_CALLING:
    case MODEL_EVENT_PARTICIPATION_DIALLING:
      voice_out_act (centre, event, requests);
      break;
    case MODEL_EVENT_PARTY_DIALLING:
    case MODEL_EVENT_PARTY_ROLE_CHANGED:
    case MODEL_EVENT_PARTY_LEFT:
      voice_party_act (centre, event, requests);
      break;
    case MODEL_EVENT_PARTICIPATION_LEFT:
      hang_up (voice_leg_of_agent (centre, event->interaction, event->agent), VOICE_CAUSE_NORMAL,
               requests);
      break;
    case MODEL_EVENT_INTERACTION_CUSTOMER_LEFT:
      customer_gone (centre, event, requests);
      break;
    case MODEL_EVENT_INTERACTION_CLOSED:
      release_all (centre, event, requests);
      break;
    case MODEL_EVENT_AGENT_STATION_CHANGED:
      renew_station (centre, event, requests);
      break;
    case MODEL_EVENT_AGENT_SIGNED_OUT:
      forget_station (centre, event, requests);
      break;
    default:
      break;
    }
}

void
centre_voice_act (Centre *centre, const ModelEvent *event, GPtrArray *events, GPtrArray *requests)
{
  g_autofree char *id = NULL;

  if (event->interaction != 0)
    {
      voice_refer_act (centre, centre_record (centre, event->interaction), requests);
      voice_dial_act (centre, centre_record (centre, event->interaction), event, requests);
    }
  act (centre, event, events, requests);
  if (event->interaction == 0 || event->type == MODEL_EVENT_INTERACTION_CLOSED)
    return;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, event->seq);
  voice_lay_out (centre, centre_record (centre, event->interaction), id, requests);
}

/* The layout is known as told from here on, so what others asked for before comes first, though it
 * still waits to be durable. */
void
voice_lay_out_now (Centre *centre, ModelId interaction, const char *event)
{
  Turn *last = g_queue_peek_tail (&centre->turns);
  g_autoptr (GPtrArray) requests = g_ptr_array_new ();

  voice_lay_out (centre, centre_record (centre, interaction), event, requests);
  for (guint i = 0; i < requests->len; i++)
    if (last != NULL)
      g_ptr_array_add (last->requests, g_ptr_array_index (requests, i));
    else
      centre_voice_submit (centre, g_ptr_array_index (requests, i));
}

void
centre_voice_asked_by (Centre *centre, GPtrArray *requests, const char *agent, const char *key)
{
  for (guint i = 0; centre->voice->engine != NULL && i < requests->len; i++)
    voice_asked_add (centre, g_ptr_array_index (requests, i), agent, key);
}

void
centre_voice_submit (Centre *centre, VoiceRequest *request)
{
  if (centre->voice->engine == NULL)
    {
      voice_request_unref (request);
      return;
    }
  voice_asked_add (centre, request, NULL, NULL);
  voice_engine_submit (centre->voice->engine, request);
}

guint
centre_voice_n_legs (Centre *centre)
{
  return g_hash_table_size (centre->voice->legs);
}

void
centre_voice_close (Centre *centre)
{
  centre->voice->closed = TRUE;
}

/* Another agent's, in a call between colleagues. */
static Leg *
leg_of_colleague (Centre *centre, ModelId interaction, const char *agent)
{
  VoiceCall *call = voice_call (centre, interaction);

  for (guint i = 0; call != NULL && i < call->legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (call->legs, i);

      if (leg->agent != NULL && g_strcmp0 (leg->agent, agent) != 0 && leg->up && !leg->second)
        return leg;
    }

  return NULL;
}

/* The side that is talked with: who is consulted while the customer is held. */
static Leg *
voice_leg_for_keys (Centre *centre, ModelId interaction, const char *agent)
{
  Record *record = centre_record (centre, interaction);

  for (guint i = 0; record != NULL && i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->part == MODEL_PART_CONSULTED && party->state == PART_ACTIVE)
        return voice_leg_of_party (centre, interaction, party->id);
    }

  return record != NULL && record_is_internal (record)
             ? leg_of_colleague (centre, interaction, agent)
             : voice_leg_of_customer (centre, interaction);
}

gboolean
centre_voice_dtmf (Centre *centre,
                   ModelId interaction,
                   const char *agent,
                   const char *digits,
                   CentreVoiceDoneFunc done,
                   gpointer user_data)
{
  Leg *leg = voice_leg_for_keys (centre, interaction, agent);
  g_autofree char *number = NULL;
  VoiceRequest *request;
  VoiceWaiter *waiter;

  if (leg == NULL || !leg->up || leg->hanging_up || centre->voice->engine == NULL)
    return FALSE;
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, ++centre->voice->next_request);
  request = voice_leg_request (VOICE_REQUEST_DTMF, leg, number);
  request->digits = g_strdup (digits);
  waiter = g_new0 (VoiceWaiter, 1);
  waiter->func = done;
  waiter->user_data = user_data;
  g_hash_table_replace (centre->voice->waiting, g_strdup (request->id), waiter);
  centre_voice_submit (centre, request);

  return TRUE;
}
