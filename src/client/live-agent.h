/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a supervisor sees of one who is led, and of a queue. Both read-only, notifying.
 *
 * GuichetLiveAgent: id s, name s, team s (id), team-name s, presence s, reason s, since i (as a
 * GuichetColleague's), state s, desk b (it is connected), station-ready b, sign-out-pending b,
 * queues as (ids of those he or she may serve), memberships as (of those, in the same order), work
 * o (GListModel of GuichetLiveWork, another one whenever it changed), channels o (the same of
 * GuichetChannelState), forward-when s, forward-to s, forward-where s, forward-target s,
 * forward-kinds s (as the session's own)
 * GuichetLiveWork: id s (participation, "" while it is offered), interaction s, channel s,
 * direction s, role s, state s ("offered", "dialling", "active", "held", "wrap_up"), queue s, since
 * i, recording s ("" of what is led by another or is no call), record s, may-pause b, may-extend b,
 * customer-gone b, full b (of a call: nobody more has room in it)
 * GuichetLiveQueue: id s, name s, channel s, open b, waiting i, longest-since i (0: nobody waits),
 * staffed i, ready i, free i, of-today i (customers who count, -1: not known yet), in-time i */
#pragma once

#include "client/record.h"

#include <gio/gio.h>

#define GUICHET_TYPE_LIVE_AGENT guichet_live_agent_get_type ()
G_DECLARE_FINAL_TYPE (GuichetLiveAgent, guichet_live_agent, GUICHET, LIVE_AGENT, GuichetRecord)
#define GUICHET_TYPE_LIVE_WORK guichet_live_work_get_type ()
G_DECLARE_FINAL_TYPE (GuichetLiveWork, guichet_live_work, GUICHET, LIVE_WORK, GuichetRecord)
#define GUICHET_TYPE_LIVE_QUEUE guichet_live_queue_get_type ()
G_DECLARE_FINAL_TYPE (GuichetLiveQueue, guichet_live_queue, GUICHET, LIVE_QUEUE, GuichetRecord)

const char *guichet_live_agent_get_id (GuichetLiveAgent *self);
const char *guichet_live_agent_get_name (GuichetLiveAgent *self);
const char *guichet_live_agent_get_team (GuichetLiveAgent *self);
const char *guichet_live_agent_get_team_name (GuichetLiveAgent *self);
const char *guichet_live_agent_get_presence (GuichetLiveAgent *self);
const char *guichet_live_agent_get_reason (GuichetLiveAgent *self);
gint64 guichet_live_agent_get_since (GuichetLiveAgent *self);
const char *guichet_live_agent_get_state (GuichetLiveAgent *self);
gboolean guichet_live_agent_get_desk (GuichetLiveAgent *self);
gboolean guichet_live_agent_get_station_ready (GuichetLiveAgent *self);
gboolean guichet_live_agent_get_sign_out_pending (GuichetLiveAgent *self);
const char *const *guichet_live_agent_get_queues (GuichetLiveAgent *self);
const char *const *guichet_live_agent_get_memberships (GuichetLiveAgent *self);
GListModel *guichet_live_agent_get_work (GuichetLiveAgent *self);
GListModel *guichet_live_agent_get_channels (GuichetLiveAgent *self);
const char *guichet_live_agent_get_forward_when (GuichetLiveAgent *self);
const char *guichet_live_agent_get_forward_to (GuichetLiveAgent *self);
const char *guichet_live_agent_get_forward_where (GuichetLiveAgent *self);
const char *guichet_live_agent_get_forward_kinds (GuichetLiveAgent *self);

const char *guichet_live_work_get_id (GuichetLiveWork *self);
const char *guichet_live_work_get_interaction (GuichetLiveWork *self);
const char *guichet_live_work_get_channel (GuichetLiveWork *self);
const char *guichet_live_work_get_direction (GuichetLiveWork *self);
const char *guichet_live_work_get_role (GuichetLiveWork *self);
const char *guichet_live_work_get_state (GuichetLiveWork *self);
const char *guichet_live_work_get_queue (GuichetLiveWork *self);
gint64 guichet_live_work_get_since (GuichetLiveWork *self);
const char *guichet_live_work_get_recording (GuichetLiveWork *self);
const char *guichet_live_work_get_record (GuichetLiveWork *self);
gboolean guichet_live_work_get_may_pause (GuichetLiveWork *self);
gboolean guichet_live_work_get_may_extend (GuichetLiveWork *self);
gboolean guichet_live_work_get_customer_gone (GuichetLiveWork *self);
gboolean guichet_live_work_get_full (GuichetLiveWork *self);

const char *guichet_live_queue_get_id (GuichetLiveQueue *self);
const char *guichet_live_queue_get_name (GuichetLiveQueue *self);
const char *guichet_live_queue_get_channel (GuichetLiveQueue *self);
gboolean guichet_live_queue_get_open (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_waiting (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_longest_since (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_staffed (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_ready (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_free (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_of_today (GuichetLiveQueue *self);
gint64 guichet_live_queue_get_in_time (GuichetLiveQueue *self);
