/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an agent may send what he or she has in hand, or find a colleague to ask: a queue, an
 * agent, a skill, a team. Core's thread. */
#include "acd/state.h"
#include "model/definitions-check.h"

AcdQueue *
acd_open_place (AcdCore *core, AcdQueue *queue, GError **error)
{
  ModelCode why = MODEL_CODE_NOT_ENABLED;
  AcdQueue *place = queue != NULL ? acd_place_for (core, queue, &why, NULL) : NULL;

  if (place == NULL)
    acd_refuse (error, ACD_ERROR_NOT_ALLOWED, why);
  return place;
}

/* What is looked for: where this part's agent may have it go. */
typedef struct
{
  AcdCore *core;
  const AcdPart *part;
  const AcdCommand *command;
  AcdPlacing *placing; /* what was found */
  GError **error;
} Search;

static gboolean
refuse (const Search *self, ModelCode why)
{
  return acd_refuse (self->error, ACD_ERROR_NOT_ALLOWED, why);
}

static gboolean
unknown (const Search *self, const char *member)
{
  return acd_refuse_member (self->error, ACD_ERROR_UNKNOWN, member);
}

static gboolean
invalid (const Search *self, const char *member)
{
  return acd_refuse_member (self->error, ACD_ERROR_INVALID, member);
}

/* A call that is given to a queue is kept as its rules say, also in a box or by a team's number:
 * then there is no queue in *place. */
static gboolean
by_rules (const Search *self, AcdQueue **place)
{
  gboolean given =
      self->placing->kind == MODEL_REQUEST_TRANSFER && acd_is_call (self->part->interaction);
  ModelCode why = MODEL_CODE_NOT_ENABLED;

  *place = self->placing->queue != NULL ? acd_place_for (self->core, self->placing->queue, &why,
                                                         given ? &self->placing->exit : NULL)
                                        : NULL;
  return *place != NULL || acd_exit_found (&self->placing->exit) || refuse (self, why);
}

static gboolean
to_queue (const Search *self)
{
  AcdQueue *place;

  self->placing->queue = acd_find_queue (self->core, self->command->queue);
  if (self->placing->queue == NULL)
    return unknown (self, "queue");
  if (self->placing->queue->def.channel != (gint32) self->part->interaction->channel)
    return invalid (self, "queue");
  return by_rules (self, &place);
}

/* A team that has a number is given calls, while it takes more; nobody of it is asked anything. */
static gboolean
to_team (const Search *self, const ModelTeam *team)
{
  const ModelReachCase situation = { .call = acd_is_call (self->part->interaction),
                                     .has_room = acd_team_has_room (self->core, team) };
  ModelPermission permission = model_permission_to_reach (
      self->placing->kind == MODEL_REQUEST_TRANSFER  ? MODEL_ACTION_TRANSFER
      : self->placing->kind == MODEL_REQUEST_CONSULT ? MODEL_ACTION_CONSULT
                                                     : MODEL_ACTION_CONFERENCE,
      &situation);

  self->placing->exit = (AcdExit){ .team = team };
  return permission.verdict == MODEL_ALLOWED || refuse (self, permission.reason);
}

/* As whoever comes that way: what the entry point asks for and how urgent it is count, too. */
static gboolean
to_entry (const Search *self)
{
  AcdEntry *entry = acd_find_entry (self->core, self->command->entry_point);
  AcdQueue *place;

  if (entry == NULL)
    return unknown (self, "entry_point");
  if (entry->def.channel != (gint32) self->part->interaction->channel)
    return invalid (self, "entry_point");
  if (entry->def.team != NULL &&
      (self->placing->kind != MODEL_REQUEST_TRANSFER || entry->queue == NULL ||
       acd_team_has_room (self->core, acd_numbered_team (self->core, entry->def.team))))
    return to_team (self, acd_numbered_team (self->core, entry->def.team));
  self->placing->entry = entry;
  self->placing->queue = entry->queue;
  self->placing->priority = entry->def.priority;
  return by_rules (self, &place);
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
      if (queue->retired || queue->def.channel != MODEL_CHANNEL_VOICE || !has_some (queue, command))
        continue;
      if (acd_place_for (core, queue, &why, NULL) == queue)
        return queue;
      closed = queue;
    }
  return closed;
}

/* In its own queue, where somebody must have the skill or be of the team. */
static gboolean
to_some (const Search *self)
{
  AcdQueue *place;

  self->placing->queue = acd_part_home (self->core, self->part);
  self->placing->skill = g_intern_string (self->command->skill);
  self->placing->team = g_intern_string (self->command->team);
  if (self->command->skill != NULL &&
      model_definitions_find (self->core->definitions, "skills", self->command->skill) == NULL)
    return unknown (self, "skill");
  if (self->command->team != NULL &&
      model_definitions_team (self->core->definitions, self->command->team) == NULL)
    return unknown (self, "team");
  if (acd_is_internal (self->part->interaction))
    self->placing->queue = queue_of_some (self->core, self->command);
  if (!by_rules (self, &place))
    return FALSE;
  return place == NULL || has_some (place, self->command) || refuse (self, MODEL_CODE_UNSTAFFED);
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
to_agent (const Search *self)
{
  gboolean asks = self->placing->kind != MODEL_REQUEST_TRANSFER;
  gboolean call = acd_is_call (self->part->interaction);
  AcdAgent *target = acd_find_agent (self->core, self->command->target);

  if (target == NULL || target->retired)
    return unknown (self, "target");
  if (target == self->part->agent)
    return invalid (self, "target");
  if (target->session == 0 || target->sign_out_pending)
    return refuse (self, MODEL_CODE_OWNER_AWAY);
  self->placing->owner = target;
  if (acd_part_of (self->part->interaction, target) != NULL)
    return asks ? refuse (self, MODEL_CODE_ALREADY_IN) : TRUE;
  if (is_busy (self->core, target, self->part->interaction->channel))
    return refuse (self, MODEL_CODE_AGENT_BUSY);
  if (asks)
    return TRUE;
  self->placing->queue = acd_part_home (self->core, self->part);
  self->placing->owner_limit = call ? acd_settings (self->core)->personal_limit_seconds
                                    : acd_settings (self->core)->personal_digital_limit_seconds;
  return self->placing->queue != NULL || call || refuse (self, MODEL_CODE_NOT_ENABLED);
}

/* To who can take the call now it goes directly. */
static gboolean
to_box (const Search *self)
{
  const ModelVoicemailBox *box =
      model_definitions_voicemail_box (self->core->definitions, self->command->box);
  const AcdAgent *agent = box != NULL ? acd_find_agent (self->core, box->agent) : NULL;

  if (box == NULL)
    return unknown (self, "box");
  if (!acd_is_call (self->part->interaction) || self->placing->kind != MODEL_REQUEST_TRANSFER)
    return invalid (self, "box");
  self->placing->exit = (AcdExit){ .box = box->id, .why = self->placing->reason };
  return agent == NULL ||
         !(acd_agent_ready_channels (self->core, agent) & (1 << MODEL_CHANNEL_VOICE)) ||
         refuse (self, MODEL_CODE_AGENT_READY);
}

gboolean
acd_placing_for (AcdCore *core,
                 const AcdPart *part,
                 const AcdCommand *command,
                 AcdPlacing *placing,
                 GError **error)
{
  const Search search = { core, part, command, placing, error };

  if ((command->queue != NULL) + (command->entry_point != NULL) + (command->target != NULL) +
          (command->skill != NULL) + (command->team != NULL) + (command->box != NULL) !=
      1)
    return invalid (&search, "target");
  if (command->box != NULL)
    return to_box (&search);
  if (command->queue != NULL)
    return to_queue (&search);
  if (command->entry_point != NULL)
    return to_entry (&search);
  if (command->target != NULL)
    return to_agent (&search);
  if (acd_numbered_team (core, command->team) != NULL)
    return to_team (&search, acd_numbered_team (core, command->team));
  return to_some (&search);
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
