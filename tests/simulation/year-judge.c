/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge of a year: what each event may be, after all events before it. */
#include "simulation/year-judge.h"

#include <stdlib.h>

#define CHATS 3 /* slots that agents have unless the centre says otherwise */

typedef enum
{
  INTERACTION,
  REQUEST,
  OFFER,
  PART
} Kind;

typedef struct
{
  Kind kind;
  gboolean voice;
  gboolean taken;   /* a request that is offered, a participation that wraps up */
  guint agent;      /* of an offer or participation */
  guint queue;      /* of a request */
  guint open;       /* requests and participations of an interaction */
  ModelId of;       /* the interaction, for an offer the request */
  gint64 at;        /* when it began */
  gint64 queued_at; /* of a request: first */
} Record;

typedef struct
{
  ModelId session;
  gint32 state;
  gint32 next_state;
  gboolean desk;
  gboolean station;
  guint calls; /* offered or joined */
  guint chats; /* offered, joined or wrapping up */
  guint call_wrap_ups;
  guint parts;
  guint offers;
  gint64 no_at; /* when an offer was last declined or missed */
} Person;

struct _YearJudge
{
  guint n_agents;
  guint n_queues;
  guint n_voice;
  Person *people;
  guint64 *serves; /* bits of queues, for each agent */
  guint *waiting;  /* for each queue */
  GHashTable *records;
  gint64 now;
};

YearJudge *
year_judge_new (guint agents, guint queues, guint voice)
{
  YearJudge *judge = g_new0 (YearJudge, 1);

  judge->n_agents = agents;
  judge->n_queues = queues;
  judge->n_voice = voice;
  judge->people = g_new0 (Person, agents);
  judge->serves = g_new0 (guint64, agents);
  judge->waiting = g_new0 (guint, queues);
  judge->records = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return judge;
}

void
year_judge_free (YearJudge *judge)
{
  g_hash_table_unref (judge->records);
  g_free (judge->people);
  g_free (judge->serves);
  g_free (judge->waiting);
  g_free (judge);
}

void
year_judge_may_serve (YearJudge *judge, guint agent, guint queue)
{
  judge->serves[agent] |= G_GUINT64_CONSTANT (1) << queue;
}

guint
year_judge_open (const YearJudge *judge)
{
  return g_hash_table_size (judge->records);
}

static guint
number_of (const char *id)
{
  return (guint) strtoul (id + 1, NULL, 10);
}

static Record *
find (YearJudge *judge, ModelId id, Kind kind)
{
  Record *record = g_hash_table_lookup (judge->records, GSIZE_TO_POINTER (id));

  return record != NULL && record->kind == kind ? record : NULL;
}

static Record *
add (YearJudge *judge, ModelId id, Kind kind, const ModelEvent *event)
{
  Record *record = g_new0 (Record, 1);

  record->kind = kind;
  record->at = event->at;
  record->voice = event->channel == MODEL_CHANNEL_VOICE;
  g_hash_table_insert (judge->records, GSIZE_TO_POINTER (id), record);
  return record;
}

static void
drop (YearJudge *judge, ModelId id)
{
  g_hash_table_remove (judge->records, GSIZE_TO_POINTER (id));
}

static void
count (Person *person, gboolean voice, int more)
{
  if (voice)
    person->calls += (guint) more;
  else
    person->chats += (guint) more;
}

/* Could the agent take one more? */
static gboolean
free_for (const Person *person, gboolean voice)
{
  if (person->session == 0 || person->state != MODEL_AGENT_AVAILABLE ||
      person->next_state != MODEL_AGENT_OFFLINE || !person->desk || person->call_wrap_ups > 0 ||
      person->calls > 0)
    return FALSE;
  return voice ? person->station : person->chats < CHATS;
}

static const char *
judge_request (YearJudge *judge, const ModelEvent *event)
{
  Record *request = find (judge, event->request, REQUEST);
  Record *interaction = find (judge, event->interaction, INTERACTION);

  if (interaction == NULL)
    return "a request without interaction";
  if (event->type == MODEL_EVENT_REQUEST_QUEUED)
    {
      if (request != NULL)
        return "a request is queued twice";
      request = add (judge, event->request, REQUEST, event);
      request->of = event->interaction;
      request->queue = number_of (event->queue);
      request->queued_at = event->queued_at;
      judge->waiting[request->queue]++;
      interaction->open++;
      return event->queued_at == event->at ? NULL : "a new request is older than itself";
    }
  if (request == NULL)
    return "a request ends twice";
  if (request->taken)
    return "a request ends under its offer";
  if (event->duration != event->at - request->at)
    return "a request's wait is counted wrong";
  if (event->outcome != MODEL_OUTCOME_ANSWERED && event->outcome != MODEL_OUTCOME_ABANDONED &&
      event->outcome != MODEL_OUTCOME_ABANDONED_RINGING)
    return "a request ends oddly";
  judge->waiting[request->queue]--;
  interaction->open--;
  drop (judge, event->request);
  return NULL;
}

static const char *
judge_offer_created (YearJudge *judge, const ModelEvent *event)
{
  Record *request = find (judge, event->request, REQUEST);
  guint agent = number_of (event->agent);
  Person *person = &judge->people[agent];
  Record *offer;

  if (request == NULL || request->taken)
    return "an offer of what does not wait";
  if (!free_for (person, request->voice))
    return "an offer to an agent who cannot take it";
  if ((judge->serves[agent] >> request->queue & 1) == 0)
    return "an offer to an agent of other queues";
  if (event->deadline <= event->at)
    return "an offer without time";
  request->taken = TRUE;
  judge->waiting[request->queue]--;
  offer = add (judge, event->offer, OFFER, event);
  offer->agent = agent;
  offer->of = event->request;
  person->offers++;
  count (person, offer->voice, 1);
  return NULL;
}

static const char *
judge_offer_ended (YearJudge *judge, const ModelEvent *event)
{
  Record *offer = find (judge, event->offer, OFFER);
  Record *request = offer != NULL ? find (judge, offer->of, REQUEST) : NULL;
  Person *person;

  if (request == NULL || !request->taken)
    return "an offer ends twice";
  if (event->duration != event->at - offer->at)
    return "an offer's ringing is counted wrong";
  person = &judge->people[offer->agent];
  person->offers--;
  count (person, offer->voice, -1);
  if (event->outcome == MODEL_OUTCOME_DECLINED || event->outcome == MODEL_OUTCOME_MISSED)
    person->no_at = event->at;
  request->taken = FALSE;
  judge->waiting[request->queue]++;
  drop (judge, event->offer);
  return NULL;
}

static const char *
judge_joined (YearJudge *judge, const ModelEvent *event)
{
  Record *interaction = find (judge, event->interaction, INTERACTION);
  Person *person = &judge->people[number_of (event->agent)];
  Record *part;

  if (interaction == NULL)
    return "a participation without interaction";
  if (interaction->open > 0)
    return "two agents for one customer";
  if (find (judge, event->participation, PART) != NULL)
    return "a participation begins twice";
  part = add (judge, event->participation, PART, event);
  part->agent = number_of (event->agent);
  part->of = event->interaction;
  interaction->open++;
  person->parts++;
  count (person, part->voice, 1);
  return person->calls > 1 ? "two calls at a time" : NULL;
}

static void
part_over (YearJudge *judge, const ModelEvent *event, Record *part)
{
  Person *person = &judge->people[part->agent];
  Record *interaction = find (judge, part->of, INTERACTION);

  if (interaction != NULL)
    interaction->open--;
  person->parts--;
  if (part->voice && part->taken)
    person->call_wrap_ups--;
  else
    count (person, part->voice, -1);
  drop (judge, event->participation);
}

/* A call that is over blocks its agent no longer as a call, but by its wrap-up. */
static const char *
judge_part (YearJudge *judge, const ModelEvent *event)
{
  Record *part = find (judge, event->participation, PART);

  if (part == NULL)
    return "a participation ends twice";
  if (event->type == MODEL_EVENT_PARTICIPATION_LEFT)
    {
      if (part->taken || event->duration != event->at - part->at)
        return "a participation's time is counted wrong";
      part->taken = TRUE;
      if (part->voice)
        {
          judge->people[part->agent].calls--;
          judge->people[part->agent].call_wrap_ups++;
        }
      return NULL;
    }
  if (!part->taken)
    return "a wrap-up before the end";
  if (event->type == MODEL_EVENT_WRAP_UP_ENDED)
    part_over (judge, event, part);
  return NULL;
}

static const char *
judge_interaction (YearJudge *judge, const ModelEvent *event)
{
  Record *interaction = find (judge, event->interaction, INTERACTION);

  if (event->type == MODEL_EVENT_INTERACTION_CREATED)
    {
      if (interaction != NULL)
        return "an interaction begins twice";
      add (judge, event->interaction, INTERACTION, event);
      return NULL;
    }
  if (interaction == NULL)
    return "an interaction ends twice";
  if (event->type == MODEL_EVENT_INTERACTION_CUSTOMER_LEFT)
    return NULL;
  if (interaction->open > 0)
    return "an interaction closes over open work";
  if (event->duration != event->at - interaction->at)
    return "an interaction's time is counted wrong";
  drop (judge, event->interaction);
  return NULL;
}

static const char *
judge_agent (YearJudge *judge, const ModelEvent *event)
{
  Person *person = &judge->people[number_of (event->agent)];

  if (event->type == MODEL_EVENT_AGENT_SIGNED_IN)
    {
      if (person->session != 0)
        return "an agent is signed in twice";
      *person = (Person){ .session = event->session, .state = MODEL_AGENT_IDLE };
      return NULL;
    }
  if (person->session == 0)
    return "an event of an agent who is not there";
  if (event->type == MODEL_EVENT_AGENT_SIGNED_OUT)
    {
      if (person->offers > 0 || person->parts > 0)
        return "an agent signs out of work";
      *person = (Person){ 0 };
    }
  else if (event->type == MODEL_EVENT_AGENT_DESK_CONNECTED)
    person->desk = TRUE;
  else if (event->type == MODEL_EVENT_AGENT_DESK_LOST)
    person->desk = FALSE;
  else if (event->type == MODEL_EVENT_AGENT_STATION_READY)
    person->station = TRUE;
  else if (event->type == MODEL_EVENT_AGENT_STATION_LOST)
    person->station = FALSE;
  else if (event->type == MODEL_EVENT_AGENT_NEXT_STATE_CHANGED)
    person->next_state = event->state;
  else if (event->type == MODEL_EVENT_AGENT_STATE_CHANGED)
    {
      person->state = event->state;
      person->next_state = MODEL_AGENT_OFFLINE;
    }
  return NULL;
}

static const char *
judge_restart (YearJudge *judge)
{
  for (guint i = 0; i < judge->n_agents; i++)
    judge->people[i].desk = judge->people[i].station = FALSE;
  return NULL;
}

const char *
year_judge_event (YearJudge *judge, const ModelEvent *event)
{
  if (event->at < judge->now)
    return "time goes back";
  judge->now = event->at;
  if (event->type == MODEL_EVENT_CENTRE_RESTARTED)
    return judge_restart (judge);
  if (event->type == MODEL_EVENT_OFFER_CREATED)
    return judge_offer_created (judge, event);
  if (event->type == MODEL_EVENT_OFFER_ENDED)
    return judge_offer_ended (judge, event);
  if (event->type == MODEL_EVENT_PARTICIPATION_JOINED)
    return judge_joined (judge, event);
  if (event->type == MODEL_EVENT_REQUEST_QUEUED || event->type == MODEL_EVENT_REQUEST_ENDED)
    return judge_request (judge, event);
  if (event->type >= MODEL_EVENT_AGENT_SIGNED_IN &&
      event->type <= MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED)
    return judge_agent (judge, event);
  if (event->type == MODEL_EVENT_PARTICIPATION_LEFT || event->type == MODEL_EVENT_WRAP_UP_STARTED ||
      event->type == MODEL_EVENT_WRAP_UP_ENDED)
    return judge_part (judge, event);
  if (event->type >= MODEL_EVENT_INTERACTION_CREATED &&
      event->type <= MODEL_EVENT_INTERACTION_CLOSED)
    return judge_interaction (judge, event);
  return NULL;
}

/* Who declined or missed is kept from that request for a minute. */
const char *
year_judge_moment (YearJudge *judge, gint64 now)
{
  guint64 waits[2] = { 0 }; /* bits of the chat and voice queues where somebody waits */

  for (guint i = 0; i < judge->n_queues; i++)
    if (judge->waiting[i] > 0)
      waits[i < judge->n_voice] |= G_GUINT64_CONSTANT (1) << i;
  for (guint i = 0; i < judge->n_agents; i++)
    for (int voice = 0; voice < 2; voice++)
      if ((waits[voice] & judge->serves[i]) != 0 && free_for (&judge->people[i], voice) &&
          now - judge->people[i].no_at > 61000)
        return "somebody waits whom somebody could serve";
  return NULL;
}
