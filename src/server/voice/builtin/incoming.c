/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in from the network: calls of declared trunks become legs, all others are refused;
 * REGISTER goes to the registrar. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"
#include "server/voice/builtin/trunk.h"

#include <string.h>

#define TELL_AGAIN_US (10 * G_USEC_PER_SEC)

/* "Name <sip:…>" or a bare URI; the trunk vouches for it. */
static char *
asserted_user (TelRequest *invite)
{
  const char *header = tel_request_get_header (invite, "P-Asserted-Identity");
  const char *open = header ? strchr (header, '<') : NULL;
  const char *close = open ? strchr (open, '>') : NULL;
  g_autofree char *uri = close ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;

  return trunk_uri_user (uri ? uri : header);
}

static char *
clean_name (const char *name)
{
  if (name == NULL || name[0] == '\0' || strlen (name) > 128 || !g_utf8_validate (name, -1, NULL))
    return NULL;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return NULL;

  return g_strdup (name);
}

/* Who refuses much says so now and then: a stranger must not fill the log. */
static void
refuse (Builtin *self, TelCall *call, TelRequest *invite, int status, const char *why)
{
  gint64 now = g_get_monotonic_time ();

  self->refusals++;
  if (self->refusal_told_us == 0 || now - self->refusal_told_us > TELL_AGAIN_US)
    {
      g_message ("call from %s refused with %d: %s; %u since this was last said",
                 tel_request_get_source_address (invite), status, why, self->refusals);
      self->refusal_told_us = now;
      self->refusals = 0;
    }
  tel_call_reject (call, status);
}

/* A call that came becomes a leg; number, and all that is known of who calls, is the event's. */
static VoiceEvent *
take (Builtin *self, TelCall *call, TelSrtp srtp, const char *agent)
{
  g_autofree char *id =
      g_strdup_printf ("%s%" G_GUINT64_FORMAT, self->config->leg_prefix, ++self->n_incoming);
  Leg *leg = leg_new (self, id, FALSE);
  TelMediaIo io = link_get_io (leg->link);
  TelMediaConfig media = { .srtp = srtp, .timeout_s = self->config->media_timeout };
  VoiceEvent *event;

  leg->agent = g_strdup (agent);
  leg->station = agent != NULL;
  event = leg_event (leg, VOICE_EVENT_LEG_INCOMING);
  leg_take_call (leg, tel_call_ref (call));
  tel_call_set_media_config (call, &media);
  tel_call_set_io (call, &io);
  tel_call_set_events (call, leg_get_events (), leg);
  event->call_id = g_strdup (tel_call_get_id (call));

  return event;
}

static void
take_customer (Builtin *self,
               TelCall *call,
               TelRequest *invite,
               const VoiceTrunk *trunk,
               char *number)
{
  TelSrtp srtp = TEL_SRTP_OFF;
  VoiceEvent *event;

  trunk_get_srtp (trunk, &srtp);
  event = take (self, call, srtp, NULL);
  event->number = number;
  event->caller_number = asserted_user (invite);
  if (event->caller_number == NULL)
    event->caller_number = trunk_uri_user (tel_request_get_from (invite));
  event->caller_name = clean_name (tel_request_get_from_name (invite));
  event->trunk = g_strdup (trunk->name);
  event->variables = trunk_map_variables (trunk, invite);
  builtin_emit (self, event);
}

/* An agent's own station dials: the centre says what that means. */
static void
take_station (Builtin *self, TelCall *call, TelRequest *invite, const char *agent, char *number)
{
  gboolean tls = tel_request_get_transport (invite) == TEL_TRANSPORT_TLS;
  VoiceEvent *event = take (self, call, tls ? TEL_SRTP_REQUIRED : TEL_SRTP_OPTIONAL, agent);

  event->number = number;
  builtin_emit (self, event);
}

static gboolean
is_phone (Registrar *registrar, const char *address, guint port, gboolean stream)
{
  if (!stream)
    return registrar_agent_at (registrar, address, port, TEL_TRANSPORT_UDP) != NULL;

  return registrar_agent_at (registrar, address, port, TEL_TRANSPORT_TCP) != NULL ||
         registrar_agent_at (registrar, address, port, TEL_TRANSPORT_TLS) != NULL;
}

gboolean
incoming_admit (TelUa *ua, const char *address, guint port, gboolean stream, gpointer user_data)
{
  Builtin *self = user_data;

  return trunk_at (self->config->trunks, address) != NULL ||
         is_phone (self->registrar, address, port, stream) ||
         guard_admit (self->guard, address, g_get_monotonic_time ());
}

/* An agent's phone calls: who speaks from there has to prove it for each call. */
static void
on_station_call (Builtin *self, TelCall *call, TelRequest *invite, const char *at)
{
  g_autofree char *agent = g_strdup (at);
  g_autofree char *number = trunk_uri_user (tel_request_get_uri (invite));
  gboolean answered;

  if (!registrar_proves (self->registrar, agent, invite, &answered))
    {
      if (!answered)
        refuse (self, call, invite, 403, "another agent's password");
    }
  else if (number == NULL)
    refuse (self, call, invite, 404, "no number was called");
  else if (!leg_has_room (self, FALSE))
    refuse (self, call, invite, 503, "as many calls as configured");
  else
    take_station (self, call, invite, agent, g_steal_pointer (&number));
}

void
incoming_on_call (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data)
{
  Builtin *self = user_data;
  const char *agent =
      registrar_agent_at (self->registrar, tel_request_get_source_address (invite),
                          tel_request_get_source_port (invite), tel_request_get_transport (invite));
  g_autofree char *number = NULL;
  const VoiceTrunk *trunk;
  gboolean answered;

  if (self->stopping)
    {
      refuse (self, call, invite, 503, "stopping");
      return;
    }
  if (agent != NULL)
    {
      on_station_call (self, call, invite, agent);
      return;
    }
  trunk = trunk_of_request (self->config->trunks, self->config->realm, invite, &answered);
  if (answered)
    return;
  number = trunk_uri_user (tel_request_get_uri (invite));
  if (trunk == NULL)
    refuse (self, call, invite, 403, "not a declared trunk");
  else if (number == NULL)
    refuse (self, call, invite, 404, "no number was called");
  else if (!leg_has_room (self, FALSE))
    refuse (self, call, invite, 503, "as many calls as configured");
  else
    take_customer (self, call, invite, trunk, g_steal_pointer (&number));
}

void
incoming_on_request (TelUa *ua, TelRequest *request, gpointer user_data)
{
  Builtin *self = user_data;
  const char *method = tel_request_get_method (request);
  static const char *const allow[] = { "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REFER, REGISTER",
                                       NULL };

  if (self->stopping)
    tel_request_respond (request, 503, "Stopping", NULL);
  else if (g_strcmp0 (method, "REGISTER") == 0)
    registrar_handle (self->registrar, request);
  else if (g_strcmp0 (method, "OPTIONS") == 0)
    tel_request_respond (request, 200, "OK", allow);
  else
    tel_request_respond (request, 405, "Method Not Allowed", allow);
}
