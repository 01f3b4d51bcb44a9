/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GuichetInteraction: one piece of work in which this agent has a part. Read-only, notifying:
 *   id s, channel s, direction s, origin s, queue s (id), queue-name s, called s, language s,
 * created-at i, customer-number s, customer-name s, customer s (id or ""), colleague s (the agent
 * with whom it is, in the customer's place, "" none), customer-left-at i (0:
 * still there), customer-left-cause s, participations o (GListModel of GuichetParticipation), mine
 * o (the GuichetParticipation of this agent, or NULL), phase s ("active", "held", "wrap_up",
 * "ended": mine's state), phase-since i, variables o (GListModel of GuichetVariable), from-name s
 * (who transferred it, "" nobody), consult-state s (of the colleague asked to come: "waiting",
 * "offered", "ended": he or she does not, "" nobody is), consult-kind s ("consult", "conference"),
 * consult-name s, consult-reason s (why not), consult-since i, call o (the GuichetCall through
 * which it is heard here, or NULL), cause s (the last change's, e.g. "held") Of one with a
 * conversation (see chat.h): conversation s (id, "" without), read-number i (the customer has read
 * so far), text-limit i (characters, 0: none named), waiting-since i (the customer's oldest
 * unanswered message, 0: none), messages o (GListModel of GuichetMessage, oldest first, those on
 * their way last; NULL without), more b (older ones can be asked for), loading b, unread i,
 * first-unread i (number, 0: none), customer-typing b, draft s (as typed), private-draft s (the
 * same of what is for agents alone), files o (GListModel of GuichetAttachment: those that go with
 * the next message; NULL without a conversation), files-max i (of a message, 0: none can be sent),
 * file-limit i (bytes of each), files-limit i (of all) */
#pragma once

#include "client/call.h"
#include "client/participation.h"
#include "client/record.h"
#include "client/variable.h"

#include <gio/gio.h>

#define GUICHET_TYPE_INTERACTION guichet_interaction_get_type ()
G_DECLARE_FINAL_TYPE (GuichetInteraction, guichet_interaction, GUICHET, INTERACTION, GuichetRecord)

const char *guichet_interaction_get_id (GuichetInteraction *self);
const char *guichet_interaction_get_channel (GuichetInteraction *self);
const char *guichet_interaction_get_direction (GuichetInteraction *self);
const char *guichet_interaction_get_origin (GuichetInteraction *self);
const char *guichet_interaction_get_queue (GuichetInteraction *self);
const char *guichet_interaction_get_queue_name (GuichetInteraction *self);
const char *guichet_interaction_get_called (GuichetInteraction *self);
const char *guichet_interaction_get_language (GuichetInteraction *self);
gint64 guichet_interaction_get_created_at (GuichetInteraction *self);
/* "open", "pending", "escalated", "resolved"; "" where the centre does not say it. */
const char *guichet_interaction_get_status (GuichetInteraction *self);
const char *guichet_interaction_get_colleague (GuichetInteraction *self);
const char *guichet_interaction_get_customer_number (GuichetInteraction *self);
const char *guichet_interaction_get_customer_name (GuichetInteraction *self);
const char *guichet_interaction_get_customer (GuichetInteraction *self);
gint64 guichet_interaction_get_customer_left_at (GuichetInteraction *self);
const char *guichet_interaction_get_customer_left_cause (GuichetInteraction *self);
GListModel *guichet_interaction_get_participations (GuichetInteraction *self);
/* The outside numbers in a call, as GuichetParticipations of their own; NULL: never one. */
GListModel *guichet_interaction_get_parties (GuichetInteraction *self);
GuichetParticipation *guichet_interaction_get_mine (GuichetInteraction *self);
const char *guichet_interaction_get_phase (GuichetInteraction *self);
gint64 guichet_interaction_get_phase_since (GuichetInteraction *self);
GListModel *guichet_interaction_get_variables (GuichetInteraction *self);
const char *guichet_interaction_get_from_name (GuichetInteraction *self);
/* Whose call it was, "" nobody's. */
const char *guichet_interaction_get_forwarded_by (GuichetInteraction *self);
const char *guichet_interaction_get_consult_state (GuichetInteraction *self);
const char *guichet_interaction_get_consult_kind (GuichetInteraction *self);
/* "" where a queue, skill or team is asked. */
const char *guichet_interaction_get_consult_agent (GuichetInteraction *self);
const char *guichet_interaction_get_consult_name (GuichetInteraction *self);
const char *guichet_interaction_get_consult_reason (GuichetInteraction *self);
gint64 guichet_interaction_get_consult_since (GuichetInteraction *self);
GuichetCall *guichet_interaction_get_call (GuichetInteraction *self);
const char *guichet_interaction_get_cause (GuichetInteraction *self);
const char *guichet_interaction_get_conversation (GuichetInteraction *self);
gint64 guichet_interaction_get_read_number (GuichetInteraction *self);
gint64 guichet_interaction_get_text_limit (GuichetInteraction *self);
/* Segments of SMS that one message may have; 0: it is no SMS. */
gint64 guichet_interaction_get_segments (GuichetInteraction *self);
/* Why nothing can be written (a code), ""; until when something can (ms), 0. */
const char *guichet_interaction_get_refusal (GuichetInteraction *self);
gint64 guichet_interaction_get_until (GuichetInteraction *self);
gint64 guichet_interaction_get_waiting_since (GuichetInteraction *self);
GListModel *guichet_interaction_get_messages (GuichetInteraction *self);
gboolean guichet_interaction_get_more (GuichetInteraction *self);
gboolean guichet_interaction_get_loading (GuichetInteraction *self);
gint64 guichet_interaction_get_unread (GuichetInteraction *self);
gint64 guichet_interaction_get_first_unread (GuichetInteraction *self);
gboolean guichet_interaction_get_customer_typing (GuichetInteraction *self);
const char *guichet_interaction_get_draft (GuichetInteraction *self);
const char *guichet_interaction_get_private_draft (GuichetInteraction *self);
/* Of an answer: as the centre says; as the agent wants it, or "". */
const char *guichet_interaction_get_subject (GuichetInteraction *self);
const char *guichet_interaction_get_subject_draft (GuichetInteraction *self);
GListModel *guichet_interaction_get_files (GuichetInteraction *self);
gint64 guichet_interaction_get_files_max (GuichetInteraction *self);
gint64 guichet_interaction_get_file_limit (GuichetInteraction *self);
gint64 guichet_interaction_get_files_limit (GuichetInteraction *self);
/* The label of the clip that all in the call hear now; "": none. */
const char *guichet_interaction_get_playing (GuichetInteraction *self);
gint64 guichet_interaction_get_playing_at (GuichetInteraction *self);
gint64 guichet_interaction_get_playing_until (GuichetInteraction *self);
gboolean guichet_interaction_get_playing_hangs_up (GuichetInteraction *self);
/* Where customer and agents see each other, and what is written about it; "" where there is no such
 * room. */
const char *guichet_interaction_get_meeting_url (GuichetInteraction *self);
const char *guichet_interaction_get_meeting_text (GuichetInteraction *self);
/* Of calls, as in the API: "off", "starting", "on", "paused", "" where the centre does not say it;
 * "never", "on_demand", "always"; when a pause ends by itself. */
const char *guichet_interaction_get_recording_state (GuichetInteraction *self);
const char *guichet_interaction_get_recording_rule (GuichetInteraction *self);
gint64 guichet_interaction_get_recording_until (GuichetInteraction *self);
gboolean guichet_interaction_get_recording_may_pause (GuichetInteraction *self);
gboolean guichet_interaction_get_recording_may_extend (GuichetInteraction *self);
/* Why what carries it does not do what it was asked for (a code); "": it does. */
const char *guichet_interaction_get_stuck (GuichetInteraction *self);
