/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of participations and their wrap-up into the state. Core's thread. */
#include "acd/apply-work.h"

#include "acd/machines.h"

static void
set_deadline (AcdCore *core, AcdPart *part, gint64 deadline)
{
  part->deadline = deadline;
  acd_timer_set (core, ACD_TIMER_PART, &part->timer, deadline != 0 ? deadline : G_MAXINT64,
                 part->id);
}

static gboolean
joined (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, event->interaction);
  AcdAgent *agent = acd_find_agent (core, event->agent);
  AcdPart *part;

  if (interaction == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (!acd_take_id (core, event->participation, "participation", error))
    return FALSE;
  part = acd_pool_take (&core->part_pool, sizeof *part);
  part->id = event->participation;
  part->leg = event->leg;
  part->interaction = interaction;
  part->agent = agent;
  part->queue = acd_find_queue (core, event->queue);
  part->joined = part->since = event->at;
  part->queued_at = event->queued_at;
  part->priority = event->priority;
  part->part = (guint8) event->part;
  part->mode = (guint8) event->mode;
  if (event->part == MODEL_PART_SUPERVISING)
    {
      part->watched = acd_find_agent (core, event->by);
      g_array_append_val (core->supervising, part->id);
    }
  part->next = agent->parts;
  agent->parts = part;
  part->sibling = interaction->parts;
  interaction->parts = part;
  if (event->type == MODEL_EVENT_PARTICIPATION_CALLING)
    {
      part->state = ACD_PART_CALLING;
      agent->dialling++;
      set_deadline (core, part, event->deadline);
    }
  else
    interaction->answered = TRUE;
  agent->used[interaction->channel]++;
  if (interaction->channel == MODEL_CHANNEL_VOICE)
    agent->calls++;
  acd_id_map_insert (&core->parts, part->id, part);
  acd_agent_mark (core, agent);
  acd_agent_timer (core, agent);
  return TRUE;
}

/* The end of a participation, wrap-up included: the agent counts as idle from here. */
static void
remove_part (AcdCore *core, AcdPart *part, gint64 at)
{
  AcdAgent *agent = part->agent;
  AcdPart **link;

  for (link = &agent->parts; *link != part; link = &(*link)->next)
    ;
  *link = part->next;
  for (link = &part->interaction->parts; *link != part; link = &(*link)->sibling)
    ;
  *link = part->sibling;
  agent->used[part->interaction->channel]--;
  /* A call that nobody took leaves the agent where he or she was in line. */
  if (part->interaction->channel != MODEL_CHANNEL_IM && !acd_part_dials (part))
    agent->idle_since = at;
  acd_timer_set (core, ACD_TIMER_PART, &part->timer, G_MAXINT64, 0);
  acd_id_map_remove (&core->parts, part->id);
  acd_part_free (core, part);
  acd_agent_timer (core, agent);
}

static void
left (AcdCore *core, AcdPart *part, const ModelEvent *event)
{
  AcdAgent *agent = part->agent;
  gboolean voice = part->interaction->channel == MODEL_CHANNEL_VOICE;

  if (voice)
    agent->calls--;
  if (acd_part_dials (part))
    agent->dialling--;
  if (part->state == ACD_PART_HELD)
    part->held_total += event->at - part->since;
  set_deadline (core, part, 0);
  if (!acd_wrap_up_due (part, event->reason))
    {
      remove_part (core, part, event->at);
      return;
    }
  agent->wrap_ups++;
  if (voice)
    agent->call_wrap_ups++;
  part->state = ACD_PART_LEFT;
  part->since = event->at;
  acd_agent_timer (core, agent);
}

static void
wrap_up_ended (AcdCore *core, AcdPart *part, const ModelEvent *event)
{
  AcdAgent *agent = part->agent;

  agent->wrap_ups--;
  if (part->interaction->channel == MODEL_CHANNEL_VOICE)
    agent->call_wrap_ups--;
  remove_part (core, part, event->at);
}

/* Who becomes the primary agent has the work of that queue from now on, with its age. */
static void
change_role (AcdCore *core, AcdPart *part, const ModelEvent *event)
{
  part->part = (guint8) event->part;
  part->mode = (guint8) event->mode;
  if (event->part != MODEL_PART_SUPERVISING)
    part->watched = NULL;
  if (event->part != MODEL_PART_PRIMARY)
    return;
  part->queue = acd_find_queue (core, event->queue);
  part->queued_at = event->queued_at;
  part->priority = event->priority;
}

/* From here it is a call like any other; the talk begins to count. */
static void
connected (AcdCore *core, AcdPart *part, const ModelEvent *event)
{
  part->joined = part->since = event->at;
  part->agent->dialling--;
  set_deadline (core, part, 0);
  if (part->part == MODEL_PART_SUPERVISING)
    {
      part->leg = event->leg;
      acd_apply_listens (core, part);
      return;
    }
  part->interaction->leg = event->leg;
  part->interaction->customer_present = TRUE;
  part->interaction->answered = TRUE;
}

static void
carry_out (AcdCore *core, AcdPart *part, AcdPartAction action, const ModelEvent *event)
{
  switch (action)
    {
    case ACD_PART_DO_NOTHING:
      break;
    case ACD_PART_DO_DIAL:
      part->leg = event->leg;
      part->since = event->at;
      set_deadline (core, part, event->deadline);
      break;
    case ACD_PART_DO_CONNECT:
      connected (core, part, event);
      break;
    case ACD_PART_DO_HOLD:
      part->since = event->at;
      break;
    case ACD_PART_DO_RESUME:
      part->held_total += event->at - part->since;
      part->since = event->at;
      break;
    case ACD_PART_DO_MUTE:
    case ACD_PART_DO_UNMUTE:
      part->muted = action == ACD_PART_DO_MUTE;
      break;
    case ACD_PART_DO_MISS:
    case ACD_PART_DO_FIND:
      set_deadline (core, part, action == ACD_PART_DO_MISS ? event->deadline : 0);
      acd_agent_timer (core, part->agent);
      break;
    case ACD_PART_DO_CHANGE_ROLE:
      change_role (core, part, event);
      break;
    case ACD_PART_DO_LEAVE:
      left (core, part, event);
      break;
    case ACD_PART_DO_START:
      part->since = event->at;
      set_deadline (core, part, event->deadline);
      break;
    case ACD_PART_DO_EXTEND:
      part->extensions++;
      set_deadline (core, part, event->deadline);
      break;
    case ACD_PART_DO_END:
      wrap_up_ended (core, part, event);
      break;
    }
}

gboolean
acd_apply_part (AcdCore *core, const ModelEvent *event, GError **error)
{
  AcdPart *part = acd_id_map_lookup (&core->parts, event->participation);
  const BaseTransition *transition;
  AcdAgent *agent;

  if (event->type == MODEL_EVENT_PARTICIPATION_JOINED ||
      event->type == MODEL_EVENT_PARTICIPATION_CALLING)
    return part != NULL ? acd_refuse_member (error, ACD_ERROR_INVALID, "participation")
                        : joined (core, event, error);
  if (part == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
  transition = base_machine_find (&acd_part_machine, part->state, acd_part_step (event));
  if (transition == NULL)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "participation");
  agent = part->agent;
  if (transition->next != ACD_PART_OVER && transition->action != ACD_PART_DO_LEAVE)
    part->state = transition->next;
  carry_out (core, part, (AcdPartAction) transition->action, event);
  acd_agent_mark (core, agent);
  return TRUE;
}
