/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking into a core: copies of what it holds at the moment. Core's thread. */
#include "acd/view.h"

#include "acd/party.h"

gboolean
acd_core_agent_view (const AcdCore *core, const char *id, AcdAgentView *view)
{
  const AcdAgent *agent = acd_find_agent (core, id);

  if (agent == NULL)
    return FALSE;
  *view = (AcdAgentView){
    .agent = agent->id,
    .team = agent->team,
    .session = agent->session,
    .state = (ModelAgentState) agent->state,
    .reason = agent->reason,
    .since = agent->since,
    .has_next = agent->next_state != MODEL_AGENT_OFFLINE,
    .next_state = (ModelAgentState) agent->next_state,
    .next_reason = agent->next_reason,
    .station = (ModelStation) agent->station,
    .station_ready = agent->station_ready,
    .desk_connected = agent->desk_connected,
    .auto_accept = agent->auto_accept,
    .sign_out_pending = agent->sign_out_pending,
    .forward = (ModelForward) agent->forward,
    .forward_to = (ModelForwardTo) agent->forward_to,
    .forward_target = agent->forward_target,
    .n_offers = agent->n_offers,
    .n_wrap_ups = agent->wrap_ups,
  };
  for (const AcdPart *part = agent->parts; part != NULL; part = part->next)
    view->n_active += acd_part_is_in (part) || acd_part_dials (part);
  return TRUE;
}

GArray *
acd_core_agent_memberships (const AcdCore *core, const char *id)
{
  GArray *views = g_array_new (FALSE, FALSE, sizeof (AcdMembershipView));
  const AcdAgent *agent = acd_find_agent (core, id);

  for (guint i = 0; agent != NULL && i < agent->n_places; i++)
    {
      AcdMembershipView view = { agent->places[i].queue->id,
                                 (ModelMembership) agent->places[i].membership,
                                 agent->places[i].reason };
      g_array_append_val (views, view);
    }
  return views;
}

/* Calls come directly, too; what is written comes by queues. */
static gboolean
serves (const AcdAgent *agent, gint32 channel)
{
  gboolean serves = channel == MODEL_CHANNEL_VOICE;

  for (guint i = 0; i < agent->n_places; i++)
    serves |= agent->places[i].queue->def.channel == channel;
  return serves && agent->slots[channel] > 0;
}

GArray *
acd_core_agent_channels (const AcdCore *core, const char *id)
{
  GArray *views = g_array_new (FALSE, FALSE, sizeof (AcdChannelView));
  const AcdAgent *agent = acd_find_agent (core, id);

  for (gint32 i = 0; agent != NULL && agent->session != 0 && i < MODEL_CHANNEL_IM; i++)
    {
      const AcdOut *out = &agent->out[i];
      AcdChannelView view = { (ModelChannel) i, out->reason, out->by, out->since };
      if (serves (agent, i) || out->reason != NULL)
        g_array_append_val (views, view);
    }
  return views;
}

static AcdOfferView
view_of_offer (const AcdOffer *offer)
{
  const AcdRequest *request = offer->request;

  return (AcdOfferView){
    .offer = offer->id,
    .request = request->id,
    .interaction = request->interaction->id,
    .agent = offer->agent->id,
    .queue = request->queue != NULL ? request->queue->id : NULL,
    .channel = (ModelChannel) request->interaction->channel,
    .kind = (ModelRequestKind) request->kind,
    .created = offer->created,
    .deadline = offer->deadline,
    .ringing = offer->state == ACD_OFFER_RINGING,
    .auto_accept = offer->auto_accept,
  };
}

GArray *
acd_core_agent_offers (const AcdCore *core, const char *id)
{
  GArray *views = g_array_new (FALSE, FALSE, sizeof (AcdOfferView));
  const AcdAgent *agent = acd_find_agent (core, id);

  for (const AcdOffer *offer = agent != NULL ? agent->offers : NULL; offer != NULL;
       offer = offer->next)
    {
      AcdOfferView view = view_of_offer (offer);
      g_array_append_val (views, view);
    }
  return views;
}

static AcdParticipationView
view_of_part (const AcdPart *part)
{
  const ModelWrapUpRules *rules = part->queue != NULL ? &part->queue->def.wrap_up : NULL;
  gboolean extendable = rules != NULL && rules->extension > 0;

  return (AcdParticipationView){
    .participation = part->id,
    .interaction = part->interaction->id,
    .agent = part->agent->id,
    .queue = part->queue != NULL ? part->queue->id : NULL,
    .channel = (ModelChannel) part->interaction->channel,
    .part = (ModelPart) part->part,
    .work = acd_part_work (part),
    .joined = part->joined,
    .since = part->since,
    .deadline = part->state == ACD_PART_WRAP_UP ? part->deadline : G_MAXINT64,
    .extensions = part->extensions,
    .extensions_left = extendable ? MAX (0, rules->extensions - part->extensions) : 0,
    .held_total = part->held_total,
    .muted = part->muted,
    .disposition = part->disposition,
    .disposition_revision = part->disposition_revision,
    .note_revision = part->note_revision,
  };
}

GArray *
acd_core_agent_participations (const AcdCore *core, const char *id)
{
  GArray *views = g_array_new (FALSE, FALSE, sizeof (AcdParticipationView));
  const AcdAgent *agent = acd_find_agent (core, id);

  for (const AcdPart *part = agent != NULL ? agent->parts : NULL; part != NULL; part = part->next)
    {
      AcdParticipationView view = view_of_part (part);
      g_array_append_val (views, view);
    }
  return views;
}

gboolean
acd_core_offer_view (const AcdCore *core, ModelId id, AcdOfferView *view)
{
  const AcdOffer *offer = acd_id_map_lookup (&core->offers, id);

  if (offer != NULL)
    *view = view_of_offer (offer);
  return offer != NULL;
}

gboolean
acd_core_participation_view (const AcdCore *core, ModelId id, AcdParticipationView *view)
{
  const AcdPart *part = acd_id_map_lookup (&core->parts, id);

  if (part != NULL)
    *view = view_of_part (part);
  return part != NULL;
}

gboolean
acd_core_interaction_view (const AcdCore *core, ModelId id, AcdInteractionView *view)
{
  const AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, id);
  const AcdRequest *request;

  if (interaction == NULL)
    return FALSE;
  request = interaction->requests;
  *view = (AcdInteractionView){
    .interaction = interaction->id,
    .channel = (ModelChannel) interaction->channel,
    .direction = (ModelDirection) interaction->direction,
    .origin = (ModelOrigin) interaction->origin,
    .entry_point = interaction->entry_point,
    .language = interaction->language,
    .leg = interaction->leg,
    .customer_present = interaction->customer_present,
    .status = (ModelStatus) interaction->status,
    .created = interaction->created,
    .request = request != NULL ? request->id : 0,
    .queue = request != NULL && request->queue != NULL ? request->queue->id : NULL,
  };
  return TRUE;
}

guint
acd_core_team_calls (const AcdCore *core, const char *team)
{
  return acd_team_calls (core, team);
}

GArray *
acd_core_parties (const AcdCore *core, ModelId id)
{
  static const ModelWork works[] = { MODEL_WORK_DIALLING, MODEL_WORK_CONNECTED, MODEL_WORK_HELD };
  GArray *views = g_array_new (FALSE, FALSE, sizeof (AcdPartyView));
  const AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, id);
  const AcdParty *party = interaction != NULL ? acd_parties (core, interaction) : NULL;

  for (; party != NULL; party = party->next)
    {
      AcdPartyView view = { .party = party->id,
                            .by = party->by != NULL ? party->by->id : NULL,
                            .team = party->team,
                            .part = (ModelPart) party->part,
                            .work = works[party->state],
                            .muted = party->muted,
                            .since = party->since,
                            .deadline = party->deadline != 0 ? party->deadline : G_MAXINT64 };
      g_array_append_val (views, view);
    }
  return views;
}

gint32
acd_core_variable_revision (const AcdCore *core, ModelId id, const char *variable)
{
  const AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, id);

  if (interaction == NULL || interaction->revisions == NULL)
    return 0;
  for (guint i = 0; i < interaction->revisions->len; i++)
    {
      const AcdRevision *one = &g_array_index (interaction->revisions, AcdRevision, i);
      if (g_strcmp0 (one->variable, variable) == 0)
        return one->revision;
    }
  return 0;
}

static gboolean
has_room (const AcdCore *core, const AcdAgent *agent, gint32 channel)
{
  const ModelSettings *settings = acd_settings (core);

  return agent->used[channel] < agent->automatic[channel] &&
         !(agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks) &&
         !(agent->calls > 0 && !settings->digital_during_call);
}

gboolean
acd_core_queue_view (const AcdCore *core, const char *id, AcdQueueView *view)
{
  const AcdQueue *queue = acd_find_queue (core, id);

  if (queue == NULL)
    return FALSE;
  *view = (AcdQueueView){ .queue = queue->id,
                          .open = queue->open,
                          .waiting = queue->waiting,
                          .longest_since = G_MAXINT64,
                          .staffed = queue->staffed,
                          .moves = queue->moves };
  for (const AcdClass *klass = queue->classes; klass != NULL; klass = klass->next)
    if (klass->waiting.first != NULL)
      view->longest_since = MIN (
          view->longest_since, acd_node_owner (klass->waiting.first, AcdRequest, node)->queued_at);
  for (guint i = 0; i < queue->agents->len; i++)
    {
      const AcdAgent *agent = queue->agents->pdata[i];
      const AcdPlace *place = acd_agent_place (agent, queue);
      gboolean ready = acd_agent_takes (agent, queue->def.channel) &&
                       place->membership == MODEL_MEMBERSHIP_READY;

      view->ready += ready;
      view->free += ready && has_room (core, agent, queue->def.channel);
    }
  return TRUE;
}

guint
acd_core_queue_free (const AcdCore *core, const char *id)
{
  const AcdQueue *queue = acd_find_queue (core, id);
  guint n = 0;

  for (guint i = 0; queue != NULL && i < queue->agents->len; i++)
    {
      const AcdAgent *agent = queue->agents->pdata[i];

      n += (agent->ready & (1 << queue->def.channel)) != 0 &&
           acd_agent_place (agent, queue)->membership == MODEL_MEMBERSHIP_READY;
    }
  return n;
}

GArray *
acd_core_waiting (const AcdCore *core, const char *id, guint most)
{
  GArray *views = g_array_new (FALSE, FALSE, sizeof (AcdWaitingView));
  const AcdQueue *queue = acd_find_queue (core, id);

  for (const AcdClass *klass = queue != NULL ? queue->classes : NULL; klass != NULL;
       klass = klass->next)
    {
      guint n = 0;
      for (AcdNode *node = klass->waiting.first; node != NULL && n < most;
           node = acd_tree_next (node), n++)
        {
          const AcdRequest *request = acd_node_owner (node, AcdRequest, node);
          AcdWaitingView view = { request->interaction->id, request->queued_at };
          if (!acd_request_asks (request))
            g_array_append_val (views, view);
        }
    }
  return views;
}

GArray *
acd_core_interactions (const AcdCore *core)
{
  return acd_id_map_ids (&core->interactions);
}

ModelDefinitions *
acd_core_definitions (const AcdCore *core)
{
  return core->definitions;
}
