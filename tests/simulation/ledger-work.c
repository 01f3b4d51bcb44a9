/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The naive picture of work: interactions, requests, offers, participations. */
#include "simulation/ledger-work.h"

#include <string.h>

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

void
ledger_keep_away (LedgerAgent *agent, ModelId request, gint64 until)
{
  LedgerExclusion one = { request, until };

  forget_exclusion (agent, request);
  g_array_append_val (agent->exclusions, one);
}

/* Work that comes back from an agent keeps its age, and the agent does not get it again at once. */
static void
take_back (Ledger *ledger,
           const ModelEvent *event,
           LedgerInteraction *interaction,
           const LedgerRequest *request)
{
  gint64 pause = ledger->definitions->settings.reoffer_seconds * 1000ll;
  LedgerAgent *giver = ledger_agent (ledger, event->by);

  CHECK (ledger, interaction->owed == 0 || event->queued_at == interaction->owed,
         "work given back loses its age");
  CHECK (ledger,
         interaction->owed == 0 || interaction->owed_by_rule || pause == 0 ||
             (giver != NULL && event->duration == pause),
         "who gave work back gets it again at once");
  CHECK (ledger,
         !request->refused || pause == 0 || giver == request->owner || request->giver != NULL,
         "who refused a transfer gets it again at once");
  interaction->owed = 0;
  interaction->owed_by_rule = FALSE;
  if (giver != NULL && event->duration > 0)
    ledger_keep_away (giver, event->request, event->at + event->duration);
}

static void
take_queued (Ledger *ledger, const ModelEvent *event)
{
  LedgerRequest *request = ledger_request (ledger, event->request);
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);
  const ModelEntryPoint *entry =
      model_definitions_entry_point (ledger->definitions, event->entry_point);

  if (interaction == NULL)
    {
      ledger_complain (ledger, "a request of nothing");
      return;
    }
  CHECK (ledger, event->team == NULL || g_strcmp0 (event->team, "far") != 0,
         "somebody is asked of a team that has a number");
  CHECK (ledger, !interaction->voicemail, "a caller who leaves a message waits for an agent");
  if (event->queue != NULL && interaction->owed == 0 &&
      (request == NULL || (request->back < 0 && !ledger_asks (ledger, request))))
    ledger_check_place (ledger, ledger_queue (ledger, event->queue));
  if (request == NULL)
    {
      ledger_take_id (ledger, event->request);
      request = g_new0 (LedgerRequest, 1);
      request->id = event->request;
      request->interaction = event->interaction;
      request->channel = interaction->channel;
      request->first_queued_at = event->queued_at;
      request->back = -1;
      request->kind = -1;
      CHECK (ledger, event->queued_at <= event->at, "queued before its time");
      g_ptr_array_add (ledger->requests, request);
    }
  if (request->kind >= 0 && ledger_asks (ledger, request) &&
      request->queue == ledger_queue (ledger, event->queue))
    {
      ledger_take_other_ask (ledger, event, request);
      return;
    }
  request->kind = event->kind;
  if (ledger_asks (ledger, request))
    ledger_take_ask (ledger, event, request);
  else if (!ledger_parked (request))
    take_back (ledger, event, interaction, request);
  CHECK (ledger, request->offer == 0, "an offered request is queued");
  CHECK (ledger, event->queued_at == request->first_queued_at, "the first queue time is lost");
  request->queue = ledger_queue (ledger, event->queue);
  request->owner = event->queue == NULL ? ledger_agent (ledger, event->agent) : NULL;
  request->back = event->queue == NULL ? ledger_queue (ledger, event->fallback) : -1;
  request->returns = event->kind == MODEL_REQUEST_PERSONAL;
  request->refused = FALSE;
  request->entered_at = event->at;
  request->giver = NULL;
  if (request->owner != NULL && request->back < 0 && request->kind == MODEL_REQUEST_TRANSFER)
    request->giver = ledger_agent (ledger, event->by);
  if (ledger_parked (request))
    ledger_take_parked (ledger, event, request);
  else
    request->place = 0;
  ledger_set_rank (ledger, event, request);
  request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
  request->n_needs = 0;
  request->team = NULL;
  if (event->skill != NULL)
    request->needs[request->n_needs++] = (LedgerNeed){ event->skill, 1, G_MAXINT64 };
  else if (event->team != NULL && event->agent == NULL)
    request->team = event->team;
  else if (request->queue >= 0)
    need (request, ((LedgerQueue *) ledger->queues->pdata[request->queue])->def->requirements,
          event->at);
  if (entry != NULL)
    need (request, entry->requirements, event->at);
}

/* Its time of waiting begins again where a team takes no more. */
static void
take_relaxed (Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  const LedgerQueue *queue = request->queue >= 0 ? ledger->queues->pdata[request->queue] : NULL;
  const ModelOverflow *rule = queue != NULL ? &queue->def->when_waited_too_long : NULL;
  gint64 at = event->at;
  int kept = 0;

  CHECK (ledger,
         event->deadline == 0 ||
             (request->wait_deadline <= at && rule != NULL && rule->action == MODEL_OVERFLOW_TEAM &&
              rule->queue == NULL && !ledger_team_room (ledger, rule->team) &&
              event->deadline == at + queue->def->max_wait_seconds * 1000ll),
         "a request waits again for no reason");

  for (int i = 0; i < request->n_needs; i++)
    if (request->needs[i].until > at)
      request->needs[kept++] = request->needs[i];
  request->n_needs = kept;
  if (request->wait_deadline <= at)
    request->wait_deadline = event->deadline != 0 ? event->deadline : G_MAXINT64;
}

static void
take_request_end (Ledger *ledger, const ModelEvent *event, LedgerRequest *request)
{
  const LedgerQueue *queue = request->queue >= 0 ? ledger->queues->pdata[request->queue] : NULL;
  gint64 waited = event->at - request->entered_at;
  gboolean within = event->outcome == MODEL_OUTCOME_ANSWERED && queue != NULL &&
                    waited <= queue->def->service_level_seconds * 1000ll;

  CHECK (ledger, request->offer == 0, "a request ends while it is offered");
  CHECK (ledger, request->back < 0 || event->outcome != MODEL_OUTCOME_TIMED_OUT,
         "a customer is dropped with a transfer");
  CHECK (ledger, event->duration == waited, "a wait is miscounted");
  CHECK (ledger, (event->service_level != FALSE) == within, "a service level is misjudged");
  if (event->outcome == MODEL_OUTCOME_ANSWERED && ledger->accepted != request->id)
    ledger->chosen = *request;
  if (event->outcome == MODEL_OUTCOME_ANSWERED && event->channel != MODEL_CHANNEL_IM)
    {
      LedgerInteraction *interaction = ledger_interaction (ledger, request->interaction);
      interaction->answered_kind = request->kind;
      interaction->answered_from = request->first_queued_at;
    }
  g_ptr_array_remove (ledger->requests, request);
}

void
ledger_take_of_request (Ledger *ledger, const ModelEvent *event)
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
    take_relaxed (ledger, event, request);
  else
    take_request_end (ledger, event, request);
}

static void
take_offer (Ledger *ledger, const ModelEvent *event)
{
  LedgerOffer *offer = g_new0 (LedgerOffer, 1);
  LedgerRequest *request = ledger_request (ledger, event->request);

  ledger_take_id (ledger, event->offer);
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
  CHECK (ledger,
         event->outcome != MODEL_OUTCOME_MISSED || offer->channel != MODEL_CHANNEL_VOICE ||
             offer->rang,
         "a miss is counted of a call that never rang");
  if (no && offer->channel != MODEL_CHANNEL_IM)
    {
      offer->agent->idle_since = event->at;
      offer->agent->said_no = TRUE;
      request->refused = request->back >= 0 ||
                         (request->giver != NULL && request->giver->session != 0) ||
                         (ledger_asks (ledger, request) && request->owner != NULL);
    }
  if (no && request->queue >= 0 && pause > 0)
    ledger_keep_away (offer->agent, request->id, event->at + pause);
  if (event->outcome == MODEL_OUTCOME_ACCEPTED)
    ledger->accepted = request->id;
  request->offer = 0;
  g_ptr_array_remove (ledger->offers, offer);
}

void
ledger_take_of_offer (Ledger *ledger, const ModelEvent *event)
{
  LedgerOffer *offer = ledger_offer (ledger, event->offer);

  if (event->type == MODEL_EVENT_OFFER_CREATED)
    take_offer (ledger, event);
  else if (offer == NULL)
    ledger_complain (ledger, "an event of an offer that ended or never was");
  else if (event->type == MODEL_EVENT_OFFER_RINGING)
    offer->rang = TRUE;
  else if (event->type == MODEL_EVENT_OFFER_ENDED)
    take_offer_end (ledger, event, offer);
}

static void
take_join (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = g_new0 (LedgerPart, 1);

  ledger_check_join (ledger, event);
  ledger_take_id (ledger, event->participation);
  CHECK (ledger,
         event->reason != NULL || event->request == ledger->accepted ||
             (event->channel == MODEL_CHANNEL_IM && event->request == 0),
         "%s has work without having accepted or asked for it", event->agent);
  part->id = event->participation;
  part->interaction = event->interaction;
  part->agent = ledger_agent (ledger, event->agent);
  part->queue = ledger_queue (ledger, event->queue);
  part->channel = event->channel;
  part->part = event->part;
  part->joined = part->since = event->at;
  part->queued_at = event->queued_at;
  ledger_know_outcome (ledger, part);
  g_ptr_array_add (ledger->parts, part);
}

static void
part_over (Ledger *ledger, LedgerPart *part, gint64 at)
{
  if (part->channel != MODEL_CHANNEL_IM)
    part->agent->idle_since = at;
  g_ptr_array_remove (ledger->parts, part);
}

static void
take_leave (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  const LedgerQueue *queue = part->queue >= 0 ? ledger->queues->pdata[part->queue] : NULL;
  LedgerInteraction *interaction = ledger_interaction (ledger, part->interaction);

  if (part->state == LEDGER_HELD)
    part->held_total += event->at - part->since;
  CHECK (ledger, part->state == LEDGER_ACTIVE || part->state == LEDGER_HELD, "left twice");
  CHECK (ledger,
         part->part == MODEL_PART_PRIMARY || part->channel == MODEL_CHANNEL_IM ||
             part->channel == MODEL_CHANNEL_VOICE || ledger_helper_may_go (event),
         "a helper is sent away with the customer");
  CHECK (ledger, event->held_duration == part->held_total, "time on hold is miscounted");
  CHECK (ledger, event->duration == event->at - part->joined, "time joined is miscounted");
  CHECK (ledger, part->disposition == part->automatic || part->automatic == NULL,
         "the queue's own disposition is missing");
  CHECK (ledger,
         event->reason != g_intern_static_string ("agent_absent") ||
             (part->deadline != 0 && part->deadline <= event->at),
         "work is taken away before its time");
  if (interaction->customer && part->part == MODEL_PART_PRIMARY &&
      part->channel != MODEL_CHANNEL_IM && !ledger_given_on (ledger, part->interaction) &&
      (ledger_heir (ledger, part->interaction) != NULL ||
       event->reason == g_intern_static_string ("taken_by_supervisor") ||
       (ledger_goes_back (event, part) &&
        (part->queue >= 0 || ledger_fallback (ledger, part->agent, part->channel) >= 0 ||
         event->reason == g_intern_static_string ("transferred")))))
    interaction->owed = part->queued_at;
  part->state = LEDGER_LEFT;
  part->since = event->at;
  part->deadline = 0;
  if (queue == NULL || part->part != MODEL_PART_PRIMARY || queue->def->wrap_up.seconds == 0 ||
      event->reason == g_intern_static_string ("agent_absent") ||
      event->reason == g_intern_static_string ("parked") ||
      event->reason == g_intern_static_string ("unassigned"))
    part_over (ledger, part, event->at);
}

/* The agent calls out: nothing is talked yet. */
static void
take_calling (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = g_new0 (LedgerPart, 1);

  ledger_take_id (ledger, event->participation);
  CHECK (ledger, event->deadline > event->at, "a station is rung for no time");
  part->id = event->participation;
  part->interaction = event->interaction;
  part->agent = ledger_agent (ledger, event->agent);
  part->queue = ledger_queue (ledger, event->queue);
  part->channel = event->channel;
  part->part = event->part;
  part->state = LEDGER_CALLING;
  part->joined = part->since = event->at;
  part->queued_at = event->queued_at;
  part->deadline = event->deadline;
  g_ptr_array_add (ledger->parts, part);
}

static void
take_dialling (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  gint64 limit = ledger->definitions->settings.dial_seconds * 1000ll;

  if (event->type == MODEL_EVENT_PARTICIPATION_DIALLING)
    {
      CHECK (ledger, part->state == LEDGER_CALLING, "dialled without the agent");
      CHECK (ledger, event->deadline == event->at + limit, "rung for a wrong time");
      part->state = LEDGER_DIALLING;
      part->deadline = event->deadline;
      return;
    }
  CHECK (ledger, part->state == LEDGER_DIALLING || part->part == MODEL_PART_SUPERVISING,
         "connected, not dialled");
  CHECK (ledger, event->duration == event->at - part->joined, "the time of dialling is miscounted");
  part->state = LEDGER_ACTIVE;
  part->joined = part->since = event->at;
  part->deadline = 0;
  if (part->part == MODEL_PART_SUPERVISING)
    ledger_take_listening (ledger, part);
  else
    ledger_interaction (ledger, part->interaction)->customer = TRUE;
  ledger_know_outcome (ledger, part);
}

/* Nobody took it: no wrap-up, and the agent stays in line where he or she was. */
static void
take_not_reached (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  gboolean silence = event->reason == g_intern_static_string ("no_answer") ||
                     event->reason == g_intern_static_string ("station_no_answer");

  CHECK (ledger, event->duration == event->at - part->joined, "the time of dialling is miscounted");
  CHECK (ledger,
         !silence || event->at >= part->deadline ||
             ledger_interaction (ledger, part->interaction)->internal,
         "given up before its time");
  g_ptr_array_remove (ledger->parts, part);
}

static void
take_absence (Ledger *ledger, const ModelEvent *event, LedgerPart *part)
{
  const ModelSettings *settings = &ledger->definitions->settings;
  const LedgerAgent *agent = part->agent;
  gint64 seconds =
      agent->session != 0 ? settings->chat_absence_seconds : settings->work_absence_seconds;

  CHECK (ledger, part->state == LEDGER_ACTIVE, "absent from what is over");
  if (event->type == MODEL_EVENT_PARTICIPATION_PRESENT)
    {
      CHECK (ledger, part->deadline != 0 && agent->desk, "an agent is back who was not away");
      part->deadline = 0;
      return;
    }
  CHECK (ledger, part->deadline == 0, "absent twice");
  CHECK (ledger,
         agent->session == 0 ||
             (agent->desk_lost_at != 0 &&
              event->at >= agent->desk_lost_at + settings->desk_grace_seconds * 1000ll),
         "absent with a desk, or within its grace");
  CHECK (ledger, event->deadline == event->at + seconds * 1000, "a wrong limit of absence");
  part->deadline = event->deadline;
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

void
ledger_take_of_part (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = ledger_part (ledger, event->participation);

  if (event->type == MODEL_EVENT_PARTICIPATION_JOINED)
    {
      take_join (ledger, event);
      return;
    }
  if (event->type == MODEL_EVENT_PARTICIPATION_CALLING)
    {
      take_calling (ledger, event);
      return;
    }
  if (part == NULL)
    {
      ledger_complain (ledger, "an event of a participation that is over or never was");
      return;
    }
  if (event->type == MODEL_EVENT_PARTICIPATION_DIALLING ||
      event->type == MODEL_EVENT_PARTICIPATION_CONNECTED)
    take_dialling (ledger, event, part);
  else if (event->type == MODEL_EVENT_PARTICIPATION_LEFT &&
           (part->state == LEDGER_CALLING || part->state == LEDGER_DIALLING))
    take_not_reached (ledger, event, part);
  else if (event->type >= MODEL_EVENT_PARTICIPATION_HELD &&
           event->type <= MODEL_EVENT_PARTICIPATION_UNMUTED)
    ledger_take_talk (ledger, event, part);
  else if (event->type == MODEL_EVENT_PARTICIPATION_ABSENT ||
           event->type == MODEL_EVENT_PARTICIPATION_PRESENT)
    take_absence (ledger, event, part);
  else if (event->type == MODEL_EVENT_PARTICIPATION_ROLE_CHANGED)
    ledger_take_role (ledger, event, part);
  else if (event->type == MODEL_EVENT_PARTICIPATION_LEFT)
    take_leave (ledger, event, part);
  else
    take_wrap_up (ledger, event, part);
}

void
ledger_take_record (Ledger *ledger, const ModelEvent *event)
{
  LedgerPart *part = ledger_part (ledger, event->participation);
  LedgerInteraction *interaction;
  int *revision;

  if (event->type == MODEL_EVENT_VARIABLE_CHANGED)
    return;
  interaction = part != NULL ? ledger_interaction (ledger, part->interaction) : NULL;
  if (interaction == NULL)
    {
      ledger_complain (ledger, "a record of a participation that is over");
      return;
    }
  /* Tags and sentiment are of all who work on it, one after the other or together. */
  revision = event->type >= MODEL_EVENT_TAGS_SET
                 ? &interaction->revisions[event->type - MODEL_EVENT_TAGS_SET]
                 : &part->revisions[event->type - MODEL_EVENT_NOTE_CHANGED];
  CHECK (ledger, event->revision == *revision + 1, "a revision is skipped");
  *revision = event->revision;
  if (event->type != MODEL_EVENT_DISPOSITION_SET)
    return;
  CHECK (ledger, part->automatic == NULL || part->disposition == NULL,
         "a disposition of the centre's is changed");
  part->disposition = event->disposition;
  if (event->reason == g_intern_static_string ("automatic"))
    part->automatic = event->disposition;
  CHECK (ledger, part->automatic == NULL || part->disposition == part->automatic,
         "the centre sets another disposition than the queue's");
}

/* By itself nothing but the waiting for the customer ends. */
static void
change_status (Ledger *ledger, const ModelEvent *event, LedgerInteraction *interaction)
{
  const LedgerAgent *agent = ledger_agent (ledger, event->agent);
  const LedgerPart *part = agent != NULL ? ledger_part_of (ledger, interaction->id, agent) : NULL;

  CHECK (ledger, event->status != interaction->status, "a status is changed to what it was");
  CHECK (ledger,
         event->agent == NULL
             ? interaction->status == MODEL_STATUS_PENDING && event->status == MODEL_STATUS_OPEN
             : part != NULL && part->part == MODEL_PART_PRIMARY && part->state == LEDGER_ACTIVE,
         "a status is changed by nobody who may");
  CHECK (ledger, interaction->customer, "a status without a customer");
  interaction->status = event->status;
}

void
ledger_take_of_interaction (Ledger *ledger, const ModelEvent *event)
{
  LedgerInteraction *interaction = ledger_interaction (ledger, event->interaction);

  if (event->type == MODEL_EVENT_INTERACTION_CREATED)
    {
      ledger_take_id (ledger, event->interaction);
      interaction = g_new0 (LedgerInteraction, 1);
      interaction->id = event->interaction;
      interaction->channel = event->channel;
      interaction->internal =
          event->direction == MODEL_DIRECTION_INTERNAL && event->channel == MODEL_CHANNEL_VOICE;
      interaction->customer = event->direction != MODEL_DIRECTION_OUT && !interaction->internal;
      interaction->answered_kind = -1;
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
  else if (event->type == MODEL_EVENT_INTERACTION_STATUS_CHANGED)
    change_status (ledger, event, interaction);
  else
    {
      for (guint i = 0; i < ledger->requests->len; i++)
        CHECK (ledger,
               ((LedgerRequest *) ledger->requests->pdata[i])->interaction != interaction->id,
               "closed with a request");
      for (guint i = 0; i < ledger->parts->len; i++)
        CHECK (ledger, ((LedgerPart *) ledger->parts->pdata[i])->interaction != interaction->id,
               "closed with a participation");
      CHECK (ledger, ledger_parties (ledger, interaction->id, -1) == 0, "closed with a number");
      CHECK (ledger, interaction->recording == MODEL_RECORDING_OFF, "closed while it is recorded");
      g_ptr_array_remove (ledger->interactions, interaction);
    }
}
