/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in from the network: calls of declared trunks become legs, all others are refused;
 * REGISTER goes to the registrar. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"
#include "server/voice/builtin/trunk.h"

#include <string.h>

static guint
max_legs (const Builtin *self)
{
  return self->config->max_legs ? self->config->max_legs : VOICE_DEFAULT_MAX_LEGS;
}

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

static void
refuse (TelCall *call, TelRequest *invite, int status, const char *why)
{
  g_message ("call from %s refused with %d: %s", tel_request_get_source_address (invite), status,
             why);
  tel_call_reject (call, status);
}

static void
take (Builtin *self, TelCall *call, TelRequest *invite, const VoiceTrunk *trunk, char *number)
{
  g_autofree char *id =
      g_strdup_printf ("%s%" G_GUINT64_FORMAT, self->config->leg_prefix, ++self->n_incoming);
  Leg *leg = leg_new (self, id, FALSE);
  TelMediaIo io = link_get_io (leg->link);
  TelMediaConfig media = { .timeout_s = self->config->media_timeout };
  VoiceEvent *event = leg_event (leg, VOICE_EVENT_LEG_INCOMING);

  leg_take_call (leg, tel_call_ref (call));
  trunk_get_srtp (trunk, &media.srtp);
  tel_call_set_media_config (call, &media);
  tel_call_set_io (call, &io);
  tel_call_set_events (call, leg_get_events (), leg);

  event->number = number;
  event->caller_number = asserted_user (invite);
  if (event->caller_number == NULL)
    event->caller_number = trunk_uri_user (tel_request_get_from (invite));
  event->caller_name = clean_name (tel_request_get_from_name (invite));
  event->call_id = g_strdup (tel_call_get_id (call));
  event->trunk = g_strdup (trunk->name);
  event->variables = trunk_map_variables (trunk, invite);
  builtin_emit (self, event);
}

void
incoming_on_call (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data)
{
  Builtin *self = user_data;
  VoiceTrunk *trunk;
  gboolean answered;
  g_autofree char *number = trunk_uri_user (tel_request_get_uri (invite));

  if (self->stopping)
    {
      refuse (call, invite, 503, "stopping");
      return;
    }
  if (registrar_agent_of (self->registrar, invite) != NULL)
    {
      refuse (call, invite, 403, "agents dial through the centre");
      return;
    }
  trunk = trunk_of_request (self->config->trunks, self->config->realm, invite, &answered);
  if (answered)
    return;
  if (trunk == NULL)
    refuse (call, invite, 403, "not a declared trunk");
  else if (number == NULL)
    refuse (call, invite, 404, "no number was called");
  else if (g_hash_table_size (self->legs) >= max_legs (self))
    refuse (call, invite, 503, "as many legs as configured");
  else
    take (self, call, invite, trunk, g_steal_pointer (&number));
}

void
incoming_on_request (TelUa *ua, TelRequest *request, gpointer user_data)
{
  Builtin *self = user_data;
  const char *method = tel_request_get_method (request);
  static const char *const allow[] = { "Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER", NULL };

  if (self->stopping)
    tel_request_respond (request, 503, "Stopping", NULL);
  else if (g_strcmp0 (method, "REGISTER") == 0)
    registrar_handle (self->registrar, request);
  else if (g_strcmp0 (method, "OPTIONS") == 0)
    tel_request_respond (request, 200, "OK", allow);
  else
    tel_request_respond (request, 405, "Method Not Allowed", allow);
}
