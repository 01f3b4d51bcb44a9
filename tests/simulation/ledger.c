/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture: how each event changes it, and what an event must not do. */
#include "simulation/ledger.h"

#include <string.h>

#define CHECK(ledger, condition, ...)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      ledger_complain (ledger, __VA_ARGS__);                                                       \
  }                                                                                                \
  G_STMT_END

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
  ledger->interactions = g_ptr_array_new_with_free_func (g_free);
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
  g_ptr_array_unref (ledger->interactions);
  g_ptr_array_unref (ledger->history);
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
  for (guint i = 0; i < list->len; i++)
    if (*(ModelId *) list->pdata[i] == id)
      return list->pdata[i];
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

LedgerInteraction *
ledger_interaction (const Ledger *ledger, ModelId id)
{
  return by_id (ledger->interactions, id);
}

static void
take_id (Ledger *ledger, ModelId id)
{
  CHECK (ledger, id > ledger->last_id, "an id is given twice");
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
    ((LedgerPart *) ledger->parts->pdata[i])->deadline += event->duration;
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
  else if (event->type == MODEL_EVENT_AGENT_STATION_LOST)
    agent->station = FALSE;
  else if (event->type == MODEL_EVENT_AGENT_STATE_CHANGED)
    take_state (agent, event);
  else if (event->type == MODEL_EVENT_AGENT_NEXT_STATE_CHANGED)
    agent->next = event->state;
  else if (event->type == MODEL_EVENT_AGENT_MEMBERSHIP_CHANGED)
    agent->member[queue] = event->membership;
  else if (event->type == MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED)
    agent->auto_accept = event->auto_accept;
}

/* Of two requirements of one skill the higher level counts, for the longer time. */
static void
need (LedgerRequest *request, GPtrArray *requirements, gint64 now)
{
  for (guint i = 0; requirements != NULL && i < requirements->len; i++)
    {
      const ModelRequirement *one = requirements->pdata[i];
      gint64 until = one->relaxed_after == 0 ? G_MAXINT64 : now + one->relaxed_after * 1000ll;
      int at = 0;
      while (at < request->n_needs && strcmp (request->needs[at].skill, one->skill) != 0)
        at++;
      if (at == request->n_needs)
        request->needs[request->n_needs++] = (LedgerNeed){ g_intern_string (one->skill), 0, 0 };
      request->needs[at].level = MAX (request->needs[at].level, one->least_level);
      request->needs[at].until = MAX (request->needs[at].until, until);
    }
}

/* A queue takes a request only where its rules let it. */
static void
check_place (Ledger *ledger, int at)
{
  const LedgerQueue *queue = ledger->queues->pdata[at];

  CHECK (ledger,
         (queue->open && !queue->retired) || queue->def->when_closed.action == MODEL_OVERFLOW_WAIT,
         "%s is closed and takes a request", queue->id);
  CHECK (ledger,
         queue->def->max_waiting == 0 ||
             ledger_waiting (ledger, at) < (guint) queue->def->max_waiting ||
             queue->def->when_full.action == MODEL_OVERFLOW_WAIT,
         "%s is full and takes a request", queue->id);
  CHECK (ledger,
         ledger_staffed (ledger, at) > 0 ||
             queue->def->when_unstaffed.action == MODEL_OVERFLOW_WAIT,
         "%s has nobody and takes a request", queue->id);
}

static void
take_queued (Ledger *ledger, const ModelEvent *event)
{
  LedgerRequest *request = ledger_request (ledger, event->request);
  const ModelEntryPoint *entry =
      model_definitions_entry_point (ledger->definitions, event->entry_point);

  CHECK (ledger, ledger_interaction (ledger, event->interaction) != NULL, "a request of nothing");
  if (event->queue != NULL)
    check_place (ledger, ledger_queue (ledger, event->queue));
  if (request == NULL)
    {
      take_id (ledger, event->request);
      request = g_new0 (LedgerRequest, 1);
      request->id = event->request;
      request->interaction = event->interaction;
      request->first_queued_at = event->queued_at;
      CHECK (ledger, event->queued_at <= event->at, "queued before its time");
      g_ptr_array_add (ledger->requests, request);
    }
  CHECK (ledger, request->offer == 0, "an offered request is queued");
  CHECK (ledger, event->queued_at == request->first_queued_at, "the first queue time is lost");
  request->queue = ledger_queue (ledger, event->queue);
  request->owner = event->queue == NULL ? ledger_agent (ledger, event->agent) : NULL;
  request->entered_at = event->at;
  request->rank =
      event->queued_at - event->priority * 1000ll * ledger->definitions->settings.boost_seconds;
  request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
  request->n_needs = 0;
  if (request->queue >= 0)
    need (request, ((LedgerQueue *) ledger->queues->pdata[request->queue])->def->requirements,
          event->at);
  if (entry != NULL)
    need (request, entry->requirements, event->at);
}

static void
take_relaxed (LedgerRequest *request, gint64 at)
{
  int kept = 0;

  for (int i = 0; i < request->n_needs; i++)
    if (request->needs[i].until > at)
      request->needs[kept++] = request->needs[i];
  request->n_needs = kept;
  if (request->wait_deadline <= at)
    request->wait_deadline = G_MAXINT64;
}

static void
take_request_end (Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  const LedgerQueue *queue = request->queue >= 0 ? ledger->queues->pdata[request->queue] : NULL;
  gint64 waited = event->at - request->entered_at;
  gboolean within = event->outcome == MODEL_OUTCOME_ANSWERED && queue != NULL &&
                    waited <= queue->def->service_level_seconds * 1000ll;

  CHECK (ledger, request->offer == 0, "a request ends while it is offered");
  CHECK (ledger, event->duration == waited, "a wait is miscounted");
  CHECK (ledger, (event->service_level != FALSE) == within, "a service level is misjudged");
  g_ptr_array_remove (ledger->requests, request);
}

static void
forget_exclusion (LedgerAgent *agent, ModelId request)
{
  for (guint i = 0; i < agent->exclusions->len; i++)
    if (g_array_index (agent->exclusions, LedgerExclusion, i).request == request)
      {
        g_array_remove_index (agent->exclusions, i);
        return;
      }
}

static void
take_of_request (Ledger *ledger, const ModelEvent *event)
{
  LedgerRequest *request = ledger_request (ledger, event->request);
  LedgerAgent *agent = ledger_agent (ledger, event->agent);

  if (event->type == MODEL_EVENT_REQUEST_QUEUED)
    take_queued (ledger, event);
  else if (event->type == MODEL_EVENT_REQUEST_REOFFERABLE)
    forget_exclusion (agent, event->request);
  else if (request == NULL)
    ledger_complain (ledger, "an event of a request that does not exist");
  else if (event->type == MODEL_EVENT_REQUEST_RELAXED)
    take_relaxed (request, event->at);
  else
    take_request_end (ledger, event, request);
}

static void
take_offer (Ledger *ledger, const ModelEvent *event)
{
  LedgerOffer *offer = g_new0 (LedgerOffer, 1);
  LedgerRequest *request = ledger_request (ledger, event->request);

  take_id (ledger, event->offer);
  offer->id = event->offer;
  offer->request = event->request;
  offer->agent = ledger_agent (ledger, event->agent);
  offer->channel = event->channel;
  offer->created = event->at;
  offer->deadline = event->deadline;
  CHECK (ledger, request->offer == 0, "a request is offered twice");
  request->offer = offer->id;
  g_ptr_array_add (ledger->offers, offer);
}

static void
take_offer_end (Ledger *ledger, const ModelEvent *event, LedgerOffer *offer)
{
  LedgerRequest *request = ledger_request (ledger, offer->request);
  gboolean no = event->outcome == MODEL_OUTCOME_DECLINED || event->outcome == MODEL_OUTCOME_MISSED;
  gint64 pause = ledger->definitions->settings.reoffer_seconds * 1000ll;

  CHECK (ledger, request != NULL, "an offer outlives its request");
  CHECK (ledger,
         event->outcome >= MODEL_OUTCOME_ACCEPTED && event->outcome <= MODEL_OUTCOME_WITHDRAWN,
         "an offer ends in no known way");
  CHECK (ledger, event->outcome != MODEL_OUTCOME_MISSED || event->at >= offer->deadline,
         "an offer is missed before its time");
  CHECK (ledger, event->outcome != MODEL_OUTCOME_MISSED || offer->agent->desk,
         "a miss is counted without a desk");
  if (no)
    {
      offer->agent->idle_since = event->at;
      offer->agent->said_no = TRUE;
    }
  if (no && request->queue >= 0 && pause > 0)
    {
      LedgerExclusion one = { request->id, event->at + pause };
      forget_exclusion (offer->agent, request->id);
      g_array_append_val (offer->agent->exclusions, one);
    }
  request->offer = 0;
  g_ptr_array_remove (ledger->offers, offer);
}

static void
take_of_offer (Ledger *ledger, const ModelEvent *event)
{
  LedgerOffer *offer = ledger_offer (ledger, event->offer);

  if (event->type == MODEL_EVENT_OFFER_CREATED)
    take_offer (ledger, event);
  else if (offer == NULL)
    ledger_complain (ledger, "an event of an offer that ended or never was");
  else if (event->type == MODEL_EVENT_OFFER_ENDED)
    take_offer_end (ledger, event, offer);
}

static void
take_join (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = g_new0 (LedgerPart, 1);

  take_id (ledger, event->participation);
  part->id = event->participation;
  part->interaction = event->interaction;
  part->agent = ledger_agent (ledger, event->agent);
  part->queue = ledger_queue (ledger, event->queue);
  part->channel = event->channel;
  part->part = event->part;
  part->joined = part->since = event->at;
  g_ptr_array_add (ledger->parts, part);
}

static void
part_over (Ledger *ledger, LedgerPart *part, gint64 at)
{
  part->agent->idle_since = at;
  g_ptr_array_remove (ledger->parts, part);
}

static void
take_leave (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  const LedgerQueue *queue = part->queue >= 0 ? ledger->queues->pdata[part->queue] : NULL;

  if (part->state == LEDGER_HELD)
    part->held_total += event->at - part->since;
  CHECK (ledger, part->state == LEDGER_ACTIVE || part->state == LEDGER_HELD, "left twice");
  CHECK (ledger, event->held_duration == part->held_total, "time on hold is miscounted");
  CHECK (ledger, event->duration == event->at - part->joined, "time joined is miscounted");
  part->state = LEDGER_LEFT;
  part->since = event->at;
  if (queue == NULL || queue->def->wrap_up.seconds == 0)
    part_over (ledger, part, event->at);
}

static void
take_wrap_up (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  const LedgerQueue *queue = ledger->queues->pdata[part->queue];
  const ModelWrapUpRules *rules = &queue->def->wrap_up;

  if (event->type == MODEL_EVENT_WRAP_UP_STARTED)
    {
      CHECK (ledger, part->state == LEDGER_LEFT, "a wrap-up of somebody who did not leave");
      CHECK (ledger, event->deadline == event->at + rules->seconds * 1000ll,
             "a wrong wrap-up time");
      part->state = LEDGER_WRAP_UP;
      part->since = event->at;
      part->deadline = event->deadline;
      return;
    }
  CHECK (ledger, part->state == LEDGER_WRAP_UP, "an event of a wrap-up that is not");
  if (event->type == MODEL_EVENT_WRAP_UP_EXTENDED)
    {
      CHECK (ledger, event->deadline == part->deadline + rules->extension * 1000ll,
             "a wrong extension");
      CHECK (ledger, ++part->extensions <= rules->extensions, "one extension too many");
      part->deadline = event->deadline;
      return;
    }
  CHECK (ledger, !rules->required || part->disposition != NULL,
         "a required disposition is missing");
  CHECK (ledger, event->disposition == part->disposition, "the wrap-up has another disposition");
  CHECK (ledger, event->reason != g_intern_static_string ("timeout") || event->at >= part->deadline,
         "a wrap-up is cut short");
  part_over (ledger, part, event->at);
}

static void
take_of_part (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = ledger_part (ledger, event->participation);

  if (event->type == MODEL_EVENT_PARTICIPATION_JOINED)
    {
      take_join (ledger, event);
      return;
    }
  if (part == NULL)
    {
      ledger_complain (ledger, "an event of a participation that is over or never was");
      return;
    }
  if (event->type == MODEL_EVENT_PARTICIPATION_HELD)
    {
      CHECK (ledger, part->state == LEDGER_ACTIVE, "held while not active");
      part->state = LEDGER_HELD;
      part->since = event->at;
    }
  else if (event->type == MODEL_EVENT_PARTICIPATION_RESUMED)
    {
      CHECK (ledger, part->state == LEDGER_HELD, "resumed while not held");
      CHECK (ledger, event->duration == event->at - part->since, "a hold is miscounted");
      part->held_total += event->at - part->since;
      part->state = LEDGER_ACTIVE;
      part->since = event->at;
    }
  else if (event->type == MODEL_EVENT_PARTICIPATION_LEFT)
    take_leave (ledger, event, part);
  else
    take_wrap_up (ledger, event, part);
}

static void
take_record (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = ledger_part (ledger, event->participation);
  int which = event->type - MODEL_EVENT_NOTE_CHANGED;

  if (event->type == MODEL_EVENT_VARIABLE_CHANGED)
    return;
  if (part == NULL)
    {
      ledger_complain (ledger, "a record of a participation that is over");
      return;
    }
  CHECK (ledger, event->revision == part->revisions[which] + 1, "a revision is skipped");
  part->revisions[which] = event->revision;
  if (event->type == MODEL_EVENT_DISPOSITION_SET)
    part->disposition = event->disposition;
}

static void
take_of_interaction (Ledger *ledger, const ModelEvent *event)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);

  if (event->type == MODEL_EVENT_INTERACTION_CREATED)
    {
      take_id (ledger, event->interaction);
      interaction = g_new0 (LedgerInteraction, 1);
      interaction->id = event->interaction;
      interaction->channel = event->channel;
      interaction->customer = TRUE;
      interaction->created = event->at;
      interaction->entry_point = event->entry_point;
      g_ptr_array_add (ledger->interactions, interaction);
    }
  else if (interaction == NULL)
    ledger_complain (ledger, "an event of an interaction that is closed or never was");
  else if (event->type == MODEL_EVENT_INTERACTION_CUSTOMER_LEFT)
    {
      CHECK (ledger, interaction->customer, "the customer leaves twice");
      interaction->customer = FALSE;
    }
  else
    {
      for (guint i = 0; i < ledger->requests->len; i++)
        CHECK (ledger,
               ((LedgerRequest *) ledger->requests->pdata[i])->interaction != interaction->id,
               "closed with a request");
      for (guint i = 0; i < ledger->parts->len; i++)
        CHECK (ledger, ((LedgerPart *) ledger->parts->pdata[i])->interaction != interaction->id,
               "closed with a participation");
      g_ptr_array_remove (ledger->interactions, interaction);
    }
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
    take_restart (ledger, event);
  else if (type <= MODEL_EVENT_QUEUE_CLOSED)
    ((LedgerQueue *) ledger->queues->pdata[ledger_queue (ledger, event->queue)])->open =
        type == MODEL_EVENT_QUEUE_OPENED;
  else if (type <= MODEL_EVENT_AGENT_AUTO_ACCEPT_CHANGED)
    take_of_agent (ledger, event);
  else if (type <= MODEL_EVENT_INTERACTION_CLOSED)
    take_of_interaction (ledger, event);
  else if (type <= MODEL_EVENT_REQUEST_ENDED)
    take_of_request (ledger, event);
  else if (type <= MODEL_EVENT_OFFER_ENDED)
    take_of_offer (ledger, event);
  else if (type <= MODEL_EVENT_WRAP_UP_ENDED)
    take_of_part (ledger, event);
  else
    take_record (ledger, event);
}
