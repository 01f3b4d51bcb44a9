/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of several agents in one interaction: who is asked, who comes in which role,
 * who goes on when the primary agent leaves. */
#include "simulation/ledger-work.h"

/* What is given to an agent comes after what waits for that agent already. */
void
ledger_set_rank (const Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  gint64 from = request->owner != NULL && event->kind == MODEL_REQUEST_TRANSFER ? event->at
                                                                                : event->queued_at;

  request->rank = from - event->priority * 1000ll * ledger->definitions->settings.boost_seconds;
}

/* A question became a conference, or the work itself goes where it was asked. */
void
ledger_take_other_ask (Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  LedgerAgent *by = ledger_agent (ledger, event->by);
  const LedgerPart *part = ledger_part_of (ledger, event->interaction, by);
  gboolean gives = event->kind == MODEL_REQUEST_TRANSFER;

  CHECK (ledger, part != NULL && part->part == MODEL_PART_PRIMARY && by == request->asker,
         "somebody turns a question who did not ask it");
  CHECK (ledger,
         gives ||
             (request->kind == MODEL_REQUEST_CONSULT && event->kind == MODEL_REQUEST_CONFERENCE &&
              event->deadline == request->wait_deadline),
         "a question becomes another odd one");
  CHECK (ledger, !gives || event->queued_at == part->queued_at, "a call given on loses its age");
  request->kind = event->kind;
  request->first_queued_at = event->queued_at;
  request->back = event->queue == NULL ? ledger_queue (ledger, event->fallback) : -1;
  request->giver = gives && event->queue == NULL && request->back < 0 ? by : NULL;
  ledger_set_rank (ledger, event, request);
  request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
}

/* Somebody is to take it over from who has it. */
gboolean
ledger_given_on (const Ledger *ledger, ModelId interaction)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (request->interaction == interaction && request->kind == MODEL_REQUEST_TRANSFER)
        return TRUE;
    }
  return ledger_party_as (ledger, interaction, MODEL_PART_PRIMARY) != NULL;
}

/* A question: of the primary agent, the only one, for the centre's time, to nobody who is in it. */
void
ledger_take_ask (Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  const ModelSettings *settings = &ledger->definitions->settings;
  gboolean gives = event->kind == MODEL_REQUEST_TRANSFER;
  gint64 limit =
      (gives ? settings->personal_limit_seconds : settings->consult_limit_seconds) * 1000ll;
  const LedgerPart *part;

  request->asker = ledger_agent (ledger, event->by);
  part = ledger_asks_with (ledger, event->interaction, request->asker);
  CHECK (ledger, part != NULL && part->part == MODEL_PART_PRIMARY && part->agent == request->asker,
         "somebody asks who has nothing to ask about");
  CHECK (ledger, event->deadline == event->at + limit, "a question waits for a wrong time");
  CHECK (ledger, part == NULL || !gives || event->queued_at == part->queued_at,
         "a call to be given away loses its age");
  CHECK (ledger,
         ledger_interaction (ledger, event->interaction)->customer ||
             (part != NULL && part->state == LEDGER_DIALLING &&
              event->kind == MODEL_REQUEST_CONFERENCE),
         "a question about a customer who is gone");
  CHECK (ledger, !gives || !ledger_interaction (ledger, event->interaction)->internal,
         "a colleague is given away");
  CHECK (ledger,
         ledger_count (ledger, event->interaction, MODEL_PART_CONSULTED) == 0 &&
             ledger_parties (ledger, event->interaction, MODEL_PART_CONSULTED) == 0 &&
             ledger_party_rung (ledger, event->interaction) == NULL,
         "two are consulted at once");
  CHECK (ledger,
         ledger_count (ledger, event->interaction, MODEL_PART_CONFERENCED) +
                 ledger_parties (ledger, event->interaction, MODEL_PART_CONFERENCED) + 3 <=
             (guint) ledger->definitions->settings.conference_max +
                 ledger_interaction (ledger, event->interaction)->internal,
         "a conference has too many");
  for (guint i = 0; i < ledger->requests->len; i++)
    CHECK (ledger,
           ledger->requests->pdata[i] == request ||
               ((LedgerRequest *) ledger->requests->pdata[i])->interaction != event->interaction,
           "asked twice at once");
  for (guint i = 0; event->queue != NULL && i < ledger->agents->len; i++)
    {
      LedgerAgent *agent = ledger->agents->pdata[i];
      if (ledger_part_of (ledger, event->interaction, agent) != NULL ||
          (part != NULL && part->agent == agent))
        ledger_keep_away (agent, event->request, event->deadline);
    }
}

/* Who came to listen is not asked by way of a queue to what he or she is in. */
void
ledger_take_listening (Ledger *ledger, const LedgerPart *part)
{
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (request->interaction == part->interaction && request->queue >= 0 &&
          ledger_asks (ledger, request))
        ledger_keep_away (part->agent, request->id, request->wait_deadline);
    }
}

void
ledger_know_outcome (Ledger *ledger, LedgerPart *part)
{
  const LedgerQueue *queue = part->queue >= 0 ? ledger->queues->pdata[part->queue] : NULL;

  /* Who called may have chosen while it rang; that stands. */
  if (queue != NULL && part->part == MODEL_PART_PRIMARY && part->disposition == NULL)
    part->automatic = g_intern_string (queue->def->automatic_disposition);
}

/* Who comes to a question helps, whoever else comes serves; nobody comes twice. */
void
ledger_check_join (Ledger *ledger, const ModelEvent *event)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);
  int role = MODEL_PART_PRIMARY;

  if (event->channel == MODEL_CHANNEL_IM)
    return;
  if (interaction->answered_kind == MODEL_REQUEST_CONSULT)
    role = MODEL_PART_CONSULTED;
  else if (interaction->answered_kind == MODEL_REQUEST_CONFERENCE)
    role = MODEL_PART_CONFERENCED;
  CHECK (ledger, interaction->answered_kind >= 0, "somebody joins without a request");
  CHECK (ledger, interaction->owed == 0 || interaction->owed == event->queued_at,
         "a call loses its age on the way");
  if (interaction->answered_kind == MODEL_REQUEST_TRANSFER)
    interaction->owed = 0;
  CHECK (ledger, event->part == role, "somebody joins in a wrong role");
  CHECK (ledger, role == MODEL_PART_PRIMARY || event->queue == NULL, "a helper has a queue's work");
  CHECK (ledger,
         ledger_part_of (ledger, event->interaction, ledger_agent (ledger, event->agent)) == NULL,
         "somebody joins what he or she is in");
  interaction->answered_kind = -1;
}

/* Held and resumed, muted and heard again. */
void
ledger_take_talk (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  if (event->type == MODEL_EVENT_PARTICIPATION_HELD)
    {
      CHECK (ledger, part->state == LEDGER_ACTIVE, "held while not active");
      part->state = LEDGER_HELD;
      part->since = event->at;
    }
  else if (event->type == MODEL_EVENT_PARTICIPATION_RESUMED)
    {
      CHECK (ledger, part->state == LEDGER_HELD, "resumed while not held");
      CHECK (ledger, event->duration == event->at - part->since, "a hold is miscounted");
      part->held_total += event->at - part->since;
      part->state = LEDGER_ACTIVE;
      part->since = event->at;
    }
  else
    {
      CHECK (ledger, part->muted != (event->type == MODEL_EVENT_PARTICIPATION_MUTED),
             "muted twice");
      part->muted = event->type == MODEL_EVENT_PARTICIPATION_MUTED;
    }
}

/* The agent longest in a conference, who goes on when the primary one leaves. */
LedgerPart *
ledger_heir (const Ledger *ledger, ModelId interaction)
{
  LedgerPart *heir = NULL;

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      LedgerPart *part = ledger->parts->pdata[i];
      if (part->interaction == interaction && part->part == MODEL_PART_CONFERENCED &&
          part->state <= LEDGER_HELD &&
          (heir == NULL || part->joined < heir->joined ||
           (part->joined == heir->joined && part->id < heir->id)))
        heir = part;
    }
  return heir;
}

/* To another agent of the conference, who has it by the next event; see also invariants.c. */
static gboolean
gives_charge (const ModelEvent *event, const LedgerPart *part)
{
  return part->part == MODEL_PART_PRIMARY && event->part == MODEL_PART_CONFERENCED &&
         part->channel == MODEL_CHANNEL_VOICE && part->state == LEDGER_ACTIVE &&
         event->reason == g_intern_static_string ("agent_choice");
}

void
ledger_take_role (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, part->interaction);

  CHECK (ledger, part->state <= LEDGER_HELD, "somebody who left has a new role");
  if (event->part != MODEL_PART_PRIMARY)
    {
      CHECK (ledger,
             part->part == MODEL_PART_SUPERVISING ||
                 (part->part == MODEL_PART_CONSULTED && event->part == MODEL_PART_CONFERENCED) ||
                 gives_charge (event, part),
             "an odd change of roles");
      if (part->part == MODEL_PART_PRIMARY)
        {
          interaction->owed = part->queued_at;
          part->led = TRUE;
        }
      part->part = event->part;
      return;
    }
  CHECK (ledger,
         event->reason != g_intern_static_string ("control_passed") ||
             part == ledger_heir (ledger, part->interaction),
         "control passes to somebody else than who is longest in it");
  if (interaction->answered_kind >= 0)
    CHECK (ledger, event->queued_at == interaction->answered_from, "a helper takes another's work");
  else
    CHECK (ledger, interaction->owed == event->queued_at, "work taken over loses its age");
  interaction->answered_kind = -1;
  interaction->owed = 0;
  part->part = event->part;
  part->queue = ledger_queue (ledger, event->queue);
  part->queued_at = event->queued_at;
  ledger_know_outcome (ledger, part);
}

/* Who helps stays beyond the customer, until he or she is done, is sent away or is not there. */
gboolean
ledger_helper_may_go (const ModelEvent *event)
{
  static const char *const reasons[] = { "agent_left", "consult_ended", "agent_absent",
                                         "forced",     "owner_away",    "station_hung_up",
                                         "removed",    "force_closed",  NULL };

  return g_strv_contains (reasons, event->reason);
}

/* What an agent leaves while the customer is there: by absence, a forced sign-out, or choice. */
gboolean
ledger_goes_back (const ModelEvent *event, const LedgerPart *part)
{
  return event->reason == g_intern_static_string ("agent_absent") ||
         event->reason == g_intern_static_string ("unassigned") ||
         event->reason == g_intern_static_string ("transferred") ||
         event->reason == g_intern_static_string ("parked") ||
         (event->reason == g_intern_static_string ("forced") &&
          part->channel != MODEL_CHANNEL_VOICE);
}
