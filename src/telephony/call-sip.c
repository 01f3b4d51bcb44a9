/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A call's words on the wire: turns the table's actions into nua requests and responses, and nua's
 * events into triggers. On the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#include <string.h>

#define SDP_TYPE "application/sdp"

/* --- sending --- */

static char *
make_reason (TelCall *call)
{
  if (call->end.status == 0 && call->end.text == NULL)
    return NULL;
  g_autofree char *text = g_strdup (call->end.text != NULL ? call->end.text : "");
  g_strdelimit (text, "\"\\\r\n", '\'');
  return g_strdup_printf ("SIP;cause=%d;text=\"%s\"",
                          call->end.status != 0 ? call->end.status : 200, text);
}

static void
send_invite (TelCall *call)
{
  g_autofree char *offer = tel_sdp_make_offer (&call->local, NULL);
  nua_invite (call->handle, SIPTAG_CONTENT_TYPE_STR (SDP_TYPE), SIPTAG_PAYLOAD_STR (offer),
              SIPTAG_CONTACT_STR (call->contact), ROUTE_OF (call), TAG_END ());
}

static void
send_answer (TelCall *call, int status, const char *phrase)
{
  if (call->answer != NULL)
    nua_respond (call->handle, status, phrase, SIPTAG_CONTENT_TYPE_STR (SDP_TYPE),
                 SIPTAG_PAYLOAD_STR (call->answer), SIPTAG_CONTACT_STR (call->contact), TAG_END ());
  else
    nua_respond (call->handle, status, phrase, SIPTAG_CONTACT_STR (call->contact), TAG_END ());
}

static void
send_bye (TelCall *call)
{
  g_autofree char *reason = make_reason (call);
  nua_bye (call->handle, ROUTE_OF (call), TAG_IF (reason != NULL, SIPTAG_REASON_STR (reason)),
           TAG_END ());
}

static void
send_cancel (TelCall *call)
{
  g_autofree char *reason = make_reason (call);
  nua_cancel (call->handle, TAG_IF (reason != NULL, SIPTAG_REASON_STR (reason)), TAG_END ());
}

void
tel_call_perform (TelCall *call, TelCallAction action)
{
  switch (action)
    {
    case TEL_ACT_INVITE:
      send_invite (call);
      break;
    case TEL_ACT_SEND_180:
      nua_respond (call->handle, SIP_180_RINGING, SIPTAG_CONTACT_STR (call->contact), TAG_END ());
      break;
    case TEL_ACT_SEND_183:
      send_answer (call, SIP_183_SESSION_PROGRESS);
      tel_call_schedule_media (call);
      break;
    case TEL_ACT_SEND_200:
      send_answer (call, SIP_200_OK);
      tel_call_schedule_media (call);
      break;
    case TEL_ACT_SEND_REFUSAL:
      nua_respond (call->handle, call->refusal, sip_status_phrase (call->refusal), TAG_END ());
      break;
    case TEL_ACT_CANCEL:
      send_cancel (call);
      break;
    case TEL_ACT_BYE:
      send_bye (call);
      break;
    case TEL_ACT_BYE_IF_DUE: /* no BYE before the ACK (RFC 3261, 15) */
      if (call->acked && !call->bye_due)
        send_bye (call);
      call->bye_due = !call->acked;
      break;
    case TEL_ACT_START_MEDIA:
      tel_call_schedule_media (call);
      break;
    case TEL_ACT_REFUSE:
    case TEL_ACT_NONE:
    case TEL_ACT_FINISH:
      break;
    }
}

/* --- descriptions --- */

static TelReason
reason_of (const GError *error)
{
  if (g_error_matches (error, TEL_SDP_ERROR, TEL_SDP_ERROR_SRTP_REQUIRED) ||
      g_error_matches (error, TEL_SDP_ERROR, TEL_SDP_ERROR_SRTP_REFUSED))
    return TEL_REASON_SRTP_REQUIRED;
  if (g_error_matches (error, TEL_SDP_ERROR, TEL_SDP_ERROR_MALFORMED))
    return TEL_REASON_BAD_SDP;
  return error->domain == TEL_SDP_ERROR ? TEL_REASON_NOT_ACCEPTABLE : TEL_REASON_MEDIA_FAILED;
}

static void
end_by_media (TelCall *call, const GError *error)
{
  call->refusal = error->domain == TEL_SDP_ERROR ? 488 : 480;
  tel_call_set_end (call, reason_of (error), TEL_WHO_MACHINE, call->refusal, error->message);
  tel_call_apply (call, TEL_EV_MEDIA_BAD);
}

/* Our answer to the offer of the INVITE (or our offer when it had none). FALSE: the call was
 * refused with 488, or with 480 when we have no port. */
gboolean
tel_call_ensure_answer (TelCall *call)
{
  g_autoptr (GError) error = NULL;
  if (call->answer != NULL)
    return TRUE;
  gboolean ok = tel_call_prepare_local (call, &error);
  if (ok && call->remote_offer == NULL)
    {
      call->answer = tel_sdp_make_offer (&call->local, NULL);
      call->offer_in_answer = TRUE;
    }
  else if (ok)
    {
      ok = tel_sdp_answer (&call->local, call->remote_offer, call->remote_offer_length,
                           &call->agreed, &call->answer, &error);
      call->has_agreed = ok;
      call->remote_hold = ok && (call->agreed.remote_direction & TEL_DIR_RECV) == 0;
    }
  if (!ok)
    end_by_media (call, error);
  return ok;
}

static gboolean
has_sdp (const sip_t *sip)
{
  return sip != NULL && sip->sip_payload != NULL && sip->sip_payload->pl_len > 0 &&
         (sip->sip_content_type == NULL ||
          g_ascii_strcasecmp (sip->sip_content_type->c_type, SDP_TYPE) == 0);
}

/* The other side's answer to our offer. TRUE: agreed now. */
static gboolean
take_answer (TelCall *call, const sip_t *sip, GError **error)
{
  if (!has_sdp (sip))
    {
      if (call->has_agreed)
        return TRUE;
      g_set_error (error, TEL_SDP_ERROR, TEL_SDP_ERROR_MALFORMED, "no answer to our offer");
      return FALSE;
    }
  if (!tel_sdp_take_answer (&call->local, sip->sip_payload->pl_data, sip->sip_payload->pl_len,
                            &call->agreed, error))
    return FALSE;
  call->has_agreed = TRUE;
  call->remote_hold = (call->agreed.remote_direction & TEL_DIR_RECV) == 0;
  return TRUE;
}

/* --- responses to our INVITE --- */

static void
on_refused (TelCall *call, const TelSipEvent *event)
{
  TelReason reason = tel_reason_from_status (event->status);
  if (event->sip == NULL && event->status >= 500)
    reason = TEL_REASON_UNREACHABLE;
  else if (event->sip != NULL && event->status == 408)
    reason = TEL_REASON_NO_ANSWER;
  g_autofree char *text = NULL;
  if (reason == TEL_REASON_REDIRECTED && event->sip != NULL && event->sip->sip_contact != NULL)
    {
      g_autofree char *where = tel_sip_url (event->sip->sip_contact->m_url);
      text = g_strdup_printf ("%s: %s", event->phrase, where);
    }
  tel_call_set_end (call, reason, event->sip == NULL ? TEL_WHO_MACHINE : TEL_WHO_REMOTE,
                    event->status, text != NULL ? text : event->phrase);
  tel_call_apply (call, TEL_EV_REFUSED);
}

static void
on_challenge (TelCall *call, const TelSipEvent *event)
{
  g_autofree char *credentials = NULL;
  if (call->auth_user != NULL && call->auth_tries++ == 0 && event->sip != NULL &&
      call->state != TEL_CALL_CANCELLING)
    credentials = tel_digest_credentials (event->sip, call->auth_user, call->auth_password);
  if (credentials != NULL)
    nua_authenticate (call->handle, NUTAG_AUTH (credentials), TAG_END ());
  else
    on_refused (call, event);
}

/* The stack refreshes by UPDATE, or by the INVITE again where the other side takes no UPDATE. */
static void
note_allowed (TelCall *call, const sip_t *sip)
{
  if (sip->sip_allow != NULL && !sip_is_allowed (sip->sip_allow, sip_method_update, NULL))
    nua_set_hparams (call->handle, NUTAG_UPDATE_REFRESH (0), TAG_END ());
}

static void
on_invite_response (TelCall *call, const TelSipEvent *event)
{
  g_autoptr (GError) error = NULL;
  if (call->reinviting)
    {
      tel_call_on_reinvite_response (call, event);
      return;
    }
  if (call->state == TEL_CALL_ACTIVE)
    {
      tel_call_on_refresh (call, event);
      return;
    }
  if (event->status <= 100)
    return;
  if (event->status == 401 || event->status == 407)
    on_challenge (call, event);
  else if (event->status >= 300)
    on_refused (call, event);
  else if (event->status < 200 && !has_sdp (event->sip))
    tel_call_apply (call, TEL_EV_REMOTE_RINGING);
  else if (call->state == TEL_CALL_CANCELLING)
    tel_call_apply (call, event->status < 200 ? TEL_EV_REMOTE_RINGING : TEL_EV_ACCEPTED);
  else if (take_answer (call, event->sip, &error))
    {
      note_allowed (call, event->sip);
      tel_call_apply (call, event->status < 200 ? TEL_EV_REMOTE_PROGRESS : TEL_EV_ACCEPTED);
    }
  else if (event->status < 200)
    {
      tel_call_set_end (call, reason_of (error), TEL_WHO_MACHINE, 0, error->message);
      tel_call_apply (call, TEL_EV_MEDIA_BAD);
    }
  else
    {
      tel_call_set_end (call, reason_of (error), TEL_WHO_MACHINE, 488, error->message);
      tel_call_apply (call, TEL_EV_ACCEPTED_BAD);
    }
}

/* --- what the other side does --- */

static char *
unquote (const char *text)
{
  return text != NULL ? tel_sip_display_name (text) : NULL;
}

static void
on_cancel (TelCall *call, const TelSipEvent *event)
{
  const sip_reason_t *reason = event->sip != NULL ? event->sip->sip_reason : NULL;
  gboolean elsewhere = reason != NULL && g_strcmp0 (reason->re_cause, "200") == 0;
  g_autofree char *text = unquote (reason != NULL ? reason->re_text : NULL);
  TelCallStep step = tel_call_step (call->state, TEL_EV_REMOTE_CANCEL);
  if (step.next == TEL_CALL_ENDED)
    tel_call_set_end (call, elsewhere ? TEL_REASON_ANSWERED_ELSEWHERE : TEL_REASON_REMOTE_CANCELLED,
                      TEL_WHO_REMOTE, 487, text);
  tel_call_apply (call, TEL_EV_REMOTE_CANCEL);
}

static void
on_bye (TelCall *call, const TelSipEvent *event)
{
  const sip_reason_t *reason = event->sip != NULL ? event->sip->sip_reason : NULL;
  int cause = reason != NULL && reason->re_cause != NULL
                  ? (int) g_ascii_strtoll (reason->re_cause, NULL, 10)
                  : 0;
  g_autofree char *text = unquote (reason != NULL ? reason->re_text : NULL);
  tel_call_set_end (call, TEL_REASON_REMOTE_HANGUP, TEL_WHO_REMOTE, cause, text);
  tel_call_apply (call, TEL_EV_REMOTE_BYE);
}

/* A BYE that was not ours is the stack's, of a call that nobody refreshed (RFC 4028, 10). */
static void
on_bye_response (TelCall *call, const TelSipEvent *event)
{
  if (event->status < 200)
    return;
  if (call->state == TEL_CALL_ACTIVE)
    tel_call_set_end (call, TEL_REASON_TIMEOUT, TEL_WHO_MACHINE, 408, "the session expired");
  tel_call_apply (call, TEL_EV_GONE);
}

static void
on_ack (TelCall *call, const TelSipEvent *event)
{
  g_autoptr (GError) error = NULL;
  call->acked = TRUE;
  if (call->bye_due)
    {
      call->bye_due = FALSE;
      tel_call_apply (call, TEL_EV_ACK);
      return;
    }
  if (call->offer_in_answer)
    {
      call->offer_in_answer = FALSE;
      if (!take_answer (call, event->sip, &error))
        {
          tel_call_set_end (call, reason_of (error), TEL_WHO_MACHINE, 488, error->message);
          tel_call_apply (call, TEL_EV_MEDIA_BAD);
          return;
        }
      tel_call_schedule_media (call);
      tel_call_update_hold (call);
    }
  tel_call_apply (call, TEL_EV_ACK);
}

static void
on_terminated (TelCall *call, const TelSipEvent *event)
{
  TelReason reason =
      event->status == 408 ? TEL_REASON_TIMEOUT : tel_reason_from_status (event->status);
  tel_call_set_end (call, reason != TEL_REASON_NONE ? reason : TEL_REASON_PROTOCOL, TEL_WHO_MACHINE,
                    event->status, event->phrase);
  tel_call_apply (call, TEL_EV_GONE);
}

void
tel_call_on_event (TelTarget *target, const TelSipEvent *event)
{
  TelCall *call = (TelCall *) target;
  g_autoptr (TelCall) guard G_GNUC_UNUSED = tel_call_ref (call);
  tel_call_note_tags (call, event->sip);
  /* nua has many more events than a call needs */
  switch ((int) event->event)
    {
    case nua_r_invite:
      on_invite_response (call, event);
      break;
    case nua_i_cancel:
      on_cancel (call, event);
      break;
    case nua_i_ack:
      on_ack (call, event);
      break;
    case nua_i_bye:
      on_bye (call, event);
      break;
    case nua_i_invite: /* within the dialog */
    case nua_i_update:
      tel_call_on_reoffer (call, event);
      break;
    case nua_r_update:
      tel_call_on_refresh (call, event);
      break;
    case nua_r_bye:
      on_bye_response (call, event);
      break;
    case nua_i_refer:
      tel_call_on_refer (call, event);
      break;
    case nua_i_terminated:
      on_terminated (call, event);
      break;
    default:
      break;
    }
}

/* --- beginnings --- */

static gboolean
are_headers_clean (const char *const *headers)
{
  for (; headers != NULL && *headers != NULL; headers++)
    if (strpbrk (*headers, "\r\n") != NULL || strchr (*headers, ':') == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_sip_uri (const char *uri)
{
  su_home_t home[1] = { SU_HOME_INIT (home) };
  url_t *url = NULL;
  if (uri != NULL && strpbrk (uri, "\r\n<> \t\"") == NULL)
    url = url_hdup (home, (const url_t *) (const void *) uri);
  gboolean ok = url != NULL && (url->url_type == url_sip || url->url_type == url_sips) &&
                url->url_host != NULL && *url->url_host != '\0';
  su_home_deinit (home);
  return ok;
}

static char *
make_from (const char *uri, const char *name)
{
  if (name == NULL || *name == '\0')
    return g_strdup_printf ("<%s>", uri);
  g_autofree char *clean = g_utf8_make_valid (name, -1);
  g_strdelimit (clean, "\"\\\r\n", ' ');
  return g_strdup_printf ("\"%s\" <%s>", clean, uri);
}

TelCall *
tel_call_dial (TelUa *ua,
               const TelCallOptions *options,
               const TelCallEvents *events,
               gpointer user_data,
               GError **error)
{
  if (!is_sip_uri (options->to) || !are_headers_clean (options->headers) ||
      (options->route != NULL && !is_sip_uri (options->route)) ||
      (options->from != NULL && !is_sip_uri (options->from)))
    {
      g_set_error (error, TEL_ERROR, TEL_ERROR_URI, "not a SIP URI or header: %s", options->to);
      return NULL;
    }
  TelCall *call = tel_call_new (ua, TRUE);
  tel_call_set_events (call, events, user_data);
  tel_call_set_io (call, options->io);
  if (options->media != NULL)
    call->media_config = *options->media;
  tel_account_fill_call (options->account, options, call);
  if (!tel_call_prepare_local (call, error))
    {
      tel_ua_forget_call (ua, call);
      tel_call_unref (call);
      return NULL;
    }
  const char *hop = call->route != NULL ? call->route : options->to;
  if (call->contact == NULL)
    call->contact = tel_ua_resolve_contact (ua, NULL, hop);
  g_autofree char *own = tel_ua_make_contact (ua, "guichet", tel_ua_transport_of_uri (hop));
  g_autofree char *from = make_from (call->from != NULL ? call->from : own, options->from_name);
  g_autofree char *to = g_strdup_printf ("<%s>", options->to);
  g_autofree char *headers =
      options->headers != NULL ? g_strjoinv ("\r\n", (char **) options->headers) : NULL;
  call->remote_uri = g_strdup (options->to);
  call->call_id =
      g_strdup_printf ("%08x%08x%08x", g_random_int (), g_random_int (), g_random_int ());
  call->handle = nua_handle (
      ua->nua, &call->target, NUTAG_URL (options->to), SIPTAG_TO_STR (to), SIPTAG_FROM_STR (from),
      SIPTAG_CALL_ID_STR (call->call_id),
      TAG_IF (headers != NULL && *headers != '\0', SIPTAG_HEADER_STR (headers)), TAG_END ());
  tel_call_apply (call, TEL_EV_DIAL);
  return call;
}

TelCall *
tel_call_new_incoming (TelUa *ua, nua_handle_t *handle, const sip_t *sip, TelRequest *request)
{
  TelCall *call = tel_call_new (ua, FALSE);
  call->handle = handle;
  call->call_id = g_strdup (tel_request_get_call_id (request));
  call->remote_uri = g_strdup (tel_request_get_from (request));
  call->remote_name = g_strdup (tel_request_get_from_name (request));
  call->transport = tel_request_get_transport (request);
  g_autofree char *flow = tel_request_get_flow (request);
  const char *user = tel_request_get_to_user (request);
  call->contact = tel_ua_resolve_contact (ua, user, flow);
  if (has_sdp (sip))
    {
      call->remote_offer_length = sip->sip_payload->pl_len;
      call->remote_offer = g_memdup2 (sip->sip_payload->pl_data, sip->sip_payload->pl_len);
    }
  g_autoptr (GHashTable) headers = tel_request_get_x_headers (request);
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (call->headers, g_ascii_strdown (name, -1), g_strdup (value));
  nua_handle_bind (handle, &call->target);
  if (call->transport != TEL_TRANSPORT_UDP) /* requests of ours go back over the same connection */
    call->route = g_steal_pointer (&flow);
  return call;
}
