/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of outside numbers in calls. */
#include "simulation/ledger-work.h"

LedgerParty *
ledger_party (const Ledger *ledger, ModelId id)
{
  for (guint i = 0; i < ledger->parties->len; i++)
    if (((LedgerParty *) ledger->parties->pdata[i])->id == id)
      return ledger->parties->pdata[i];
  return NULL;
}

LedgerParty *
ledger_party_as (const Ledger *ledger, ModelId interaction, int part)
{
  for (guint i = 0; i < ledger->parties->len; i++)
    {
      LedgerParty *party = ledger->parties->pdata[i];
      if (party->interaction == interaction && party->part == part &&
          (part == MODEL_PART_PRIMARY || party->state != LEDGER_DIALLING))
        return party;
    }
  return NULL;
}

LedgerParty *
ledger_party_rung (const Ledger *ledger, ModelId interaction)
{
  for (guint i = 0; i < ledger->parties->len; i++)
    {
      LedgerParty *party = ledger->parties->pdata[i];
      if (party->interaction == interaction && party->state == LEDGER_DIALLING)
        return party;
    }
  return NULL;
}

guint
ledger_parties (const Ledger *ledger, ModelId interaction, int part)
{
  guint n = 0;

  for (guint i = 0; i < ledger->parties->len; i++)
    {
      const LedgerParty *party = ledger->parties->pdata[i];
      n += party->interaction == interaction && party->state != LEDGER_DIALLING &&
           (part < 0 || party->part == part);
    }
  return n;
}

/* A rule of this queue, or the entry point. */
static gboolean
leads_to_team (const Ledger *ledger, const ModelEvent *event)
{
  const LedgerInteraction *one = ledger_interaction (ledger, event->interaction);
  const ModelEntryPoint *entry =
      model_definitions_entry_point (ledger->definitions, one->entry_point);
  int at = ledger_queue (ledger, event->queue);
  const ModelQueue *def = at >= 0 ? ((LedgerQueue *) ledger->queues->pdata[at])->def : NULL;
  const ModelOverflow *rules[] = {
    def != NULL ? &def->when_closed : NULL,
    def != NULL ? &def->when_full : NULL,
    def != NULL ? &def->when_unstaffed : NULL,
    def != NULL ? &def->when_waited_too_long : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i] != NULL && rules[i]->action == MODEL_OVERFLOW_TEAM &&
        g_strcmp0 (rules[i]->team, event->team) == 0)
      return TRUE;
  return entry != NULL && g_strcmp0 (entry->team, event->team) == 0;
}

/* A team that has a number is given calls alone, no more than it takes. */
static void
check_team (Ledger *ledger, const ModelEvent *event)
{
  CHECK (ledger, ledger_team_room (ledger, event->team), "%s gets more calls than it takes",
         event->team);
  CHECK (ledger, event->part == MODEL_PART_PRIMARY, "%s is asked for advice", event->team);
  if (event->by != NULL)
    return;
  CHECK (ledger, leads_to_team (ledger, event), "%s gets a call by no rule", event->team);
  CHECK (ledger, ledger_count (ledger, event->interaction, MODEL_PART_PRIMARY) == 0,
         "%s gets a call that somebody has", event->team);
}

/* By the primary agent of a call, who is there, the only one who is rung; or by a rule. */
static void
take_dialling (Ledger *ledger, const ModelEvent *event)
{
  gint64 limit = ledger->definitions->settings.dial_seconds * 1000ll;
  LedgerAgent *by = ledger_agent (ledger, event->by);
  const LedgerPart *part = ledger_part_of (ledger, event->interaction, by);
  LedgerParty *party = g_new0 (LedgerParty, 1);

  ledger_take_id (ledger, event->participation);
  if (event->agent != NULL)
    CHECK (ledger, ledger_forwarded_outside (ledger, event), "a number is rung for nobody's calls");
  else if (event->by != NULL || event->team == NULL)
    CHECK (ledger, part != NULL && part->part == MODEL_PART_PRIMARY,
           "a number is rung by nobody who may");
  if (event->team != NULL)
    check_team (ledger, event);
  CHECK (ledger,
         ledger_interaction (ledger, event->interaction)->customer ||
             (event->agent != NULL && ledger_caller_of (ledger, event->interaction) != NULL),
         "a number is rung for a customer who is gone");
  CHECK (ledger, event->deadline == event->at + limit, "a number is rung for a wrong time");
  CHECK (ledger, ledger_party_rung (ledger, event->interaction) == NULL, "two numbers are rung");
  CHECK (ledger,
         ledger_count (ledger, event->interaction, MODEL_PART_CONSULTED) == 0 &&
             ledger_parties (ledger, event->interaction, MODEL_PART_CONSULTED) == 0,
         "a number is rung while somebody is consulted");
  for (guint i = 0; i < ledger->requests->len; i++)
    CHECK (ledger,
           ((LedgerRequest *) ledger->requests->pdata[i])->interaction != event->interaction,
           "a number is rung while somebody is asked");
  party->id = event->participation;
  party->interaction = event->interaction;
  party->by = by;
  party->part = event->part;
  party->state = LEDGER_DIALLING;
  party->joined = party->since = event->at;
  party->deadline = event->deadline;
  party->team = event->team;
  party->queue = by == NULL ? ledger_queue (ledger, event->fallback) : -1;
  party->queued_at = by == NULL ? event->queued_at : 0;
  g_ptr_array_add (ledger->parties, party);
}

/* The one who had it is gone before somebody else has it. */
static void
take_joined (Ledger *ledger, const ModelEvent *event, LedgerParty *party)
{
  CHECK (ledger, party->state == LEDGER_DIALLING, "a number answers twice");
  CHECK (ledger, event->part == party->part, "a number comes in another role");
  CHECK (ledger, event->duration == event->at - party->joined,
         "the time of dialling is miscounted");
  CHECK (ledger,
         party->part != MODEL_PART_PRIMARY ||
             ledger_count (ledger, party->interaction, MODEL_PART_PRIMARY) == 0,
         "a call is given away and kept");
  party->state = LEDGER_ACTIVE;
  party->joined = party->since = event->at;
  party->deadline = 0;
}

static void
take_role (Ledger *ledger, const ModelEvent *event, LedgerParty *party)
{
  if (event->part != MODEL_PART_PRIMARY)
    CHECK (ledger, party->part == MODEL_PART_CONSULTED && event->part == MODEL_PART_CONFERENCED,
           "an odd change of a number's role");
  party->part = event->part;
  party->queued_at = event->queued_at;
  party->queue = ledger_queue (ledger, event->queue);
  if (event->deadline == 0)
    return;
  CHECK (ledger, party->state == LEDGER_ACTIVE && event->part == MODEL_PART_PRIMARY,
         "a call is left to a number that is not in it");
  CHECK (ledger,
         event->deadline ==
             event->at + ledger->definitions->settings.numbers_alone_seconds * 1000ll,
         "a call is left to numbers for a wrong time");
  CHECK (ledger,
         ledger_count (ledger, party->interaction, MODEL_PART_PRIMARY) +
                 ledger_count (ledger, party->interaction, MODEL_PART_CONSULTED) +
                 ledger_count (ledger, party->interaction, MODEL_PART_CONFERENCED) ==
             0,
         "a call is left to numbers while an agent is in it");
  party->deadline = event->deadline;
}

/* What was given to a number that does not answer waits again, if its customer does. */
static void
take_left (Ledger *ledger, const ModelEvent *event, LedgerParty *party)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, party->interaction);

  if (party->state == LEDGER_HELD)
    party->held_total += event->at - party->since;
  CHECK (ledger, event->held_duration == party->held_total, "a number's hold is miscounted");
  CHECK (ledger, event->duration == event->at - party->joined, "a number's time is miscounted");
  CHECK (ledger,
         event->reason != g_intern_static_string ("no_answer") || event->at >= party->deadline,
         "a number is given up before its time");
  if (party->state == LEDGER_DIALLING && party->part == MODEL_PART_PRIMARY && party->queue >= 0 &&
      interaction->customer && ledger_count (ledger, party->interaction, MODEL_PART_PRIMARY) == 0)
    {
      interaction->owed = party->queued_at;
      interaction->owed_by_rule = party->by == NULL;
    }
  g_ptr_array_remove (ledger->parties, party);
}

static void
take_talk (Ledger *ledger, const ModelEvent *event, LedgerParty *party)
{
  if (event->type == MODEL_EVENT_PARTY_HELD)
    {
      CHECK (ledger, party->state == LEDGER_ACTIVE, "a number is held while not active");
      party->state = LEDGER_HELD;
      party->since = event->at;
    }
  else if (event->type == MODEL_EVENT_PARTY_RESUMED)
    {
      CHECK (ledger, party->state == LEDGER_HELD, "a number is resumed while not held");
      CHECK (ledger, event->duration == event->at - party->since, "a number's hold is miscounted");
      party->held_total += event->at - party->since;
      party->state = LEDGER_ACTIVE;
      party->since = event->at;
    }
  else
    {
      CHECK (ledger, party->muted != (event->type == MODEL_EVENT_PARTY_MUTED),
             "a number is muted twice");
      party->muted = event->type == MODEL_EVENT_PARTY_MUTED;
    }
}

void
ledger_take_of_party (Ledger *ledger, const ModelEvent *event)
{
  LedgerParty *party = ledger_party (ledger, event->participation);

  if (event->type == MODEL_EVENT_PARTY_DIALLING)
    take_dialling (ledger, event);
  else if (party == NULL)
    ledger_complain (ledger, "an event of a number that is gone or never was");
  else if (event->type == MODEL_EVENT_PARTY_JOINED)
    take_joined (ledger, event, party);
  else if (event->type == MODEL_EVENT_PARTY_ROLE_CHANGED)
    take_role (ledger, event, party);
  else if (event->type == MODEL_EVENT_PARTY_LEFT)
    take_left (ledger, event, party);
  else
    take_talk (ledger, event, party);
}
