/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetLiveAgent, GuichetLiveWork and GuichetLiveQueue: a table of fields each; filled by live.c.
 * Main loop. */
#include "client/live-agent.h"

#include "client/fields/supervision.h"

struct _GuichetLiveAgent
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetLiveAgent, guichet_live_agent, GUICHET_TYPE_RECORD)

static const GuichetField live_agent_fields[N_LIVE_AGENT_FIELDS] = {
  [LIVE_AGENT_ID] = { "id", GUICHET_FIELD_STRING },
  [LIVE_AGENT_NAME] = { "name", GUICHET_FIELD_STRING },
  [LIVE_AGENT_TEAM] = { "team", GUICHET_FIELD_STRING },
  [LIVE_AGENT_TEAM_NAME] = { "team-name", GUICHET_FIELD_STRING },
  [LIVE_AGENT_PRESENCE] = { "presence", GUICHET_FIELD_STRING },
  [LIVE_AGENT_REASON] = { "reason", GUICHET_FIELD_STRING },
  [LIVE_AGENT_SINCE] = { "since", GUICHET_FIELD_INT },
  [LIVE_AGENT_STATE] = { "state", GUICHET_FIELD_STRING },
  [LIVE_AGENT_DESK] = { "desk", GUICHET_FIELD_BOOL },
  [LIVE_AGENT_STATION_READY] = { "station-ready", GUICHET_FIELD_BOOL },
  [LIVE_AGENT_SIGN_OUT_PENDING] = { "sign-out-pending", GUICHET_FIELD_BOOL },
  [LIVE_AGENT_QUEUES] = { "queues", GUICHET_FIELD_STRV },
  [LIVE_AGENT_MEMBERSHIPS] = { "memberships", GUICHET_FIELD_STRV },
  [LIVE_AGENT_WORK] = { "work", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [LIVE_AGENT_CHANNELS] = { "channels", GUICHET_FIELD_OBJECT, g_list_model_get_type },
  [LIVE_AGENT_FORWARD_WHEN] = { "forward-when", GUICHET_FIELD_STRING },
  [LIVE_AGENT_FORWARD_TO] = { "forward-to", GUICHET_FIELD_STRING },
  [LIVE_AGENT_FORWARD_WHERE] = { "forward-where", GUICHET_FIELD_STRING },
  [LIVE_AGENT_FORWARD_TARGET] = { "forward-target", GUICHET_FIELD_STRING },
  [LIVE_AGENT_FORWARD_KINDS] = { "forward-kinds", GUICHET_FIELD_STRING },
};

static void
guichet_live_agent_class_init (GuichetLiveAgentClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), live_agent_fields,
                                N_LIVE_AGENT_FIELDS);
}

static void
guichet_live_agent_init (GuichetLiveAgent *self)
{
}

GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, id, LIVE_AGENT_ID)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, name, LIVE_AGENT_NAME)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, team, LIVE_AGENT_TEAM)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, team_name, LIVE_AGENT_TEAM_NAME)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, presence, LIVE_AGENT_PRESENCE)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, reason, LIVE_AGENT_REASON)
GUICHET_RECORD_INT (GuichetLiveAgent, guichet_live_agent, since, LIVE_AGENT_SINCE)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, state, LIVE_AGENT_STATE)
GUICHET_RECORD_BOOL (GuichetLiveAgent, guichet_live_agent, desk, LIVE_AGENT_DESK)
GUICHET_RECORD_BOOL (GuichetLiveAgent, guichet_live_agent, station_ready, LIVE_AGENT_STATION_READY)
GUICHET_RECORD_BOOL (GuichetLiveAgent,
                     guichet_live_agent,
                     sign_out_pending,
                     LIVE_AGENT_SIGN_OUT_PENDING)
GUICHET_RECORD_STRV (GuichetLiveAgent, guichet_live_agent, queues, LIVE_AGENT_QUEUES)
GUICHET_RECORD_STRV (GuichetLiveAgent, guichet_live_agent, memberships, LIVE_AGENT_MEMBERSHIPS)
GUICHET_RECORD_OBJECT (GuichetLiveAgent, guichet_live_agent, work, LIVE_AGENT_WORK, GListModel)
GUICHET_RECORD_OBJECT (GuichetLiveAgent,
                       guichet_live_agent,
                       channels,
                       LIVE_AGENT_CHANNELS,
                       GListModel)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, forward_when, LIVE_AGENT_FORWARD_WHEN)
GUICHET_RECORD_STRING (GuichetLiveAgent, guichet_live_agent, forward_to, LIVE_AGENT_FORWARD_TO)
GUICHET_RECORD_STRING (GuichetLiveAgent,
                       guichet_live_agent,
                       forward_where,
                       LIVE_AGENT_FORWARD_WHERE)
GUICHET_RECORD_STRING (GuichetLiveAgent,
                       guichet_live_agent,
                       forward_kinds,
                       LIVE_AGENT_FORWARD_KINDS)

struct _GuichetLiveWork
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetLiveWork, guichet_live_work, GUICHET_TYPE_RECORD)

static const GuichetField live_work_fields[N_LIVE_WORK_FIELDS] = {
  [LIVE_WORK_ID] = { "id", GUICHET_FIELD_STRING },
  [LIVE_WORK_INTERACTION] = { "interaction", GUICHET_FIELD_STRING },
  [LIVE_WORK_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [LIVE_WORK_DIRECTION] = { "direction", GUICHET_FIELD_STRING },
  [LIVE_WORK_ROLE] = { "role", GUICHET_FIELD_STRING },
  [LIVE_WORK_STATE] = { "state", GUICHET_FIELD_STRING },
  [LIVE_WORK_QUEUE] = { "queue", GUICHET_FIELD_STRING },
  [LIVE_WORK_SINCE] = { "since", GUICHET_FIELD_INT },
  [LIVE_WORK_RECORDING] = { "recording", GUICHET_FIELD_STRING },
  [LIVE_WORK_RECORD] = { "record", GUICHET_FIELD_STRING },
  [LIVE_WORK_MAY_PAUSE] = { "may-pause", GUICHET_FIELD_BOOL },
  [LIVE_WORK_MAY_EXTEND] = { "may-extend", GUICHET_FIELD_BOOL },
  [LIVE_WORK_CUSTOMER_GONE] = { "customer-gone", GUICHET_FIELD_BOOL },
  [LIVE_WORK_FULL] = { "full", GUICHET_FIELD_BOOL },
};

static void
guichet_live_work_class_init (GuichetLiveWorkClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), live_work_fields, N_LIVE_WORK_FIELDS);
}

static void
guichet_live_work_init (GuichetLiveWork *self)
{
}

GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, id, LIVE_WORK_ID)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, interaction, LIVE_WORK_INTERACTION)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, channel, LIVE_WORK_CHANNEL)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, direction, LIVE_WORK_DIRECTION)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, role, LIVE_WORK_ROLE)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, state, LIVE_WORK_STATE)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, queue, LIVE_WORK_QUEUE)
GUICHET_RECORD_INT (GuichetLiveWork, guichet_live_work, since, LIVE_WORK_SINCE)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, recording, LIVE_WORK_RECORDING)
GUICHET_RECORD_STRING (GuichetLiveWork, guichet_live_work, record, LIVE_WORK_RECORD)
GUICHET_RECORD_BOOL (GuichetLiveWork, guichet_live_work, may_pause, LIVE_WORK_MAY_PAUSE)
GUICHET_RECORD_BOOL (GuichetLiveWork, guichet_live_work, may_extend, LIVE_WORK_MAY_EXTEND)
GUICHET_RECORD_BOOL (GuichetLiveWork, guichet_live_work, customer_gone, LIVE_WORK_CUSTOMER_GONE)
GUICHET_RECORD_BOOL (GuichetLiveWork, guichet_live_work, full, LIVE_WORK_FULL)

struct _GuichetLiveQueue
{
  GuichetRecord parent_instance;
};

G_DEFINE_FINAL_TYPE (GuichetLiveQueue, guichet_live_queue, GUICHET_TYPE_RECORD)

static const GuichetField live_queue_fields[N_LIVE_QUEUE_FIELDS] = {
  [LIVE_QUEUE_ID] = { "id", GUICHET_FIELD_STRING },
  [LIVE_QUEUE_NAME] = { "name", GUICHET_FIELD_STRING },
  [LIVE_QUEUE_CHANNEL] = { "channel", GUICHET_FIELD_STRING },
  [LIVE_QUEUE_OPEN] = { "open", GUICHET_FIELD_BOOL },
  [LIVE_QUEUE_WAITING] = { "waiting", GUICHET_FIELD_INT },
  [LIVE_QUEUE_LONGEST_SINCE] = { "longest-since", GUICHET_FIELD_INT },
  [LIVE_QUEUE_STAFFED] = { "staffed", GUICHET_FIELD_INT },
  [LIVE_QUEUE_READY] = { "ready", GUICHET_FIELD_INT },
  [LIVE_QUEUE_FREE] = { "free", GUICHET_FIELD_INT },
  [LIVE_QUEUE_OF_TODAY] = { "of-today", GUICHET_FIELD_INT },
  [LIVE_QUEUE_IN_TIME] = { "in-time", GUICHET_FIELD_INT },
};

static void
guichet_live_queue_class_init (GuichetLiveQueueClass *klass)
{
  guichet_record_class_install (GUICHET_RECORD_CLASS (klass), live_queue_fields,
                                N_LIVE_QUEUE_FIELDS);
}

static void
guichet_live_queue_init (GuichetLiveQueue *self)
{
}

GUICHET_RECORD_STRING (GuichetLiveQueue, guichet_live_queue, id, LIVE_QUEUE_ID)
GUICHET_RECORD_STRING (GuichetLiveQueue, guichet_live_queue, name, LIVE_QUEUE_NAME)
GUICHET_RECORD_STRING (GuichetLiveQueue, guichet_live_queue, channel, LIVE_QUEUE_CHANNEL)
GUICHET_RECORD_BOOL (GuichetLiveQueue, guichet_live_queue, open, LIVE_QUEUE_OPEN)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, waiting, LIVE_QUEUE_WAITING)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, longest_since, LIVE_QUEUE_LONGEST_SINCE)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, staffed, LIVE_QUEUE_STAFFED)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, ready, LIVE_QUEUE_READY)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, free, LIVE_QUEUE_FREE)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, of_today, LIVE_QUEUE_OF_TODAY)
GUICHET_RECORD_INT (GuichetLiveQueue, guichet_live_queue, in_time, LIVE_QUEUE_IN_TIME)
