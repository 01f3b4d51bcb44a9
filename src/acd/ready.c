/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The indexes: which agents could take a request of each class now, which requests of each class
 * wait. They follow from the rest of the state and are brought up to date for the agents and
 * requests that an event touched. Core's thread. */
#include "acd/state.h"

#include <string.h>

/* The channels on which the agent could take one more now, as bits. */
guint8
acd_agent_ready_channels (const AcdCore *core, const AcdAgent *agent)
{
  const ModelSettings *settings = acd_settings (core);
  guint8 ready = 0;

  if (agent->state != MODEL_AGENT_AVAILABLE || agent->next_state != MODEL_AGENT_OFFLINE ||
      !agent->desk_connected || agent->retired || agent->sign_out_pending)
    return 0;
  if (agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks)
    return 0;
  for (int channel = 0; channel < MODEL_N_CHANNELS; channel++)
    {
      if (agent->used[channel] >= agent->slots[channel])
        continue;
      if (channel == MODEL_CHANNEL_VOICE ? agent->station_ready
                                         : agent->calls == 0 || settings->digital_during_call)
        ready |= (guint8) (1 << channel);
    }
  return ready;
}

void
acd_agent_mark (AcdCore *core, AcdAgent *agent)
{
  if (agent->marked)
    return;
  agent->marked = TRUE;
  g_ptr_array_add (core->marked, agent);
}

/* Who has been idle longest comes first; where skill decides, the levels asked for come before. */
static gint64
seat_key (const AcdAgent *agent, const AcdSeat *seat)
{
  if (seat->klass->queue->def->selection == MODEL_SELECT_MOST_SKILLED)
    return agent->idle_since - ((gint64) seat->score << 48);
  return agent->idle_since;
}

static void
place_seats (AcdAgent *agent, guint8 ready)
{
  if (ready == 0 && agent->n_seated == 0)
    return;
  for (guint i = 0; i < agent->n_seats; i++)
    {
      AcdSeat *seat = &agent->seats[i];
      gboolean in = acd_node_in_tree (&seat->node);
      gboolean want = (ready & (1 << seat->klass->channel)) != 0 &&
                      agent->places[seat->place].membership == MODEL_MEMBERSHIP_READY;
      gint64 key;
      if (!want && !in)
        continue;
      key = seat_key (agent, seat);
      if (want && in && seat->node.key == key)
        continue;
      if (in)
        acd_tree_remove (&seat->klass->ready, &seat->node);
      if (want)
        acd_tree_insert (&seat->klass->ready, &seat->node, key, agent->tie);
      agent->n_seated = (guint16) (agent->n_seated + want - in);
    }
}

void
acd_agent_settle (AcdCore *core, AcdAgent *agent)
{
  guint8 ready = acd_agent_ready_channels (core, agent);

  place_seats (agent, ready);
  agent->ready = ready;
  agent->rejoined = FALSE;
}

void
acd_agent_settle_all (AcdCore *core)
{
  for (guint i = 0; i < core->marked->len; i++)
    {
      AcdAgent *agent = core->marked->pdata[i];
      agent->marked = FALSE;
      acd_agent_settle (core, agent);
    }
  g_ptr_array_set_size (core->marked, 0);
}

void
acd_agent_unseat (AcdAgent *agent)
{
  for (guint i = 0; i < agent->n_seats; i++)
    if (acd_node_in_tree (&agent->seats[i].node))
      acd_tree_remove (&agent->seats[i].klass->ready, &agent->seats[i].node);
  agent->n_seated = 0;
}

static gint32
level_of (const AcdAgent *agent, const char *skill)
{
  for (guint i = 0; i < agent->def->skills->len; i++)
    {
      const ModelSkillLevel *has = agent->def->skills->pdata[i];
      if (strcmp (has->skill, skill) == 0)
        return has->level;
    }
  return 0;
}

/* The sum of the agent's levels in what the class needs, or -1 where one is too low. */
static gint32
score_in (const AcdAgent *agent, const AcdClass *klass)
{
  gint32 score = 0;

  for (guint i = 0; i < klass->n_needs; i++)
    {
      gint32 level = level_of (agent, klass->needs[i].skill);
      if (level < klass->needs[i].level)
        return -1;
      score += level;
    }
  return score;
}

static void
add_seat (AcdAgent *agent, AcdClass *klass, guint place)
{
  gint32 score = score_in (agent, klass);

  if (score < 0)
    return;
  agent->seats = g_renew (AcdSeat, agent->seats, agent->n_seats + 1u);
  agent->seats[agent->n_seats++] =
      (AcdSeat){ .node.extra = agent->index, .klass = klass, .place = place, .score = score };
}

void
acd_agent_seat_everywhere (AcdCore *core, AcdAgent *agent)
{
  acd_agent_unseat (agent);
  agent->n_seats = 0;
  for (guint place = 0; place < agent->n_places; place++)
    {
      GPtrArray *classes = agent->places[place].queue->classes;
      for (guint i = 0; i < classes->len; i++)
        add_seat (agent, classes->pdata[i], place);
    }
  agent->ready = 0;
  acd_agent_mark (core, agent);
}

static gboolean
same_needs (const AcdClass *klass, const AcdNeed *needs, guint n_needs)
{
  if (klass->n_needs != n_needs)
    return FALSE;
  for (guint i = 0; i < n_needs; i++)
    if (klass->needs[i].skill != needs[i].skill || klass->needs[i].level != needs[i].level)
      return FALSE;
  return TRUE;
}

static AcdClass *
class_new (AcdQueue *queue, const AcdNeed *needs, guint n_needs)
{
  AcdClass *klass = g_new0 (AcdClass, 1);

  klass->queue = queue;
  klass->channel = (guint8) queue->def->channel;
  klass->n_needs = n_needs;
  klass->needs = g_memdup2 (needs, n_needs * sizeof *needs);
  g_ptr_array_add (queue->classes, klass);
  for (guint i = 0; i < queue->agents->len; i++)
    {
      AcdAgent *agent = queue->agents->pdata[i];
      AcdPlace *place = acd_agent_place (agent, queue);
      acd_agent_unseat (agent);
      add_seat (agent, klass, (guint) (place - agent->places));
      place_seats (agent, agent->ready);
    }
  return klass;
}

void
acd_class_free (AcdClass *klass)
{
  g_free (klass->needs);
  g_free (klass);
}

AcdClass *
acd_class_for (AcdCore *core, AcdQueue *queue, const AcdNeed *needs, guint n_needs)
{
  for (guint i = 0; i < queue->classes->len; i++)
    if (same_needs (queue->classes->pdata[i], needs, n_needs))
      return queue->classes->pdata[i];
  return class_new (queue, needs, n_needs);
}

void
acd_request_mark (AcdCore *core, AcdRequest *request)
{
  if (request->marked)
    return;
  request->marked = TRUE;
  g_array_append_val (core->marked_requests, request->id);
}

static void
note_head (AcdClass *klass)
{
  const AcdNode *first = klass->waiting.first;

  klass->n_waiting = klass->waiting.n;
  if (first == NULL)
    return;
  klass->head_rank = first->key;
  klass->head = first->tie;
}

void
acd_request_enqueue (AcdCore *core, AcdRequest *request)
{
  AcdTree *tree;

  if (request->owner != NULL)
    tree = &request->owner->personal;
  else
    {
      request->klass = acd_class_for (core, request->queue, request->needs, request->n_needs);
      request->queue->waiting++;
      tree = &request->klass->waiting;
    }
  request->state = ACD_REQUEST_WAITING;
  acd_tree_insert (tree, &request->node, request->rank, request->id);
  if (request->owner == NULL)
    note_head (request->klass);
  acd_request_mark (core, request);
  acd_request_timer (core, request);
}

void
acd_request_dequeue (AcdCore *core, AcdRequest *request)
{
  if (!acd_node_in_tree (&request->node))
    return;
  if (request->owner != NULL)
    acd_tree_remove (&request->owner->personal, &request->node);
  else
    {
      acd_tree_remove (&request->klass->waiting, &request->node);
      note_head (request->klass);
      request->queue->waiting--;
    }
}
