/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Decisions about sessions: signing in and out, desks and stations that come and go. Core's thread.
 */
#include "acd/state.h"

gboolean
acd_decide_sign_in (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);
  gboolean take_over;
  ModelEvent *event;

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (agent->retired)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_RETIRED);
  if (command->session == 0 || command->session == agent->session)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "session");
  if (command->station < 0 || command->station >= MODEL_N_STATIONS)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "station");
  acd_step_withdraw_all (core, agent, model_code (MODEL_CODE_TAKEN_OVER), TRUE, TRUE);
  take_over = agent->session != 0;
  event = acd_event_of_agent (
      core, take_over ? MODEL_EVENT_AGENT_TAKEN_OVER : MODEL_EVENT_AGENT_SIGNED_IN, agent);
  event->session = command->session;
  event->station = command->station;
  if (!take_over)
    {
      event->state = MODEL_AGENT_IDLE;
      event->reason = model_code (MODEL_CODE_SIGN_IN);
    }
  acd_emit (core, event);
  return TRUE;
}

/* Live work that keeps the agent signed in: a call, a chat; not to have listened to one. */
static AcdPart *
live_work (const AcdAgent *agent)
{
  for (AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->state != ACD_PART_WRAP_UP && part->part != MODEL_PART_SUPERVISING &&
        model_channel_is_live ((ModelChannel) part->interaction->channel))
      return part;
  return NULL;
}

/* What a forced sign-out ends: wrap-ups, and live digital work. */
static AcdPart *
work_to_clear (const AcdAgent *agent)
{
  for (AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->state == ACD_PART_WRAP_UP ||
        (part->interaction->channel != MODEL_CHANNEL_VOICE &&
         model_channel_is_live ((ModelChannel) part->interaction->channel)))
      return part;
  return NULL;
}

/* Wrap-ups end, and live digital work goes back to its queue with its age; calls go on. The end of
 * the last one signs the agent out, and then others may go with it: each is looked for anew. */
static void
clear_the_desk (AcdCore *core, AcdAgent *agent, const char *by)
{
  const char *forced = model_code (MODEL_CODE_FORCED);
  AcdPart *part;

  acd_step_withdraw_all (core, agent, forced, TRUE, TRUE);
  acd_step_listens_no_more (core, agent);
  while ((part = work_to_clear (agent)) != NULL)
    if (part->state == ACD_PART_WRAP_UP)
      acd_step_end_wrap_up (core, part, forced, by);
    else
      acd_step_give_back (core, part, forced);
}

static gboolean
force_out (AcdCore *core, AcdAgent *agent, const AcdCommand *command)
{
  const char *by = command->by != NULL ? g_intern_string (command->by) : NULL;
  ModelEvent *event;

  if (!agent->sign_out_pending)
    {
      event = acd_event_of_agent (core, MODEL_EVENT_AGENT_SIGN_OUT_PENDING, agent);
      event->by = by;
      event->reason = model_code (MODEL_CODE_FORCED);
      acd_emit (core, event);
    }
  clear_the_desk (core, agent, by);
  if (agent->session != 0 && live_work (agent) == NULL && agent->wrap_ups == 0)
    acd_step_sign_out (core, agent, model_code (MODEL_CODE_FORCED));
  return TRUE;
}

/* A supervisor's wish waits for the work in hand. */
static gboolean
leaves_when_done (AcdCore *core, AcdAgent *agent, const char *by)
{
  ModelEvent *event = acd_event_of_agent (core, MODEL_EVENT_AGENT_SIGN_OUT_PENDING, agent);

  event->by = g_intern_string (by);
  event->reason = model_code (MODEL_CODE_SUPERVISOR);
  acd_emit (core, event);
  return TRUE;
}

gboolean
acd_decide_sign_out (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);

  if (agent == NULL)
    return acd_refuse_member (error, ACD_ERROR_UNKNOWN, "agent");
  if (agent->session == 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_NOT_SIGNED_IN);
  if (!acd_supervises (core, command->by, agent, MODEL_SUPERVISE_SIGN_OUT, error))
    return FALSE;
  if (command->on)
    return force_out (core, agent, command);
  if (command->by != NULL && (agent->offers != NULL || !acd_agent_may_leave (agent)))
    return agent->sign_out_pending || leaves_when_done (core, agent, command->by);
  if (agent->offers != NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OFFER_OUTSTANDING);
  if (live_work (agent) != NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CALL_IN_PROGRESS);
  if (agent->wrap_ups > 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_WRAP_UP);
  acd_step_listens_no_more (core, agent);
  if (agent->session != 0)
    acd_step_sign_out (
        core, agent,
        model_code (command->by != NULL ? MODEL_CODE_FORCED : MODEL_CODE_AGENT_CHOICE));
  return TRUE;
}

/* The signed-in agent of a fact about a session; a fact about an older session is of no interest.
 */
static AcdAgent *
agent_in_session (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = acd_find_agent (core, command->agent);

  if (agent != NULL && agent->session != 0 &&
      (command->session == 0 || command->session == agent->session))
    return agent;
  acd_refuse_member (error, ACD_ERROR_UNKNOWN, agent == NULL ? "agent" : "session");
  return NULL;
}

gboolean
acd_decide_desk_connected (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = agent_in_session (core, command, error);
  ModelEvent *event;

  if (agent == NULL || agent->desk_connected)
    return agent != NULL;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_DESK_CONNECTED, agent);
  event->session = agent->session;
  acd_emit (core, event);
  for (AcdPart *part = agent->parts; part != NULL; part = part->next)
    if (part->state == ACD_PART_ACTIVE && part->deadline != 0)
      acd_emit (core, acd_event_of_part (core, MODEL_EVENT_PARTICIPATION_PRESENT, part));
  return TRUE;
}

/* Digital offers cannot be seen any more; a call still rings at the station. */
gboolean
acd_decide_desk_lost (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = agent_in_session (core, command, error);
  ModelEvent *event;

  if (agent == NULL || !agent->desk_connected)
    return agent != NULL;
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_DESK_LOST, agent);
  event->session = agent->session;
  acd_emit (core, event);
  acd_step_withdraw_all (core, agent, model_code (MODEL_CODE_DESK_LOST), FALSE, TRUE);
  return TRUE;
}

/* Not under a call that rings or talks there. */
gboolean
acd_decide_set_station (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = agent_in_session (core, command, error);
  ModelEvent *event;

  if (agent == NULL)
    return FALSE;
  if (command->station < 0 || command->station >= MODEL_N_STATIONS)
    return acd_refuse_member (error, ACD_ERROR_INVALID, "station");
  if (agent->offers != NULL)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_OFFER_OUTSTANDING);
  if (agent->calls > 0)
    return acd_refuse (error, ACD_ERROR_NOT_ALLOWED, MODEL_CODE_CALL_IN_PROGRESS);
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_STATION_CHANGED, agent);
  event->session = agent->session;
  event->station = command->station;
  acd_emit (core, event);
  if (command->on)
    acd_emit (core, acd_event_of_agent (core, MODEL_EVENT_AGENT_STATION_READY, agent));
  return TRUE;
}

gboolean
acd_decide_station_ready (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = agent_in_session (core, command, error);

  if (agent == NULL || agent->station_ready)
    return agent != NULL;
  acd_emit (core, acd_event_of_agent (core, MODEL_EVENT_AGENT_STATION_READY, agent));
  return TRUE;
}

gboolean
acd_decide_station_lost (AcdCore *core, const AcdCommand *command, GError **error)
{
  AcdAgent *agent = agent_in_session (core, command, error);
  const char *reason;
  ModelEvent *event;

  if (agent == NULL || !agent->station_ready)
    return agent != NULL;
  reason = command->reason != NULL ? g_intern_string (command->reason)
                                   : model_code (MODEL_CODE_STATION_LOST);
  event = acd_event_of_agent (core, MODEL_EVENT_AGENT_STATION_LOST, agent);
  event->reason = reason;
  acd_emit (core, event);
  acd_step_withdraw_all (core, agent, reason, TRUE, FALSE);
  if (agent->state == MODEL_AGENT_AVAILABLE && reason != model_code (MODEL_CODE_UNREACHABLE))
    acd_step_state (core, agent, MODEL_AGENT_IDLE, reason, NULL);
  return TRUE;
}
