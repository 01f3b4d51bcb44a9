/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Choosing: which request a free agent gets, which agent a new request gets. Before a decision, no
 * ready agent and waiting request match; so only agents who gained something and requests that wait
 * anew have to be looked at, in the order of rank. Core's thread. */
#include "acd/state.h"

/* Personal requests come before all shared ones. */
#define PERSONAL_FIRST (G_GINT64_CONSTANT (1) << 60)

typedef struct
{
  AcdNode node;    /* key = rank, tie = request */
  AcdAgent *agent; /* who gained, or NULL where the request waits anew */
} Candidate;

static gint64
rank_of (const AcdRequest *request)
{
  return request->owner != NULL ? request->node.key - PERSONAL_FIRST : request->node.key;
}

static AcdRequest *
best_personal (const AcdAgent *agent, guint8 ready)
{
  for (AcdNode *node = agent->personal.first; node != NULL; node = acd_tree_next (node))
    {
      AcdRequest *request = acd_node_owner (node, AcdRequest, node);
      if (ready & (1 << request->interaction->channel))
        return request;
    }
  return NULL;
}

static AcdNode *
first_not_excluded (const AcdAgent *agent, const AcdTree *waiting)
{
  AcdNode *node = waiting->first;

  while (node != NULL && acd_agent_excludes (agent, node->tie))
    node = acd_tree_next (node);
  return node;
}

/* Of those who are first in line somewhere, the one who comes before all others that the agent
 * could take. */
static AcdRequest *
best_head (const AcdCore *core, const AcdAgent *agent, guint8 ready)
{
  const AcdHead *heads = (const AcdHead *) (gpointer) core->heads->data;
  AcdHead best = { .rank = G_MAXINT64 };

  for (guint i = 0; i < agent->n_seats; i++)
    {
      AcdLook look = agent->looks[i];
      const AcdHead *head = &heads[look.head];
      if (!(ready & look.channels) || head->rank > best.rank)
        continue;
      if (head->rank < best.rank || head->id < best.id)
        best = *head;
    }
  acd_fetch (best.request, 3);
  acd_fetch (best.interaction, 1);
  return best.request;
}

/* The same where some requests are kept from the agent: the first that is not, of each class. */
static AcdRequest *
best_not_excluded (const AcdAgent *agent, guint8 ready)
{
  AcdNode *best = NULL;

  for (guint i = 0; i < agent->n_seats; i++)
    {
      const AcdSeat *seat = &agent->seats[i];
      AcdNode *node;
      if (!(ready & (1 << seat->klass->channel)) ||
          agent->places[seat->place].membership != MODEL_MEMBERSHIP_READY)
        continue;
      node = first_not_excluded (agent, &seat->klass->waiting);
      if (node != NULL && (best == NULL || node->key < best->key ||
                           (node->key == best->key && node->tie < best->tie)))
        best = node;
    }
  return best != NULL ? acd_node_owner (best, AcdRequest, node) : NULL;
}

AcdRequest *
acd_best_request_on (const AcdCore *core, const AcdAgent *agent, guint8 ready)
{
  AcdRequest *personal = NULL;

  if (ready == 0)
    return NULL;
  if (agent->personal.n > 0)
    personal = best_personal (agent, ready);
  ready &= (guint8) ~ACD_READY_IM;
  if (personal != NULL || ready == 0)
    return personal;
  if (agent->exclusions != NULL)
    return best_not_excluded (agent, ready);
  return best_head (core, agent, ready);
}

static AcdRequest *
best_request (const AcdCore *core, const AcdAgent *agent)
{
  return acd_best_request_on (core, agent, acd_agent_ready_channels (core, agent));
}

/* The trees of ready agents must be settled. */
static AcdAgent *
best_agent (const AcdCore *core, const AcdRequest *request)
{
  AcdAgent *owner = request->owner;

  if (owner != NULL)
    return acd_agent_ready_channels (core, owner) & (1 << request->interaction->channel) ? owner
                                                                                         : NULL;
  for (AcdNode *node = request->klass->ready.first; node != NULL; node = acd_tree_next (node))
    {
      AcdAgent *agent = core->agents->pdata[node->extra];
      if (agent->exclusions == NULL || !acd_agent_excludes (agent, request->id))
        return agent;
    }
  return NULL;
}

static void
serve_agent (AcdCore *core, AcdAgent *agent)
{
  AcdRequest *request;

  while ((request = best_request (core, agent)) != NULL)
    acd_step_offer (core, request, agent);
  acd_agent_settle (core, agent);
}

static void
add_candidate (AcdTree *candidates, AcdRequest *request, AcdAgent *agent)
{
  Candidate *candidate;

  if (request == NULL)
    return;
  candidate = g_slice_new0 (Candidate);
  candidate->agent = agent;
  acd_tree_insert (candidates, &candidate->node, rank_of (request), request->id);
}

/* Offers in the order of rank until nothing that gained or waits anew finds its match. */
static void
serve_candidates (AcdCore *core, AcdTree *candidates)
{
  while (candidates->first != NULL)
    {
      Candidate *candidate = acd_node_owner (candidates->first, Candidate, node);
      AcdRequest *request = acd_id_map_lookup (&core->requests, candidate->node.tie);
      AcdAgent *gainer = candidate->agent;
      AcdAgent *agent;

      acd_tree_remove (candidates, &candidate->node);
      g_slice_free (Candidate, candidate);
      agent = request != NULL && request->state == ACD_REQUEST_WAITING ? best_agent (core, request)
                                                                       : NULL;
      if (agent != NULL)
        {
          acd_step_offer (core, request, agent);
          acd_agent_settle (core, agent);
        }
      if (gainer != NULL)
        add_candidate (candidates, best_request (core, gainer), gainer);
    }
}

/* Takes the marked agents; those who gained nothing are settled and left out of the list. */
static void
take_gainers (AcdCore *core)
{
  g_ptr_array_set_size (core->gainers, 0);
  for (guint i = 0; i < core->marked->len; i++)
    {
      AcdAgent *agent = core->marked->pdata[i];
      guint8 ready = acd_agent_ready_channels (core, agent);
      agent->marked = FALSE;
      if ((ready & ~agent->ready) == 0 && !agent->rejoined)
        {
          acd_agent_settle (core, agent);
          continue;
        }
      g_ptr_array_add (core->gainers, agent);
    }
  g_ptr_array_set_size (core->marked, 0);
}

/* The request if it still waits. */
static AcdRequest *
marked_request (AcdCore *core, guint i)
{
  ModelId id = g_array_index (core->marked_requests, ModelId, i);
  AcdRequest *request = acd_id_map_lookup (&core->requests, id);

  if (request == NULL)
    return NULL;
  request->marked = FALSE;
  return request->state == ACD_REQUEST_WAITING ? request : NULL;
}

static void
take_marked_requests (AcdCore *core, AcdTree *candidates)
{
  for (guint i = 0; i < core->marked_requests->len; i++)
    add_candidate (candidates, marked_request (core, i), NULL);
  g_array_set_size (core->marked_requests, 0);
}

/* The only one that waits anew, while nobody gained anything. */
static void
serve_marked_request (AcdCore *core)
{
  AcdRequest *request = marked_request (core, 0);
  AcdAgent *agent = request != NULL ? best_agent (core, request) : NULL;

  g_array_set_size (core->marked_requests, 0);
  if (agent == NULL)
    return;
  acd_step_offer (core, request, agent);
  acd_agent_settle (core, agent);
}

static void
look_once (AcdCore *core)
{
  GPtrArray *gainers = core->gainers;
  AcdTree candidates = { 0 };

  take_gainers (core);
  if (gainers->len == 1 && core->marked_requests->len == 0)
    {
      serve_agent (core, gainers->pdata[0]);
      return;
    }
  if (gainers->len == 0 && core->marked_requests->len == 1)
    {
      serve_marked_request (core);
      return;
    }
  take_marked_requests (core, &candidates);
  for (guint i = 0; i < gainers->len; i++)
    acd_agent_settle (core, gainers->pdata[i]);
  for (guint i = 0; i < gainers->len; i++)
    add_candidate (&candidates, best_request (core, gainers->pdata[i]), gainers->pdata[i]);
  serve_candidates (core, &candidates);
}

void
acd_dispatch (AcdCore *core)
{
  if (core->supervising->len > 0)
    acd_step_end_supervision (core);
  while (core->marked->len > 0 || core->marked_requests->len > 0)
    look_once (core);
}
