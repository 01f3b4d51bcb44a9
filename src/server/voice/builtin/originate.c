/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Legs that we begin: to an agent's registered phone, a desk phone with a fixed address, or an
 * outside number over a trunk. On the voice thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/parts.h"
#include "server/voice/builtin/trunk.h"

#include <string.h>

/* How to call it; strings are owned. */
typedef struct
{
  char *to, *route, *from;
  const char *auth_user, *auth_password; /* the trunk's */
  TelSrtp srtp;
} Way;

static void
way_clear (Way *way)
{
  g_free (way->to);
  g_free (way->route);
  g_free (way->from);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Way, way_clear)

/* Between a phone and us plain SIP is for loopback alone; elsewhere SRTP is required. */
static gboolean
is_loopback_uri (const char *uri)
{
  const char *at = strchr (uri, '@');
  const char *host = at ? at + 1 : strchr (uri, ':') ? strchr (uri, ':') + 1 : uri;

  return g_str_has_prefix (host, "127.") || g_str_has_prefix (host, "[::1]");
}

static gboolean
is_tls_uri (const char *uri)
{
  return g_ascii_strncasecmp (uri, "sips:", 5) == 0 || strcasestr (uri, ";transport=tls") != NULL;
}

static VoiceCode
find_agent (Builtin *self, const VoiceRequest *request, Way *way)
{
  RegistrarContact contact;

  if (!registrar_find (self->registrar, request->target, &contact))
    return VOICE_CODE_NOT_REGISTERED;
  way->to = g_strdup (contact.uri);
  way->route = g_strdup (contact.flow);
  way->srtp = contact.transport == TEL_TRANSPORT_TLS ? TEL_SRTP_REQUIRED : TEL_SRTP_OPTIONAL;

  return VOICE_CODE_OK;
}

static VoiceCode
find_uri (Builtin *self, const VoiceRequest *request, Way *way)
{
  if (g_ascii_strncasecmp (request->target, "sip:", 4) != 0 &&
      g_ascii_strncasecmp (request->target, "sips:", 5) != 0)
    return VOICE_CODE_BAD_REQUEST;
  if (!is_tls_uri (request->target) && !is_loopback_uri (request->target))
    return VOICE_CODE_BAD_REQUEST;
  way->to = g_strdup (request->target);
  way->srtp = is_tls_uri (request->target) ? TEL_SRTP_REQUIRED : TEL_SRTP_OPTIONAL;

  return VOICE_CODE_OK;
}

static VoiceCode
find_number (Builtin *self, const VoiceRequest *request, Way *way)
{
  VoiceTrunk *trunk = trunk_by_name (self->config->trunks, request->trunk);
  const char *host;
  g_autofree char *user = NULL;

  if (trunk == NULL)
    return VOICE_CODE_NO_SUCH_TRUNK;
  host = strchr (trunk->proxy, ':');
  if (host == NULL)
    return VOICE_CODE_NO_SUCH_TRUNK;
  user = g_uri_escape_string (request->target, "+*", FALSE);
  way->to = g_strdup_printf ("sip:%s@%s", user, host + 1);
  way->route = g_strdup (trunk->proxy);
  way->auth_user = trunk->user;
  way->auth_password = trunk->password;
  trunk_get_srtp (trunk, &way->srtp);

  return VOICE_CODE_OK;
}

static char *
make_from (Builtin *self, const VoiceRequest *request)
{
  g_autofree char *user = request->caller_number
                              ? g_uri_escape_string (request->caller_number, "+*", FALSE)
                              : g_strdup ("anonymous");
  const char *address = tel_ua_get_address (self->ua);

  return g_strdup_printf (strchr (address, ':') ? "sip:%s@[%s]:%u" : "sip:%s@%s:%u", user, address,
                          tel_ua_get_port (self->ua, TEL_TRANSPORT_UDP));
}

static VoiceCode
find_way (Builtin *self, const VoiceRequest *request, Way *way)
{
  VoiceCode code = VOICE_CODE_BAD_REQUEST;

  switch (request->target_kind)
    {
    case VOICE_TARGET_AGENT:
      code = find_agent (self, request, way);
      break;
    case VOICE_TARGET_URI:
      code = find_uri (self, request, way);
      break;
    case VOICE_TARGET_NUMBER:
      code = find_number (self, request, way);
      break;
    }
  way->from = make_from (self, request);

  return code;
}

static void
dial (Builtin *self, const VoiceRequest *request, const Way *way)
{
  Leg *leg = leg_new (self, request->leg, TRUE);
  TelMediaIo io = link_get_io (leg->link);
  const TelMediaConfig media = { .srtp = way->srtp, .timeout_s = self->config->media_timeout };
  g_autofree char *offer =
      request->offer ? g_strdup_printf ("X-Guichet-Offer: %s", request->offer) : NULL;
  /* Our softphone knows the first, desk phones the second. */
  const char *const answers[] = { "X-Guichet-Answer: auto",
                                  "Call-Info: <sip:guichet>;answer-after=0" };
  const char *const headers[] = { request->answers ? answers[0] : offer,
                                  request->answers ? answers[1] : NULL,
                                  request->answers ? offer : NULL, NULL };
  const TelCallOptions options = { .to = way->to,
                                   .from = way->from,
                                   .from_name = request->caller_name,
                                   .route = way->route,
                                   .headers = headers,
                                   .auth_user = way->auth_user,
                                   .auth_password = way->auth_password,
                                   .media = &media,
                                   .io = &io };
  g_autoptr (GError) error = NULL;
  TelCall *call;

  leg->agent = request->target_kind == VOICE_TARGET_AGENT ? g_strdup (request->target) : NULL;
  leg->offer = g_strdup (request->offer);
  leg->station = request->target_kind != VOICE_TARGET_NUMBER;
  call = tel_call_dial (self->ua, &options, leg_get_events (), leg, &error);
  if (call != NULL)
    {
      leg_take_call (leg, call);
      builtin_done (self, request->id);
      return;
    }
  builtin_fail (self, request->id, VOICE_CODE_FAULT, error->message);
  g_hash_table_remove (self->legs, request->leg);
}

void
originate_handle (Builtin *self, VoiceRequest *request)
{
  g_auto (Way) way = { 0 };
  VoiceCode code;

  if (g_hash_table_contains (self->legs, request->leg))
    builtin_fail (self, request->id, VOICE_CODE_EXISTS, NULL);
  else if (!leg_has_room (self, TRUE))
    builtin_fail (self, request->id, VOICE_CODE_LIMIT, NULL);
  else if ((code = find_way (self, request, &way)) != VOICE_CODE_OK)
    builtin_fail (self, request->id, code, NULL);
  else
    dial (self, request, &way);
}
