/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who could be offered what, and who first, decided in the most obvious way. */
#include "simulation/ledger.h"

#include <string.h>

int
ledger_used (const Ledger *ledger, const LedgerAgent *agent, int channel)
{
  int used = 0;

  for (guint i = 0; i < ledger->offers->len; i++)
    {
      const LedgerOffer *offer = ledger->offers->pdata[i];
      used += offer->agent == agent && offer->channel == channel;
    }
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      used += part->agent == agent && part->channel == channel;
    }
  return used;
}

int
ledger_calls (const Ledger *ledger, const LedgerAgent *agent)
{
  int calls = 0;

  for (guint i = 0; i < ledger->offers->len; i++)
    {
      const LedgerOffer *offer = ledger->offers->pdata[i];
      calls += offer->agent == agent && offer->channel == MODEL_CHANNEL_VOICE;
    }
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      calls += part->agent == agent && part->channel == MODEL_CHANNEL_VOICE &&
               part->state != LEDGER_LEFT && part->state != LEDGER_WRAP_UP;
    }
  return calls;
}

int
ledger_dialling (const Ledger *ledger, const LedgerAgent *agent)
{
  int n = 0;

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      n +=
          part->agent == agent && (part->state == LEDGER_CALLING || part->state == LEDGER_DIALLING);
    }
  return n;
}

gboolean
ledger_engaged (const Ledger *ledger, const LedgerAgent *agent)
{
  for (guint i = 0; i < ledger->offers->len; i++)
    {
      const LedgerOffer *offer = ledger->offers->pdata[i];
      if (offer->agent == agent && offer->channel != MODEL_CHANNEL_IM)
        return TRUE;
    }
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->agent == agent && part->channel != MODEL_CHANNEL_IM)
        return TRUE;
    }
  return FALSE;
}

gboolean
ledger_may_leave (const Ledger *ledger, const LedgerAgent *agent)
{
  for (guint i = 0; i < ledger->offers->len; i++)
    if (((const LedgerOffer *) ledger->offers->pdata[i])->agent == agent)
      return FALSE;
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->agent == agent &&
          (part->state != LEDGER_ACTIVE || part->channel == MODEL_CHANNEL_VOICE ||
           part->channel == MODEL_CHANNEL_WEBCHAT))
        return FALSE;
    }
  return TRUE;
}

int
ledger_fallback (const Ledger *ledger, const LedgerAgent *agent, int channel)
{
  const char *id = agent->def->personal_fallback != NULL
                       ? agent->def->personal_fallback
                       : ledger->definitions->settings.personal_fallback;
  int at = ledger_queue (ledger, id);

  return at >= 0 && ((LedgerQueue *) ledger->queues->pdata[at])->def->channel == channel ? at : -1;
}

static gboolean
wraps_up_a_call (const Ledger *ledger, const LedgerAgent *agent)
{
  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->agent == agent && part->channel == MODEL_CHANNEL_VOICE &&
          (part->state == LEDGER_LEFT || part->state == LEDGER_WRAP_UP))
        return TRUE;
    }
  return FALSE;
}

static int
level_of (const LedgerAgent *agent, const char *skill)
{
  for (guint i = 0; i < agent->def->skills->len; i++)
    {
      const ModelSkillLevel *level = agent->def->skills->pdata[i];
      if (strcmp (level->skill, skill) == 0)
        return level->level;
    }
  return 0;
}

static gboolean
has_room (const Ledger *ledger, const LedgerAgent *agent, int channel, gboolean asked)
{
  const ModelSettings *settings = &ledger->definitions->settings;
  gint32 limit = (asked ? model_definitions_slots : model_definitions_automatic) (
      ledger->definitions, agent->def, (ModelChannel) channel);

  if (settings->voice_wrap_up_blocks && wraps_up_a_call (ledger, agent))
    return FALSE;
  if (ledger_used (ledger, agent, channel) >= limit)
    return FALSE;
  if (channel == MODEL_CHANNEL_VOICE)
    return agent->station && ledger_dialling (ledger, agent) == 0;
  return settings->digital_during_call || ledger_calls (ledger, agent) == 0;
}

static gboolean
could_have (const Ledger *ledger,
            const LedgerAgent *agent,
            const LedgerRequest *request,
            gboolean asked)
{
  gboolean serves = request->queue >= 0 && agent->has[request->queue] &&
                    agent->member[request->queue] == MODEL_MEMBERSHIP_READY;

  /* Everybody is asked this at each event: what needs no search comes first. */
  if (agent->session == 0 || agent->retired || !agent->desk || agent->pending_sign_out ||
      (!serves && request->owner != agent))
    return FALSE;
  if (request->channel == MODEL_CHANNEL_IM)
    return request->owner == agent;
  if (agent->state != MODEL_AGENT_AVAILABLE || agent->next != MODEL_AGENT_OFFLINE ||
      ledger_parked (request) || agent->out[request->channel] != NULL ||
      (request->queue >= 0 && !serves) ||
      (ledger_asks (ledger, request) &&
       ledger_part_of (ledger, request->interaction, agent) != NULL) ||
      !has_room (ledger, agent, request->channel, asked))
    return FALSE;
  if (request->queue < 0)
    return TRUE;
  for (int i = 0; i < request->n_needs; i++)
    if (level_of (agent, request->needs[i].skill) < request->needs[i].level)
      return FALSE;
  if (request->team != NULL && g_strcmp0 (agent->team, request->team) != 0)
    return FALSE;
  for (guint i = 0; i < agent->exclusions->len; i++)
    if (g_array_index (agent->exclusions, LedgerExclusion, i).request == request->id)
      return FALSE;
  return TRUE;
}

gboolean
ledger_eligible (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request)
{
  return could_have (ledger, agent, request, FALSE);
}

gboolean
ledger_takes (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request)
{
  return agent->state == MODEL_AGENT_AVAILABLE && agent->out[request->channel] == NULL;
}

gboolean
ledger_pullable (const Ledger *ledger,
                 const LedgerAgent *agent,
                 const LedgerRequest *request,
                 int channel)
{
  int of = request->channel;

  return of != MODEL_CHANNEL_VOICE && of != MODEL_CHANNEL_IM &&
         (channel == MODEL_CHANNEL_VOICE || channel == of) && request->offer == 0 &&
         could_have (ledger, agent, request, TRUE);
}

gboolean
ledger_takeable (const Ledger *ledger, const LedgerAgent *agent, const LedgerRequest *request)
{
  const LedgerQueue *queue = request->queue >= 0 ? ledger->queues->pdata[request->queue] : NULL;
  int channel = request->channel;

  if (channel == MODEL_CHANNEL_VOICE || channel == MODEL_CHANNEL_IM)
    return FALSE;
  if (queue == NULL ? request->owner != agent
                    : !queue->def->take || !agent->has[request->queue] ||
                          agent->member[request->queue] == MODEL_MEMBERSHIP_OUT)
    return FALSE;
  if (ledger_asks (ledger, request) && ledger_part_of (ledger, request->interaction, agent) != NULL)
    return FALSE;
  if (request->offer != 0)
    return ledger_offer (ledger, request->offer)->agent == agent;
  return agent->session != 0 && !agent->retired && agent->desk && !agent->pending_sign_out &&
         has_room (ledger, agent, channel, TRUE);
}

static gboolean
dials_out (const Ledger *ledger, int queue)
{
  const LedgerQueue *one = queue >= 0 ? ledger->queues->pdata[queue] : NULL;

  return one != NULL && !one->retired && one->def->dial_out;
}

static const LedgerPart *
work_in (const Ledger *ledger, const LedgerAgent *agent, ModelId interaction)
{
  const LedgerPart *found = NULL;

  for (guint i = 0; i < ledger->parts->len; i++)
    {
      const LedgerPart *part = ledger->parts->pdata[i];
      if (part->agent == agent && part->interaction == interaction)
        found = part; /* the newest */
    }
  return found;
}

int
ledger_caller (const Ledger *ledger, const LedgerAgent *agent, ModelId from)
{
  const LedgerPart *work = from != 0 ? work_in (ledger, agent, from) : NULL;

  if (work != NULL && dials_out (ledger, work->queue))
    return work->queue;
  for (guint i = 0; agent->def->queues != NULL && agent->def->queues[i] != NULL; i++)
    {
      int queue = ledger_queue (ledger, agent->def->queues[i]);
      if (queue >= 0 && agent->has[queue] && dials_out (ledger, queue))
        return queue;
    }
  return -1;
}

gboolean
ledger_may_begin_call (const Ledger *ledger, const LedgerAgent *agent)
{
  return agent->session != 0 && !agent->retired && agent->desk && agent->station &&
         !agent->pending_sign_out && ledger_calls (ledger, agent) == 0 &&
         (!ledger->definitions->settings.voice_wrap_up_blocks ||
          !wraps_up_a_call (ledger, agent)) &&
         ledger_used (ledger, agent, MODEL_CHANNEL_VOICE) <
             model_definitions_slots (ledger->definitions, agent->def, MODEL_CHANNEL_VOICE);
}

gboolean
ledger_may_call (const Ledger *ledger, const LedgerAgent *agent, int queue, ModelId from)
{
  const LedgerPart *work = from != 0 ? work_in (ledger, agent, from) : NULL;

  if (from != 0 && work == NULL)
    return FALSE;
  if (!dials_out (ledger, queue) || (!agent->has[queue] && (work == NULL || work->queue != queue)))
    return FALSE;
  return ledger_may_begin_call (ledger, agent);
}

int
ledger_compare_requests (const LedgerRequest *a, const LedgerRequest *b)
{
  if ((a->queue < 0) != (b->queue < 0))
    return a->queue < 0 ? -1 : 1;
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

static int
skill_sum (const LedgerAgent *agent, const LedgerRequest *request)
{
  int sum = 0;

  for (int i = 0; i < request->n_needs; i++)
    sum += level_of (agent, request->needs[i].skill);
  return sum;
}

int
ledger_compare_agents (const Ledger *ledger,
                       const LedgerRequest *request,
                       const LedgerAgent *a,
                       const LedgerAgent *b)
{
  const LedgerQueue *queue = request->queue >= 0 ? ledger->queues->pdata[request->queue] : NULL;

  if (queue != NULL && queue->def->selection == MODEL_SELECT_MOST_SKILLED &&
      skill_sum (a, request) != skill_sum (b, request))
    return skill_sum (b, request) - skill_sum (a, request);
  return a->idle_since < b->idle_since ? -1 : a->idle_since > b->idle_since;
}

guint
ledger_waiting (const Ledger *ledger, int queue)
{
  guint n = 0;

  for (guint i = 0; i < ledger->requests->len; i++)
    {
      const LedgerRequest *request = ledger->requests->pdata[i];
      n += request->queue == queue && request->offer == 0;
    }
  return n;
}

guint
ledger_staffed (const Ledger *ledger, int queue)
{
  guint n = 0;

  for (guint i = 0; i < ledger->agents->len; i++)
    {
      const LedgerAgent *agent = ledger->agents->pdata[i];
      n += agent->session != 0 && agent->has[queue] && agent->member[queue] != MODEL_MEMBERSHIP_OUT;
    }
  return n;
}
