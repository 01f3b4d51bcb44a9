/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oracle [STATES]: 10 000 small random states, or so many, most of them shaken by new definitions
 * so that much matches at once. Before each offer of the core, all pairs of waiting requests and
 * agents are tried by brute force for the one that has to be next: the first in rank that anybody
 * may take, for the first of those who may. */
#include "simulation/day.h"

static guint64 n_offers;
static guint64 n_asked;

static const LedgerRequest *
next_request (const Ledger *ledger)
{
  const LedgerRequest *best = NULL;

  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      gboolean possible = FALSE;
      for (guint j = 0; request->offer == 0 && j < ledger->agents->len; j++)
        possible = possible || ledger_eligible (ledger, ledger->agents->pdata[j], request);
      if (possible && (best == NULL || ledger_compare_requests (request, best) < 0))
        best = request;
    }
  return best;
}

static const LedgerAgent *
next_agent (const Ledger *ledger, const LedgerRequest *request)
{
  const LedgerAgent *best = NULL;

  for (guint j = 0; j < ledger->agents->len; j++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[j];
      if (ledger_eligible (ledger, agent, request) &&
          (best == NULL || ledger_compare_agents (ledger, request, agent, best) < 0))
        best = agent;
    }
  return best;
}

/* Of what waited when the agent asked for one more, the chosen one has to be the first. */
static char *
foresee_more (Ledger *ledger, const ModelEvent *event)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);
  const LedgerRequest *best = &ledger->chosen;

  n_asked++;
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      if (ledger_pullable (ledger, agent, request, event->channel) &&
          ledger_compare_requests (request, best) < 0)
        best = request;
    }
  if (best->id != event->request)
    return g_strdup ("another request had to be given to who asked");
  return NULL;
}

static char *
foresee (Ledger *ledger, const ModelEvent *event)
{
  const LedgerRequest *request;
  const LedgerAgent *agent;

  if (event->type == MODEL_EVENT_PARTICIPATION_JOINED &&
      event->reason == g_intern_static_string ("pulled"))
    return foresee_more (ledger, event);
  /* Who fetches a parked call chooses it. */
  if (event->type != MODEL_EVENT_OFFER_CREATED || event->kind == MODEL_REQUEST_PARKED)
    return NULL;
  n_offers++;
  request = next_request (ledger);
  if (request == NULL || request->id != event->request)
    return g_strdup ("another request had to be offered next");
  agent = next_agent (ledger, request);
  if (ledger_compare_agents (ledger, request, agent, ledger_agent (ledger, event->agent)) != 0)
    return g_strdup_printf ("%s had to be offered it, not %s", agent->id, event->agent);
  return NULL;
}

static gboolean
try_state (guint64 seed)
{
  g_autoptr (Day) day = day_new (seed);

  day->n_agents = 1 + dice_below (&day->dice, 6);
  day->n_queues = 1 + dice_below (&day->dice, 4);
  day->also = foresee;
  day_run (day, 20 + dice_below (&day->dice, 80));
  for (int shake = 0; shake < 2 && day->broken == NULL; shake++)
    {
      g_autoptr (ModelDefinitions) definitions =
          centre_random (&day->dice, day->n_agents, day->n_queues);
      day_tell (day,
                &(AcdCommand){ .type = ACD_COMMAND_APPLY_DEFINITIONS, .definitions = definitions });
    }
  if (day->broken != NULL)
    g_printerr ("state %" G_GUINT64_FORMAT ": %s\n", seed, day->broken);
  return day->broken == NULL;
}

int
main (int argc, char **argv)
{
  guint64 states = argc > 1 ? g_ascii_strtoull (argv[1], NULL, 10) : 10000;

  for (guint64 seed = 1; seed <= states; seed++)
    if (!try_state (seed))
      return 1;
  g_print ("%" G_GUINT64_FORMAT " states, %" G_GUINT64_FORMAT " offers and %" G_GUINT64_FORMAT
           " answers to who asked for more, all foreseen\n",
           states, n_offers, n_asked);
  return 0;
}
