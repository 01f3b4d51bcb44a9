/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invariants of the design. Each is one function that says what is broken, or nothing. Beside
 * these the ledger itself refuses what no event may do: ids given twice, miscounted times, ... */
#include "simulation/invariants.h"

#include "simulation/ledger-work.h"

typedef char *(*Invariant) (Ledger *ledger, const ModelEvent *event);
typedef char *(*RestInvariant) (Ledger *ledger, gint64 now);

#define BROKEN(...) g_strdup_printf (__VA_ARGS__)

/* --- before an offer is taken in: was it the right one? --- */

/* Offers go only to agents who are ready, with desk, station, room, membership and skills, and not
 * to those who said no a moment ago. */
static char *
offered_to_the_ready (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);
  const LedgerRequest *request = ledger_request (ledger, event->request);

  if (event->type != MODEL_EVENT_OFFER_CREATED)
    return NULL;
  if (agent == NULL || request == NULL || request->offer != 0)
    return BROKEN ("an offer of nothing, to nobody, or for the second time");
  if (ledger_parked (request) ? !ledger_may_fetch (ledger, agent, request)
                              : !ledger_eligible (ledger, agent, request))
    return BROKEN ("%s is offered what %s cannot take", agent->id, agent->id);
  return NULL;
}

/* No agent is offered a request while one of better rank that the agent may take waits. */
static char *
offered_in_rank (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);
  const LedgerRequest *offered = ledger_request (ledger, event->request);

  if (event->type != MODEL_EVENT_OFFER_CREATED || ledger_parked (offered))
    return NULL;
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (request->offer == 0 && ledger_compare_requests (request, offered) < 0 &&
          ledger_eligible (ledger, agent, request))
        return BROKEN ("%s is offered a request while a better one waits", agent->id);
    }
  return NULL;
}

/* The longest idle or most skilled of those who could take it gets it. */
static char *
offered_to_the_first (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *chosen = ledger_agent (ledger, event->agent);
  const LedgerRequest *request = ledger_request (ledger, event->request);

  if (event->type != MODEL_EVENT_OFFER_CREATED)
    return NULL;
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      if (agent != chosen && ledger_eligible (ledger, agent, request) &&
          ledger_compare_agents (ledger, request, agent, chosen) < 0)
        return BROKEN ("%s is chosen before %s", chosen->id, agent->id);
    }
  return NULL;
}

static char *
offered_for_the_right_time (Ledger *ledger, const ModelEvent *event)
{
  const LedgerRequest *request = ledger_request (ledger, event->request);
  gboolean voice = event->channel == MODEL_CHANNEL_VOICE;
  gint64 seconds = event->channel == MODEL_CHANNEL_IM ? ledger->definitions->settings.im_seconds
                   : voice                            ? 20
                                                      : 45;

  if (event->type != MODEL_EVENT_OFFER_CREATED)
    return NULL;
  if (request->queue >= 0)
    {
      const ModelQueue *queue = ((LedgerQueue *) ledger->queues->pdata[request->queue])->def;
      if (queue->ring_seconds > 0)
        seconds = queue->ring_seconds;
    }
  if (event->deadline != event->at + seconds * 1000)
    return BROKEN ("an offer rings for a wrong time");
  return NULL;
}

static char *
accepts_by_itself_where_it_may (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);
  gint32 mode = ledger->definitions->settings.auto_accept;
  gboolean expected = event->kind == MODEL_REQUEST_PARKED  ? TRUE
                      : event->channel == MODEL_CHANNEL_IM ? FALSE
                      : event->channel != MODEL_CHANNEL_VOICE
                          ? ledger->definitions->settings.auto_accept_digital
                          : mode == MODEL_AUTO_ACCEPT_ON || (mode == MODEL_AUTO_ACCEPT_AGENT &&
                                                             agent != NULL && agent->auto_accept);

  if (event->type == MODEL_EVENT_OFFER_CREATED && (event->auto_accept != FALSE) != expected)
    return BROKEN ("an offer is accepted by itself, or is not, against the settings");
  return NULL;
}

/* What an agent takes by name is what the queue gives away, to one who is in it and has room. */
static char *
taken_where_allowed (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (event->type != MODEL_EVENT_PARTICIPATION_JOINED ||
      event->reason != g_intern_static_string ("taken"))
    return NULL;
  if (ledger->chosen.id != event->request || !ledger_takeable (ledger, agent, &ledger->chosen))
    return BROKEN ("%s takes what %s must not take", agent->id, agent->id);
  return NULL;
}

/* One more is the first in rank of those that the agent could have. */
static char *
pulled_in_rank (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (event->type != MODEL_EVENT_PARTICIPATION_JOINED ||
      event->reason != g_intern_static_string ("pulled"))
    return NULL;
  if (ledger->chosen.id != event->request ||
      !ledger_pullable (ledger, agent, &ledger->chosen, event->channel))
    return BROKEN ("%s is given one more that %s cannot take", agent->id, agent->id);
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (ledger_compare_requests (request, &ledger->chosen) < 0 &&
          ledger_pullable (ledger, agent, request, event->channel))
        return BROKEN ("%s is given one more while a better one waits", agent->id);
    }
  return NULL;
}

/* Who said no does not get the request again for a while. */
static char *
kept_away_after_a_no (Ledger *ledger, const ModelEvent *event)
{
  const LedgerOffer *offer = ledger_offer (ledger, event->offer);

  if (event->type != MODEL_EVENT_OFFER_ENDED || offer == NULL)
    return NULL;
  if (event->outcome == MODEL_OUTCOME_DECLINED || event->outcome == MODEL_OUTCOME_MISSED)
    {
      const LedgerRequest *request = ledger_request (ledger, offer->request);
      gint64 pause = ledger->definitions->settings.reoffer_seconds * 1000ll;
      gint64 expected = request->queue >= 0 && pause > 0 ? event->at + pause : 0;
      if (event->deadline != expected)
        return BROKEN ("a wrong pause after a no");
    }
  return NULL;
}

static const Invariant before[] = {
  offered_to_the_ready, invariant_nothing_where_out,       offered_in_rank,
  offered_to_the_first, offered_for_the_right_time,        invariant_available_when_it_may,
  kept_away_after_a_no, accepts_by_itself_where_it_may,    taken_where_allowed,
  pulled_in_rank,       invariant_calls_out_where_allowed, invariant_forwards_always,
};

/* --- after each event --- */

static char *
one_primary (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *a = ledger->parts->pdata[i];
      for (guint j = i + 1; j < ledger->parts->len; j++)
        {
          const LedgerPart *b = ledger->parts->pdata[j];
          if (a->interaction == b->interaction && a->part == MODEL_PART_PRIMARY &&
              b->part == MODEL_PART_PRIMARY && a->state <= LEDGER_HELD && b->state <= LEDGER_HELD)
            return BROKEN ("two primary agents in one interaction");
        }
    }
  return NULL;
}

static char *
slots_suffice (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (event->channel == MODEL_CHANNEL_IM)
    return NULL;
  if (event->type == MODEL_EVENT_OFFER_CREATED &&
      ledger_used (ledger, agent, event->channel) >
          model_definitions_automatic (ledger->definitions, agent->def,
                                       (ModelChannel) event->channel))
    return BROKEN ("%s is offered more than comes by itself", agent->id);
  if (event->type != MODEL_EVENT_OFFER_CREATED &&
      (event->type != MODEL_EVENT_PARTICIPATION_JOINED || event->reason == NULL))
    return NULL;
  if (ledger_used (ledger, agent, event->channel) >
      model_definitions_slots (ledger->definitions, agent->def, (ModelChannel) event->channel))
    return BROKEN ("%s has more in hand than slots", agent->id);
  return NULL;
}

/* Who is asked to come is not in it. */
static char *
each_agent_once (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *a = ledger->parts->pdata[i];
      for (guint j = i + 1; j < ledger->parts->len; j++)
        {
          const LedgerPart *b = ledger->parts->pdata[j];
          if (a->interaction == b->interaction && a->agent == b->agent && a->state <= LEDGER_HELD &&
              b->state <= LEDGER_HELD)
            return BROKEN ("%s is in an interaction twice", a->agent->id);
        }
    }
  return NULL;
}

static const Invariant after[] = { each_agent_once,         one_primary,
                                   invariant_one_talking,   slots_suffice,
                                   invariant_dials_alone,   invariant_private_or_not,
                                   invariant_asked_on_hold, invariant_eight_at_most };

/* --- at rest --- */

/* Nobody waits whom somebody could serve. */
static char *
nobody_waits_needlessly (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      for (guint j = 0; request->offer == 0 && j < ledger->agents->len; j++)
        if (ledger_eligible (ledger, ledger->agents->pdata[j], request))
          return BROKEN ("a request waits that %s could take",
                         ((LedgerAgent *) ledger->agents->pdata[j])->id);
    }
  return NULL;
}

static char *
offers_end_in_time (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->offers->len; i++)
    if (((LedgerOffer *) ledger->offers->pdata[i])->deadline <= now)
      return BROKEN ("an offer goes on past its deadline");
  return NULL;
}

static char *
requests_move_in_time (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (request->offer != 0)
        continue;
      if (request->wait_deadline <= now)
        return BROKEN ("a request waits longer than it may");
      for (int j = 0; j < request->n_needs; j++)
        if (request->needs[j].until <= now)
          return BROKEN ("a requirement is not relaxed in time");
    }
  return NULL;
}

static char *
wrap_ups_end_in_time (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->state == LEDGER_LEFT)
        return BROKEN ("a wrap-up that was due did not start");
      if (part->state == LEDGER_WRAP_UP && part->deadline <= now)
        return BROKEN ("a wrap-up goes on past its deadline");
    }
  return NULL;
}

/* A desk that vanished: idle after the grace, signed out after the limit when nothing is in hand.
 */
static char *
lost_desks_end_in_time (Ledger *ledger, gint64 now)
{
  const ModelSettings *settings = &ledger->definitions->settings;

  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      gint64 gone = agent->desk_lost_at != 0 ? now - agent->desk_lost_at : -1;
      if (agent->session == 0 || gone < 0)
        continue;
      if (agent->state == MODEL_AGENT_AVAILABLE && gone >= settings->desk_grace_seconds * 1000ll)
        return BROKEN ("%s stays available without a desk", agent->id);
      if (gone >= settings->session_limit_seconds * 1000ll && ledger_may_leave (ledger, agent))
        return BROKEN ("%s stays signed in without a desk", agent->id);
    }
  return NULL;
}

/* Digital work of whoever is away: customers who wait are told after the grace, and it goes back to
 * its queue after the centre's limit, not before and not of those who are there. */
static char *
absence_ends_in_time (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      const LedgerAgent *agent = part->agent;
      gint64 grace = ledger->definitions->settings.desk_grace_seconds * 1000ll;
      gboolean chat = part->channel == MODEL_CHANNEL_WEBCHAT;
      if (part->state != LEDGER_ACTIVE || part->channel == MODEL_CHANNEL_VOICE)
        continue;
      if (part->deadline != 0 && part->deadline <= now)
        return BROKEN ("%s keeps work for too long while away", agent->id);
      if (part->deadline != 0 && agent->desk)
        return BROKEN ("%s is said to be away", agent->id);
      if (part->deadline == 0 && chat && agent->desk_lost_at != 0 &&
          now - agent->desk_lost_at >= grace)
        return BROKEN ("a customer is not told that %s is away", agent->id);
      if (part->deadline == 0 && agent->session == 0 && part->queue >= 0)
        return BROKEN ("%s keeps work without a limit while signed out", agent->id);
    }
  return NULL;
}

/* What was meant for one agent goes to its queue when that agent does not take it; a customer who
 * came back waits only for an agent who is there. */
static char *
nobody_waits_for_the_absent (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if ((request->back < 0 && request->giver == NULL) || request->offer != 0 ||
          ledger_parked (request))
        continue;
      if (request->refused)
        return BROKEN ("what %s refused still waits for %s", request->owner->id,
                       request->owner->id);
      if (request->back >= 0 && request->owner->session == 0)
        return BROKEN ("a request waits for %s, who signed out", request->owner->id);
      if (request->returns && !ledger_takes (ledger, request->owner, request))
        return BROKEN ("a customer who came back waits for %s, who is away", request->owner->id);
    }
  return NULL;
}

/* What was given back waits again at once. */
static char *
nothing_owed (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    if (((LedgerInteraction *) ledger->interactions->pdata[i])->owed != 0)
      return BROKEN ("work that was given back waits nowhere");
  return NULL;
}

/* A question is asked by the primary agent, who is there; one at a time is asked or consulted. */
static char *
questions_have_an_asker (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      const LedgerInteraction *interaction;
      const LedgerOffer *offer;
      const LedgerPart *part;
      if (!ledger_asks (ledger, request))
        continue;
      interaction = ledger_interaction (ledger, request->interaction);
      offer = ledger_offer (ledger, request->offer);
      part = ledger_asks_with (ledger, request->interaction, request->asker);
      if (part == NULL || part->part != MODEL_PART_PRIMARY || request->asker->session == 0)
        return BROKEN ("%s asks and is not there", request->asker->id);
      if (!interaction->customer && part->state != LEDGER_DIALLING)
        return BROKEN ("%s asks about a customer who is gone", request->asker->id);
      if (ledger_count (ledger, request->interaction, MODEL_PART_CONSULTED) > 0)
        return BROKEN ("one is asked while another is consulted");
      if (offer != NULL && ledger_part_of (ledger, request->interaction, offer->agent) != NULL)
        return BROKEN ("%s is asked to what %s is in", offer->agent->id, offer->agent->id);
      if (request->refused || (request->owner != NULL && request->owner->session == 0))
        return BROKEN ("somebody who said no or went home is still asked");
    }
  return NULL;
}

/* A customer who is there is served or waits; whoever joined the customer does not serve alone. */
static char *
customers_have_somebody (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      const LedgerInteraction *interaction = ledger->interactions->pdata[i];
      gboolean served, waits = FALSE;
      if (interaction->answered_kind >= 0)
        return BROKEN ("a request was answered and nobody came");
      /* Most have somebody: what needs no search comes first. */
      if (!interaction->voicemail &&
          (!interaction->customer || interaction->channel == MODEL_CHANNEL_IM))
        continue;
      served = ledger_count (ledger, interaction->id, MODEL_PART_PRIMARY) > 0 ||
               ledger_party_as (ledger, interaction->id, MODEL_PART_PRIMARY) != NULL;
      if (interaction->voicemail && served && !interaction->internal)
        return BROKEN ("a caller who leaves a message is served");
      if (!interaction->customer || served || interaction->voicemail ||
          interaction->channel == MODEL_CHANNEL_IM)
        continue;
      if (ledger_count (ledger, interaction->id, MODEL_PART_CONFERENCED) > 0)
        return BROKEN ("a conference has no primary agent");
      for (guint j = 0; !waits && j < ledger->requests->len; j++)
        waits = ((LedgerRequest *) ledger->requests->pdata[j])->interaction == interaction->id;
      if (!waits)
        return BROKEN ("a customer is there whom nobody serves");
    }
  return NULL;
}

/* Who only helps does not stay in anything while signed out. */
static char *
helpers_are_there (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->channel == MODEL_CHANNEL_IM || part->part == MODEL_PART_PRIMARY)
        continue;
      if (part->agent->session == 0)
        return BROKEN ("%s helps while signed out", part->agent->id);
      if (part->state > LEDGER_HELD ||
          (!part->led && (part->disposition != NULL || part->queue >= 0)))
        return BROKEN ("%s only helped and has a wrap-up or an outcome", part->agent->id);
    }
  return NULL;
}

/* The state chosen for afterwards is taken when the work is done; so is a sign-out that waits. */
static char *
afterwards_comes (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      if ((agent->next != MODEL_AGENT_OFFLINE || agent->pending_sign_out) &&
          (agent->pending_sign_out ? ledger_may_leave (ledger, agent)
                                   : !ledger_engaged (ledger, agent)))
        return BROKEN ("%s has nothing in hand and still waits for what was to come then",
                       agent->id);
    }
  return NULL;
}

static char *
pauses_end_in_time (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      for (guint j = 0; j < agent->exclusions->len; j++)
        if (g_array_index (agent->exclusions, LedgerExclusion, j).until <= now)
          return BROKEN ("%s is kept from a request for too long", agent->id);
    }
  return NULL;
}

/* Nothing is open that nobody is in: no request, no participation, no customer, no number. */
static char *
nothing_forgotten (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      const LedgerInteraction *interaction = ledger->interactions->pdata[i];
      gboolean held = interaction->customer || ledger_parties (ledger, interaction->id, -1) > 0;
      for (guint j = 0; !held && j < ledger->requests->len; j++)
        held = ((LedgerRequest *) ledger->requests->pdata[j])->interaction == interaction->id;
      for (guint j = 0; !held && j < ledger->parts->len; j++)
        held = ((LedgerPart *) ledger->parts->pdata[j])->interaction == interaction->id;
      if (!held)
        return BROKEN ("an interaction is open without anybody in it");
    }
  return NULL;
}

/* What waits for the customer waits for nobody else: an agent has it. */
static char *
pending_in_hands (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      const LedgerInteraction *one = ledger->interactions->pdata[i];
      if (one->customer && one->status == MODEL_STATUS_PENDING &&
          ledger_count (ledger, one->id, MODEL_PART_PRIMARY) == 0)
        return BROKEN ("a conversation waits for its customer and nobody has it");
    }
  return NULL;
}

/* A miss or a decline makes the agent idle. */
static char *
idle_after_a_no (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    if (((LedgerAgent *) ledger->agents->pdata[i])->said_no)
      return BROKEN ("an agent who said no is not made idle");
  return NULL;
}

static const RestInvariant at_rest[] = {
  idle_after_a_no,
  nothing_forgotten,
  nobody_waits_needlessly,
  offers_end_in_time,
  requests_move_in_time,
  wrap_ups_end_in_time,
  invariant_dialling_ends_in_time,
  lost_desks_end_in_time,
  afterwards_comes,
  pauses_end_in_time,
  absence_ends_in_time,
  nothing_owed,
  nobody_waits_for_the_absent,
  questions_have_an_asker,
  customers_have_somebody,
  helpers_are_there,
  pending_in_hands,
  invariant_talks_once,
  invariant_asked_from_outside,
  invariant_nobody_alone,
  invariant_muted_in_conference,
  invariant_colleagues_talk,
  invariant_numbers_are_served,
  invariant_forced_is_over,
};

static char *
run (const Invariant *list, gsize n, Ledger *ledger, const ModelEvent *event)
{
  char *broken = NULL;

  for (gsize i = 0; i < n && broken == NULL; i++)
    broken = list[i](ledger, event);
  return broken;
}

char *
invariants_before (Ledger *ledger, const ModelEvent *event)
{
  return ledger->definitions == NULL ? NULL : run (before, G_N_ELEMENTS (before), ledger, event);
}

char *
invariants_after (Ledger *ledger, const ModelEvent *event)
{
  if (ledger->complaint != NULL)
    return g_steal_pointer (&ledger->complaint);
  return run (after, G_N_ELEMENTS (after), ledger, event);
}

char *
invariants_at_rest (Ledger *ledger, gint64 now)
{
  char *broken = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (at_rest) && broken == NULL; i++)
    broken = at_rest[i](ledger, now);
  return broken;
}

guint
invariants_count (void)
{
  return G_N_ELEMENTS (before) + G_N_ELEMENTS (after) + G_N_ELEMENTS (at_rest);
}
