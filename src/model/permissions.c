/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix of actions: first by what the work is to the agent, then what channel, station, part
 * and role take away. Pure functions. */
#include "model/permissions.h"

const char *const model_action_names[] = {
  "answer",         "decline",     "hold",     "resume",      "end",     "mute",
  "dtmf",           "variables",   "notes",    "disposition", "tags",    "wrap_up_submit",
  "wrap_up_extend", "wrap_up_end", "unassign", "transfer",    "consult", "conference",
  "merge",          "end_consult", "leave",    "write",       NULL,
};

/* clang-format off */
#define YES       { MODEL_ALLOWED, MODEL_CODE_ACCEPTED }
#define GREY(why) { MODEL_GREYED, MODEL_CODE_##why }
#define NO(why)   { MODEL_HIDDEN, MODEL_CODE_##why }

static const ModelPermission matrix[MODEL_N_ACTIONS][MODEL_N_WORKS] = {
  /*                      offered            offered, automatic    connected          held               wrap-up            closed */
  [MODEL_ACTION_ANSWER] = { YES,             GREY (AUTO_ACCEPTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_DECLINE] = { YES,            GREY (AUTO_ACCEPTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), NO (WRAP_UP), NO (NOT_CONNECTED) },
  [MODEL_ACTION_HOLD] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,               NO (HELD),         NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_RESUME] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (NOT_HELD),   YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_END] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED),  YES,               GREY (HELD),       NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_MUTE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,               GREY (HELD),       NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_DTMF] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,               GREY (HELD),       NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_VARIABLES] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,          YES,               YES,               NO (NOT_CONNECTED) },
  [MODEL_ACTION_NOTES] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,              YES,               YES,               NO (NOT_CONNECTED) },
  [MODEL_ACTION_DISPOSITION] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,        YES,               YES,               NO (NOT_CONNECTED) },
  [MODEL_ACTION_TAGS] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,               YES,               YES,               NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRAP_UP_SUBMIT] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRAP_UP_EXTEND] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRAP_UP_END] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), NO (CALL_IN_PROGRESS), NO (CALL_IN_PROGRESS), YES, NO (NOT_CONNECTED) },
  [MODEL_ACTION_UNASSIGN] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,           NO (HELD),         NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_TRANSFER] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,           NO (HELD),         NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_CONSULT] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,            YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_CONFERENCE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,         YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_MERGE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,              YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_END_CONSULT] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,        YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_LEAVE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,              YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
  [MODEL_ACTION_WRITE] = { NO (NOT_CONNECTED), NO (NOT_CONNECTED), YES,              YES,               NO (WRAP_UP),      NO (NOT_CONNECTED) },
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
};

static const ModelPermission foreign = NO (NOT_YOURS);
static const ModelPermission at_the_station = GREY (AT_THE_STATION);
static const ModelPermission no_button = NO (AT_THE_STATION);
static const ModelPermission not_for_channel = NO (NOT_ENABLED);
static const ModelPermission not_primary = NO (NOT_PRIMARY);
static const ModelPermission private_only = NO (PRIVATE_ONLY);
/* clang-format on */

/* Actions that exist for calls alone. */
static gboolean
is_of_calls (ModelAction action)
{
  return action == MODEL_ACTION_HOLD || action == MODEL_ACTION_RESUME ||
         action == MODEL_ACTION_MUTE || action == MODEL_ACTION_DTMF;
}

/* Actions that do not exist for calls. */
static gboolean
is_of_conversations (ModelAction action)
{
  return action >= MODEL_ACTION_UNASSIGN && action <= MODEL_ACTION_WRITE;
}

/* What a primary agent alone records, gives away or decides. */
static gboolean
is_of_primary (ModelAction action)
{
  return action == MODEL_ACTION_DISPOSITION || action == MODEL_ACTION_WRAP_UP_SUBMIT ||
         action == MODEL_ACTION_WRAP_UP_EXTEND || action == MODEL_ACTION_WRAP_UP_END ||
         action == MODEL_ACTION_END ||
         (action >= MODEL_ACTION_UNASSIGN && action <= MODEL_ACTION_END_CONSULT);
}

/* Whether the company of a primary agent matters. */
static gboolean
is_of_company (ModelAction action)
{
  return action >= MODEL_ACTION_UNASSIGN && action <= MODEL_ACTION_LEAVE;
}

ModelCompany
model_company (guint asked, guint consulted, guint conferenced)
{
  if (conferenced == 0 && consulted > 0)
    return MODEL_COMPANY_CONSULTED;
  if (conferenced == 0)
    return asked > 0 ? MODEL_COMPANY_ASKED : MODEL_COMPANY_NONE;
  if (consulted > 0)
    return MODEL_COMPANY_CONFERENCE_CONSULTED;
  if (asked > 0)
    return MODEL_COMPANY_CONFERENCE_ASKED;
  return conferenced + 2 < MODEL_CONFERENCE_MAX ? MODEL_COMPANY_CONFERENCE
                                                : MODEL_COMPANY_CONFERENCE_FULL;
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
  if (situation->part == MODEL_PART_CONSULTED && action == MODEL_ACTION_WRITE)
    return situation->channel == MODEL_CHANNEL_IM ? so_far : private_only;
  if (situation->part != MODEL_PART_PRIMARY)
    return is_of_primary (action) ? not_primary : so_far;
  if (so_far.verdict != MODEL_ALLOWED || !is_of_company (action))
    return so_far;
  return together[action][situation->company];
}

ModelPermission
model_permission (ModelAction action, const ModelPermissionCase *situation)
{
  ModelPermission permission = narrow_by_part (action, situation, matrix[action][situation->work]);

  if (!situation->own &&
      (action != MODEL_ACTION_WRAP_UP_END || situation->role != MODEL_ROLE_SUPERVISOR))
    return foreign;
  if (situation->channel == MODEL_CHANNEL_IM)
    return is_of_messages (action) ? matrix[action][situation->work] : not_for_channel;
  if (situation->channel == MODEL_CHANNEL_VOICE)
    return is_of_conversations (action)
               ? not_for_channel
               : narrow_by_station (action, situation->station, permission);
  return is_of_calls (action) ? not_for_channel : permission;
}
