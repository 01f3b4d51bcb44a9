/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of where a queue's rules let a request be. */
#include "simulation/ledger-work.h"

gboolean
ledger_team_room (const Ledger *ledger, const char *id)
{
  const ModelTeam *team = model_definitions_team (ledger->definitions, id);
  gint32 calls = 0;

  for (guint i = 0; i < ledger->parties->len; i++)
    calls += g_strcmp0 (((const LedgerParty *) ledger->parties->pdata[i])->team, id) == 0;
  return team != NULL && team->number != NULL && calls < team->calls;
}

/* A team that takes no more, and has no queue in its stead, is as if there were no rule. */
static gboolean
lets_stay (const Ledger *ledger, const ModelOverflow *rule)
{
  return rule->action == MODEL_OVERFLOW_WAIT ||
         (rule->action == MODEL_OVERFLOW_TEAM && rule->queue == NULL &&
          !ledger_team_room (ledger, rule->team));
}

void
ledger_check_place (Ledger *ledger, int at)
{
  const LedgerQueue *queue = ledger->queues->pdata[at];

  CHECK (ledger, (queue->open && !queue->retired) || lets_stay (ledger, &queue->def->when_closed),
         "%s is closed and takes a request", queue->id);
  CHECK (ledger,
         queue->def->max_waiting == 0 ||
             ledger_waiting (ledger, at) < (guint) queue->def->max_waiting ||
             lets_stay (ledger, &queue->def->when_full),
         "%s is full and takes a request", queue->id);
  CHECK (ledger, ledger_staffed (ledger, at) > 0 || lets_stay (ledger, &queue->def->when_unstaffed),
         "%s has nobody and takes a request", queue->id);
}
