/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The matrix of actions: first by what the work is to the agent, then what channel, station, part
 * and role take away. Pure functions. */
#include "model/permissions.h"

const char *const model_action_names[] = {
  "answer",         "decline",     "hold",     "resume",      "end",  "mute",
  "dtmf",           "variables",   "notes",    "disposition", "tags", "wrap_up_submit",
  "wrap_up_extend", "wrap_up_end", "unassign", "transfer",    NULL,
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
};

static const ModelPermission foreign = NO (NOT_YOURS);
static const ModelPermission at_the_station = GREY (AT_THE_STATION);
static const ModelPermission no_button = NO (AT_THE_STATION);
static const ModelPermission not_for_channel = NO (NOT_ENABLED);
static const ModelPermission not_primary = NO (NOT_PRIMARY);
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
  return action == MODEL_ACTION_UNASSIGN || action == MODEL_ACTION_TRANSFER;
}

/* What a primary agent alone records or gives away. */
static gboolean
is_of_primary (ModelAction action)
{
  return action == MODEL_ACTION_DISPOSITION || action == MODEL_ACTION_WRAP_UP_SUBMIT ||
         action == MODEL_ACTION_WRAP_UP_EXTEND || action == MODEL_ACTION_WRAP_UP_END ||
         is_of_conversations (action);
}

/* What there is to do with what a colleague writes. */
static gboolean
is_of_messages (ModelAction action)
{
  return action == MODEL_ACTION_ANSWER || action == MODEL_ACTION_DECLINE ||
         action == MODEL_ACTION_END;
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

ModelPermission
model_permission (ModelAction action, const ModelPermissionCase *situation)
{
  ModelPermission permission = matrix[action][situation->work];

  if (!situation->own &&
      (action != MODEL_ACTION_WRAP_UP_END || situation->role != MODEL_ROLE_SUPERVISOR))
    return foreign;
  if (situation->channel == MODEL_CHANNEL_IM)
    return is_of_messages (action) ? permission : not_for_channel;
  if (is_of_primary (action) && situation->part != MODEL_PART_PRIMARY)
    return not_primary;
  if (situation->channel == MODEL_CHANNEL_VOICE)
    return is_of_conversations (action)
               ? not_for_channel
               : narrow_by_station (action, situation->station, permission);
  return is_of_calls (action) ? not_for_channel : permission;
}
