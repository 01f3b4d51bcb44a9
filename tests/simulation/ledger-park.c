/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of parked calls, and what must hold of them. */
#include "simulation/ledger-work.h"

#include "simulation/invariants.h"

gboolean
ledger_parked (const LedgerRequest *request)
{
  return request->kind == MODEL_REQUEST_PARKED;
}

/* In a place of the centre's that holds no other call, for the centre's time. */
void
ledger_take_parked (Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  const ModelSettings *settings = &ledger->definitions->settings;
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);

  CHECK (ledger, interaction->owed == 0 || event->queued_at == interaction->owed,
         "a parked call loses its age");
  interaction->owed = 0;
  CHECK (ledger, event->deadline == event->at + settings->park_seconds * 1000ll,
         "a call is parked for a wrong time");
  CHECK (ledger,
         request->place == event->revision ||
             (event->revision >= settings->park_first &&
              event->revision < settings->park_first + settings->park_places),
         "a call is parked in no place");
  CHECK (ledger, ledger_interaction (ledger, event->interaction)->channel == MODEL_CHANNEL_VOICE,
         "what is no call is parked");
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *other = ledger->requests->pdata[i];
      CHECK (ledger, other == request || other->place != event->revision,
             "two calls are parked in one place");
    }
  request->place = event->revision;
}

/* Who parked it, whoever is of the same team or in the queue, and supervisors, with a free slot. */
gboolean
ledger_may_fetch (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request)
{
  return ledger_parked (request) && request->offer == 0 &&
         (agent == request->owner || g_strcmp0 (agent->team, request->owner->team) == 0 ||
          agent->def->role == MODEL_ROLE_SUPERVISOR ||
          (request->back >= 0 && agent->has[request->back])) &&
         ledger_may_begin_call (ledger, agent);
}
