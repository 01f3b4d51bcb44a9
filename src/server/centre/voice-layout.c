/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who hears whom in a call: from its record alone, where each leg belongs, whether it hears music
 * or that somebody rings, and whether it is muted. What differs from what the engine was told is
 * asked for. No other place puts legs together or apart. Centre's thread. */

#include "server/centre/voice-private.h"

#include <string.h>

typedef struct
{
  VoicePlace place;
  gboolean music;
  gboolean muted;
  gboolean tone; /* that somebody rings */
} Layout;

static gboolean
talks_with_customer (const Part *part)
{
  if (part->part == MODEL_PART_SUPERVISING)
    return FALSE;
  if (part->state == PART_DIALLING)
    return part->rings_outside;

  return part->state == PART_ACTIVE && part->part != MODEL_PART_CONSULTED;
}

/* Others than this one (or NULL). */
static gboolean
somebody_talks (const Record *record, const Part *but)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part != but && talks_with_customer (part))
        return TRUE;
    }
  for (guint i = 0; i < record->parties->len; i++)
    {
      const Party *party = g_ptr_array_index (record->parties, i);

      if (party->state == PART_ACTIVE && party->part != MODEL_PART_CONSULTED)
        return TRUE;
    }

  return FALSE;
}

/* Who is consulted, and who is rung for that or to take the call. */
static gboolean
is_private (const Party *party)
{
  if (party->state == PART_DIALLING)
    return party->kind != MODEL_REQUEST_CONFERENCE;

  return party->part == MODEL_PART_CONSULTED &&
         (party->state == PART_ACTIVE || party->state == PART_HELD);
}

static gboolean
somebody_is_consulted (const Record *record)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const Part *part = g_ptr_array_index (record->parts, i);

      if (part->part == MODEL_PART_CONSULTED &&
          (part->state == PART_ACTIVE || part->state == PART_HELD))
        return TRUE;
    }
  for (guint i = 0; i < record->parties->len; i++)
    if (is_private (g_ptr_array_index (record->parties, i)))
      return TRUE;

  return FALSE;
}

/* Who asked somebody in private waits for the answer, and hears nobody meanwhile. */
static gboolean
waits_for_answer (const Record *record, const Part *part)
{
  const RecordAsk *ask = &record->ask;

  if (ask->since == 0 || ask->outcome != MODEL_OUTCOME_NONE || ask->by != part->agent)
    return FALSE;

  return (part->state == PART_HELD && ask->kind != MODEL_REQUEST_CONFERENCE) ||
         (part->state == PART_DIALLING && part->rings_outside);
}

static void
lay_customer (const Record *record, const Leg *leg, Layout *layout)
{
  /* A network may say something before the answer. */
  if (!leg->up && leg->calling == 0)
    return;
  layout->place = VOICE_PLACE_CUSTOMER;
  layout->music = leg->up && record->box == NULL && !somebody_talks (record, NULL);
}

/* Who calls somebody hears that it rings, or what the network says. */
static gboolean
waits_for_ringing (const VoiceCall *call, const Part *part)
{
  gboolean dialling = part->state == PART_DIALLING;
  gboolean waits = part->state == PART_HELD && part->part == MODEL_PART_PRIMARY;

  for (guint i = 0; (dialling || waits) && i < call->legs->len; i++)
    {
      const Leg *leg = g_ptr_array_index (call->legs, i);
      gboolean own = leg->party != 0 || (dialling && leg->customer && leg->calling == part->id);
      gboolean heard = leg->early && !(dialling && leg->party != 0);

      if (own && leg->rings && !heard && !leg->up && !leg->hanging_up)
        return TRUE;
    }

  return FALSE;
}

static void
lay_agent (const Record *record, const VoiceCall *call, const Part *part, Layout *layout)
{
  gboolean consulted = part->part == MODEL_PART_CONSULTED;
  gboolean held = part->state == PART_HELD;

  layout->muted = part->muted;
  layout->tone = waits_for_answer (record, part) || waits_for_ringing (call, part);
  if (consulted)
    {
      layout->place =
          record->customer_left_at != 0 && !held ? VOICE_PLACE_CUSTOMER : VOICE_PLACE_PRIVATE;
      layout->music = held;
    }
  else if (part->part == MODEL_PART_PRIMARY && held &&
           (somebody_is_consulted (record) || somebody_talks (record, part)))
    layout->place = VOICE_PLACE_PRIVATE;
  else
    {
      layout->place = VOICE_PLACE_CUSTOMER;
      /* Who leads chooses what the others hear; who only joined hears music on hold, and a
       * colleague whom the other one keeps waiting. */
      layout->music =
          (held && part->part != MODEL_PART_PRIMARY) ||
          (record_is_internal (record) && record->customer_left_at == 0 && record->box == NULL &&
           part->state == PART_ACTIVE && !somebody_talks (record, part));
    }
}

/* An agent with two calls at the phone speaks into the one that the phone does not hold; the other
 * one stays where it is, and whatever the phone says there nobody hears. */
static gboolean
is_spoken_into (const VoiceCall *call, const Leg *leg)
{
  const Leg *second = voice_leg_second (call, leg->agent);

  if (second == NULL)
    return TRUE;
  if (leg->second)
    return leg->up && !leg->held;

  return !leg->held && (second->held || !second->up);
}

/* FALSE: nobody is to hear it yet. */
static gboolean
lay_party (const Record *record, const Leg *leg, Layout *layout)
{
  const Party *party = record_party (record, leg->party);
  gboolean alone = record->customer_left_at != 0;

  if (party == NULL || party->state == PART_ENDED || (party->state == PART_DIALLING && leg->up))
    return FALSE;
  layout->muted = party->muted;
  layout->music = party->state == PART_HELD;
  layout->place = is_private (party) && !(alone && party->state == PART_ACTIVE)
                      ? VOICE_PLACE_PRIVATE
                      : VOICE_PLACE_CUSTOMER;

  return party->state != PART_DIALLING || layout->place == VOICE_PLACE_PRIVATE;
}

/* FALSE: the leg is left as it is. */
static gboolean
wanted (Record *record, const VoiceCall *call, const Leg *leg, Layout *layout)
{
  const Part *part = leg->customer ? NULL : record_part_of (record, leg->agent);

  *layout = (Layout){ .place = VOICE_PLACE_NONE };
  if (leg->hanging_up)
    return FALSE;
  if (leg->party != 0)
    return lay_party (record, leg, layout);
  if (leg->customer)
    {
      lay_customer (record, leg, layout);
      return TRUE;
    }
  if (!leg->up || part == NULL || part->state == PART_WRAP_UP ||
      part->part == MODEL_PART_SUPERVISING || /* voice-supervise.c */
      (part->state == PART_DIALLING && !part->rings_outside))
    return FALSE;
  if (is_spoken_into (call, leg))
    lay_agent (record, call, part, layout);
  else
    *layout = (Layout){ .place = leg->place, .muted = TRUE };

  return TRUE;
}

/* --- requests --------------------------------------------------------------------------------- */

static void
need_bridge (VoiceCall *call, ModelId interaction, VoicePlace place, GPtrArray *requests)
{
  g_autofree char *bridge = voice_bridge_name (interaction, place);
  g_autofree char *id = g_strconcat ("bridge-", bridge, NULL);
  VoiceRequest *request;

  if (call->bridges[place])
    return;
  call->bridges[place] = TRUE;
  request = voice_request_new (VOICE_REQUEST_BRIDGE_CREATE, id);
  request->bridge = g_steal_pointer (&bridge);
  g_ptr_array_add (requests, request);
}

static void
set_place (VoiceCall *call, Leg *leg, VoicePlace place, const char *event, GPtrArray *requests)
{
  VoiceRequest *request;

  if (leg->place == place || place == VOICE_PLACE_NONE)
    return;
  need_bridge (call, leg->interaction, place, requests);
  leg->place = place;
  request = voice_leg_request (VOICE_REQUEST_BRIDGE_ADD, leg, event);
  request->bridge = voice_bridge_name (leg->interaction, place);
  g_ptr_array_add (requests, request);
}

static void
set_switch (Leg *leg,
            gboolean *told,
            gboolean on,
            VoiceRequestKind kind,
            const char *event,
            GPtrArray *requests)
{
  if (*told == on)
    return;
  *told = on;
  g_ptr_array_add (requests, voice_leg_request (kind, leg, event));
}

static void
start_tone (Leg *leg, const char *event, GPtrArray *requests)
{
  VoiceRequest *request;

  if (leg->tone != NULL)
    return;
  leg->tone = g_strjoin ("-", VOICE_TONE, leg->name, event, NULL);
  request = voice_request_new (VOICE_REQUEST_PLAY, leg->tone);
  request->leg = g_strdup (leg->name);
  request->media = g_strdup ("tone:ringback");
  request->loop = TRUE;
  g_ptr_array_add (requests, request);
}

static void
stop_tone (Leg *leg, GPtrArray *requests)
{
  g_autofree char *id = NULL;
  VoiceRequest *request;

  if (leg->tone == NULL)
    return;
  id = g_strconcat ("stop-", leg->tone, NULL);
  request = voice_request_new (VOICE_REQUEST_PLAY_STOP, id);
  request->play = g_steal_pointer (&leg->tone);
  g_ptr_array_add (requests, request);
}

/* What takes away comes before what brings together: nobody hears for a moment what is not meant
 * for him or her. */
static void
take_away (Leg *leg, const Layout *layout, const char *event, GPtrArray *requests)
{
  if (layout->muted)
    set_switch (leg, &leg->muted, TRUE, VOICE_REQUEST_MUTE, event, requests);
  if (layout->music)
    set_switch (leg, &leg->music, TRUE, VOICE_REQUEST_MUSIC_START, event, requests);
}

static void
bring (VoiceCall *call, Leg *leg, const Layout *layout, const char *event, GPtrArray *requests)
{
  set_place (call, leg, layout->place, event, requests);
  if (!layout->tone)
    stop_tone (leg, requests);
}

static void
give_back (Leg *leg, const Layout *layout, const char *event, GPtrArray *requests)
{
  if (layout->tone)
    start_tone (leg, event, requests);
  if (!layout->music)
    set_switch (leg, &leg->music, FALSE, VOICE_REQUEST_MUSIC_STOP, event, requests);
  if (!layout->muted)
    set_switch (leg, &leg->muted, FALSE, VOICE_REQUEST_UNMUTE, event, requests);
}

void
voice_lay_out (Centre *centre, Record *record, const char *event, GPtrArray *requests)
{
  VoiceCall *call = record != NULL ? voice_call (centre, record->id) : NULL;
  Layout layout;

  if (call != NULL)
    voice_supervise_lay_out (centre, record, call, event, requests);
  for (guint step = 0; call != NULL && step < 3; step++)
    for (guint i = 0; i < call->legs->len; i++)
      {
        Leg *leg = g_ptr_array_index (call->legs, i);

        if (!wanted (record, call, leg, &layout))
          continue;
        if (step == 0)
          take_away (leg, &layout, event, requests);
        else if (step == 1)
          bring (call, leg, &layout, event, requests);
        else
          give_back (leg, &layout, event, requests);
      }
  if (call != NULL)
    {
      voice_recording_lay_out (centre, record, event, requests);
      voice_voicemail_lay_out (centre, record, requests);
    }
}

void
voice_lay_down (Centre *centre, ModelId interaction, GPtrArray *requests)
{
  VoiceCall *call = voice_call (centre, interaction);

  for (guint place = VOICE_PLACE_CUSTOMER; call != NULL && place < VOICE_N_PLACES; place++)
    {
      g_autofree char *bridge = voice_bridge_name (interaction, (VoicePlace) place);
      g_autofree char *id = g_strconcat ("unbridge-", bridge, NULL);
      VoiceRequest *request;

      if (!call->bridges[place])
        continue;
      call->bridges[place] = FALSE;
      request = voice_request_new (VOICE_REQUEST_BRIDGE_DESTROY, id);
      request->bridge = g_steal_pointer (&bridge);
      g_ptr_array_add (requests, request);
    }
}

/* --- the names of bridges --------------------------------------------------------------------- */

static const char letters[VOICE_N_PLACES] = { '\0', 'b', 'c' };

char *
voice_bridge_name (ModelId interaction, VoicePlace place)
{
  char text[MODEL_ID_TEXT_SIZE];

  return g_strdup_printf ("%c%s", letters[place],
                          model_id_to_text (MODEL_ID_INTERACTION, interaction, text));
}

VoicePlace
voice_bridge_parse (const char *name, ModelId *interaction)
{
  for (guint place = VOICE_PLACE_CUSTOMER; name != NULL && place < VOICE_N_PLACES; place++)
    if (name[0] == letters[place] &&
        model_id_from_text (MODEL_ID_INTERACTION, name + 1, interaction))
      return (VoicePlace) place;

  return VOICE_PLACE_NONE;
}
