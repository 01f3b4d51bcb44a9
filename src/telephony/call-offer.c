/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Offers within a call: our re-INVITE for hold and resume, with the retry after a collision
 * (RFC 3261, 14.1), and the other side's re-INVITE or UPDATE. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#define SDP_TYPE "application/sdp"

/* --- ours --- */

static gboolean
on_retry (gpointer data)
{
  TelCall *call = data;
  g_clear_pointer (&call->retry, g_source_unref);
  tel_call_reinvite (call);
  return G_SOURCE_REMOVE;
}

static void
schedule_retry (TelCall *call)
{
  guint delay = call->outgoing ? (guint) g_random_int_range (2100, 4000)
                               : (guint) g_random_int_range (10, 2000);
  call->retry = g_timeout_source_new (delay);
  g_source_set_callback (call->retry, on_retry, call, NULL);
  tel_ua_attach (call->ua, call->retry);
}

void
tel_call_reinvite (TelCall *call)
{
  if (call->reinviting || call->retry != NULL || call->state != TEL_CALL_ACTIVE ||
      call->want_hold == call->hold)
    return;
  call->reinviting = TRUE;
  call->local.direction = call->want_hold ? TEL_DIR_SEND : TEL_DIR_BOTH;
  g_autofree char *offer = tel_sdp_make_offer (&call->local, &call->agreed);
  nua_invite (call->handle, SIPTAG_CONTENT_TYPE_STR (SDP_TYPE), SIPTAG_PAYLOAD_STR (offer),
              SIPTAG_CONTACT_STR (call->contact), ROUTE_OF (call), TAG_END ());
}

/* What was wanted cannot be had: back to what is. */
static void
give_up_reinvite (TelCall *call)
{
  call->want_hold = call->hold;
  call->local.direction = call->hold ? TEL_DIR_SEND : TEL_DIR_BOTH;
  if (call->media != NULL)
    tel_media_set_hold (call->media, call->hold);
  if (call->events.hold != NULL)
    call->events.hold (call, call->user_data);
}

static gboolean
try_authenticate (TelCall *call, const TelSipEvent *event)
{
  if ((event->status != 401 && event->status != 407) || call->auth_user == NULL ||
      call->auth_tries++ > 3 || event->sip == NULL)
    return FALSE;
  g_autofree char *credentials =
      tel_digest_credentials (event->sip, call->auth_user, call->auth_password);
  if (credentials != NULL)
    nua_authenticate (call->handle, NUTAG_AUTH (credentials), TAG_END ());
  return credentials != NULL;
}

void
tel_call_on_reinvite_response (TelCall *call, const TelSipEvent *event)
{
  g_autoptr (GError) error = NULL;
  if (event->status < 200 || try_authenticate (call, event))
    return;
  call->reinviting = FALSE;
  if (call->state != TEL_CALL_ACTIVE)
    return;
  if (event->status == 491)
    {
      call->local.direction = call->hold ? TEL_DIR_SEND : TEL_DIR_BOTH;
      schedule_retry (call);
      return;
    }
  if (event->status >= 300)
    {
      give_up_reinvite (call);
      return;
    }
  if (event->sip == NULL || event->sip->sip_payload == NULL ||
      !tel_sdp_take_answer (&call->local, event->sip->sip_payload->pl_data,
                            event->sip->sip_payload->pl_len, &call->agreed, &error))
    {
      tel_call_set_end (call, TEL_REASON_BAD_SDP, TEL_WHO_MACHINE, 488,
                        error != NULL ? error->message : "no answer to our offer");
      tel_call_apply (call, TEL_EV_MEDIA_BAD);
      return;
    }
  tel_call_schedule_media (call);
  tel_call_update_hold (call);
  tel_call_reinvite (call); /* changed again meanwhile? */
}

/* --- the session's refresh (RFC 4028), which the stack sends by itself --- */

/* Its answer. Refused for another reason than that the call is unknown there, it is tried again
 * (ibid., 10). */
void
tel_call_on_refresh (TelCall *call, const TelSipEvent *event)
{
  const sip_payload_t *payload = event->sip != NULL ? event->sip->sip_payload : NULL;
  if (event->status < 200 || call->state != TEL_CALL_ACTIVE || try_authenticate (call, event))
    return;
  if (event->status == 408 || event->status == 481)
    tel_call_set_end (call, TEL_REASON_TIMEOUT, TEL_WHO_MACHINE, event->status,
                      "the session could not be refreshed");
  if (event->status < 300 && payload != NULL && payload->pl_len > 0 &&
      tel_sdp_take_answer (&call->local, payload->pl_data, payload->pl_len, &call->agreed, NULL))
    {
      tel_call_schedule_media (call);
      tel_call_update_hold (call);
    }
}

/* --- theirs --- */

static void
respond_with (TelCall *call, const TelSipEvent *event, const char *sdp)
{
  nua_respond (call->handle, SIP_200_OK, NUTAG_WITH_THIS (call->ua->nua),
               SIPTAG_CONTACT_STR (call->contact),
               TAG_IF (sdp != NULL, SIPTAG_CONTENT_TYPE_STR (SDP_TYPE)),
               TAG_IF (sdp != NULL, SIPTAG_PAYLOAD_STR (sdp)), TAG_END ());
}

void
tel_call_on_reoffer (TelCall *call, const TelSipEvent *event)
{
  const sip_payload_t *payload = event->sip != NULL ? event->sip->sip_payload : NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  if (event->status >= 200) /* the stack has answered it */
    return;
  if (payload == NULL || payload->pl_len == 0)
    {
      gboolean invite = event->event == nua_i_invite;
      if (invite)
        answer = tel_sdp_make_offer (&call->local, &call->agreed);
      call->offer_in_answer = invite;
      respond_with (call, event, answer);
      return;
    }
  if (call->state != TEL_CALL_ACTIVE && call->state != TEL_CALL_ANSWERING)
    {
      nua_respond (call->handle, SIP_491_REQUEST_PENDING, NUTAG_WITH_THIS (call->ua->nua),
                   TAG_END ());
      return;
    }
  if (!tel_sdp_answer (&call->local, payload->pl_data, payload->pl_len, &call->agreed, &answer,
                       &error))
    {
      nua_respond (call->handle, SIP_488_NOT_ACCEPTABLE, NUTAG_WITH_THIS (call->ua->nua),
                   TAG_END ());
      return;
    }
  respond_with (call, event, answer);
  tel_call_schedule_media (call);
  tel_call_update_hold (call);
}
