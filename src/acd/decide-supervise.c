/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions of supervisors about agents and their calls. Who listens has a part of its own, which
 * is none of those that talk: it is never the primary one, counts for no conference and keeps no
 * call alive. To come into the call it becomes one of a conference. Core's thread. */
#include "acd/state.h"

#define STATION_SECONDS 20

static AcdPart *
own_part (const AcdInteraction *interaction, const AcdAgent *agent)
{
  AcdPart *part = interaction->parts;

  while (part != NULL &&
         (part->agent != agent || !(acd_part_is_in (part) || acd_part_dials (part))))
    part = part->sibling;
  return part;
}

static ModelSuperviseCase
case_of (const AcdAgent *supervisor, const AcdAgent *agent)
{
  return (ModelSuperviseCase){
    .role = (ModelRole) supervisor->def->role,
    .leads = model_agent_leads (supervisor->def, agent->team),
    .self = supervisor == agent,
    .signed_in = agent->session != 0,
    .work = MODEL_WORK_CLOSED,
  };
}

static gboolean
permitted (ModelSuperviseAction action, const ModelSuperviseCase *situation, GError **error)
{
  ModelPermission permission = model_permission_to_supervise (action, situation);

  if (permission.verdict == MODEL_ALLOWED)
    return TRUE;
  return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, permission.reason);
}

gboolean
acd_supervises (AcdCore *core,
                const char *by,
                const AcdAgent *agent,
                ModelSuperviseAction action,
                GError **error)
{
  const AcdAgent *supervisor = acd_find_agent (core, by);
  ModelSuperviseCase situation;

  if (by == NULL)
    return TRUE;
  if (supervisor == NULL || supervisor->retired)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_SUPERVISOR);
  situation = case_of (supervisor, agent);
  return permitted (action, &situation, error);
}

/* --- coming into a call ----------------------------------------------------------------------- */

/* One more may come into it, while there is a customer. Of colleagues who call each other everyone
 * is counted as an agent. */
static void
look_inside (const AcdCore *core, const AcdInteraction *interaction, ModelSuperviseCase *situation)
{
  guint customers = acd_is_internal (interaction) ? 0 : interaction->customer_present;

  situation->customer_gone = !interaction->customer_present || interaction->voicemail;
  situation->full =
      acd_n_in (core, interaction) + customers >= (guint) acd_settings (core)->conference_max;
}

void
acd_core_look_inside (const AcdCore *core, ModelId id, ModelSuperviseCase *situation)
{
  const AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, id);

  if (interaction != NULL && acd_is_call (interaction))
    look_inside (core, interaction, situation);
}

static void
set_mode (AcdCore *core, AcdPart *part, ModelSupervision mode)
{
  ModelEvent *event;

  if (part->mode == (guint8) mode)
    return;
  event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_ROLE_CHANGED, part);
  event->part = MODEL_PART_SUPERVISING;
  event->mode = (gint32) mode;
  event->reason = model_code (MODEL_CODE_SUPERVISOR);
  acd_emit (core, event);
}

/* The primary agent leaves it to the supervisor. */
static void
take_over (AcdCore *core, AcdPart *part, AcdPart *primary)
{
  const char *reason = model_code (MODEL_CODE_TAKEN_BY_SUPERVISOR);

  acd_step_replace (core, primary, part, reason, reason);
  acd_step_bring_in (core, part, MODEL_CODE_TAKEN_BY_SUPERVISOR);
}

static void
enter (AcdCore *core, AcdPart *part, ModelSupervision mode)
{
  AcdPart *primary = acd_part_as (part->interaction, MODEL_PART_PRIMARY);

  if (mode < MODEL_SUPERVISION_BARGE)
    {
      set_mode (core, part, mode);
      return;
    }
  if (part->part == MODEL_PART_SUPERVISING)
    acd_step_role (core, part, MODEL_PART_CONFERENCED, model_code (MODEL_CODE_SUPERVISOR));
  if (mode == MODEL_SUPERVISION_TAKE_OVER && primary != NULL && acd_part_is_in (primary))
    take_over (core, part, primary);
}

/* What was asked for while it rang is done now. */
void
acd_step_listens (AcdCore *core, AcdPart *part, ModelId leg)
{
  ModelEvent *event = acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_CONNECTED, part);
  ModelSupervision mode = (ModelSupervision) part->mode;
  ModelSuperviseCase situation = { 0 };

  event->leg = leg;
  event->duration = core->clock - part->joined;
  acd_emit (core, event);
  acd_step_came_anyway (core, part);
  look_inside (core, part->interaction, &situation);
  if (mode >= MODEL_SUPERVISION_BARGE)
    enter (core, part, situation.customer_gone || situation.full ? MODEL_SUPERVISION_LISTEN : mode);
}

static void
begin (AcdCore *core, AcdAgent *supervisor, AcdPart *watched, ModelSupervision mode)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_PARTICIPATION_CALLING, supervisor);

  acd_event_about (core, event, watched->interaction);
  event->participation = acd_new_id (core);
  event->part = MODEL_PART_SUPERVISING;
  event->by = watched->agent->id;
  event->mode = (gint32) mode;
  event->queued_at = core->clock;
  event->deadline = core->clock + STATION_SECONDS * 1000;
  acd_emit (core, event);
}

/* Who only follows a call may change how, and so may who came into it that way. */
static gboolean
change (AcdCore *core, AcdPart *part, const AcdPart *watched, ModelSupervision mode, GError **error)
{
  if (part->part == MODEL_PART_PRIMARY)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OWN_CALL);
  if (part->part != MODEL_PART_SUPERVISING && mode != MODEL_SUPERVISION_TAKE_OVER)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_ALREADY_IN);
  if (acd_part_dials (part))
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONNECTED);
  if (mode == MODEL_SUPERVISION_TAKE_OVER && watched->part != MODEL_PART_PRIMARY)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_PRIMARY);
  if (mode == MODEL_SUPERVISION_TAKE_OVER && !part->interaction->customer_present)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CUSTOMER_GONE);
  /* Of two colleagues the one who is called cannot send the other away. */
  if (mode == MODEL_SUPERVISION_TAKE_OVER && part->part != MODEL_PART_SUPERVISING &&
      acd_is_internal (part->interaction) && acd_n_joined (core, part->interaction) < 2)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_LAST_AGENT);
  enter (core, part, mode);
  return TRUE;
}

gboolean
acd_decide_supervise (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *supervisor = acd_find_agent (core, command->agent);
  AcdPart *watched = acd_id_map_lookup (&core->parts, command->participation);
  ModelSupervision mode = (ModelSupervision) command->mode;
  ModelSuperviseCase situation;
  AcdPart *part;

  if (supervisor == NULL || watched == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "participation");
  if (mode <= MODEL_SUPERVISION_NONE || mode > MODEL_SUPERVISION_TAKE_OVER)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "mode");
  part = own_part (watched->interaction, supervisor);
  situation = case_of (supervisor, watched->agent);
  situation.work =
      watched->part == MODEL_PART_SUPERVISING ? MODEL_WORK_CLOSED : acd_part_work (watched);
  situation.channel = (ModelChannel) watched->interaction->channel;
  situation.station_ready = supervisor->station_ready && supervisor->session != 0;
  situation.busy = part == NULL && supervisor->calls > 0;
  if (part == NULL || part->part == MODEL_PART_SUPERVISING)
    look_inside (core, watched->interaction, &situation);
  if (!permitted (mode < MODEL_SUPERVISION_BARGE ? MODEL_SUPERVISE_MONITOR : MODEL_SUPERVISE_JOIN,
                  &situation, error))
    return FALSE;
  if (part != NULL)
    return change (core, part, watched, mode, error);
  if (mode == MODEL_SUPERVISION_TAKE_OVER && watched->part != MODEL_PART_PRIMARY)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_PRIMARY);
  begin (core, supervisor, watched, mode);
  return TRUE;
}

static void
stop (AcdCore *core, AcdPart *part, ModelCode reason)
{
  AcdInteraction *interaction = part->interaction;

  acd_step_leave (core, part, model_code (reason));
  acd_step_close_if_done (core, interaction, MODEL_OUTCOME_ANSWERED, model_code (reason));
}

gboolean
acd_decide_unsupervise (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdInteraction *interaction = acd_id_map_lookup (&core->interactions, command->interaction);
  AcdAgent *supervisor = acd_find_agent (core, command->agent);
  AcdPart *part;

  if (interaction == NULL || supervisor == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "interaction");
  part = own_part (interaction, supervisor);
  if (part == NULL || part->part != MODEL_PART_SUPERVISING)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_CONNECTED);
  stop (core, part, MODEL_CODE_AGENT_LEFT);
  return TRUE;
}

void
acd_step_listens_no_more (AcdCore *core, AcdAgent *supervisor)
{
  AcdPart *part = supervisor->parts;

  while (part != NULL && part->part != MODEL_PART_SUPERVISING)
    part = part->next;
  if (part != NULL)
    stop (core, part, MODEL_CODE_AGENT_LEFT);
}

/* --- the end ---------------------------------------------------------------------------------- */

static gboolean
goes_on (const AcdPart *part)
{
  const AcdPart *watched = part->interaction->parts;

  while (watched != NULL && (watched->agent != part->watched || !acd_part_is_in (watched)))
    watched = watched->sibling;
  return watched != NULL;
}

void
acd_step_end_supervision (AcdCore *core)
{
  for (guint i = 0; i < core->supervising->len;)
    {
      AcdPart *part =
          acd_id_map_lookup (&core->parts, g_array_index (core->supervising, ModelId, i));

      if (part != NULL && part->part == MODEL_PART_SUPERVISING && goes_on (part))
        {
          i++;
          continue;
        }
      g_array_remove_index (core->supervising, i);
      if (part != NULL && part->part == MODEL_PART_SUPERVISING)
        stop (core, part, MODEL_CODE_AGENT_LEFT);
    }
}
