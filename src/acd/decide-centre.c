/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about the centre: definitions, opening hours, what a restart means. Core's thread. */
#include "acd/state.h"

gboolean
acd_decide_apply_definitions (AcdCore *core, const AcdCommand *command, GError **error)
{
  ModelEvent *event;

  if (command->definitions == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "definitions");
  event = acd_event (core, MODEL_EVENT_DEFINITIONS_APPLIED);
  event->definitions = model_definitions_ref (command->definitions);
  event->revision = (gint32) command->definitions->version;
  acd_emit (core, event);
  for (guint i = 0; i < core->agents->len; i++)
    {
      AcdAgent *agent = core->agents->pdata[i];
      if (agent->retired && agent->state == MODEL_AGENT_AVAILABLE)
        acd_step_state (core, agent, MODEL_AGENT_IDLE, model_code (MODEL_CODE_RETIRED), NULL);
    }
  return TRUE;
}

/* Overdue offers were the machine's fault; all other deadlines are moved by the downtime. */
gboolean
acd_decide_restarted (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdTree *offers = &core->timers[ACD_TIMER_OFFER];
  ModelEvent *event;

  if (core->definitions == NULL)
    return TRUE;
  if (command->duration < 0)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "duration");
  event = acd_event (core, MODEL_EVENT_CENTRE_RESTARTED);
  event->duration = command->duration;
  while (offers->first != NULL && offers->first->key <= core->clock)
    acd_step_end_offer (core, acd_node_owner (offers->first, AcdOffer, timer),
                        MODEL_OUTCOME_WITHDRAWN, model_code (MODEL_CODE_RESTART));
  acd_emit (core, event);
  return TRUE;
}

gboolean
acd_decide_set_queue_open (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdQueue *queue = acd_find_queue (core, command->queue);
  ModelEvent *event;

  if (queue == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  if (queue->open == (command->on != FALSE))
    return TRUE;
  event = acd_event (core, command->on ? MODEL_EVENT_QUEUE_OPENED : MODEL_EVENT_QUEUE_CLOSED);
  event->queue = queue->id;
  acd_emit (core, event);
  return TRUE;
}
