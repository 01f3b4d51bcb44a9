/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what the API can do, one row each. Constant data. */
#include "server/api/handlers.h"

#include <string.h>

#define COMMAND API_ROUTE_COMMAND
#define ADMIN   API_ROUTE_ADMIN

const ApiRoute api_routes[] = {
  { "POST", "/v1/sessions", api_session_create, API_ROUTE_OPEN },
  { "GET", "/v1/session", api_session_get, 0 },
  { "PUT", "/v1/session/station", api_session_station, COMMAND },
  { "PUT", "/v1/session/team", api_session_team, COMMAND },
  { "DELETE", "/v1/session", api_session_delete, COMMAND },
  { "POST", "/v1/session/phone", api_session_phone, COMMAND },
  { "GET", "/v1/desk", api_desk_get, 0 },
  { "GET", "/v1/colleagues", api_colleagues_get, 0 },
  { "GET", "/v1/directory", api_directory_get, 0 },
  { "PUT", "/v1/directory/favourites/{kind}/{id}", api_directory_favourite, COMMAND },
  { "POST", "/v1/directory/speed-dials", api_directory_dial_create, COMMAND },
  { "PUT", "/v1/directory/speed-dials/{id}", api_directory_dial_change, COMMAND },
  { "DELETE", "/v1/directory/speed-dials/{id}", api_directory_dial_delete, COMMAND },
  { "GET", "/v1/live", api_live_get, 0 },
  { "DELETE", "/v1/live", api_live_leave, 0 },
  { "PUT", "/v1/agents/{id}/state", api_agent_state, COMMAND },
  { "PUT", "/v1/agents/{id}/memberships", api_agent_memberships, COMMAND },
  { "PUT", "/v1/agents/{id}/forwarding", api_agent_forwarding, COMMAND },
  { "POST", "/v1/agents/{id}/sign_out", api_agent_sign_out, COMMAND },
  { "POST", "/v1/participations/{id}/wrap_up/end", api_participation_wrap_up_end, COMMAND },
  { "POST", "/v1/participations/{id}/force_close", api_participation_force_close, COMMAND },
  { "PUT", "/v1/participations/{id}/supervision", api_participation_supervise, COMMAND },
  { "POST", "/v1/participations/{id}/recording", api_participation_record, COMMAND },
  { "DELETE", "/v1/interactions/{id}/supervision", api_interaction_unsupervise, COMMAND },
  { "GET", "/v1/events", api_stream_open, 0 },
  { "PUT", "/v1/state", api_state_set, COMMAND },
  { "PUT", "/v1/memberships", api_memberships_set, COMMAND },
  { "PUT", "/v1/auto_accept", api_auto_accept_set, COMMAND },
  { "PUT", "/v1/forwarding", api_forwarding_set, COMMAND },
  { "POST", "/v1/offers/{id}/accept", api_offer_accept, COMMAND },
  { "POST", "/v1/offers/{id}/decline", api_offer_decline, COMMAND },
  { "POST", "/v1/interactions/{id}/hold", api_interaction_hold, COMMAND },
  { "POST", "/v1/interactions/{id}/resume", api_interaction_resume, COMMAND },
  { "POST", "/v1/interactions/{id}/park", api_interaction_park, COMMAND },
  { "POST", "/v1/parked/{place}/fetch", api_parked_fetch, COMMAND },
  { "POST", "/v1/interactions/{id}/end", api_interaction_end, COMMAND },
  { "POST", "/v1/interactions/{id}/recording", api_interaction_recording, COMMAND },
  { "GET", "/v1/recordings", api_recordings_find, 0 },
  { "GET", "/v1/recordings/{id}", api_recording_hear, 0 },
  { "POST", "/v1/interactions/{id}/dtmf", api_interaction_dtmf, COMMAND },
  { "POST", "/v1/interactions/{id}/unassign", api_interaction_unassign, COMMAND },
  { "POST", "/v1/interactions/{id}/transfer", api_interaction_transfer, COMMAND },
  { "POST", "/v1/interactions/{id}/consult", api_interaction_consult, COMMAND },
  { "DELETE", "/v1/interactions/{id}/consult", api_interaction_consult_end, COMMAND },
  { "POST", "/v1/interactions/{id}/conference", api_interaction_conference, COMMAND },
  { "POST", "/v1/interactions/{id}/leave", api_interaction_leave, COMMAND },
  { "POST", "/v1/offers/accept", api_offers_accept, COMMAND },
  { "POST", "/v1/interactions/{id}/take", api_interaction_take, COMMAND },
  { "POST", "/v1/pull", api_pull, COMMAND },
  { "POST", "/v1/calls", api_call_out, COMMAND },
  { "GET", "/v1/conversations", api_conversations_list, 0 },
  { "POST", "/v1/interactions/{id}/messages", api_message_send, COMMAND },
  { "POST", "/v1/im", api_im_write, COMMAND },
  { "POST", "/v1/messages/{id}/retry", api_message_retry, COMMAND },
  { "POST", "/v1/interactions/{id}/attachments", api_attachment_add, API_ROUTE_FILE },
  { "GET", "/v1/attachments/{id}", api_attachment_get, 0 },
  { "PUT", "/v1/interactions/{id}/read", api_conversation_read, 0 },
  { "POST", "/v1/interactions/{id}/typing", api_conversation_typing, 0 },
  { "GET", "/v1/conversations/{id}/messages", api_conversation_messages, 0 },
  { "PUT", "/v1/interactions/{id}/variables/{variable}", api_variable_set, COMMAND },
  { "POST", "/v1/interactions/{id}/variables/{variable}/reveal", api_variable_reveal, COMMAND },
  { "POST", "/v1/participations/{id}/hold", api_participation_hold, COMMAND },
  { "POST", "/v1/participations/{id}/resume", api_participation_resume, COMMAND },
  { "POST", "/v1/participations/{id}/mute", api_participation_mute, COMMAND },
  { "POST", "/v1/participations/{id}/unmute", api_participation_unmute, COMMAND },
  { "POST", "/v1/participations/{id}/remove", api_participation_remove, COMMAND },
  { "POST", "/v1/participations/{id}/give_charge", api_participation_give_charge, COMMAND },
  { "PUT", "/v1/participations/{id}/note", api_note_set, COMMAND },
  { "PUT", "/v1/participations/{id}/disposition", api_disposition_set, COMMAND },
  { "PUT", "/v1/participations/{id}/tags", api_tags_set, COMMAND },
  { "PUT", "/v1/participations/{id}/sentiment", api_sentiment_set, COMMAND },
  { "PUT", "/v1/interactions/{id}/status", api_status_set, COMMAND },
  { "POST", "/v1/participations/{id}/wrap_up/submit", api_wrap_up_submit, COMMAND },
  { "POST", "/v1/participations/{id}/wrap_up/extend", api_wrap_up_extend, COMMAND },
  { "POST", "/v1/customers", api_customer_create, COMMAND },
  { "PUT", "/v1/customers/{id}", api_customer_change, COMMAND },
  { "GET", "/v1/customers", api_customers_find, 0 },
  { "GET", "/v1/customers/{id}", api_customer_get, 0 },
  { "POST", "/v1/customers/{id}/merge", api_customer_merge, COMMAND },
  { "POST", "/v1/customers/{id}/separate", api_customer_separate, COMMAND },
  { "PUT", "/v1/interactions/{id}/customer", api_interaction_customer, COMMAND },
  { "GET", "/v1/customers/{id}/history", api_customer_history, 0 },
  { "GET", "/v1/search", api_search, 0 },
  { "GET", "/v1/recent", api_recent_get, 0 },
  { "GET", "/v1/journal", api_journal_get, 0 },
  { "GET", "/v1/erased", api_erased_get, 0 },
  { "GET", "/v1/canned-replies", api_canned_list, 0 },
  { "POST", "/v1/canned-replies", api_canned_create, COMMAND },
  { "POST", "/v1/canned-replies/import", api_canned_import, COMMAND },
  { "PUT", "/v1/canned-replies/{id}", api_canned_change, COMMAND },
  { "DELETE", "/v1/canned-replies/{id}", api_canned_delete, COMMAND },
  { "GET", "/v1/notices", api_notices_list, 0 },
  { "POST", "/v1/notices", api_notice_send, COMMAND },
  { "PUT", "/v1/notices/{id}", api_notice_change, COMMAND },
  { "DELETE", "/v1/notices/{id}", api_notice_delete, COMMAND },
  { "GET", "/v1/voicemail", api_voicemail_list, 0 },
  { "PUT", "/v1/voicemail/{id}", api_voicemail_change, COMMAND },
  { "DELETE", "/v1/voicemail/{id}", api_voicemail_delete, COMMAND },
  { "GET", "/v1/voicemail/{id}/sound", api_voicemail_hear, 0 },
  { "GET", "/v1/voicemail-pin", api_keypad_get, 0 },
  { "PUT", "/v1/voicemail-pin", api_keypad_set, COMMAND },
  { "GET", "/v1/clips", api_clips_list, 0 },
  { "POST", "/v1/clips", api_clip_create, COMMAND },
  { "POST", "/v1/clips/attachments", api_clip_send, API_ROUTE_FILE },
  { "PUT", "/v1/clips/{id}", api_clip_change, COMMAND },
  { "DELETE", "/v1/clips/{id}", api_clip_delete, COMMAND },
  { "GET", "/v1/clips/{id}/sound", api_clip_hear, 0 },
  { "POST", "/v1/interactions/{id}/play", api_interaction_play, COMMAND },
  { "DELETE", "/v1/interactions/{id}/play", api_interaction_play_stop, COMMAND },

  { "PUT", "/admin/definitions", api_admin_apply, ADMIN },
  { "GET", "/admin/definitions", api_admin_definitions, ADMIN },
  { "PUT", "/admin/agents/{id}/password", api_admin_password, ADMIN },
  { "PUT", "/admin/agents/{id}/voicemail_pin", api_admin_keypad_set, ADMIN },
  { "DELETE", "/admin/agents/{id}/voicemail_pin", api_admin_keypad_reset, ADMIN },
  { "POST", "/admin/pin", api_admin_pin, ADMIN },
  { "POST", "/admin/agents/{id}/sign_out", api_admin_sign_out, ADMIN },
  { "POST", "/admin/participations/{id}/wrap_up/end", api_admin_wrap_up_end, ADMIN },
  { "GET", "/admin/journal", api_admin_journal, ADMIN },
  { "GET", "/admin/status", api_admin_status, ADMIN },
  { "GET", "/admin/customers/{id}/export", api_admin_customer_export, ADMIN },
  { "DELETE", "/admin/customers/{id}", api_admin_customer_erase, ADMIN },
  { NULL },
};

/* Piece by piece, with nothing made of what does not fit: each request asks a hundred times. */
static gboolean
path_fits (const char *pattern, const char *path, char **parameters)
{
  const char *given[API_MAX_PARAMETERS];
  gsize lengths[API_MAX_PARAMETERS];
  guint found = 0;

  for (;; pattern++, path++)
    {
      gsize wanted = strcspn (pattern, "/"), length = strcspn (path, "/");
      if (*pattern != '{' ? wanted != length || memcmp (pattern, path, length) != 0
                          : length == 0 || length > 64)
        return FALSE;
      if (*pattern == '{' && found < API_MAX_PARAMETERS)
        {
          given[found] = path;
          lengths[found++] = length;
        }
      pattern += wanted;
      path += length;
      if (*pattern != *path)
        return FALSE;
      if (*path == '\0')
        break;
    }
  for (guint i = 0; i < found; i++)
    {
      g_free (parameters[i]);
      parameters[i] = g_strndup (given[i], lengths[i]);
    }
  return TRUE;
}

const ApiRoute *
api_route_find (const char *method,
                const char *path,
                gboolean admin,
                char **parameters,
                gboolean *known_path)
{
  for (const ApiRoute *route = api_routes; route->method != NULL; route++)
    if (((route->flags & API_ROUTE_ADMIN) != 0) == admin &&
        path_fits (route->path, path, parameters))
      {
        *known_path = TRUE;
        if (g_str_equal (route->method, method))
          return route;
      }

  return NULL;
}
