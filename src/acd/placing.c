/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agent may send what he or she has in hand, or find a colleague to ask: a queue, an
 * agent, a skill, a team. Core's thread. */
#include "acd/state.h"
#include "model/definitions-check.h"

/* The queue that would keep it, as the rules of this one say. */
AcdQueue *
acd_open_place (AcdCore *core, AcdQueue *queue, GError **error)
{
  ModelCode why = MODEL_CODE_NOT_ENABLED;
  AcdQueue *place = queue != NULL ? acd_place_for (core, queue, &why, NULL) : NULL;

  if (place == NULL)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why);
  return place;
}

/* A call that is given to a queue is kept as its rules say, also in a box or by a team's number:
 * then there is no queue in *place. */
static gboolean
by_rules (AcdCore *core, const AcdPart *part, AcdPlacing *placing, AcdQueue **place, GError **error)
{
  gboolean given = placing->kind == MODEL_REQUEST_TRANSFER && acd_is_call (part->interaction);
  ModelCode why = MODEL_CODE_NOT_ENABLED;

  *place = placing->queue != NULL
               ? acd_place_for (core, placing->queue, &why, given ? &placing->exit : NULL)
               : NULL;
  return *place != NULL || acd_exit_found (&placing->exit) ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why);
}

static gboolean
to_queue (AcdCore *core,
          const AcdPart *part,
          const AcdCommand *command,
          AcdPlacing *placing,
          GError **error)
{
  AcdQueue *place;

  placing->queue = acd_find_queue (core, command->queue);
  if (placing->queue == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "queue");
  if (placing->queue->def->channel != (gint32) part->interaction->channel)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "queue");
  return by_rules (core, part, placing, &place, error);
}

/* A team that has a number is given calls, while it takes more; nobody of it is asked anything. */
static gboolean
to_team (AcdCore *core,
         const AcdPart *part,
         const ModelTeam *team,
         AcdPlacing *placing,
         GError **error)
{
  const ModelReachCase situation = { .call = acd_is_call (part->interaction),
                                     .has_room = acd_team_has_room (core, team) };
  ModelPermission permission =
      model_permission_to_reach (placing->kind == MODEL_REQUEST_TRANSFER  ? MODEL_ACTION_TRANSFER
                                 : placing->kind == MODEL_REQUEST_CONSULT ? MODEL_ACTION_CONSULT
                                                                          : MODEL_ACTION_CONFERENCE,
                                 &situation);

  placing->exit = (AcdExit){ .team = team };
  return permission.verdict == MODEL_ALLOWED ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, permission.reason);
}

/* As whoever comes that way: what the entry point asks for and how urgent it is count, too. */
static gboolean
to_entry (AcdCore *core,
          const AcdPart *part,
          const AcdCommand *command,
          AcdPlacing *placing,
          GError **error)
{
  AcdEntry *entry = acd_find_entry (core, command->entry_point);
  AcdQueue *place;

  if (entry == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "entry_point");
  if (entry->def->channel != (gint32) part->interaction->channel)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "entry_point");
  if (entry->def->team != NULL &&
      (placing->kind != MODEL_REQUEST_TRANSFER || entry->queue == NULL ||
       acd_team_has_room (core, acd_numbered_team (core, entry->def->team))))
    return to_team (core, part, acd_numbered_team (core, entry->def->team), placing, error);
  placing->entry = entry;
  placing->queue = entry->queue;
  placing->priority = entry->def->priority;
  return by_rules (core, part, placing, &place, error);
}

static gboolean
has_skill (const AcdAgent *agent, const char *skill)
{
  for (guint i = 0; i < agent->def->skills->len; i++)
    if (g_str_equal (((ModelSkillLevel *) agent->def->skills->pdata[i])->skill, skill))
      return TRUE;
  return FALSE;
}

static gboolean
is_among (const AcdAgent *agent, const AcdCommand *command)
{
  return command->team != NULL ? g_strcmp0 (agent->team, command->team) == 0
                               : has_skill (agent, command->skill);
}

static gboolean
has_some (const AcdQueue *queue, const AcdCommand *command)
{
  for (guint i = 0; i < queue->agents->len; i++)
    if (is_among (queue->agents->pdata[i], command))
      return TRUE;
  return FALSE;
}

/* A call of colleagues is no queue's: of those that would keep it, the first in which one of them
 * is. */
static AcdQueue *
queue_of_some (AcdCore *core, const AcdCommand *command)
{
  AcdQueue *closed = NULL;
  ModelCode why;

  for (guint i = 0; i < core->queues->len; i++)
    {
      AcdQueue *queue = core->queues->pdata[i];
      if (queue->retired || queue->def->channel != MODEL_CHANNEL_VOICE ||
          !has_some (queue, command))
        continue;
      if (acd_place_for (core, queue, &why, NULL) == queue)
        return queue;
      closed = queue;
    }
  return closed;
}

/* In its own queue, where somebody must have the skill or be of the team. */
static gboolean
to_some (AcdCore *core,
         const AcdPart *part,
         const AcdCommand *command,
         AcdPlacing *placing,
         GError **error)
{
  AcdQueue *place;

  placing->queue = acd_part_home (core, part);
  placing->skill = g_intern_string (command->skill);
  placing->team = g_intern_string (command->team);
  if (command->skill != NULL &&
      model_definitions_find (core->definitions, "skills", command->skill) == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "skill");
  if (command->team != NULL && model_definitions_team (core->definitions, command->team) == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "team");
  if (acd_is_internal (part->interaction))
    placing->queue = queue_of_some (core, command);
  if (!by_rules (core, part, placing, &place, error))
    return FALSE;
  return place == NULL || has_some (place, command) ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_UNSTAFFED);
}

/* Nothing goes directly to who has no room, dials or wraps up a call; any other who is signed in
 * may be waited for. */
static gboolean
is_busy (const AcdCore *core, const AcdAgent *agent, guint8 channel)
{
  const ModelSettings *settings = acd_settings (core);

  return agent->used[channel] >= agent->automatic[channel] ||
         (agent->call_wrap_ups > 0 && settings->voice_wrap_up_blocks) ||
         (channel == MODEL_CHANNEL_VOICE ? agent->dialling > 0
                                         : agent->calls > 0 && !settings->digital_during_call);
}

static gboolean
to_agent (AcdCore *core,
          const AcdPart *part,
          const AcdCommand *command,
          AcdPlacing *placing,
          GError **error)
{
  gboolean asks = placing->kind != MODEL_REQUEST_TRANSFER;
  gboolean call = acd_is_call (part->interaction);
  AcdAgent *target = acd_find_agent (core, command->target);

  if (target == NULL || target->retired)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "target");
  if (target == part->agent)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "target");
  if (target->session == 0 || target->sign_out_pending)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OWNER_AWAY);
  placing->owner = target;
  if (acd_part_of (part->interaction, target) != NULL)
    return asks ? acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_ALREADY_IN) : TRUE;
  if (is_busy (core, target, part->interaction->channel))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_AGENT_BUSY);
  if (asks)
    return TRUE;
  placing->queue = acd_part_home (core, part);
  placing->owner_limit = call ? acd_settings (core)->personal_limit_seconds
                              : acd_settings (core)->personal_digital_limit_seconds;
  return placing->queue != NULL || call ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_ENABLED);
}

/* To who can take the call now it goes directly. */
static gboolean
to_box (AcdCore *core,
        const AcdPart *part,
        const AcdCommand *command,
        AcdPlacing *placing,
        GError **error)
{
  const ModelVoicemailBox *box = model_definitions_voicemail_box (core->definitions, command->box);
  const AcdAgent *agent = box != NULL ? acd_find_agent (core, box->agent) : NULL;

  if (box == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "box");
  if (!acd_is_call (part->interaction) || placing->kind != MODEL_REQUEST_TRANSFER)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "box");
  placing->exit = (AcdExit){ .box = box->id, .why = placing->reason };
  return agent == NULL || !(acd_agent_ready_channels (core, agent) & (1 << MODEL_CHANNEL_VOICE)) ||
         acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_AGENT_READY);
}

gboolean
acd_placing_for (AcdCore *core,
                 const AcdPart *part,
                 const AcdCommand *command,
                 AcdPlacing *placing,
                 GError **error)
{
  if ((command->queue != NULL) + (command->entry_point != NULL) + (command->target != NULL) +
          (command->skill != NULL) + (command->team != NULL) + (command->box != NULL) !=
      1)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "target");
  if (command->box != NULL)
    return to_box (core, part, command, placing, error);
  if (command->queue != NULL)
    return to_queue (core, part, command, placing, error);
  if (command->entry_point != NULL)
    return to_entry (core, part, command, placing, error);
  if (command->target != NULL)
    return to_agent (core, part, command, placing, error);
  if (acd_numbered_team (core, command->team) != NULL)
    return to_team (core, part, acd_numbered_team (core, command->team), placing, error);
  return to_some (core, part, command, placing, error);
}

const char *
acd_core_target_problem (AcdCore *core, const AcdCommand *command, const char **voicemail)
{
  g_autoptr (GError) error = NULL;
  AcdPlacing placing = { 0 };
  ModelCode code = MODEL_CODE_NOT_ENABLED;
  gboolean found = command->type == ACD_COMMAND_TRANSFER
                       ? acd_transfer_to (core, command, &placing, &error) != NULL
                       : acd_ask_to (core, command, &placing, &error) != NULL;

  if (voicemail != NULL)
    *voicemail = found && placing.exit.box != NULL ? placing.exit.why : NULL;
  if (found)
    return NULL;
  model_code_is (error->message, &code);
  return model_code (code);
}
