/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of what is stuck and closed by force, and what must hold of it. */
#include "simulation/ledger-work.h"

static gboolean
leads (const LedgerAgent *by, const LedgerAgent *agent)
{
  return by->def->role == MODEL_ROLE_SUPERVISOR && !by->retired &&
         model_agent_leads (by->def, agent->team);
}

static void
take_closed (Ledger *ledger, const ModelEvent *event, LedgerInteraction *interaction)
{
  const LedgerPart *part = ledger_part (ledger, event->participation);
  const LedgerAgent *by = event->by != NULL ? ledger_agent (ledger, event->by) : NULL;

  if (part == NULL)
    {
      ledger_complain (ledger, "somebody closes by force who is not in it");
      return;
    }
  CHECK (ledger, part->part == MODEL_PART_PRIMARY, "a helper closes by force");
  CHECK (ledger, interaction->channel != MODEL_CHANNEL_IM,
         "what colleagues write is closed by force");
  CHECK (ledger, by == NULL || by == part->agent ? interaction->stuck : leads (by, part->agent),
         "what is not stuck is closed by force");
  interaction->stuck = FALSE;
  interaction->forced = part->state != LEDGER_WRAP_UP;
}

void
ledger_take_force (Ledger *ledger, const ModelEvent *event)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);

  if (interaction == NULL)
    ledger_complain (ledger, "what is closed is stuck");
  else if (event->type == MODEL_EVENT_INTERACTION_FORCE_CLOSED)
    take_closed (ledger, event, interaction);
  else
    {
      CHECK (ledger, interaction->stuck != (event->reason != NULL), "what is stuck is told twice");
      interaction->stuck = event->reason != NULL;
    }
}

/* Only wrap-ups are left of it: nobody talks, waits or is rung, whatever the engine says. */
char *
invariant_forced_is_over (Ledger *ledger, gint64 now)
{
  for (guint i = 0; i < ledger->interactions->len; i++)
    {
      const LedgerInteraction *one = ledger->interactions->pdata[i];
      gboolean over = !one->customer && ledger_parties (ledger, one->id, -1) == 0 &&
                      ledger_party_rung (ledger, one->id) == NULL;

      for (guint j = 0; one->forced && over && j < ledger->parts->len; j++)
        {
          const LedgerPart *part = ledger->parts->pdata[j];
          over = part->interaction != one->id || part->state == LEDGER_WRAP_UP;
        }
      for (guint j = 0; one->forced && over && j < ledger->requests->len; j++)
        over = ((const LedgerRequest *) ledger->requests->pdata[j])->interaction != one->id;
      if (one->forced && !over)
        return g_strdup ("what was closed by force goes on");
    }
  return NULL;
}
