/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about digital work that an agent gives away: back to its queue, to another queue, to an
 * agent, to a skill. It leaves at once and keeps its age. Core's thread. */
#include "acd/state.h"
#include "model/definitions-check.h"

static AcdPart *
part_to_give (AcdCore *core, const AcdCommand *command, ModelAction action, GError **error)
{
  AcdPart *part = acd_command_part (core, command, error);

  if (part == NULL || !acd_permit (core, part, action, command->by, error))
    return NULL;
  if (part->interaction->customer_present)
    return part;
  acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  return NULL;
}

/* The queue that would keep it, as the rules of this one say. */
static AcdQueue *
open_place (AcdCore *core, AcdQueue *queue, GError **error)
{
  ModelCode why = MODEL_CODE_NOT_ENABLED;
  AcdQueue *place = queue != NULL ? acd_place_for (core, queue, &why) : NULL;

  if (place == NULL)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why);
  return place;
}

gboolean
acd_decide_unassign (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPart *part = part_to_give (core, command, MODEL_ACTION_UNASSIGN, error);

  if (part == NULL || open_place (core, acd_part_home (core, part), error) == NULL)
    return FALSE;
  acd_step_give_back (core, part, model_code (MODEL_CODE_UNASSIGNED));
  return TRUE;
}

static gboolean
to_queue (AcdCore *core,
          const AcdPart *part,
          const AcdCommand *command,
          AcdPlacing *placing,
          GError **error)
{
  placing->queue = acd_find_queue (core, command->queue);
  if (placing->queue == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  if (placing->queue->def->channel != (gint32) part->interaction->channel)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "queue");
  return open_place (core, placing->queue, error) != NULL;
}

static gboolean
has_skill (const AcdAgent *agent, const char *skill)
{
  for (guint i = 0; i < agent->def->skills->len; i++)
    if (g_str_equal (((ModelSkillLevel *) agent->def->skills->pdata[i])->skill, skill))
      return TRUE;
  return FALSE;
}

/* In its own queue, where somebody must have the skill. */
static gboolean
to_skill (AcdCore *core,
          const AcdPart *part,
          const AcdCommand *command,
          AcdPlacing *placing,
          GError **error)
{
  AcdQueue *place;

  placing->queue = acd_part_home (core, part);
  placing->skill = g_intern_string (command->skill);
  if (model_definitions_find (core->definitions, "skills", command->skill) == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "skill");
  place = open_place (core, placing->queue, error);
  if (place == NULL)
    return FALSE;
  for (guint i = 0; i < place->agents->len; i++)
    if (has_skill (place->agents->pdata[i], command->skill))
      return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_UNSTAFFED);
}

/* Nothing goes directly to who has no room or wraps up a call; any other who is signed in may be
 * waited for. */
static gboolean
is_busy (const AcdCore *core, const AcdAgent *agent, guint8 channel)
{
  const ModelSettings *settings = acd_settings (core);

  return agent->used[channel] >= agent->automatic[channel] ||
         (agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks) ||
         (agent->calls > 0 && !settings->digital_during_call);
}

static gboolean
to_agent (AcdCore *core,
          const AcdPart *part,
          const AcdCommand *command,
          AcdPlacing *placing,
          GError **error)
{
  AcdAgent *target = acd_find_agent (core, command->target);

  if (target == NULL || target->retired)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "target");
  if (target == part->agent)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "target");
  if (target->session == 0 || target->sign_out_pending)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OWNER_AWAY);
  if (is_busy (core, target, part->interaction->channel))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_AGENT_BUSY);
  placing->queue = acd_part_home (core, part);
  if (placing->queue == NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
  placing->owner = target;
  placing->owner_limit = acd_settings (core)->personal_digital_limit_seconds;
  return TRUE;
}

/* What is to be transferred, and where to; NULL: refused. */
static AcdPart *
find_target (AcdCore *core, const AcdCommand *command, AcdPlacing *placing, GError **error)
{
  AcdPart *part = part_to_give (core, command, MODEL_ACTION_TRANSFER, error);
  gboolean found;

  if (part == NULL)
    return NULL;
  if ((command->queue != NULL) + (command->target != NULL) + (command->skill != NULL) != 1)
    {
      acd_refuse_member (error, ACD_ERROR_INVALID, "target");
      return NULL;
    }
  if (command->queue != NULL)
    found = to_queue (core, part, command, placing, error);
  else if (command->target != NULL)
    found = to_agent (core, part, command, placing, error);
  else
    found = to_skill (core, part, command, placing, error);
  return found ? part : NULL;
}

const char *
acd_core_transfer_problem (AcdCore *core, const AcdCommand *command)
{
  g_autoptr (GError) error = NULL;
  AcdPlacing placing = { 0 };
  ModelCode code = MODEL_CODE_NOT_ENABLED;

  if (find_target (core, command, &placing, &error) != NULL)
    return NULL;
  model_code_is (error->message, &code);
  return model_code (code);
}

gboolean
acd_decide_transfer (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdPlacing placing = { .kind = MODEL_REQUEST_TRANSFER,
                         .reason = model_code (MODEL_CODE_TRANSFERRED) };
  AcdPart *part = find_target (core, command, &placing, error);
  AcdInteraction *interaction;

  if (part == NULL)
    return FALSE;
  interaction = part->interaction;
  placing.giver = part->agent;
  placing.queued_at = part->queued_at;
  acd_step_leave (core, part, placing.reason);
  acd_step_place (core, interaction, &placing);
  return TRUE;
}
