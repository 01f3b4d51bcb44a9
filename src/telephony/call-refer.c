/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transfer that the other side of a call asks for (RFC 3515): taken or refused by the call's
 * user, then told by NOTIFY what becomes of it. One at a time. On the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sip.h"

#define REFUSED 603

/* What was sent to us has our tag in To, an answer to what we sent has it in From. */
void
tel_call_note_tags (TelCall *call, const sip_t *sip)
{
  const char *from, *to;
  if (sip == NULL || sip->sip_from == NULL || sip->sip_to == NULL)
    return;
  from = sip->sip_from->a_tag;
  to = sip->sip_to->a_tag;
  if (from == NULL || to == NULL)
    return;
  g_free (call->local_tag);
  g_free (call->remote_tag);
  call->local_tag = g_strdup (sip->sip_request != NULL ? to : from);
  call->remote_tag = g_strdup (sip->sip_request != NULL ? from : to);
}

gboolean
tel_call_is_replaced (TelCall *call, const TelRefer *refer)
{
  return call->state == TEL_CALL_ACTIVE && refer->call_id != NULL &&
         g_strcmp0 (call->call_id, refer->call_id) == 0 &&
         g_strcmp0 (call->local_tag, refer->to_tag) == 0 &&
         g_strcmp0 (call->remote_tag, refer->from_tag) == 0;
}

/* The value of the one Refer-To; NULL: there is none, or several. */
static char *
refer_to (const sip_t *sip)
{
  su_home_t home[1] = { SU_HOME_INIT (home) };
  const sip_header_t *header = (const sip_header_t *) (const void *) sip->sip_refer_to;
  char *text = header != NULL ? g_strdup (sip_header_as_string (home, header)) : NULL;
  /* The second of a header that must be one is put among the errors as it is. */
  for (const sip_error_t *e = sip->sip_error; e != NULL; e = e->er_next)
    if (e->er_common->h_class == sip_refer_to_class)
      g_clear_pointer (&text, g_free);
  su_home_deinit (home);
  return text;
}

static int
ask_user (TelCall *call, const sip_t *sip)
{
  g_autofree char *text = refer_to (sip);
  g_auto (TelRefer) refer = { 0 };
  if (call->state != TEL_CALL_ACTIVE)
    return 403;
  if (call->refer_event != NULL)
    return 491;
  if (!tel_refer_read (text, &refer))
    return 400;
  return call->events.transfer != NULL ? call->events.transfer (call, &refer, call->user_data)
                                       : REFUSED;
}

static void
notify (TelCall *call, int status)
{
  g_autofree char *body = g_strdup_printf ("SIP/2.0 %d %s\r\n", status, sip_status_phrase (status));
  nua_notify (call->handle, ROUTE_OF (call), SIPTAG_EVENT_STR (call->refer_event),
              SIPTAG_CONTACT_STR (call->contact),
              SIPTAG_SUBSCRIPTION_STATE_STR (status < 200 ? "active;expires=300"
                                                          : "terminated;reason=noresource"),
              SIPTAG_CONTENT_TYPE_STR ("message/sipfrag;version=2.0"), SIPTAG_PAYLOAD_STR (body),
              TAG_END ());
}

/* Its name comes with the event: who asks more than once in a call tells them apart by it. */
static char *
event_name (const TelSipEvent *event)
{
  su_home_t home[1] = { SU_HOME_INIT (home) };
  const sip_event_t *name = NULL;
  tl_gets (event->tags, NUTAG_REFER_EVENT_REF (name), TAG_END ());
  char *text =
      name != NULL
          ? g_strdup (sip_header_as_string (home, (const sip_header_t *) (const void *) name))
          : NULL;
  su_home_deinit (home);
  return text != NULL ? text : g_strdup ("refer");
}

void
tel_call_on_refer (TelCall *call, const TelSipEvent *event)
{
  if (event->status >= 200 || event->sip == NULL) /* the stack has answered it */
    return;
  int status = ask_user (call, event->sip);
  nua_respond (call->handle, status, sip_status_phrase (status), NUTAG_WITH_THIS (call->ua->nua),
               SIPTAG_CONTACT_STR (call->contact), TAG_END ());
  if (status >= 300)
    return;
  call->refer_event = event_name (event);
  notify (call, 100);
}

gboolean
tel_call_report_transfer (TelCall *call, int status)
{
  if (call->refer_event == NULL || call->handle == NULL || call->state != TEL_CALL_ACTIVE ||
      status < 100 || status > 699)
    return FALSE;
  notify (call, status);
  if (status >= 200)
    g_clear_pointer (&call->refer_event, g_free);
  return TRUE;
}
