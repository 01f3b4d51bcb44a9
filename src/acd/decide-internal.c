/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls from colleague to colleague. They begin like any call of an agent's own; then somebody is
 * asked to come, as in a consult, and whoever does stands where a customer would. They are nobody's
 * work: no queue, no wrap-up. Core's thread. */
#include "acd/forward.h"

gboolean
acd_may_call_colleague (AcdCore *core, AcdAgent *agent, const AcdCommand *command, GError **error)
{
  AcdInteraction call = { .channel = MODEL_CHANNEL_VOICE, .direction = MODEL_DIRECTION_INTERNAL };
  const AcdPart part = { .interaction = &call, .agent = agent, .part = MODEL_PART_PRIMARY };
  AcdPlacing placing = { .kind = MODEL_REQUEST_CONFERENCE };
  AcdCommand to = *command;
  AcdForwardEnd end = { 0 };

  if (!agent->def->internal_calls)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  if (command->target != NULL && acd_forward_from (core, agent, command->target, &end))
    to = acd_forward_command (&end);
  return acd_forward_leaves (&end) || acd_placing_for (core, &part, &to, &placing, error);
}

/* Who called and waits for somebody, NULL = nobody. */
static AcdPart *
caller_of (const AcdInteraction *interaction)
{
  AcdPart *part = acd_is_internal (interaction) ? interaction->parts : NULL;

  while (part != NULL && (!acd_part_dials (part) || part->part != MODEL_PART_PRIMARY))
    part = part->sibling;
  return part;
}

static void
ask (AcdCore *core, AcdPart *part, const AcdCommand *command)
{
  AcdPlacing placing = { .kind = MODEL_REQUEST_CONFERENCE };
  ModelCode why = MODEL_CODE_UNREACHABLE;
  g_autoptr (GError) error = NULL;

  if (acd_placing_for (core, part, command, &placing, &error))
    {
      acd_step_ask (core, part, &placing);
      return;
    }
  if (error->code == ACD_ERROR_NOT_ALLOWED)
    model_code_is (error->message, &why);
  acd_step_not_reached (core, part, model_code (why));
}

/* The caller says a message for the box, as a customer would. */
static void
take_message (AcdCore *core, AcdPart *caller, const AcdForwardEnd *end)
{
  AcdInteraction *interaction = caller->interaction;

  acd_step_voicemail (core, interaction, end->box, end->reason);
  acd_step_colleague_came (core, interaction);
}

static void
ring_end (AcdCore *core, AcdPart *caller, const AcdForwardEnd *end)
{
  AcdCommand to = acd_forward_command (end);

  if (end->to == MODEL_FORWARD_TO_NUMBER)
    acd_step_dial_forward (core, caller->interaction, caller->agent, end->by);
  else if (end->to == MODEL_FORWARD_TO_VOICEMAIL)
    take_message (core, caller, end);
  else
    ask (core, caller, &to);
}

void
acd_step_ring_colleague (AcdCore *core, AcdPart *part, const AcdCommand *command)
{
  AcdAgent *target = acd_find_agent (core, command->target);
  AcdForwardEnd end;

  if (target != NULL && acd_forward_call (core, part->interaction, part->agent, target,
                                          acd_hindrance (core, target), &end))
    ring_end (core, part, &end);
  else
    ask (core, part, command);
}

gboolean
acd_step_forward_colleague (AcdCore *core,
                            AcdInteraction *interaction,
                            AcdAgent *owner,
                            ModelForward why)
{
  AcdPart *caller = caller_of (interaction);
  AcdForwardEnd end;

  if (caller == NULL || !acd_forward_call (core, interaction, caller->agent, owner, why, &end))
    return FALSE;
  ring_end (core, caller, &end);
  return TRUE;
}

void
acd_step_colleague_came (AcdCore *core, AcdInteraction *interaction)
{
  AcdPart *caller = caller_of (interaction);
  ModelEvent *event;

  if (caller == NULL)
    return;
  event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_CONNECTED, caller);
  event->duration = core->clock - caller->joined;
  acd_emit (core, event);
  acd_step_joined (core, caller);
}

void
acd_step_nobody_came (AcdCore *core, AcdInteraction *interaction, const char *reason)
{
  AcdPart *caller = caller_of (interaction);
  const char *late = model_code (MODEL_CODE_WAITED_TOO_LONG);

  if (caller != NULL)
    acd_step_not_reached (core, caller,
                          reason == late ? model_code (MODEL_CODE_NO_ANSWER) : reason);
}
