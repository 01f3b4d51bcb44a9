/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix of actions: first by what the work is to the agent, then what channel, station, part
 * and role take away. Pure functions. */
#include "model/permissions.h"

const char *const model_action_names[] = {
  "answer",         "decline",     "hold",        "resume",      "end",     "mute",
  "dtmf",           "variables",   "notes",       "disposition", "tags",    "wrap_up_submit",
  "wrap_up_extend", "wrap_up_end", "unassign",    "transfer",    "consult", "conference",
  "merge",          "end_consult", "leave",       "write",       "status",  "remove",
  "mute_other",     "park",        "give_charge", "force_close", NULL,
};

/* clang-format off */
#define YES       { MODEL_ALLOWED, MODEL_CODE_ACCEPTED }
#define GREY(why) { MODEL_GREYED, MODEL_CODE_##why }
#define NO(why)   { MODEL_HIDDEN, MODEL_CODE_##why }

static const ModelPermission matrix[MODEL_N_ACTIONS][MODEL_N_WORKS] = {
  /* offered, offered automatic, dialling, connected, held, wrap-up, closed */
  [MODEL_ACTION_ANSWER] = { YES, GREY (AUTO_ACCEPTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_DECLINE] = { YES, GREY (AUTO_ACCEPTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_HOLD] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, NO (HELD), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_RESUME] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_HELD), NO (NOT_HELD), YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_END] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, GREY (HELD), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_MUTE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), GREY (NOT_CONNECTED), YES, GREY (HELD), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_DTMF] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), GREY (NOT_CONNECTED), YES, GREY (HELD), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_VARIABLES] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, YES, YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_NOTES] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, YES, YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_DISPOSITION] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, YES, YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_TAGS] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, YES, YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRAP_UP_SUBMIT] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRAP_UP_EXTEND] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRAP_UP_END] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_UNASSIGN] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, NO (HELD), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_TRANSFER] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_CONSULT] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_CONFERENCE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_MERGE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_END_CONSULT] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_LEAVE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRITE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_STATUS] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_REMOVE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_MUTE_OTHER] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_PARK] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_GIVE_CHARGE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, GREY (HELD), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_FORCE_CLOSE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES, YES, YES, YES, NO (NOT_CONNECTED) },
};

/* What the company of a primary agent takes away; where nothing stands, nothing. */
static const ModelPermission together[MODEL_N_ACTIONS][MODEL_N_COMPANIES] = {
  /*                         alone                    somebody asked              somebody consulted          conference          and somebody asked          and somebody consulted      and full */
  [MODEL_ACTION_UNASSIGN] = { YES,                    GREY (CONSULT_IN_PROGRESS), YES,                        GREY (IN_CONFERENCE), GREY (IN_CONFERENCE),     GREY (IN_CONFERENCE),       GREY (IN_CONFERENCE) },
  [MODEL_ACTION_TRANSFER] = { YES,                    GREY (CONSULT_IN_PROGRESS), YES,                        GREY (IN_CONFERENCE), GREY (IN_CONFERENCE),     GREY (IN_CONFERENCE),       GREY (IN_CONFERENCE) },
  [MODEL_ACTION_CONSULT] = { YES,                     GREY (CONSULT_IN_PROGRESS), GREY (CONSULT_IN_PROGRESS), YES,                GREY (CONSULT_IN_PROGRESS), GREY (CONSULT_IN_PROGRESS), GREY (CONFERENCE_FULL) },
  [MODEL_ACTION_CONFERENCE] = { YES,                  GREY (CONSULT_IN_PROGRESS), GREY (CONSULT_IN_PROGRESS), YES,                GREY (CONSULT_IN_PROGRESS), GREY (CONSULT_IN_PROGRESS), GREY (CONFERENCE_FULL) },
  [MODEL_ACTION_MERGE] = { NO (NOT_CONSULTING),       NO (NOT_CONSULTING),        YES,                        NO (NOT_CONSULTING), NO (NOT_CONSULTING),       YES,                        NO (NOT_CONSULTING) },
  [MODEL_ACTION_END_CONSULT] = { NO (NOT_CONSULTING), YES,                        YES,                        NO (NOT_CONSULTING), YES,                       YES,                        NO (NOT_CONSULTING) },
  [MODEL_ACTION_LEAVE] = { NO (LAST_AGENT),           NO (LAST_AGENT),            NO (LAST_AGENT),            YES,                YES,                        YES,                        YES },
  [MODEL_ACTION_REMOVE] = { NO (LAST_AGENT),          NO (LAST_AGENT),            YES,                        YES,                YES,                        YES,                        YES },
  [MODEL_ACTION_MUTE_OTHER] = { NO (LAST_AGENT),      NO (LAST_AGENT),            NO (LAST_AGENT),            YES,                YES,                        YES,                        YES },
  [MODEL_ACTION_PARK] = { YES,                        GREY (CONSULT_IN_PROGRESS), GREY (CONSULT_IN_PROGRESS), GREY (IN_CONFERENCE), GREY (IN_CONFERENCE),     GREY (IN_CONFERENCE),       GREY (IN_CONFERENCE) },
  [MODEL_ACTION_GIVE_CHARGE] = { NO (LAST_AGENT),     NO (LAST_AGENT),            NO (LAST_AGENT),            YES,                GREY (CONSULT_IN_PROGRESS), GREY (CONSULT_IN_PROGRESS), YES },
};

static const ModelPermission foreign = NO (NOT_YOURS);
static const ModelPermission at_the_station = GREY (AT_THE_STATION);
static const ModelPermission no_button = NO (AT_THE_STATION);
static const ModelPermission not_for_channel = NO (NOT_ENABLED);
static const ModelPermission not_primary = NO (NOT_PRIMARY);
static const ModelPermission private_only = NO (PRIVATE_ONLY);
static const ModelPermission allowed = YES;
static const ModelPermission customer_gone = GREY (CUSTOMER_GONE);
static const ModelPermission no_customer = NO (CUSTOMER_GONE);
static const ModelPermission consult_held = GREY (CONSULT_HELD);
static const ModelPermission not_consulting = NO (NOT_CONSULTING);
static const ModelPermission in_conference = GREY (IN_CONFERENCE);
static const ModelPermission not_stuck = NO (NOT_STUCK);
/* clang-format on */

/* Actions that exist for calls alone. */
static gboolean
is_of_calls (ModelAction action)
{
  return action == MODEL_ACTION_HOLD || action == MODEL_ACTION_RESUME ||
         action == MODEL_ACTION_MUTE || action == MODEL_ACTION_DTMF ||
         action == MODEL_ACTION_MUTE_OTHER || action == MODEL_ACTION_PARK ||
         action == MODEL_ACTION_GIVE_CHARGE;
}

/* Actions that do not exist for calls. */
static gboolean
is_of_conversations (ModelAction action)
{
  return action == MODEL_ACTION_UNASSIGN || action == MODEL_ACTION_WRITE ||
         action == MODEL_ACTION_STATUS;
}

/* What a primary agent alone records, gives away or decides. */
static gboolean
is_of_primary (ModelAction action)
{
  return action == MODEL_ACTION_DISPOSITION || action == MODEL_ACTION_WRAP_UP_SUBMIT ||
         action == MODEL_ACTION_WRAP_UP_EXTEND || action == MODEL_ACTION_WRAP_UP_END ||
         action == MODEL_ACTION_END || action == MODEL_ACTION_STATUS ||
         action == MODEL_ACTION_REMOVE || action == MODEL_ACTION_MUTE_OTHER ||
         action == MODEL_ACTION_PARK || action == MODEL_ACTION_GIVE_CHARGE ||
         action == MODEL_ACTION_FORCE_CLOSE ||
         (action >= MODEL_ACTION_UNASSIGN && action <= MODEL_ACTION_END_CONSULT);
}

/* Whether the company of a primary agent matters. */
static gboolean
is_of_company (ModelAction action)
{
  return (action >= MODEL_ACTION_UNASSIGN && action <= MODEL_ACTION_LEAVE) ||
         action == MODEL_ACTION_REMOVE || action == MODEL_ACTION_MUTE_OTHER ||
         action == MODEL_ACTION_PARK || action == MODEL_ACTION_GIVE_CHARGE;
}

ModelCompany
model_company (guint asked, guint consulted, guint conferenced, guint most)
{
  if (conferenced == 0 && consulted > 0)
    return MODEL_COMPANY_CONSULTED;
  if (conferenced == 0)
    return asked > 0 ? MODEL_COMPANY_ASKED : MODEL_COMPANY_NONE;
  if (consulted > 0)
    return MODEL_COMPANY_CONFERENCE_CONSULTED;
  if (asked > 0)
    return MODEL_COMPANY_CONFERENCE_ASKED;
  return conferenced + 2 < most ? MODEL_COMPANY_CONFERENCE : MODEL_COMPANY_CONFERENCE_FULL;
}

/* What there is to do with what a colleague writes. */
static gboolean
is_of_messages (ModelAction action)
{
  return action == MODEL_ACTION_ANSWER || action == MODEL_ACTION_DECLINE ||
         action == MODEL_ACTION_END || action == MODEL_ACTION_LEAVE || action == MODEL_ACTION_WRITE;
}

static ModelPermission
narrow_by_station (ModelAction action, ModelStation station, ModelPermission permission)
{
  if (station == MODEL_STATION_SOFTPHONE || permission.verdict == MODEL_HIDDEN)
    return permission;
  if (action == MODEL_ACTION_ANSWER)
    return at_the_station;
  if (action == MODEL_ACTION_DECLINE || action == MODEL_ACTION_MUTE)
    return no_button;
  return permission;
}

static ModelPermission
narrow_by_part (ModelAction action, const ModelPermissionCase *situation, ModelPermission so_far)
{
  if (situation->part == MODEL_PART_SUPERVISING && action != MODEL_ACTION_LEAVE &&
      action != MODEL_ACTION_MUTE)
    return not_primary;
  if (situation->part == MODEL_PART_CONSULTED && action == MODEL_ACTION_WRITE)
    return situation->channel == MODEL_CHANNEL_IM ? so_far : private_only;
  if (situation->part != MODEL_PART_PRIMARY)
    return is_of_primary (action) ? not_primary : so_far;
  if (action == MODEL_ACTION_FORCE_CLOSE && situation->own && !situation->stuck &&
      so_far.verdict == MODEL_ALLOWED)
    return not_stuck;
  if (so_far.verdict != MODEL_ALLOWED || !is_of_company (action))
    return so_far;
  return together[action][situation->company];
}

/* What a call that others are in allows after its customer is gone: to talk, and to end it. */
static ModelPermission
narrow_by_absence (ModelAction action, ModelPermission permission)
{
  if (action == MODEL_ACTION_TRANSFER || action == MODEL_ACTION_PARK)
    return no_customer;
  if (action == MODEL_ACTION_LEAVE)
    return allowed;
  if (permission.verdict != MODEL_HIDDEN &&
      (action == MODEL_ACTION_HOLD || action == MODEL_ACTION_CONSULT ||
       action == MODEL_ACTION_CONFERENCE || action == MODEL_ACTION_MERGE ||
       action == MODEL_ACTION_MUTE_OTHER || action == MODEL_ACTION_GIVE_CHARGE))
    return customer_gone;
  return permission;
}

/* The primary agent of a call who asked or consults somebody: while the customer is held, the call
 * may go to that one, who may also come to the customer; otherwise the private talk comes first. */
static ModelPermission
narrow_by_consult (ModelAction action,
                   const ModelPermissionCase *situation,
                   ModelPermission permission)
{
  gboolean held = situation->work == MODEL_WORK_HELD;
  gboolean asked = situation->company == MODEL_COMPANY_ASKED ||
                   situation->company == MODEL_COMPANY_CONFERENCE_ASKED;
  gboolean consulted = situation->company == MODEL_COMPANY_CONSULTED ||
                       situation->company == MODEL_COMPANY_CONFERENCE_CONSULTED;

  if ((action == MODEL_ACTION_MUTE || action == MODEL_ACTION_DTMF) && held && consulted)
    return allowed;
  if (action == MODEL_ACTION_TRANSFER && held && situation->company == MODEL_COMPANY_ASKED)
    return allowed;
  if (action == MODEL_ACTION_MERGE && asked)
    return held ? allowed : not_consulting;
  if (consulted && !held && permission.verdict == MODEL_ALLOWED &&
      (action == MODEL_ACTION_TRANSFER || action == MODEL_ACTION_MERGE))
    return consult_held;
  return permission;
}

static ModelPermission
narrow_by_call (ModelAction action, const ModelPermissionCase *situation, ModelPermission so_far)
{
  gboolean conference = situation->company >= MODEL_COMPANY_CONFERENCE;

  if (situation->internal && (action == MODEL_ACTION_TRANSFER || action == MODEL_ACTION_PARK))
    return not_for_channel;
  if (situation->work != MODEL_WORK_CONNECTED && situation->work != MODEL_WORK_HELD)
    return so_far;
  if (situation->customer_gone)
    return narrow_by_absence (action, so_far);
  if (action == MODEL_ACTION_HOLD && conference && so_far.verdict == MODEL_ALLOWED &&
      situation->part != MODEL_PART_CONSULTED)
    return in_conference;
  if (situation->part != MODEL_PART_PRIMARY)
    return so_far;
  return narrow_by_consult (action, situation, so_far);
}

ModelPermission
model_permission (ModelAction action, const ModelPermissionCase *situation)
{
  ModelPermission permission = narrow_by_part (action, situation, matrix[action][situation->work]);

  if (!situation->own &&
      ((action != MODEL_ACTION_WRAP_UP_END && action != MODEL_ACTION_FORCE_CLOSE) ||
       situation->role != MODEL_ROLE_SUPERVISOR))
    return foreign;
  if (situation->channel == MODEL_CHANNEL_IM)
    return is_of_messages (action) ? matrix[action][situation->work] : not_for_channel;
  if (situation->channel == MODEL_CHANNEL_VOICE)
    return is_of_conversations (action)
               ? not_for_channel
               : narrow_by_station (action, situation->station,
                                    narrow_by_call (action, situation, permission));
  return is_of_calls (action) ? not_for_channel : permission;
}

ModelPermission
model_permission_to_call (const ModelCaller *caller)
{
  const ModelPermission yes = YES;
  ModelPermission permission = { MODEL_GREYED, MODEL_CODE_NO_ROOM };

  if (!caller->has_queue)
    return (ModelPermission) NO (NO_QUEUE_TO_CALL_FOR);
  if (!caller->there)
    permission.reason = MODEL_CODE_NOT_AVAILABLE;
  else if (caller->offers > 0)
    permission.reason = MODEL_CODE_OFFER_OUTSTANDING;
  else if (caller->calls > 0)
    permission.reason = MODEL_CODE_CALL_IN_PROGRESS;
  else if (caller->wrap_ups > 0 && caller->wrap_up_blocks)
    permission.reason = MODEL_CODE_WRAP_UP;
  else if (caller->wrap_ups >= caller->slots)
    permission.reason = caller->wrap_ups > 0 ? MODEL_CODE_WRAP_UP : MODEL_CODE_NO_ROOM;
  else if (!caller->station_ready)
    permission.reason = MODEL_CODE_STATION_NOT_READY;
  else
    return yes;
  return permission;
}

ModelPermission
model_permission_to_forward (const ModelForwardCase *situation)
{
  const ModelPermission yes = YES;

  if (situation->to == MODEL_FORWARD_TO_NONE) /* taken back */
    return yes;
  if (situation->allowed == MODEL_FORWARDING_NONE ||
      (situation->to == MODEL_FORWARD_TO_NUMBER && situation->allowed != MODEL_FORWARDING_ALL) ||
      (situation->to == MODEL_FORWARD_TO_VOICEMAIL && !situation->has_box))
    return not_for_channel;
  return situation->team ? (ModelPermission) GREY (UNSUPPORTED_DESTINATION) : yes;
}

ModelPermission
model_permission_to_reach (ModelAction action, const ModelReachCase *situation)
{
  const ModelPermission yes = YES;

  if (!situation->call || action != MODEL_ACTION_TRANSFER)
    return (ModelPermission) GREY (UNSUPPORTED_DESTINATION);
  return situation->has_room ? yes : (ModelPermission) GREY (TEAM_FULL);
}

/* Of a supervisor who may: what the work and the supervisor's own station take away. */
static ModelPermission
narrow_by_monitored (ModelSuperviseAction action, const ModelSuperviseCase *situation)
{
  const ModelPermission yes = YES;

  if (situation->channel != MODEL_CHANNEL_VOICE ||
      (situation->work != MODEL_WORK_CONNECTED && situation->work != MODEL_WORK_HELD))
    return (ModelPermission) NO (NOT_CONNECTED);
  if (situation->self)
    return (ModelPermission) NO (OWN_CALL);
  if (situation->busy)
    return (ModelPermission) GREY (CALL_IN_PROGRESS);
  if (!situation->station_ready)
    return (ModelPermission) GREY (STATION_NOT_READY);
  if (action == MODEL_SUPERVISE_JOIN && situation->customer_gone)
    return (ModelPermission) GREY (CUSTOMER_GONE);
  if (action == MODEL_SUPERVISE_JOIN && situation->full)
    return (ModelPermission) GREY (CONFERENCE_FULL);
  return yes;
}

ModelPermission
model_permission_to_supervise (ModelSuperviseAction action, const ModelSuperviseCase *situation)
{
  const ModelPermission yes = YES;

  if (situation->role != MODEL_ROLE_SUPERVISOR)
    return (ModelPermission) NO (NOT_SUPERVISOR);
  if (!situation->leads && !situation->self)
    return (ModelPermission) NO (NOT_LED);
  if (action == MODEL_SUPERVISE_MONITOR || action == MODEL_SUPERVISE_JOIN)
    return narrow_by_monitored (action, situation);
  if (action == MODEL_SUPERVISE_WRAP_UP)
    return situation->work == MODEL_WORK_WRAP_UP ? yes : (ModelPermission) NO (NOT_CONNECTED);
  return situation->signed_in || action >= MODEL_SUPERVISE_FORWARD
             ? yes
             : (ModelPermission) GREY (NOT_SIGNED_IN);
}
