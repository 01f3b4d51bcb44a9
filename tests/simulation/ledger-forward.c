/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of calls that go elsewhere, and what must hold of them. */
#include "simulation/ledger-work.h"

#include "simulation/invariants.h"

static gboolean
went_through (const LedgerInteraction *interaction, const LedgerAgent *agent)
{
  for (int i = 0; i < interaction->forwards; i++)
    if (interaction->forwarded_by[i] == agent)
      return TRUE;
  return FALSE;
}

static gboolean
permits (const LedgerAgent *agent)
{
  return agent->def->forwarding == MODEL_FORWARDING_ALL ||
         (agent->def->forwarding == MODEL_FORWARDING_INSIDE &&
          agent->forward_to != MODEL_FORWARD_TO_NUMBER);
}

/* What was chosen for some cases is done in those. */
static gboolean
is_the_case (const LedgerAgent *agent, const char *reason)
{
  gboolean any = agent->forward == MODEL_FORWARD_NOT_TAKEN;

  if (agent->forward == MODEL_FORWARD_ALWAYS)
    return reason == g_intern_static_string ("agent_choice");
  if (reason == g_intern_static_string ("owner_away"))
    return agent->session == 0 && (any || agent->forward == MODEL_FORWARD_SIGNED_OUT);
  if (reason == g_intern_static_string ("agent_busy"))
    return agent->session != 0 && (any || agent->forward == MODEL_FORWARD_BUSY);
  return reason == g_intern_static_string ("no_answer") &&
         (any || agent->forward == MODEL_FORWARD_NO_ANSWER);
}

static void
take_forwarded (Ledger *ledger, const ModelEvent *event, const LedgerAgent *agent)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);
  const LedgerAgent *target = ledger_agent (ledger, event->target);
  const LedgerPart *caller;

  if (interaction == NULL)
    {
      ledger_complain (ledger, "what is closed is forwarded");
      return;
    }
  caller = ledger_caller_of (ledger, interaction->id);
  CHECK (ledger, interaction->channel == MODEL_CHANNEL_VOICE, "what is no call is forwarded");
  CHECK (ledger, interaction->internal ? caller != NULL : interaction->customer,
         "a call is forwarded that nobody waits in");
  CHECK (ledger, ledger_count (ledger, interaction->id, MODEL_PART_PRIMARY) == 0,
         "a call that is served is forwarded");
  for (guint i = 0; i < ledger->requests->len; i++)
    CHECK (ledger, ((LedgerRequest *) ledger->requests->pdata[i])->interaction != interaction->id,
           "a call is forwarded and waits");
  CHECK (ledger,
         event->forward_to == agent->forward_to &&
             (event->forward_to == MODEL_FORWARD_TO_VOICEMAIL ||
              event->target == agent->forward_target),
         "%s has calls forwarded to somewhere else", agent->id);
  CHECK (ledger, !agent->retired && permits (agent), "%s forwards what must not be", agent->id);
  CHECK (ledger, is_the_case (agent, event->reason), "%s forwards without that case", agent->id);
  CHECK (ledger, interaction->forwards < 4, "a call is forwarded for ever");
  CHECK (ledger, !went_through (interaction, agent), "%s forwards a call twice", agent->id);
  CHECK (ledger,
         target == NULL || (!went_through (interaction, target) && target != agent &&
                            (caller == NULL || caller->agent != target)),
         "a call is forwarded back to %s", target != NULL ? target->id : "nobody");
  interaction->forwarded_to = event->forward_to;
  if (interaction->forwards < 4)
    interaction->forwarded_by[interaction->forwards++] = agent;
}

void
ledger_take_forward (Ledger *ledger, const ModelEvent *event)
{
  LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (agent == NULL)
    ledger_complain (ledger, "calls of nobody are forwarded");
  else if (event->type == MODEL_EVENT_INTERACTION_FORWARDED)
    take_forwarded (ledger, event, agent);
  else
    {
      CHECK (ledger,
             (event->forward == MODEL_FORWARD_OFF) == (event->forward_to == MODEL_FORWARD_TO_NONE),
             "%s forwards to nowhere", agent->id);
      CHECK (ledger, event->reason == NULL || event->forward == MODEL_FORWARD_OFF,
             "what new definitions end has calls of %s go on", agent->id);
      agent->forward = event->forward;
      agent->forward_to = event->forward_to;
      agent->forward_target = event->target;
    }
}

gboolean
ledger_forwarded_outside (const Ledger *ledger, const ModelEvent *event)
{
  const LedgerInteraction *one = ledger_interaction (ledger, event->interaction);
  const LedgerPart *caller = ledger_caller_of (ledger, event->interaction);

  return one->forwards > 0 && one->forwarded_to == MODEL_FORWARD_TO_NUMBER &&
         one->forwarded_by[one->forwards - 1] == ledger_agent (ledger, event->agent) &&
         event->part == (one->internal ? MODEL_PART_CONFERENCED : MODEL_PART_PRIMARY) &&
         (one->internal ? caller != NULL && caller->agent == ledger_agent (ledger, event->by)
                        : ledger_count (ledger, one->id, MODEL_PART_PRIMARY) == 0);
}

/* No call waits for who has all of them go to a colleague to whom it can go. */
char *
invariant_forwards_always (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *owner, *to;
  const LedgerInteraction *one;

  if (event->type != MODEL_EVENT_REQUEST_QUEUED || event->kind != MODEL_REQUEST_PERSONAL ||
      event->channel != MODEL_CHANNEL_VOICE || event->queue != NULL)
    return NULL;
  owner = ledger_agent (ledger, event->agent);
  one = ledger_interaction (ledger, event->interaction);
  to = ledger_agent (ledger, owner->forward_target);
  if (owner->forward != MODEL_FORWARD_ALWAYS || owner->forward_to != MODEL_FORWARD_TO_AGENT ||
      to == NULL || to->retired || owner->retired || !permits (owner) || one->forwards == 4 ||
      went_through (one, owner) || went_through (one, to))
    return NULL;
  return g_strdup_printf ("a call waits for %s, who has it go to %s", owner->id, to->id);
}
