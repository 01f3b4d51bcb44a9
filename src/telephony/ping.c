/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One OPTIONS and the wait for its answer. Owns the nua handle and the timer of its patience, which
 * is shorter than the 32 s of the protocol. On the user agent's main context. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/ping.h"

#include "telephony/sip.h"

struct _TelPing
{
  TelTarget target;
  TelUa *ua;
  nua_handle_t *handle;
  GSource *timer;
  TelPingDone done;
  gpointer user_data;
};

static void
stop (TelPing *ping)
{
  if (ping->timer != NULL)
    g_source_destroy (ping->timer);
  g_clear_pointer (&ping->timer, g_source_unref);
  if (ping->handle == NULL)
    return;
  nua_handle_bind (ping->handle, NULL);
  nua_handle_destroy (ping->handle);
  ping->handle = NULL;
}

static void
finish (TelPing *ping, gboolean answered)
{
  TelPingDone done = ping->done;

  ping->done = NULL;
  stop (ping);
  if (done != NULL)
    done (answered, ping->user_data);
}

static gboolean
on_timer (gpointer data)
{
  finish (data, FALSE);

  return G_SOURCE_REMOVE;
}

/* A time-out and a dead transport are the stack's own answers, 408 and 503. */
static void
on_event (TelTarget *target, const TelSipEvent *event)
{
  if (event->event == nua_r_options && event->status >= 200)
    finish ((TelPing *) target, event->status != 408 && event->status != 503);
}

TelPing *
tel_ping_new (TelUa *ua,
              const char *uri,
              const char *route,
              guint timeout_ms,
              TelPingDone done,
              gpointer user_data)
{
  g_autofree char *to = g_strdup_printf ("<%s>", uri);
  g_autofree char *contact = tel_ua_resolve_contact (ua, NULL, route != NULL ? route : uri);
  TelPing *ping = g_new0 (TelPing, 1);

  ping->target.on_event = on_event;
  ping->ua = ua;
  ping->handle = nua_handle (ua->nua, &ping->target, NUTAG_URL (uri), SIPTAG_TO_STR (to),
                             SIPTAG_FROM_STR (contact), TAG_END ());
  if (ping->handle == NULL)
    {
      g_free (ping);
      return NULL;
    }
  ping->done = done;
  ping->user_data = user_data;
  ping->timer = g_timeout_source_new (timeout_ms);
  g_source_set_callback (ping->timer, on_timer, ping, NULL);
  tel_ua_attach (ua, ping->timer);
  nua_options (ping->handle, SIPTAG_CONTACT_STR (contact),
               TAG_IF (route != NULL, NUTAG_PROXY (route)), TAG_END ());

  return ping;
}

void
tel_ping_free (TelPing *ping)
{
  if (ping == NULL)
    return;

  stop (ping);
  g_free (ping);
}
