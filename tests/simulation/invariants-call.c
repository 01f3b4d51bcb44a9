/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invariants of calls: one talks at a time, and those that agents begin. */
#include "simulation/ledger-work.h"

#define BROKEN(...) g_strdup_printf (__VA_ARGS__)

/* Who calls out may, in the name of a queue that lets its agents; its work may come from anything
 * that the agent has in hand. */
char *
invariant_calls_out_where_allowed (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);
  int queue = ledger_queue (ledger, event->queue);
  gboolean may;

  if (event->type != MODEL_EVENT_PARTICIPATION_CALLING || event->part == MODEL_PART_SUPERVISING)
    return NULL;
  if (ledger_interaction (ledger, event->interaction)->internal)
    return agent->def->internal_calls && queue < 0 && ledger_may_begin_call (ledger, agent)
               ? NULL
               : BROKEN ("%s calls a colleague and must not", agent->id);
  may = ledger_may_call (ledger, agent, queue, 0);
  for (guint i = 0; !may && i < ledger->parts->len; i++)
    may = ledger_may_call (ledger, agent, queue,
                           ((const LedgerPart *) ledger->parts->pdata[i])->interaction);
  return may ? NULL : BROKEN ("%s calls out and must not", agent->id);
}

/* Nothing is offered on a channel on which nothing is to come, but what the agent fetches. */
char *
invariant_nothing_where_out (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (event->type != MODEL_EVENT_OFFER_CREATED || event->kind == MODEL_REQUEST_PARKED ||
      agent->out[event->channel] == NULL)
    return NULL;
  return BROKEN ("%s is offered something where nothing is to come", agent->id);
}

/* Who dials has the phone for that alone. */
char *
invariant_dials_alone (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      if (ledger_dialling (ledger, agent) > 0 && ledger_calls (ledger, agent) > 1)
        return BROKEN ("%s dials beside another call", agent->id);
    }
  return NULL;
}

char *
invariant_dialling_ends_in_time (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if ((part->state == LEDGER_CALLING || part->state == LEDGER_DIALLING) &&
          part->deadline <= now)
        return BROKEN ("somebody is rung for ever");
    }
  return NULL;
}

/* One call talks at a time, the others are held. */
char *
invariant_one_talking (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *a = ledger->parts->pdata[i];
      for (guint j = i + 1; j < ledger->parts->len; j++)
        {
          const LedgerPart *b = ledger->parts->pdata[j];
          if (a->agent == b->agent && a->channel == MODEL_CHANNEL_VOICE &&
              b->channel == MODEL_CHANNEL_VOICE && a->state == LEDGER_ACTIVE &&
              b->state == LEDGER_ACTIVE)
            return BROKEN ("%s talks on two calls at once", a->agent->id);
        }
    }
  return NULL;
}

static const LedgerPart *
part_as (const Ledger *ledger, ModelId interaction, int role)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->interaction == interaction && part->part == role && part->state <= LEDGER_HELD)
        return part;
    }
  return NULL;
}

/* A colleague or a number is consulted and not on hold. */
static gboolean
consulted_talks (const Ledger *ledger, ModelId interaction)
{
  const LedgerPart *part = part_as (ledger, interaction, MODEL_PART_CONSULTED);
  const LedgerParty *party = ledger_party_as (ledger, interaction, MODEL_PART_CONSULTED);

  return (part != NULL && part->state == LEDGER_ACTIVE) ||
         (party != NULL && party->state == LEDGER_ACTIVE);
}

/* The agent talks with the consulted one while the customer waits. */
static gboolean
talks_privately (const Ledger *ledger, const LedgerPart *part)
{
  return part->part == MODEL_PART_PRIMARY && part->state == LEDGER_HELD &&
         consulted_talks (ledger, part->interaction) &&
         ledger_interaction (ledger, part->interaction)->customer;
}

/* Who talks with the customer does not talk with the consulted one, whom the customer would hear.
 */
char *
invariant_private_or_not (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->channel == MODEL_CHANNEL_VOICE && part->part == MODEL_PART_PRIMARY &&
          part->state == LEDGER_ACTIVE && consulted_talks (ledger, part->interaction) &&
          ledger_interaction (ledger, part->interaction)->customer)
        return BROKEN ("%s talks with the customer and the consulted one", part->agent->id);
    }
  return NULL;
}

/* The customer of a call is on hold while somebody is asked to a private talk or to take it. */
char *
invariant_asked_on_hold (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      const LedgerPart *part = part_as (ledger, request->interaction, MODEL_PART_PRIMARY);
      if (part != NULL && part->channel == MODEL_CHANNEL_VOICE &&
          request->kind != MODEL_REQUEST_CONFERENCE && part->state == LEDGER_ACTIVE)
        return BROKEN ("%s asks privately and talks with the customer", part->agent->id);
    }
  for (guint i = 0; i < ledger->parties->len; i++)
    {
      const LedgerParty *party = ledger->parties->pdata[i];
      const LedgerPart *part = part_as (ledger, party->interaction, MODEL_PART_PRIMARY);
      if (part != NULL && party->state == LEDGER_DIALLING &&
          party->part != MODEL_PART_CONFERENCED && part->state == LEDGER_ACTIVE)
        return BROKEN ("%s rings a number and talks with the customer", part->agent->id);
    }
  return NULL;
}

char *
invariant_eight_at_most (Ledger *ledger, const ModelEvent *event)
{
  guint n = 0;

  if (event->type != MODEL_EVENT_PARTICIPATION_JOINED && event->type != MODEL_EVENT_PARTY_JOINED)
    return NULL;
  n = ledger_parties (ledger, event->interaction, -1);
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      n += part->interaction == event->interaction && part->state <= LEDGER_HELD &&
           part->part != MODEL_PART_SUPERVISING;
    }
  return n > 7u + ledger_interaction (ledger, event->interaction)->internal
             ? BROKEN ("%u are in one interaction beside the customer", n)
             : NULL;
}

/* Nobody becomes available amid a call, or without a station for calls. */
char *
invariant_available_when_it_may (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (event->type != MODEL_EVENT_AGENT_STATE_CHANGED || event->state != MODEL_AGENT_AVAILABLE)
    return NULL;
  if (!agent->station &&
      model_definitions_slots (ledger->definitions, agent->def, MODEL_CHANNEL_VOICE) > 0)
    return BROKEN ("%s becomes available without a station", agent->id);
  for (guint i = 0; agent->state != MODEL_AGENT_AVAILABLE && i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->agent == agent && part->channel == MODEL_CHANNEL_VOICE &&
          part->state != LEDGER_LEFT && part->state != LEDGER_WRAP_UP)
        return BROKEN ("%s becomes available amid a call", agent->id);
    }
  return NULL;
}

/* One talk at a time, private talks of those who keep a customer waiting included. */
char *
invariant_talks_once (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      guint n = 0;
      for (guint j = 0; j < ledger->parts->len; j++)
        {
          const LedgerPart *part = ledger->parts->pdata[j];
          if (part->agent == agent && part->channel == MODEL_CHANNEL_VOICE)
            n += part->state == LEDGER_ACTIVE || talks_privately (ledger, part);
        }
      if (n > 1)
        return BROKEN ("%s talks with two at once", agent->id);
    }
  return NULL;
}

/* Who came by himself or herself is not asked to come. */
char *
invariant_asked_from_outside (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (ledger_asks (ledger, request) && request->owner != NULL &&
          ledger_part_of (ledger, request->interaction, request->owner) != NULL)
        return BROKEN ("%s is asked to a call that he or she is in", request->owner->id);
    }
  return NULL;
}

/* After the customer is gone, nobody is left in a call alone, and nobody is asked to it. */
char *
invariant_nobody_alone (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      const LedgerInteraction *one = ledger->interactions->pdata[i];
      guint n = 0, parties = ledger_parties (ledger, one->id, -1);
      if (one->channel != MODEL_CHANNEL_VOICE || one->customer)
        continue;
      for (guint j = 0; j < ledger->parts->len; j++)
        {
          const LedgerPart *part = ledger->parts->pdata[j];
          n += part->interaction == one->id && part->state <= LEDGER_HELD &&
               part->part != MODEL_PART_SUPERVISING;
        }
      if (n + parties == 1 ||
          (n == 0 && parties > 0 && ledger_parties (ledger, one->id, MODEL_PART_PRIMARY) == 0))
        return BROKEN ("somebody is alone in a call");
      for (guint j = 0; j < ledger->requests->len; j++)
        if (((LedgerRequest *) ledger->requests->pdata[j])->interaction == one->id &&
            ledger_caller_of (ledger, one->id) == NULL)
          return BROKEN ("somebody is asked to a call without a customer");
    }
  return NULL;
}

/* Nobody rings for ever, and no number stays on hold or muted by an agent who is gone. */
char *
invariant_numbers_are_served (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->parties->len; i++)
    {
      const LedgerParty *party = ledger->parties->pdata[i];
      const LedgerInteraction *one = ledger_interaction (ledger, party->interaction);
      const LedgerParty *first = ledger_party_as (ledger, party->interaction, MODEL_PART_PRIMARY);
      gboolean served = part_as (ledger, party->interaction, MODEL_PART_PRIMARY) != NULL;
      gboolean alone = first != NULL && first->state == LEDGER_ACTIVE && first->deadline != 0;
      if (party->state == LEDGER_DIALLING && party->deadline <= now)
        return BROKEN ("a number is rung for ever");
      if (party->state != LEDGER_DIALLING && party->deadline != 0 && party->deadline <= now)
        return BROKEN ("a call is left to numbers for ever");
      if (party->state == LEDGER_DIALLING && ledger_caller_of (ledger, one->id) != NULL)
        continue;
      if (!one->customer ? party->state != LEDGER_ACTIVE || party->muted
                         : !served && !alone && party->part != MODEL_PART_PRIMARY)
        return BROKEN ("a number is in a call that nobody leads");
      if (party->part == MODEL_PART_PRIMARY && party->state != LEDGER_DIALLING &&
          (served || party->state != LEDGER_ACTIVE || party->muted))
        return BROKEN ("a call is given to a number that does not talk with the customer");
    }
  return NULL;
}

/* Whom the primary agent muted is in the conference, where he or she can be heard again. */
char *
invariant_muted_in_conference (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->muted && part->state <= LEDGER_HELD &&
          (part->part != MODEL_PART_CONFERENCED ||
           !ledger_interaction (ledger, part->interaction)->customer))
        return BROKEN ("%s is muted and nobody can undo it", part->agent->id);
    }
  return NULL;
}

static gboolean
is_asked (const Ledger *ledger, ModelId interaction)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    if (((const LedgerRequest *) ledger->requests->pdata[i])->interaction == interaction)
      return TRUE;
  return FALSE;
}

/* Who calls a colleague waits as long as somebody is asked; then one leads, and one is with him or
 * her; it is nobody's work. A message is left where the colleague's calls go, by who leads alone.
 */
char *
invariant_colleagues_talk (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      const LedgerInteraction *one = ledger->interactions->pdata[i];
      const LedgerPart *leads = part_as (ledger, one->id, MODEL_PART_PRIMARY);
      guint joined = ledger_count (ledger, one->id, MODEL_PART_CONFERENCED) +
                     ledger_parties (ledger, one->id, MODEL_PART_CONFERENCED);
      if (!one->internal)
        continue;
      if (one->customer && (leads == NULL || (joined == 0) != one->voicemail))
        return BROKEN ("a colleague is left alone");
      if (leads != NULL && leads->queue >= 0)
        return BROKEN ("a call to a colleague is a queue's work");
      if (one->voicemail && one->forwarded_to != MODEL_FORWARD_TO_VOICEMAIL)
        return BROKEN ("a colleague who called is asked for a message");
      if (ledger_caller_of (ledger, one->id) != NULL && !is_asked (ledger, one->id) &&
          ledger_party_rung (ledger, one->id) == NULL)
        return BROKEN ("a colleague is waited for whom nobody asks");
    }
  return NULL;
}
