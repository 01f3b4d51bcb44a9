/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about what agents write to each other. It waits in no queue, takes no slot and changes
 * nobody's state: one begins, the other is in it at once or after accepting, either ends it, and
 * each puts it away. Core's thread. */
#include "acd/state.h"

/* An agent who has so many open has lost sight of them. */
#define OPEN_MAX 100

static AcdInteraction *
begin (AcdCore *core, AcdAgent *from, AcdAgent *to)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_INTERACTION_CREATED);

  event->interaction = acd_new_id (core);
  event->channel = MODEL_CHANNEL_IM;
  event->direction = MODEL_DIRECTION_INTERNAL;
  event->origin = MODEL_ORIGIN_DIRECT;
  event->agent = to->id;
  event->by = from->id;
  acd_emit (core, event);
  return acd_id_map_lookup (&core->interactions, event->interaction);
}

static AcdPart *
join (AcdCore *core, AcdInteraction *interaction, AcdAgent *agent, ModelPart part)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_PARTICIPATION_JOINED, agent);
  ModelId id = acd_new_id (core);

  acd_event_about (core, event, interaction);
  event->participation = id;
  event->part = (gint32) part;
  event->queued_at = core->clock;
  acd_emit (core, event);
  return acd_id_map_lookup (&core->parts, id);
}

gboolean
acd_decide_im (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *from = acd_find_agent (core, command->agent);
  AcdAgent *to = acd_find_agent (core, command->target);
  AcdPlacing placing = { .kind = MODEL_REQUEST_CONFERENCE, .owner = to };
  AcdInteraction *interaction;
  AcdPart *part;

  if (from == NULL || from->retired)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (to == NULL || to->retired)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "target");
  if (from == to)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "target");
  if (from->session == 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_SIGNED_IN);
  if (to->session == 0 || to->sign_out_pending)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_COLLEAGUE_AWAY);
  if (from->used[MODEL_CHANNEL_IM] >= OPEN_MAX || to->used[MODEL_CHANNEL_IM] >= OPEN_MAX)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_AGENT_BUSY);
  interaction = begin (core, from, to);
  part = join (core, interaction, from, MODEL_PART_PRIMARY);
  if (acd_settings (core)->im_acceptance)
    acd_step_ask (core, part, &placing);
  else
    join (core, interaction, to, MODEL_PART_CONFERENCED);
  return TRUE;
}

/* Both keep what was written until they put it away. */
void
acd_step_im_end (AcdCore *core, AcdInteraction *interaction, const char *reason, AcdAgent *by)
{
  ModelEvent *event = acd_event (core, MODEL_EVENT_INTERACTION_CUSTOMER_LEFT);

  acd_event_about (core, event, interaction);
  event->reason = reason;
  event->agent = by != NULL ? by->id : NULL;
  acd_emit (core, event);
  while (interaction->requests != NULL)
    {
      AcdRequest *request = interaction->requests;
      if (request->offer != NULL)
        acd_step_end_offer (core, request->offer, MODEL_OUTCOME_WITHDRAWN, reason);
      acd_step_end_request (core, request, MODEL_OUTCOME_ABANDONED, reason);
    }
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ABANDONED, reason);
}

void
acd_step_im_leave (AcdCore *core, AcdPart *part)
{
  const char *reason = model_code (MODEL_CODE_AGENT_ENDED);
  AcdInteraction *interaction = part->interaction;

  if (interaction->customer_present)
    acd_step_im_end (core, interaction, reason, part->agent);
  acd_step_leave (core, part, reason);
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, reason);
}
