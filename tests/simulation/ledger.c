/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture: how each event changes it, and what an event must not do. */
#include "simulation/ledger-work.h"

#include <string.h>

void
ledger_complain (Ledger *ledger, const char *format, ...)
{
  va_list args;

  if (ledger->complaint != NULL)
    return;
  va_start (args, format);
  ledger->complaint = g_strdup_vprintf (format, args);
  va_end (args);
}

static void
agent_free (gpointer data)
{
  LedgerAgent *agent = data;

  g_array_unref (agent->exclusions);
  g_free (agent);
}

Ledger *
ledger_new (void)
{
  Ledger *ledger = g_new0 (Ledger, 1);

  ledger->history = g_ptr_array_new_with_free_func ((GDestroyNotify) model_definitions_unref);
  ledger->agents = g_ptr_array_new_with_free_func (agent_free);
  ledger->queues = g_ptr_array_new_with_free_func (g_free);
  ledger->requests = g_ptr_array_new_with_free_func (g_free);
  ledger->offers = g_ptr_array_new_with_free_func (g_free);
  ledger->parts = g_ptr_array_new_with_free_func (g_free);
  ledger->parties = g_ptr_array_new_with_free_func (g_free);
  ledger->interactions = g_ptr_array_new_with_free_func (g_free);
  ledger->skipped = g_array_new (FALSE, FALSE, sizeof (ModelId));
  return ledger;
}

void
ledger_free (Ledger *ledger)
{
  g_ptr_array_unref (ledger->agents);
  g_ptr_array_unref (ledger->queues);
  g_ptr_array_unref (ledger->requests);
  g_ptr_array_unref (ledger->offers);
  g_ptr_array_unref (ledger->parts);
  g_ptr_array_unref (ledger->parties);
  g_ptr_array_unref (ledger->interactions);
  g_ptr_array_unref (ledger->history);
  g_array_unref (ledger->skipped);
  g_free (ledger->complaint);
  g_free (ledger);
}

LedgerAgent *
ledger_agent (const Ledger *ledger, const char *id)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    if (g_strcmp0 (((LedgerAgent *) ledger->agents->pdata[i])->id, id) == 0)
      return ledger->agents->pdata[i];
  return NULL;
}

int
ledger_queue (const Ledger *ledger, const char *id)
{
  for (guint i = 0; i < ledger->queues->len; i++)
    if (g_strcmp0 (((LedgerQueue *) ledger->queues->pdata[i])->id, id) == 0)
      return (int) i;
  return -1;
}

/* Every record begins with its id. */
static gpointer
by_id (GPtrArray *list, ModelId id)
{
  for (guint i = list->len; i > 0; i--) /* the last ones are asked for most */
    if (*(ModelId *) list->pdata[i - 1] == id)
      return list->pdata[i - 1];
  return NULL;
}

LedgerRequest *
ledger_request (const Ledger *ledger, ModelId id)
{
  return by_id (ledger->requests, id);
}

LedgerOffer *
ledger_offer (const Ledger *ledger, ModelId id)
{
  return by_id (ledger->offers, id);
}

LedgerPart *
ledger_part (const Ledger *ledger, ModelId id)
{
  return by_id (ledger->parts, id);
}

/* Of those who joined and did not leave. */
LedgerPart *
ledger_part_of (const Ledger *ledger, ModelId interaction, const LedgerAgent *agent)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      LedgerPart *part = ledger->parts->pdata[i];
      if (part->interaction == interaction && part->agent == agent && part->state <= LEDGER_HELD)
        return part;
    }
  return NULL;
}

const LedgerPart *
ledger_caller_of (const Ledger *ledger, ModelId interaction)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->interaction == interaction && part->part == MODEL_PART_PRIMARY &&
          part->state == LEDGER_DIALLING && ledger_interaction (ledger, interaction)->internal)
        return part;
    }
  return NULL;
}

const LedgerPart *
ledger_asks_with (const Ledger *ledger, ModelId interaction, const LedgerAgent *agent)
{
  const LedgerPart *part = ledger_part_of (ledger, interaction, agent);

  return part != NULL ? part : ledger_caller_of (ledger, interaction);
}

guint
ledger_count (const Ledger *ledger, ModelId interaction, int role)
{
  guint n = 0;

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      n += part->interaction == interaction && part->part == role && part->state <= LEDGER_HELD;
    }
  return n;
}

gboolean
ledger_asks (const Ledger *ledger, const LedgerRequest *request)
{
  if (request->channel == MODEL_CHANNEL_IM)
    return FALSE;
  return request->kind == MODEL_REQUEST_CONSULT || request->kind == MODEL_REQUEST_CONFERENCE ||
         (request->kind == MODEL_REQUEST_TRANSFER && request->channel == MODEL_CHANNEL_VOICE &&
          ledger_count (ledger, request->interaction, MODEL_PART_PRIMARY) > 0);
}

LedgerInteraction *
ledger_interaction (const Ledger *ledger, ModelId id)
{
  return by_id (ledger->interactions, id);
}

void
ledger_take_id (Ledger *ledger, ModelId id)
{
  gboolean skipped = FALSE;

  for (ModelId i = ledger->last_id + 1; ledger->last_id != 0 && i < id; i++)
    g_array_append_val (ledger->skipped, i);
  for (guint i = 0; !skipped && id <= ledger->last_id && i < ledger->skipped->len; i++)
    if (g_array_index (ledger->skipped, ModelId, i) == id)
      {
        g_array_remove_index_fast (ledger->skipped, i);
        skipped = TRUE;
      }
  CHECK (ledger, id > ledger->last_id || skipped, "an id is given twice");
  ledger->last_id = MAX (ledger->last_id, id);
}

static void
take_definitions (Ledger *ledger, ModelDefinitions *definitions)
{
  g_ptr_array_add (ledger->history, model_definitions_ref (definitions));
  ledger->definitions = definitions;
  for (guint i = 0; i < ledger->queues->len; i++)
    ((LedgerQueue *) ledger->queues->pdata[i])->retired = TRUE;
  for (guint i = 0; i < definitions->queues->len; i++)
    {
      const ModelQueue *def = definitions->queues->pdata[i];
      int at = ledger_queue (ledger, def->id);
      LedgerQueue *queue = at < 0 ? g_new0 (LedgerQueue, 1) : ledger->queues->pdata[at];
      if (at < 0)
        {
          queue->id = g_intern_string (def->id);
          queue->open = TRUE;
          g_ptr_array_add (ledger->queues, queue);
          g_assert (ledger->queues->len < LEDGER_QUEUES);
        }
      queue->def = def;
      queue->retired = FALSE;
    }
}

static void
join_queues (Ledger *ledger, LedgerAgent *agent, const ModelAgent *def)
{
  int fresh = agent->session != 0 && ledger->definitions->settings.ready_at_sign_in
                  ? MODEL_MEMBERSHIP_READY
                  : MODEL_MEMBERSHIP_OUT;

  for (guint i = 0; i < ledger->queues->len; i++)
    {
      const LedgerQueue *queue = ledger->queues->pdata[i];
      gboolean listed = def != NULL && def->queues != NULL &&
                        g_strv_contains ((const char *const *) def->queues, queue->id);
      if (agent->has[i])
        agent->has[i] = listed || queue->retired || def == NULL;
      else if (listed)
        {
          agent->has[i] = TRUE;
          agent->member[i] = fresh;
        }
    }
}

static void
take_agents (Ledger *ledger, ModelDefinitions *definitions)
{
  for (guint i = 0; i < definitions->agents->len; i++)
    {
      const ModelAgent *def = definitions->agents->pdata[i];
      if (ledger_agent (ledger, def->id) == NULL)
        {
          LedgerAgent *agent = g_new0 (LedgerAgent, 1);
          agent->id = g_intern_string (def->id);
          agent->exclusions = g_array_new (FALSE, FALSE, sizeof (LedgerExclusion));
          g_ptr_array_add (ledger->agents, agent);
        }
    }
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      LedgerAgent *agent = ledger->agents->pdata[i];
      const ModelAgent *def = model_definitions_agent (definitions, agent->id);
      agent->retired = def == NULL;
      if (def != NULL)
        agent->def = def;
      if (!model_agent_may_be_of (agent->def, agent->team))
        agent->team = g_intern_string (agent->def->team);
      join_queues (ledger, agent, def);
    }
}

static void
take_restart (Ledger *ledger, const ModelEvent *event)
{
  for (guint i = 0; i < ledger->agents->len; i++)
    {
      LedgerAgent *agent = ledger->agents->pdata[i];
      for (guint j = 0; j < agent->exclusions->len; j++)
        g_array_index (agent->exclusions, LedgerExclusion, j).until += event->duration;
      if (agent->session == 0)
        continue;
      agent->desk = agent->station = FALSE;
      agent->desk_lost_at = event->at;
    }
  for (guint i = 0; i < ledger->offers->len; i++)
    {
      LedgerOffer *offer = ledger->offers->pdata[i];
      CHECK (ledger, offer->deadline > event->at, "an overdue offer outlives the restart");
      offer->deadline += event->duration;
    }
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      LedgerPart *part = ledger->parts->pdata[i];
      if (part->deadline != 0)
        part->deadline += event->duration;
    }
  for (guint i = 0; i < ledger->parties->len; i++)
    {
      LedgerParty *party = ledger->parties->pdata[i];
      if (party->deadline != 0)
        party->deadline += event->duration;
    }
  for (guint i = 0; i < ledger->requests->len; i++)
    {
      LedgerRequest *request = ledger->requests->pdata[i];
      if (request->wait_deadline != G_MAXINT64)
        request->wait_deadline += event->duration;
      for (int j = 0; j < request->n_needs; j++)
        if (request->needs[j].until != G_MAXINT64)
          request->needs[j].until += event->duration;
    }
}

static void
take_sign_out (Ledger *ledger, LedgerAgent *agent)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      CHECK (ledger, part->agent != agent || !model_channel_is_live ((ModelChannel) part->channel),
             "%s is signed out with live work in hand", agent->id);
    }
  for (guint i = 0; i < ledger->offers->len; i++)
    CHECK (ledger, ((LedgerOffer *) ledger->offers->pdata[i])->agent != agent,
           "%s is signed out with an offer", agent->id);
  memset (agent->member, 0, sizeof agent->member);
  agent->session = 0;
  agent->desk = agent->station = agent->pending_sign_out = FALSE;
  agent->desk_lost_at = 0;
  memset (agent->out, 0, sizeof agent->out);
  agent->state = agent->next = MODEL_AGENT_OFFLINE;
}

static void
take_session (LedgerAgent *agent, const ModelEvent *event)
{
  agent->session = event->session;
  agent->desk = agent->station = FALSE;
  agent->desk_lost_at = event->at;
}

static void
take_state (LedgerAgent *agent, const ModelEvent *event)
{
  if (event->state == MODEL_AGENT_AVAILABLE && agent->state != MODEL_AGENT_AVAILABLE)
    agent->idle_since = event->at;
  agent->said_no = FALSE;
  agent->state = event->state;
  agent->reason = event->reason;
  agent->next = MODEL_AGENT_OFFLINE;
}

static void
take_channel (Ledger *ledger, LedgerAgent *agent, const ModelEvent *event)
{
  const char **out = &agent->out[event->channel];

  CHECK (ledger, agent->session != 0 && event->channel != MODEL_CHANNEL_IM,
         "a channel of %s that cannot be changed", agent->id);
  CHECK (ledger, (event->state == MODEL_AGENT_IDLE) == (event->reason != NULL),
         "a channel of %s with a wrong reason", agent->id);
  CHECK (ledger, *out != event->reason, "a channel of %s changes to what it is", agent->id);
  CHECK (ledger, *out != NULL || event->duration == 0, "a channel of %s was away before it was",
         agent->id);
  *out = event->reason;
}

static void
take_of_agent (Ledger *ledger, const ModelEvent *event)
{
  LedgerAgent *agent = ledger_agent (ledger, event->agent);
  int queue = ledger_queue (ledger, event->queue);

  if (agent == NULL)
    {
      ledger_complain (ledger, "an event of an agent who does not exist");
      return;
    }
  if (event->type == MODEL_EVENT_AGENT_SIGNED_IN)
    {
      CHECK (ledger, agent->session == 0, "%s signed in twice", agent->id);
      take_session (agent, event);
      take_state (agent, event);
      agent->idle_since = event->at;
      for (guint i = 0; i < LEDGER_QUEUES; i++)
        agent->member[i] = agent->has[i] && ledger->definitions->settings.ready_at_sign_in
                               ? MODEL_MEMBERSHIP_READY
                               : MODEL_MEMBERSHIP_OUT;
    }
  else if (event->type == MODEL_EVENT_AGENT_TAKEN_OVER)
    take_session (agent, event);
  else if (event->type == MODEL_EVENT_AGENT_SIGNED_OUT)
    take_sign_out (ledger, agent);
  else if (event->type == MODEL_EVENT_AGENT_SIGN_OUT_PENDING)
    agent->pending_sign_out = TRUE;
  else if (event->type == MODEL_EVENT_AGENT_DESK_CONNECTED)
    {
      agent->desk = TRUE;
      agent->desk_lost_at = 0;
    }
  else if (event->type == MODEL_EVENT_AGENT_DESK_LOST)
    {
      agent->desk = FALSE;
      agent->desk_lost_at = event->at;
    }
  else if (event->type == MODEL_EVENT_AGENT_STATION_READY)
    agent->station = TRUE;
  else if (event->type == MODEL_EVENT_AGENT_STATION_LOST ||
           event->type == MODEL_EVENT_AGENT_STATION_CHANGED)
    agent->station = FALSE;
  else if (event->type == MODEL_EVENT_AGENT_STATE_CHANGED)
    take_state (agent, event);
  else if (event->type == MODEL_EVENT_AGENT_NEXT_STATE_CHANGED)
    agent->next = event->state;
  else if (event->type == MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED)
    agent->member[queue] = event->membership;
  else if (event->type == MODEL_EVENT_AGENT_CHANNEL_CHANGED)
    take_channel (ledger, agent, event);
  else if (event->type == MODEL_EVENT_AGENT_TEAM_CHANGED)
    {
      CHECK (ledger, g_strcmp0 (event->team, agent->team) != 0, "%s changes to the same team",
             agent->id);
      agent->team = event->team;
    }
  else if (event->type == MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED)
    agent->auto_accept = event->auto_accept;
}

void
ledger_take (Ledger *ledger, const ModelEvent *event)
{
  ModelEventType type = (ModelEventType) event->type;

  CHECK (ledger, event->at >= ledger->now, "time goes back");
  ledger->now = event->at;
  if (type == MODEL_EVENT_DEFINITIONS_APPLIED)
    {
      take_definitions (ledger, event->definitions);
      take_agents (ledger, event->definitions);
    }
  else if (type == MODEL_EVENT_CENTRE_RESTARTED)
    {
      take_restart (ledger, event);
      ledger_recordings_wait (ledger, event->duration);
    }
  else if (type <= MODEL_EVENT_QUEUE_CLOSED)
    ((LedgerQueue *) ledger->queues->pdata[ledger_queue (ledger, event->queue)])->open =
        type == MODEL_EVENT_QUEUE_OPENED;
  else if (type <= MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED ||
           type == MODEL_EVENT_AGENT_CHANNEL_CHANGED)
    take_of_agent (ledger, event);
  else if (type >= MODEL_EVENT_INTERACTION_STUCK)
    ledger_take_force (ledger, event);
  else if (type >= MODEL_EVENT_AGENT_FORWARDING_CHANGED)
    ledger_take_forward (ledger, event);
  else if (type == MODEL_EVENT_INTERACTION_VOICEMAIL)
    ledger_take_voicemail (ledger, event);
  else if (type <= MODEL_EVENT_INTERACTION_STATUS_CHANGED)
    ledger_take_of_interaction (ledger, event);
  else if (type <= MODEL_EVENT_REQUEST_ENDED)
    ledger_take_of_request (ledger, event);
  else if (type <= MODEL_EVENT_OFFER_ENDED)
    ledger_take_of_offer (ledger, event);
  else if (type <= MODEL_EVENT_WRAP_UP_ENDED)
    ledger_take_of_part (ledger, event);
  else if (type >= MODEL_EVENT_PARTY_DIALLING && type <= MODEL_EVENT_PARTY_LEFT)
    ledger_take_of_party (ledger, event);
  else if (type >= MODEL_EVENT_RECORDING_ANNOUNCED && type <= MODEL_EVENT_RECORDING_STOPPED)
    ledger_take_of_recording (ledger, event);
  else
    ledger_take_record (ledger, event);
}
