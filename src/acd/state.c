/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding one's way in the core's state, and the timers that follow from it. Core's thread. */
#include "acd/party.h"

AcdAgent *
acd_find_agent (const AcdCore *core, const char *id)
{
  if (id == NULL)
    return NULL;
  if (core->hint != NULL && core->hint->id == id)
    return core->hint;
  return g_hash_table_lookup (core->agent_index, id);
}

AcdQueue *
acd_find_queue (const AcdCore *core, const char *id)
{
  if (id == NULL)
    return NULL;
  if (core->queue_hint != NULL && core->queue_hint->id == id)
    return core->queue_hint;
  return g_hash_table_lookup (core->queue_index, id);
}

AcdEntry *
acd_find_entry (const AcdCore *core, const char *id)
{
  return id == NULL ? NULL : g_hash_table_lookup (core->entry_index, id);
}

gboolean
acd_agent_excludes (const AcdAgent *agent, ModelId request)
{
  for (const AcdExclusion *one = agent->exclusions; one != NULL; one = one->next)
    if (one->request == request)
      return TRUE;
  return FALSE;
}

AcdPlace *
acd_agent_place (const AcdAgent *agent, const AcdQueue *queue)
{
  for (guint i = 0; i < agent->n_places; i++)
    if (agent->places[i].queue == queue)
      return &agent->places[i];
  return NULL;
}

gboolean
acd_agent_may_be_available (const AcdAgent *agent, ModelCode *why_not)
{
  ModelCode reason = MODEL_CODE_STATION_NOT_READY;
  gboolean may = agent->station_ready || agent->slots[MODEL_CHANNEL_VOICE] == 0;

  if (agent->retired)
    {
      may = FALSE;
      reason = MODEL_CODE_RETIRED;
    }
  if (why_not != NULL)
    *why_not = reason;
  return may;
}

gboolean
acd_agent_takes (const AcdAgent *agent, gint32 channel)
{
  return agent->state == MODEL_AGENT_AVAILABLE && (agent->shut & (1 << channel)) == 0;
}

void
acd_agent_set_out (AcdAgent *agent, gint32 channel, AcdOut out)
{
  guint8 bit = (guint8) (1u << channel);

  agent->out[channel] = out;
  agent->shut = (guint8) (out.reason != NULL ? agent->shut | bit : agent->shut & ~bit);
}

gboolean
acd_agent_works (const AcdAgent *agent)
{
  for (const AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->interaction->channel != MODEL_CHANNEL_IM)
      return TRUE;
  return FALSE;
}

guint
acd_agent_calls_offered (const AcdAgent *agent)
{
  guint offers = 0;

  for (const AcdOffer *offer = agent->offers; offer != NULL; offer = offer->next)
    offers += offer->request->interaction->channel == MODEL_CHANNEL_VOICE;
  return offers;
}

gboolean
acd_agent_engaged (const AcdAgent *agent)
{
  for (const AcdOffer *offer = agent->offers; offer != NULL; offer = offer->next)
    if (offer->request->interaction->channel != MODEL_CHANNEL_IM)
      return TRUE;
  return acd_agent_works (agent);
}

ModelId
acd_new_id (AcdCore *core)
{
  ModelId id = model_id_make (core->node, ++core->counter);

  g_array_append_val (core->given, id);
  return id;
}

gboolean
acd_take_id (AcdCore *core, ModelId id, const char *member, GError **error)
{
  gboolean decided = core->events != NULL;

  if (id == 0)
    return acd_refuse_member (error, ACD_ERROR_INVALID, member);
  if (model_id_node (id) == core->node)
    core->counter = MAX (core->counter, model_id_counter (id));
  for (guint i = 0; decided && i < core->given->len; i++)
    if (g_array_index (core->given, ModelId, i) == id)
      {
        g_array_remove_index_fast (core->given, i);
        return TRUE;
      }
  return !decided || acd_refuse_member (error, ACD_ERROR_INVALID, member);
}

const ModelSettings *
acd_settings (const AcdCore *core)
{
  return &core->definitions->settings;
}

/* Whether nothing but conversations is in hand that go on without the agent's presence. */
gboolean
acd_agent_may_leave (const AcdAgent *agent)
{
  if (agent->offers != NULL)
    return FALSE;
  for (const AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->state != ACD_PART_ACTIVE ||
        model_channel_is_live ((ModelChannel) part->interaction->channel))
      return FALSE;
  return TRUE;
}

gboolean
acd_part_is_in (const AcdPart *part)
{
  return part->state == ACD_PART_ACTIVE || part->state == ACD_PART_HELD;
}

gboolean
acd_part_dials (const AcdPart *part)
{
  return part->state == ACD_PART_CALLING || part->state == ACD_PART_DIALLING;
}

gboolean
acd_request_asks (const AcdRequest *request)
{
  if (request->interaction->channel == MODEL_CHANNEL_IM)
    return FALSE;
  return request->kind == MODEL_REQUEST_CONSULT || request->kind == MODEL_REQUEST_CONFERENCE ||
         (request->kind == MODEL_REQUEST_TRANSFER && acd_is_call (request->interaction) &&
          acd_part_as (request->interaction, MODEL_PART_PRIMARY) != NULL);
}

AcdRequest *
acd_asked (const AcdInteraction *interaction)
{
  AcdRequest *request = interaction->requests;

  while (request != NULL && !acd_request_asks (request))
    request = request->next;
  return request;
}

AcdQueue *
acd_request_fallback (const AcdRequest *request)
{
  return request->owner != NULL && !request->to_giver ? request->back : NULL;
}

AcdAgent *
acd_request_giver (const AcdRequest *request)
{
  return request->owner != NULL && request->to_giver ? request->giver : NULL;
}

AcdPart *
acd_part_of (const AcdInteraction *interaction, const AcdAgent *agent)
{
  AcdPart *part = interaction->parts;

  while (part != NULL && (part->agent != agent || !acd_part_is_in (part)))
    part = part->sibling;
  return part;
}

AcdPart *
acd_part_as (const AcdInteraction *interaction, ModelPart role)
{
  AcdPart *part = interaction->parts;

  while (part != NULL && (part->part != (guint8) role || !acd_part_is_in (part)))
    part = part->sibling;
  return part;
}

gboolean
acd_is_call (const AcdInteraction *interaction)
{
  return interaction->channel == MODEL_CHANNEL_VOICE;
}

gboolean
acd_is_internal (const AcdInteraction *interaction)
{
  return acd_is_call (interaction) && interaction->direction == MODEL_DIRECTION_INTERNAL;
}

guint
acd_n_joined (const AcdCore *core, const AcdInteraction *interaction)
{
  guint n = 0;

  for (const AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    n += acd_part_is_in (part) && part->part == MODEL_PART_CONFERENCED;
  for (const AcdParty *party = acd_parties (core, interaction); party != NULL; party = party->next)
    n += acd_party_is_in (party) && party->part == MODEL_PART_CONFERENCED;
  return n;
}

guint
acd_n_agents (const AcdInteraction *interaction)
{
  guint n = 0;

  for (const AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    n += acd_part_is_in (part) && part->part != MODEL_PART_SUPERVISING;
  return n;
}

guint
acd_n_in (const AcdCore *core, const AcdInteraction *interaction)
{
  guint n = acd_n_agents (interaction);

  for (const AcdParty *party = acd_parties (core, interaction); party != NULL; party = party->next)
    n += acd_party_is_in (party);
  return n;
}

AcdPart *
acd_private_talk (const AcdPart *part)
{
  AcdPart *consulted;

  if (part->part != MODEL_PART_PRIMARY || part->state != ACD_PART_HELD ||
      !acd_is_call (part->interaction) || !part->interaction->customer_present)
    return NULL;
  consulted = acd_part_as (part->interaction, MODEL_PART_CONSULTED);
  return consulted != NULL && consulted->state == ACD_PART_ACTIVE ? consulted : NULL;
}

gboolean
acd_agent_talks (const AcdCore *core, const AcdAgent *agent, const AcdInteraction *but)
{
  for (const AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->interaction != but && acd_is_call (part->interaction) &&
        (part->state == ACD_PART_ACTIVE || acd_private_talk (part) != NULL ||
         acd_party_talk (core, part) != NULL))
      return TRUE;
  return FALSE;
}

ModelCompany
acd_company (const AcdCore *core, const AcdInteraction *interaction)
{
  guint n[2] = { 0 }, asked = 0;

  for (const AcdPart *part = interaction->parts; part != NULL; part = part->sibling)
    if (acd_part_is_in (part) &&
        (part->part == MODEL_PART_CONSULTED || part->part == MODEL_PART_CONFERENCED))
      n[part->part == MODEL_PART_CONFERENCED]++;
  for (const AcdRequest *request = interaction->requests; request != NULL; request = request->next)
    asked += acd_request_asks (request);
  for (const AcdParty *party = acd_parties (core, interaction); party != NULL; party = party->next)
    if (party->state == ACD_PARTY_DIALLING)
      asked++;
    else if (party->part != MODEL_PART_PRIMARY)
      n[party->part == MODEL_PART_CONFERENCED]++;
  if (acd_is_internal (interaction) && n[1] > 0)
    n[1]--; /* the colleague who was called */
  return model_company (asked, n[0], n[1], (guint) acd_settings (core)->conference_max);
}

/* A live chat whose customer does not know yet that the agent is away. */
gboolean
acd_part_deserted (const AcdPart *part)
{
  ModelChannel channel = (ModelChannel) part->interaction->channel;

  return part->state == ACD_PART_ACTIVE && part->deadline == 0 && channel != MODEL_CHANNEL_VOICE &&
         model_channel_is_live (channel);
}

static gboolean
has_deserted (const AcdAgent *agent)
{
  for (const AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (acd_part_deserted (part))
      return TRUE;
  return FALSE;
}

/* Only a primary agent of a queue wraps up, and only where the queue gives time for it; not what
 * goes back unfinished, nor a call that nobody took. */
gboolean
acd_wrap_up_due (const AcdPart *part, const char *reason)
{
  return !acd_part_dials (part) && reason != model_code (MODEL_CODE_AGENT_ABSENT) &&
         reason != model_code (MODEL_CODE_UNASSIGNED) && reason != model_code (MODEL_CODE_PARKED) &&
         part->part == MODEL_PART_PRIMARY && part->queue != NULL &&
         part->queue->def.wrap_up.seconds > 0;
}

/* Orders exclusions of the same deadline. */
guint64
acd_exclusion_tie (const AcdExclusion *exclusion)
{
  return acd_mix (exclusion->request ^ acd_mix (exclusion->agent->index + 1));
}

void
acd_part_free (AcdCore *core, AcdPart *part)
{
  acd_pool_give (&core->part_pool, part);
}

void
acd_request_free (AcdCore *core, AcdRequest *request)
{
  acd_array_give (&core->arrays, request->needs, request->n_needs * sizeof (AcdNeed));
  acd_pool_give (&core->request_pool, request);
}

void
acd_offer_free (AcdCore *core, AcdOffer *offer)
{
  acd_pool_give (&core->offer_pool, offer);
}

void
acd_interaction_free (AcdCore *core, AcdInteraction *interaction)
{
  if (interaction->revisions != NULL)
    g_array_unref (interaction->revisions);
  acd_forwards_forget (core, interaction->id);
  acd_pool_give (&core->interaction_pool, interaction);
}

void
acd_timer_set (AcdCore *core, AcdTimerKind kind, AcdNode *timer, gint64 deadline, guint64 tie)
{
  AcdTree *tree = &core->timers[kind];

  if (acd_node_in_tree (timer))
    {
      if (timer->key == deadline)
        return;
      acd_tree_remove (tree, timer);
    }
  if (deadline == G_MAXINT64)
    return;
  acd_tree_insert (tree, timer, deadline, tie);
  core->due = MIN (core->due, deadline);
}

/* When something is next due of the agent's desk and station: the grace that makes an available
 * agent idle and after which customers are told, then the end of the session, which waits for work
 * in hand. */
void
acd_agent_timer (AcdCore *core, AcdAgent *agent)
{
  const ModelSettings *settings = acd_settings (core);
  gint64 grace = (gint64) settings->desk_grace_seconds * 1000;
  gint64 deadline = G_MAXINT64;

  if (agent->session != 0 && agent->state == MODEL_AGENT_AVAILABLE)
    {
      if (agent->desk_lost_at != 0)
        deadline = agent->desk_lost_at + grace;
      if (agent->station_lost_at != 0)
        deadline = MIN (deadline, agent->station_lost_at + grace);
    }
  if (agent->session != 0 && agent->desk_lost_at != 0 && has_deserted (agent))
    deadline = MIN (deadline, agent->desk_lost_at + grace);
  if (agent->session != 0 && agent->desk_lost_at != 0 && acd_agent_may_leave (agent))
    deadline =
        MIN (deadline, agent->desk_lost_at + (gint64) settings->session_limit_seconds * 1000);
  acd_timer_set (core, ACD_TIMER_AGENT, &agent->timer, deadline, agent->index);
}

/* A waiting request's next moment: a requirement that falls away, or the end of its patience. */
void
acd_request_timer (AcdCore *core, AcdRequest *request)
{
  gint64 deadline = G_MAXINT64;

  if (request->state == ACD_REQUEST_WAITING)
    {
      deadline = request->wait_deadline;
      for (guint i = 0; i < request->n_needs; i++)
        deadline = MIN (deadline, request->needs[i].until);
    }
  acd_timer_set (core, ACD_TIMER_REQUEST, &request->timer, deadline, request->id);
}
