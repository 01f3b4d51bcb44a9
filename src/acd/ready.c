/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The indexes: which agents could take a request of each class now, which requests of each class
 * wait. They follow from the rest of the state and are brought up to date for the agents and
 * requests that an event touched. Core's thread. */
#include "acd/state.h"

#include <string.h>

static inline guint8
channels_below (const AcdCore *core, const AcdAgent *agent, const guint8 *limits)
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
      if (channel == MODEL_CHANNEL_IM || agent->used[channel] >= limits[channel] ||
          (agent->shut & (1 << channel)) != 0)
        continue;
      if (channel == MODEL_CHANNEL_VOICE ? agent->station_ready && agent->dialling == 0
                                         : agent->calls == 0 || settings->digital_during_call)
        ready |= (guint8) (1 << channel);
    }
  return ready;
}

/* Colleagues may write whatever the agent does. */
static gboolean
may_be_written_to (const AcdAgent *agent)
{
  return agent->session != 0 && agent->desk_connected && !agent->retired &&
         !agent->sign_out_pending && agent->used[MODEL_CHANNEL_IM] < G_MAXUINT8;
}

/* The channels on which the agent could be given one more now, as bits. */
guint8
acd_agent_ready_channels (const AcdCore *core, const AcdAgent *agent)
{
  return channels_below (core, agent, agent->automatic) |
         (may_be_written_to (agent) ? ACD_READY_IM : 0);
}

guint8
acd_agent_open_channels (const AcdCore *core, const AcdAgent *agent)
{
  return channels_below (core, agent, agent->slots);
}

void
acd_agent_mark (AcdCore *core, AcdAgent *agent)
{
  if (agent->marked)
    return;
  acd_fetch (agent->looks, 1);
  agent->marked = TRUE;
  g_ptr_array_add (core->marked, agent);
}

/* Who has been idle longest comes first; where skill decides, the levels asked for come before. */
static gint64
seat_key (const AcdAgent *agent, const AcdSeat *seat)
{
  if (seat->klass->queue->def.selection == MODEL_SELECT_MOST_SKILLED)
    return agent->idle_since - ((gint64) seat->score << 48);
  return agent->idle_since;
}

static void
place_seats (AcdAgent *agent, guint8 ready)
{
  ready &= (guint8) ~ACD_READY_IM; /* no queue has it */
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

static void
unseat (AcdAgent *agent)
{
  for (guint i = 0; i < agent->n_seats; i++)
    if (acd_node_in_tree (&agent->seats[i].node))
      acd_tree_remove (&agent->seats[i].klass->ready, &agent->seats[i].node);
  agent->n_seated = 0;
}

const char *
acd_team_need (const char *team)
{
  g_autofree char *need = g_strconcat ("@", team, NULL);

  return g_intern_string (need);
}

const char *
acd_need_team (const AcdNeed *need)
{
  return need->skill[0] == '@' ? need->skill + 1 : NULL;
}

static gint32
level_of (const AcdAgent *agent, const AcdNeed *need)
{
  const char *team = acd_need_team (need);

  if (team != NULL)
    return g_strcmp0 (agent->team, team) == 0;
  for (guint i = 0; i < agent->def->skills->len; i++)
    {
      const ModelSkillLevel *has = agent->def->skills->pdata[i];
      if (strcmp (has->skill, need->skill) == 0)
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
      gint32 level = level_of (agent, &klass->needs[i]);
      if (level < klass->needs[i].level)
        return -1;
      score += level;
    }
  return score;
}

/* The agent must be in no tree, for the seats may move. */
static void
add_seat (AcdCore *core, AcdAgent *agent, AcdClass *klass, guint place)
{
  gint32 score = score_in (agent, klass);
  guint n = agent->n_seats;

  if (score < 0)
    return;
  agent->seats =
      acd_array_grow (&core->arrays, agent->seats, n * sizeof (AcdSeat), sizeof (AcdSeat));
  agent->looks =
      acd_array_grow (&core->arrays, agent->looks, n * sizeof (AcdLook), sizeof (AcdLook));
  agent->seats[n] =
      (AcdSeat){ .node.extra = agent->index, .klass = klass, .place = place, .score = score };
  agent->n_seats++;
}

void
acd_agent_look_anew (AcdAgent *agent)
{
  for (guint i = 0; i < agent->n_seats; i++)
    {
      const AcdSeat *seat = &agent->seats[i];
      gboolean in = agent->places[seat->place].membership == MODEL_MEMBERSHIP_READY;
      agent->looks[i] = (AcdLook){ seat->klass->index, in ? 1u << seat->klass->channel : 0 };
    }
}

void
acd_agent_clear_seats (AcdCore *core, AcdAgent *agent)
{
  unseat (agent);
  acd_array_give (&core->arrays, agent->seats, agent->n_seats * sizeof (AcdSeat));
  acd_array_give (&core->arrays, agent->looks, agent->n_seats * sizeof (AcdLook));
  agent->seats = NULL;
  agent->looks = NULL;
  agent->n_seats = 0;
}

void
acd_agent_seat_everywhere (AcdCore *core, AcdAgent *agent)
{
  acd_agent_clear_seats (core, agent);
  for (guint place = 0; place < agent->n_places; place++)
    for (AcdClass *klass = agent->places[place].queue->classes; klass != NULL; klass = klass->next)
      add_seat (core, agent, klass, place);
  acd_agent_look_anew (agent);
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
class_new (AcdCore *core, AcdQueue *queue, const AcdNeed *needs, guint n_needs)
{
  AcdClass *klass = acd_pool_take (&core->class_pool, sizeof *klass);
  AcdHead nobody = { .rank = G_MAXINT64 };

  AcdClass **link = &queue->classes;

  klass->index = core->heads->len;
  g_array_append_val (core->heads, nobody);
  klass->queue = queue;
  klass->channel = (guint8) queue->def.channel;
  klass->n_needs = (guint8) n_needs;
  klass->needs = g_memdup2 (needs, n_needs * sizeof *needs);
  while (*link != NULL)
    link = &(*link)->next;
  *link = klass;
  for (guint i = 0; i < queue->agents->len; i++)
    {
      AcdAgent *agent = queue->agents->pdata[i];
      AcdPlace *place = acd_agent_place (agent, queue);
      unseat (agent);
      add_seat (core, agent, klass, (guint) (place - agent->places));
      acd_agent_look_anew (agent);
      place_seats (agent, agent->ready);
    }
  return klass;
}

void
acd_queue_clear_classes (AcdCore *core, AcdQueue *queue)
{
  while (queue->classes != NULL)
    {
      AcdClass *klass = queue->classes;
      queue->classes = klass->next;
      g_free (klass->needs);
      acd_pool_give (&core->class_pool, klass);
    }
}

static AcdClass *
class_for (AcdCore *core, AcdQueue *queue, const AcdNeed *needs, guint n_needs)
{
  for (AcdClass *klass = queue->classes; klass != NULL; klass = klass->next)
    if (same_needs (klass, needs, n_needs))
      return klass;
  return class_new (core, queue, needs, n_needs);
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
note_head (AcdCore *core, const AcdClass *klass, gboolean fetch)
{
  AcdHead *head = &g_array_index (core->heads, AcdHead, klass->index);
  AcdNode *first = klass->waiting.first;
  AcdRequest *request;

  *head = (AcdHead){ .rank = G_MAXINT64 };
  if (first == NULL)
    return;
  request = acd_node_owner (first, AcdRequest, node);
  *head = (AcdHead){ first->key, first->tie, request, request->interaction };
  if (!fetch)
    return;
  acd_fetch (request, 3);
  acd_fetch (request->interaction, 1);
  acd_fetch (first->parent, 1);
  acd_fetch (first->right, 1);
}

void
acd_request_set_needs (AcdCore *core, AcdRequest *request, const AcdNeed *needs, guint n)
{
  AcdNeed *old = request->needs;
  guint n_old = request->n_needs;

  request->needs = acd_array_take (&core->arrays, n * sizeof *needs);
  if (n > 0)
    memcpy (request->needs, needs, n * sizeof *needs);
  request->n_needs = (guint16) (n & 31);
  acd_array_give (&core->arrays, old, n_old * sizeof *needs);
}

void
acd_request_enqueue (AcdCore *core, AcdRequest *request)
{
  AcdTree *tree;

  if (request->kind == MODEL_REQUEST_PARKED)
    {
      /* It is offered to nobody who does not fetch it. */
      request->state = ACD_REQUEST_WAITING;
      acd_request_timer (core, request);
      return;
    }
  if (request->owner != NULL)
    tree = &request->owner->personal;
  else
    {
      request->klass = class_for (core, request->queue, request->needs, request->n_needs);
      request->queue->waiting++;
      request->queue->moves++;
      tree = &request->klass->waiting;
    }
  request->state = ACD_REQUEST_WAITING;
  acd_tree_insert (tree, &request->node, request->node.key, request->id);
  if (request->owner == NULL)
    note_head (core, request->klass, FALSE);
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
      note_head (core, request->klass, TRUE);
      request->queue->waiting--;
      request->queue->moves++;
    }
}
