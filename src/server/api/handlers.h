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
void api_session_delete (ApiCall *call);
void api_session_phone (ApiCall *call);
void api_desk_get (ApiCall *call);
void api_colleagues_get (ApiCall *call);
void api_state_set (ApiCall *call);
void api_memberships_set (ApiCall *call);
void api_auto_accept_set (ApiCall *call);
void api_offer_accept (ApiCall *call);
void api_offer_decline (ApiCall *call);
void api_interaction_hold (ApiCall *call);
void api_interaction_resume (ApiCall *call);
void api_interaction_end (ApiCall *call);
void api_interaction_dtmf (ApiCall *call);
void api_interaction_unassign (ApiCall *call);
void api_interaction_transfer (ApiCall *call);
void api_interaction_targets (ApiCall *call);
void api_interaction_consult (ApiCall *call);
void api_interaction_consult_end (ApiCall *call);
void api_interaction_conference (ApiCall *call);
void api_interaction_leave (ApiCall *call);
void api_offers_accept (ApiCall *call);
void api_interaction_take (ApiCall *call);
void api_pull (ApiCall *call);
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
void api_canned_list (ApiCall *call);
void api_canned_create (ApiCall *call);
void api_canned_change (ApiCall *call);
void api_canned_delete (ApiCall *call);
void api_canned_import (ApiCall *call);
void api_admin_apply (ApiCall *call);
void api_admin_definitions (ApiCall *call);
void api_admin_password (ApiCall *call);
void api_admin_sign_out (ApiCall *call);
void api_admin_wrap_up_end (ApiCall *call);
void api_admin_journal (ApiCall *call);
void api_admin_status (ApiCall *call);
void api_admin_customer_export (ApiCall *call);
void api_admin_customer_erase (ApiCall *call);
