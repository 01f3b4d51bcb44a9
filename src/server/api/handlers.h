/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the routes lead to: one function for each, in the file of its resource. */
#pragma once

#include "server/api/call.h"
#include "server/centre/voice.h"

/* {"events":[…]} of one interaction. */
JsonObject *api_journal_of (Centre *centre, const char *interaction, GError **error);

void api_session_create (ApiCall *call);
void api_session_get (ApiCall *call);
void api_session_station (ApiCall *call);
void api_session_team (ApiCall *call);
void api_session_delete (ApiCall *call);
void api_session_phone (ApiCall *call);
void api_desk_get (ApiCall *call);
void api_colleagues_get (ApiCall *call);
void api_directory_get (ApiCall *call);
void api_directory_favourite (ApiCall *call);
void api_directory_dial_create (ApiCall *call);
void api_directory_dial_change (ApiCall *call);
void api_directory_dial_delete (ApiCall *call);
void api_live_get (ApiCall *call);
void api_live_leave (ApiCall *call);
/* The body of the two that follow, into the command whose agent is set; FALSE: answered. */
gboolean api_read_state (ApiCall *call, AcdCommand *command);
/* forwarding.c: FALSE: answered; @number is where it is one. */
gboolean api_read_forwarding (ApiCall *call, AcdCommand *command, char **number);
void api_forwarding_set (ApiCall *call);
void api_agent_forwarding (ApiCall *call);
gboolean api_read_memberships (ApiCall *call, AcdCommand *command, char ***queues);
/* What is to be done with a recording; FALSE: answered. */
gboolean api_read_recording (ApiCall *call, AcdCommand *command, const char **action);
void api_agent_state (ApiCall *call);
void api_agent_memberships (ApiCall *call);
void api_agent_sign_out (ApiCall *call);
void api_participation_wrap_up_end (ApiCall *call);
void api_participation_force_close (ApiCall *call);
void api_participation_supervise (ApiCall *call);
void api_participation_record (ApiCall *call);
void api_interaction_unsupervise (ApiCall *call);
void api_state_set (ApiCall *call);
void api_memberships_set (ApiCall *call);
void api_auto_accept_set (ApiCall *call);
void api_offer_accept (ApiCall *call);
void api_offer_decline (ApiCall *call);
void api_interaction_hold (ApiCall *call);
void api_participation_hold (ApiCall *call);
void api_participation_resume (ApiCall *call);
void api_participation_mute (ApiCall *call);
void api_participation_unmute (ApiCall *call);
void api_participation_remove (ApiCall *call);
void api_participation_give_charge (ApiCall *call);
void api_interaction_resume (ApiCall *call);
void api_interaction_end (ApiCall *call);
void api_interaction_dtmf (ApiCall *call);
void api_interaction_unassign (ApiCall *call);
void api_interaction_recording (ApiCall *call);
void api_recordings_find (ApiCall *call);
void api_recording_hear (ApiCall *call);
gboolean api_may_hear_recordings (ApiCall *call, const char *interaction);
/* The recording that the path names, once the audit says who hears it. */
void api_recording_send (ApiCall *call, const char *interaction, const char *action);
void api_voicemail_list (ApiCall *call);
void api_voicemail_change (ApiCall *call);
void api_voicemail_delete (ApiCall *call);
void api_voicemail_hear (ApiCall *call);
void api_keypad_get (ApiCall *call);
void api_keypad_set (ApiCall *call);
void api_interaction_transfer (ApiCall *call);
/* A queue, an agent, a skill, a team, an entry point, of a body. */
gboolean api_read_target (BaseJson *to, AcdCommand *command, GError **error);
/* If the number leads to a team that has one, the command is to that. */
gboolean api_aims_at_team (ApiCall *call, const char *number, AcdCommand *command);
/* How many of these the command names. */
guint api_count_targets (const AcdCommand *command);
void api_interaction_consult (ApiCall *call);
void api_interaction_consult_end (ApiCall *call);
void api_interaction_conference (ApiCall *call);
void api_interaction_leave (ApiCall *call);
void api_offers_accept (ApiCall *call);
void api_interaction_take (ApiCall *call);
void api_pull (ApiCall *call);
void api_interaction_park (ApiCall *call);
void api_parked_fetch (ApiCall *call);
/* Fetches the call that is parked at this number; FALSE: there is none, nothing was answered. */
gboolean api_park_fetch_number (ApiCall *call, const char *number);
void api_call_out (ApiCall *call);
void api_conversations_list (ApiCall *call);
void api_message_send (ApiCall *call);
void api_message_retry (ApiCall *call);
void api_im_write (ApiCall *call);
void api_attachment_add (ApiCall *call);
void api_attachment_get (ApiCall *call);
void api_conversation_read (ApiCall *call);
void api_conversation_typing (ApiCall *call);
void api_conversation_messages (ApiCall *call);
void api_variable_set (ApiCall *call);
void api_variable_reveal (ApiCall *call);
void api_note_set (ApiCall *call);
void api_disposition_set (ApiCall *call);
void api_tags_set (ApiCall *call);
void api_sentiment_set (ApiCall *call);
void api_status_set (ApiCall *call);
/* Of a participation whose interaction has ended. */
void api_tags_set_after (ApiCall *call);
void api_wrap_up_submit (ApiCall *call);
void api_wrap_up_extend (ApiCall *call);
void api_customer_create (ApiCall *call);
void api_customer_change (ApiCall *call);
void api_customer_get (ApiCall *call);
void api_customer_merge (ApiCall *call);
void api_customer_separate (ApiCall *call);
void api_customers_find (ApiCall *call);
void api_search (ApiCall *call);
void api_interaction_customer (ApiCall *call);
void api_customer_history (ApiCall *call);
void api_recent_get (ApiCall *call);
void api_journal_get (ApiCall *call);
void api_erased_get (ApiCall *call);
void api_canned_list (ApiCall *call);
void api_canned_create (ApiCall *call);
void api_canned_change (ApiCall *call);
void api_canned_delete (ApiCall *call);
void api_canned_import (ApiCall *call);
void api_notices_list (ApiCall *call);
void api_notice_send (ApiCall *call);
void api_notice_change (ApiCall *call);
void api_notice_delete (ApiCall *call);
void api_clips_list (ApiCall *call);
void api_clip_send (ApiCall *call);
void api_clip_create (ApiCall *call);
void api_clip_change (ApiCall *call);
void api_clip_delete (ApiCall *call);
void api_clip_hear (ApiCall *call);
void api_interaction_play (ApiCall *call);
void api_interaction_play_stop (ApiCall *call);
void api_admin_apply (ApiCall *call);
void api_admin_definitions (ApiCall *call);
void api_admin_password (ApiCall *call);
/* Whether the path names an agent; FALSE: answered. */
gboolean api_admin_names_agent (ApiCall *call);
void api_admin_keypad_set (ApiCall *call);
void api_admin_keypad_reset (ApiCall *call);
void api_admin_pin (ApiCall *call);
void api_admin_sign_out (ApiCall *call);
void api_admin_wrap_up_end (ApiCall *call);
void api_admin_journal (ApiCall *call);
void api_admin_status (ApiCall *call);
void api_admin_customer_export (ApiCall *call);
void api_admin_customer_erase (ApiCall *call);
