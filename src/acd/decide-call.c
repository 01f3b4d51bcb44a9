/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about calls that an agent begins. The agent's slot is taken before anything rings; then
 * the own station is rung, then the other side, then the two talk. Whatever ends it before that
 * leaves everything as it was. Core's thread. */
#include "acd/state.h"
#include "acd/view.h"

/* How long the agent's own station rings. */
#define STATION_SECONDS 20

static gboolean
dials_out (const AcdQueue *queue)
{
  return queue != NULL && !queue->retired && queue->def.dial_out;
}

/* The agent's part in the work from which the call is made; NULL with error set: there is none. */
static AcdPart *
origin_of (AcdCore *core, const AcdCommand *command, GError **error)
{
  const AcdCommand where = { .agent = command->agent, .interaction = command->interaction };

  return acd_command_part (core, &where, error);
}

/* In whose name: the queue that is named, that of the work in hand, or the agent's first. */
static gboolean
find_queue (AcdCore *core,
            const AcdCommand *command,
            const AcdAgent *agent,
            AcdQueue **queue,
            GError **error)
{
  const AcdPart *origin = NULL;

  *queue = acd_find_queue (core, command->queue);
  if (command->interaction != 0 && (origin = origin_of (core, command, error)) == NULL)
    return FALSE;
  if (command->queue != NULL && *queue == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  if (*queue != NULL)
    {
      if (acd_agent_place (agent, *queue) == NULL && (origin == NULL || origin->queue != *queue))
        return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_IN_QUEUE);
      if (!dials_out (*queue))
        *queue = NULL;
      return TRUE;
    }
  if (origin != NULL && dials_out (origin->queue))
    *queue = origin->queue;
  for (guint i = 0; *queue == NULL && i < agent->n_places; i++)
    if (dials_out (agent->places[i].queue))
      *queue = agent->places[i].queue;
  return TRUE;
}

gboolean
acd_may_begin_call (const AcdCore *core, const AcdAgent *agent, gboolean has_queue, GError **error)
{
  guint offers = acd_agent_calls_offered (agent);
  ModelCaller caller = {
    .has_queue = has_queue,
    .there =
        agent->session != 0 && !agent->retired && !agent->sign_out_pending && agent->desk_connected,
    .station_ready = agent->station_ready,
    .wrap_up_blocks = acd_settings (core)->voice_wrap_up_blocks,
    .slots = agent->slots[MODEL_CHANNEL_VOICE],
    .wrap_ups = agent->call_wrap_ups,
    .offers = offers,
    .calls = agent->calls - offers,
  };
  ModelPermission permission;

  permission = model_permission_to_call (&caller);
  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED,
                     agent->session == 0 ? MODEL_CODE_NOT_SIGNED_IN : permission.reason);
}

/* Whom a colleague calls is asked when the own station is there, perhaps after a restart. */
static void
set_aim (ModelEvent *event, const AcdCommand *command)
{
  event->agent = g_intern_string (command->target);
  event->queue = g_intern_string (command->queue);
  event->entry_point = g_intern_string (command->entry_point);
  event->skill = g_intern_string (command->skill);
  event->team = g_intern_string (command->team);
}

static AcdInteraction *
begin (AcdCore *core, const AcdCommand *command, const AcdAgent *agent)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_INTERACTION_CREATED);

  event->interaction = acd_new_id (core);
  event->channel = MODEL_CHANNEL_VOICE;
  event->direction = command->on ? MODEL_DIRECTION_INTERNAL : MODEL_DIRECTION_OUT;
  event->origin = MODEL_ORIGIN_DIRECT;
  event->language = command->language != NULL ? g_intern_string (command->language) : NULL;
  event->by = agent->id;
  if (command->on)
    set_aim (event, command);
  acd_emit (core, event);
  return acd_id_map_lookup (&core->interactions, event->interaction);
}

/* In the name of a queue, or, as nobody's work, a colleague. */
static gboolean
may_call (AcdCore *core,
          const AcdCommand *command,
          AcdAgent *agent,
          AcdQueue **queue,
          GError **error)
{
  *queue = NULL;
  if (command->on)
    return acd_may_begin_call (core, agent, TRUE, error) &&
           acd_may_call_colleague (core, agent, command, error);
  return find_queue (core, command, agent, queue, error) &&
         acd_may_begin_call (core, agent, *queue != NULL, error);
}

gboolean
acd_decide_call (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  AcdInteraction *interaction;
  ModelEvent *event;
  AcdQueue *queue;

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (!may_call (core, command, agent, &queue, error))
    return FALSE;
  interaction = begin (core, command, agent);
  acd_step_note_variables (core, interaction, NULL, command->variables);
  event = acd_event_of_agent (core, MODEL_EVENT_PARTICIPATION_CALLING, agent);
  acd_event_about (core, event, interaction);
  event->participation = acd_new_id (core);
  core->queue_hint = queue;
  event->queue = queue != NULL ? queue->id : NULL;
  event->part = MODEL_PART_PRIMARY;
  event->queued_at = core->clock;
  event->priority = queue != NULL ? queue->def.priority : 0;
  event->deadline = core->clock + STATION_SECONDS * 1000;
  acd_emit (core, event);
  return TRUE;
}

/* The call that a fact is about, while it is being dialled. */
static AcdPart *
dialling_part (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || acd_part_dials (part))
    return part;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_TOO_LATE);
  return NULL;
}

gboolean
acd_decide_station_answered (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = dialling_part (core, command, error);
  ModelEvent *event;

  if (part == NULL || part->state == ACD_PART_DIALLING)
    return part != NULL;
  if (part->part == MODEL_PART_SUPERVISING)
    {
      acd_step_listens (core, part, command->leg);
      return TRUE;
    }
  event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_DIALLING, part);
  event->leg = command->leg;
  event->deadline = core->clock + (gint64) acd_settings (core)->dial_seconds * 1000;
  acd_emit (core, event);
  if (acd_is_internal (part->interaction))
    acd_step_ring_colleague (core, part, command);
  return TRUE;
}

gboolean
acd_decide_customer_answered (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = dialling_part (core, command, error);
  ModelEvent *event;

  if (part == NULL)
    return FALSE;
  if (part->state == ACD_PART_CALLING || acd_is_internal (part->interaction))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONNECTED);
  event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_CONNECTED, part);
  event->leg = command->leg;
  event->duration = core->clock - part->joined;
  acd_emit (core, event);
  acd_step_joined (core, part);
  return TRUE;
}

gboolean
acd_decide_call_failed (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = dialling_part (core, command, error);

  if (part == NULL)
    return FALSE;
  acd_step_not_reached (core, part,
                        command->reason != NULL ? g_intern_string (command->reason)
                                                : model_code (MODEL_CODE_UNREACHABLE));
  return TRUE;
}

void
acd_step_not_reached (AcdCore *core, AcdPart *part, const char *reason)
{
  AcdInteraction *interaction = part->interaction;

  acd_step_leave (core, part, reason);
  acd_step_end_asks (core, interaction, model_code (MODEL_CODE_AGENT_LEFT));
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_NOT_REACHED, reason);
}

const char *
acd_core_call_problem (AcdCore *core, const AcdCommand *command)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  g_autoptr (GError) error = NULL;
  ModelCode code = MODEL_CODE_NOT_ENABLED;
  AcdQueue *queue;

  if (agent != NULL && may_call (core, command, agent, &queue, &error))
    return NULL;
  if (error != NULL)
    model_code_is (error->message, &code);
  return model_code (code);
}
