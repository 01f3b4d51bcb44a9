/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An agent's own calls that go elsewhere: what the agent chose, and the steps of a call that is
 * forwarded. Core's thread. */
#include "acd/forward.h"

#include "acd/party.h"

/* --- what the agent chose --------------------------------------------------------------------- */

static gboolean
permitted (const AcdCore *core,
           const AcdAgent *agent,
           ModelForwardTo to,
           gboolean team,
           GError **error)
{
  const ModelForwardCase situation = {
    .allowed = (ModelForwarding) agent->def->forwarding,
    .to = to,
    .has_box = acd_box_of (core, agent) != NULL,
    .team = team,
  };
  ModelPermission permission = model_permission_to_forward (&situation);

  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, permission.reason);
}

gboolean
acd_core_may_forward (const AcdCore *core, const char *id, ModelForwardTo to)
{
  const AcdAgent *agent = acd_find_agent (core, id);

  return agent != NULL && !agent->retired && permitted (core, agent, to, FALSE, NULL);
}

/* Whether who is there has all calls go on, in the end to this agent. */
static gboolean
leads_back (const AcdCore *core, const AcdAgent *to, const AcdAgent *agent)
{
  for (guint hops = 0; hops < core->agents->len && to != NULL; hops++)
    {
      if (to == agent)
        return TRUE;
      if (to->forward != MODEL_FORWARD_ALWAYS || to->forward_to != MODEL_FORWARD_TO_AGENT)
        return FALSE;
      to = acd_find_agent (core, to->forward_target);
    }
  return FALSE;
}

static gboolean
check_target (AcdCore *core, const AcdAgent *agent, const AcdCommand *command, GError **error)
{
  const AcdAgent *to = acd_find_agent (core, command->target);
  const AcdQueue *queue = acd_find_queue (core, command->queue);

  if (command->forward_to == MODEL_FORWARD_TO_AGENT)
    {
      if (to == NULL || to->retired)
        return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "target");
      return !leads_back (core, to, agent) ||
             acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_FORWARD_LOOP);
    }
  if (command->forward_to != MODEL_FORWARD_TO_QUEUE)
    return TRUE;
  if (queue == NULL || queue->retired)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  return queue->def.channel == MODEL_CHANNEL_VOICE ||
         acd_refuse_member (error, ACD_ERROR_INVALID, "queue");
}

static gboolean
check (AcdCore *core, const AcdAgent *agent, const AcdCommand *command, GError **error)
{
  if (command->forward < MODEL_FORWARD_OFF || command->forward > MODEL_FORWARD_NOT_TAKEN ||
      (command->forward == MODEL_FORWARD_OFF) != (command->forward_to == MODEL_FORWARD_TO_NONE))
    return acd_refuse_member (error, ACD_ERROR_INVALID, "forward");
  if (command->forward_to < MODEL_FORWARD_TO_NONE ||
      command->forward_to > MODEL_FORWARD_TO_VOICEMAIL ||
      (command->target != NULL) != (command->forward_to == MODEL_FORWARD_TO_AGENT) ||
      (command->queue != NULL) != (command->forward_to == MODEL_FORWARD_TO_QUEUE) ||
      ((command->team != NULL || command->entry_point != NULL) &&
       command->forward_to != MODEL_FORWARD_TO_NUMBER))
    return acd_refuse_member (error, ACD_ERROR_INVALID, "forward_to");
  return acd_supervises (core, command->by, agent, MODEL_SUPERVISE_FORWARD, error) &&
         permitted (core, agent, (ModelForwardTo) command->forward_to,
                    command->team != NULL || command->entry_point != NULL, error) &&
         check_target (core, agent, command, error);
}

const char *
acd_core_forward_problem (AcdCore *core, const AcdCommand *command)
{
  const AcdAgent *agent = acd_find_agent (core, command->agent);
  g_autoptr (GError) error = NULL;
  ModelCode code = MODEL_CODE_NOT_ENABLED;

  if (agent != NULL && !agent->retired && check (core, agent, command, &error))
    return NULL;
  if (error != NULL)
    model_code_is (error->message, &code);
  return model_code (code);
}

gboolean
acd_decide_set_forwarding (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  const char *target = command->target != NULL ? command->target : command->queue;
  ModelEvent *event;

  if (agent == NULL || (agent->retired && command->reason == NULL))
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (command->reason != NULL && command->forward != MODEL_FORWARD_OFF)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "reason");
  if (!check (core, agent, command, error))
    return FALSE;
  if (command->forward == MODEL_FORWARD_OFF && agent->forward == MODEL_FORWARD_OFF)
    return TRUE;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_FORWARDING_CHANGED, agent);
  event->by = command->by != NULL ? g_intern_string (command->by) : NULL;
  event->reason = command->reason != NULL ? g_intern_string (command->reason) : NULL;
  event->forward = command->forward;
  event->forward_to = command->forward_to;
  event->target = target != NULL ? g_intern_string (target) : NULL;
  acd_emit (core, event);
  return TRUE;
}

/* --- into the state --------------------------------------------------------------------------- */

void
acd_forwards_forget (AcdCore *core, ModelId interaction)
{
  AcdForwards *forwards = acd_id_map_lookup (&core->forwards, interaction);

  if (forwards == NULL)
    return;
  acd_id_map_remove (&core->forwards, interaction);
  g_free (forwards);
}

static gboolean
forwarded (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdForwards *forwards = acd_id_map_lookup (&core->forwards, event->interaction);

  if (acd_id_map_lookup (&core->interactions, event->interaction) == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (forwards == NULL)
    {
      forwards = g_new0 (AcdForwards, 1);
      forwards->interaction = event->interaction;
      acd_id_map_insert (&core->forwards, event->interaction, forwards);
    }
  if (forwards->n == ACD_FORWARDS_MAX)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "interaction");
  forwards->by[forwards->n++] = event->agent;
  return TRUE;
}

gboolean
acd_apply_forward (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, event->agent);

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (event->type == MODEL_EVENT_INTERACTION_FORWARDED)
    return forwarded (core, event, error);
  agent->forward = (guint8) event->forward;
  agent->forward_to = (guint8) event->forward_to;
  agent->forward_target = event->target;
  return TRUE;
}

/* --- where a call goes ------------------------------------------------------------------------ */

ModelForward
acd_hindrance (const AcdCore *core, const AcdAgent *agent)
{
  if (agent->session == 0)
    return MODEL_FORWARD_SIGNED_OUT;
  return acd_agent_ready_channels (core, agent) & (1 << MODEL_CHANNEL_VOICE) ? MODEL_FORWARD_OFF
                                                                             : MODEL_FORWARD_BUSY;
}

gboolean
acd_forwards_for (const AcdAgent *agent, ModelForward why)
{
  if (agent->forward == MODEL_FORWARD_OFF)
    return FALSE;
  return agent->forward == MODEL_FORWARD_ALWAYS || agent->forward == (guint8) why ||
         (agent->forward == MODEL_FORWARD_NOT_TAKEN && why != MODEL_FORWARD_OFF);
}

static const char *
reason_of (const AcdAgent *agent, ModelForward why)
{
  if (agent->forward == MODEL_FORWARD_ALWAYS || why == MODEL_FORWARD_OFF)
    return model_code (MODEL_CODE_AGENT_CHOICE);
  return model_code (why == MODEL_FORWARD_BUSY         ? MODEL_CODE_AGENT_BUSY
                     : why == MODEL_FORWARD_SIGNED_OUT ? MODEL_CODE_OWNER_AWAY
                                                       : MODEL_CODE_NO_ANSWER);
}

/* Where the agent has calls go, as far as that is still there and permitted. */
static gboolean
find_end (const AcdCore *core, AcdAgent *agent, AcdForwardEnd *end)
{
  *end = (AcdForwardEnd){ .to = (ModelForwardTo) agent->forward_to, .by = agent };
  if (agent->retired || !permitted (core, agent, end->to, FALSE, NULL))
    return FALSE;
  switch (end->to)
    {
    case MODEL_FORWARD_TO_NONE:
      return FALSE;
    case MODEL_FORWARD_TO_AGENT:
      end->agent = acd_find_agent (core, agent->forward_target);
      return end->agent != NULL && !end->agent->retired;
    case MODEL_FORWARD_TO_QUEUE:
      end->queue = acd_find_queue (core, agent->forward_target);
      return end->queue != NULL && !end->queue->retired &&
             end->queue->def.channel == MODEL_CHANNEL_VOICE;
    case MODEL_FORWARD_TO_NUMBER:
      return TRUE;
    case MODEL_FORWARD_TO_VOICEMAIL:
      end->box = acd_box_of (core, agent);
      return TRUE;
    }
  return FALSE;
}

static gboolean
was_with (const AcdForwards *been, const AcdAgent *agent)
{
  for (guint i = 0; i < been->n; i++)
    if (been->by[i] == agent->id)
      return TRUE;
  return FALSE;
}

static void
emit_forwarded (AcdCore *core, AcdInteraction *interaction, const AcdForwardEnd *end)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_INTERACTION_FORWARDED, end->by);

  acd_event_about (core, event, interaction);
  event->reason = end->reason;
  event->forward_to = (gint32) end->to;
  event->target = end->agent != NULL ? end->agent->id : end->queue != NULL ? end->queue->id : NULL;
  event->box = end->box != NULL ? g_intern_string (end->box) : NULL;
  acd_emit (core, event);
}

/* One step of its way. */
static gboolean
goes_on (const AcdCore *core,
         const AcdForwards *been,
         const AcdAgent *caller,
         AcdAgent *agent,
         ModelForward why,
         AcdForwardEnd *next)
{
  if (been->n == ACD_FORWARDS_MAX || !acd_forwards_for (agent, why) || was_with (been, agent) ||
      !find_end (core, agent, next) ||
      (next->agent != NULL && (next->agent == caller || was_with (been, next->agent))))
    return FALSE;
  next->reason = reason_of (agent, why);
  return TRUE;
}

/* Goes on from agent to agent as long as each forwards it now; without an interaction it only
 * looks. */
static gboolean
follow (AcdCore *core,
        AcdInteraction *interaction,
        const AcdAgent *caller,
        AcdAgent *agent,
        ModelForward why,
        AcdForwardEnd *end)
{
  const AcdForwards *before =
      interaction != NULL ? acd_id_map_lookup (&core->forwards, interaction->id) : NULL;
  AcdForwards been = before != NULL ? *before : (AcdForwards){ 0 };
  gboolean goes = FALSE;
  AcdForwardEnd next;

  while (agent != NULL && goes_on (core, &been, caller, agent, why, &next))
    {
      been.by[been.n++] = agent->id;
      if (interaction != NULL)
        emit_forwarded (core, interaction, &next);
      *end = next;
      goes = TRUE;
      agent = next.agent;
      if (agent != NULL)
        why = acd_hindrance (core, agent);
    }
  return goes;
}

gboolean
acd_forward_from (AcdCore *core, const AcdAgent *caller, const char *id, AcdForwardEnd *end)
{
  AcdAgent *agent = acd_find_agent (core, id);

  return agent != NULL && agent != caller &&
         follow (core, NULL, caller, agent, acd_hindrance (core, agent), end);
}

gboolean
acd_forward_call (AcdCore *core,
                  AcdInteraction *interaction,
                  const AcdAgent *caller,
                  AcdAgent *agent,
                  ModelForward why,
                  AcdForwardEnd *end)
{
  return agent != caller && follow (core, interaction, caller, agent, why, end);
}

gboolean
acd_forward_leaves (const AcdForwardEnd *end)
{
  return end->to == MODEL_FORWARD_TO_NUMBER || end->to == MODEL_FORWARD_TO_VOICEMAIL;
}

AcdCommand
acd_forward_command (const AcdForwardEnd *end)
{
  return (AcdCommand){ .target = end->agent != NULL ? end->agent->id : NULL,
                       .queue = end->queue != NULL ? end->queue->id : NULL };
}

/* --- steps ------------------------------------------------------------------------------------ */

void
acd_step_dial_forward (AcdCore *core,
                       AcdInteraction *interaction,
                       AcdAgent *caller,
                       AcdAgent *forwarder)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_PARTY_DIALLING);

  acd_event_about (core, event, interaction);
  event->participation = acd_new_id (core);
  event->agent = forwarder->id;
  event->by = caller != NULL ? caller->id : forwarder->id;
  event->kind = caller != NULL ? MODEL_REQUEST_CONFERENCE : MODEL_REQUEST_PERSONAL;
  event->part = caller != NULL ? MODEL_PART_CONFERENCED : MODEL_PART_PRIMARY;
  event->deadline = core->clock + (gint64) acd_settings (core)->dial_seconds * 1000;
  acd_emit (core, event);
}

gboolean
acd_step_forward (AcdCore *core, AcdInteraction *interaction, AcdAgent *owner, ModelForward why)
{
  AcdForwardEnd end;

  if (!acd_is_call (interaction) || !follow (core, interaction, NULL, owner, why, &end))
    return FALSE;
  if (end.agent != NULL)
    acd_step_wait_for_owner (core, interaction, end.agent);
  else if (end.queue != NULL)
    acd_step_queue (core, interaction, MODEL_REQUEST_NEW, end.queue, NULL, 0,
                    (gint64) interaction->created);
  else if (end.box != NULL)
    acd_step_voicemail (core, interaction, end.box, end.reason);
  else
    acd_step_dial_forward (core, interaction, NULL, end.by);
  return TRUE;
}

gboolean
acd_step_forward_request (AcdCore *core, AcdRequest *request, ModelForward why, const char *reason)
{
  AcdInteraction *interaction = request->interaction;
  AcdAgent *owner = request->owner;
  const AcdForwards *before = acd_id_map_lookup (&core->forwards, interaction->id);
  const AcdForwards none = { 0 };
  AcdForwardEnd next;

  if (owner == NULL || request->kind != MODEL_REQUEST_PERSONAL || !acd_is_call (interaction) ||
      !goes_on (core, before != NULL ? before : &none, NULL, owner, why, &next))
    return FALSE;
  acd_step_end_request (core, request, MODEL_OUTCOME_MOVED, reason);
  return acd_step_forward (core, interaction, owner, why);
}
