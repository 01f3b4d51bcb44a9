/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about customers who come and go. Core's thread. */
#include "acd/forward.h"

typedef struct
{
  const AcdEntry *entry;
  AcdQueue *queue;
  AcdAgent *owner;
  ModelChannel channel;
} Way;

static gboolean
find_way (AcdCore *core, const AcdCommand *command, Way *way, GError **error)
{
  *way = (Way){ .channel = (ModelChannel) command->channel };
  if (command->channel < 0 || command->channel >= MODEL_N_CHANNELS ||
      command->channel == MODEL_CHANNEL_IM)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "channel");
  if ((command->entry_point == NULL) == (command->agent == NULL))
    return acd_refuse_member (error, ACD_ERROR_INVALID, "entry_point");
  if (command->agent != NULL)
    {
      way->owner = acd_find_agent (core, command->agent);
      if (way->owner == NULL || way->owner->retired)
        return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
      return TRUE;
    }
  way->entry = acd_find_entry (core, command->entry_point);
  if (way->entry == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "entry_point");
  if (way->entry->def.channel != command->channel)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "channel");
  way->queue = way->entry->queue;
  acd_fetch (way->queue, 2);
  return TRUE;
}

static AcdInteraction *
create (AcdCore *core, const AcdCommand *command, const Way *way)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_INTERACTION_CREATED);
  const char *language = command->language;

  if (language == NULL && way->entry != NULL)
    language = way->entry->def.language;
  event->interaction = acd_new_id (core);
  event->channel = (gint32) way->channel;
  event->direction = MODEL_DIRECTION_IN;
  event->origin = way->owner != NULL ? MODEL_ORIGIN_DIRECT : MODEL_ORIGIN_QUEUE;
  event->agent = way->owner != NULL ? way->owner->id : NULL;
  event->entry_point = way->entry != NULL ? way->entry->id : NULL;
  event->language = language != NULL ? g_intern_string (language) : NULL;
  event->leg = command->leg;
  acd_emit (core, event);
  return acd_id_map_lookup (&core->interactions, event->interaction);
}

void
acd_step_note_variables (AcdCore *core,
                         AcdInteraction *interaction,
                         const AcdEntry *entry,
                         char **variables)
{
  guint n_variables = entry != NULL ? entry->n_variables : 0;
  g_autoptr (GPtrArray) ids = NULL;

  if (n_variables == 0 && variables == NULL)
    return;
  ids = g_ptr_array_new ();
  for (guint i = 0; i < n_variables; i++)
    g_ptr_array_add (ids, ((ModelVariableValue *) entry->def.variables->pdata[i])->variable);
  for (char **id = variables; id != NULL && *id != NULL; id++)
    if (model_definitions_variable (core->definitions, *id) != NULL)
      g_ptr_array_add (ids, *id);
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_intern_string (ids->pdata[i]);
      ModelEvent *event;
      if (acd_core_variable_revision (core, interaction->id, id) > 0)
        continue;
      event = acd_event (core, MODEL_EVENT_VARIABLE_CHANGED);
      event->interaction = interaction->id;
      event->variable = id;
      event->revision = 1;
      event->reason = model_code (MODEL_CODE_ARRIVAL);
      acd_emit (core, event);
    }
}

void
acd_step_wait_for_owner (AcdCore *core, AcdInteraction *interaction, AcdAgent *owner)
{
  const ModelSettings *settings = acd_settings (core);
  AcdQueue *fallback = acd_personal_fallback (core, owner, (ModelChannel) interaction->channel);
  gint32 limit = interaction->channel == MODEL_CHANNEL_VOICE
                     ? settings->personal_limit_seconds
                     : settings->personal_digital_limit_seconds;
  const char *box = interaction->channel == MODEL_CHANNEL_VOICE ? acd_box_of (core, owner) : NULL;
  ModelEvent *event;

  if (acd_step_forward (core, interaction, owner, acd_hindrance (core, owner)))
    return;
  if (owner->session == 0 && fallback == NULL && box != NULL)
    {
      acd_step_voicemail (core, interaction, box, model_code (MODEL_CODE_OWNER_AWAY));
      return;
    }
  if (owner->session == 0 && fallback == NULL)
    {
      acd_step_close_if_done (core, interaction, MODEL_OUTCOME_REJECTED,
                              model_code (MODEL_CODE_OWNER_AWAY));
      return;
    }
  if (owner->session == 0)
    {
      acd_step_queue (core, interaction, MODEL_REQUEST_NEW, fallback, NULL, 0, core->clock);
      return;
    }
  event = acd_event_of_agent (core, MODEL_EVENT_REQUEST_QUEUED, owner);
  event->request = acd_new_id (core);
  event->interaction = interaction->id;
  event->channel = interaction->channel;
  event->kind = MODEL_REQUEST_PERSONAL;
  event->queued_at = core->clock;
  if (fallback != NULL || box != NULL || acd_forwards_for (owner, MODEL_FORWARD_NO_ANSWER))
    event->deadline = core->clock + (gint64) limit * 1000;
  acd_emit (core, event);
}

/* Whether a customer who comes back may wait for this agent. */
static gboolean
is_there (const AcdAgent *agent, ModelChannel channel)
{
  return agent != NULL && agent->session != 0 && agent->desk_connected &&
         acd_agent_takes (agent, channel) && agent->next_state == MODEL_AGENT_OFFLINE &&
         !agent->retired && !agent->sign_out_pending && agent->automatic[channel] > 0;
}

static void
wait_for_last_agent (AcdCore *core, AcdInteraction *interaction, const Way *way, AcdAgent *last)
{
  const ModelSettings *settings = acd_settings (core);
  gboolean live = model_channel_is_live (way->channel);
  AcdPlacing placing = { .kind = MODEL_REQUEST_PERSONAL,
                         .queue = way->queue,
                         .owner = last,
                         .owner_limit =
                             live ? settings->return_chat_seconds : settings->return_work_seconds,
                         .queued_at = core->clock };

  acd_step_place (core, interaction, &placing);
}

static void
enter (AcdCore *core, AcdInteraction *interaction, const Way *way)
{
  gint32 priority = way->entry->def.priority;
  AcdExit exit;

  if (acd_exit_of_entry (core, way->entry, &exit))
    {
      exit.priority = priority;
      exit.queued_at = core->clock;
      acd_step_exit (core, interaction, &exit);
    }
  else if (way->queue != NULL)
    acd_step_queue (core, interaction, MODEL_REQUEST_NEW, way->queue, way->entry->id, priority,
                    core->clock);
  else
    acd_step_close_if_done (core, interaction, MODEL_OUTCOME_REJECTED,
                            model_code (MODEL_CODE_TEAM_FULL));
}

gboolean
acd_decide_arrive (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *last = acd_find_agent (core, command->target);
  AcdInteraction *interaction;
  Way way;

  if (!find_way (core, command, &way, error))
    return FALSE;
  interaction = create (core, command, &way);
  if (way.queue != NULL)
    acd_fetch (way.queue->classes, 1);
  acd_step_note_variables (core, interaction, way.entry, command->variables);
  if (way.owner != NULL)
    acd_step_wait_for_owner (core, interaction, way.owner);
  else if (way.channel != MODEL_CHANNEL_VOICE && is_there (last, way.channel))
    wait_for_last_agent (core, interaction, &way, last);
  else
    enter (core, interaction, &way);
  return TRUE;
}

gboolean
acd_decide_customer_left (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);
  const char *reason = command->reason != NULL ? g_intern_string (command->reason)
                                               : model_code (MODEL_CODE_CUSTOMER_LEFT);

  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (!interaction->customer_present)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  acd_step_customer_left (core, interaction, reason);
  return TRUE;
}
