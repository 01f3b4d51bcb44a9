/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes of the room's enums. Constant tables, any thread. */
#include "telephony/types.h"

static const char *const codec_names[TEL_N_CODECS] = {
  [TEL_CODEC_NONE] = "none", [TEL_CODEC_OPUS] = "opus", [TEL_CODEC_G722] = "G722",
  [TEL_CODEC_PCMU] = "PCMU", [TEL_CODEC_PCMA] = "PCMA",
};
static const char *const transport_names[] = { "udp", "tcp", "tls" };
static const char *const direction_names[] = { "inactive", "sendonly", "recvonly", "sendrecv" };
static const char *const srtp_names[] = { "off", "optional", "required" };
static const char *const who_names[] = { "nobody", "local", "remote", "machine" };
static const char *const reason_codes[TEL_N_REASONS] = {
  [TEL_REASON_NONE] = "none",
  [TEL_REASON_LOCAL_HANGUP] = "local_hangup",
  [TEL_REASON_REMOTE_HANGUP] = "remote_hangup",
  [TEL_REASON_CANCELLED] = "cancelled",
  [TEL_REASON_REMOTE_CANCELLED] = "remote_cancelled",
  [TEL_REASON_ANSWERED_ELSEWHERE] = "answered_elsewhere",
  [TEL_REASON_REJECTED] = "rejected",
  [TEL_REASON_BUSY] = "busy",
  [TEL_REASON_DECLINED] = "declined",
  [TEL_REASON_NO_ANSWER] = "no_answer",
  [TEL_REASON_UNAVAILABLE] = "unavailable",
  [TEL_REASON_NOT_FOUND] = "not_found",
  [TEL_REASON_FORBIDDEN] = "forbidden",
  [TEL_REASON_AUTH_FAILED] = "auth_failed",
  [TEL_REASON_NOT_ACCEPTABLE] = "not_acceptable",
  [TEL_REASON_SRTP_REQUIRED] = "srtp_required",
  [TEL_REASON_BAD_SDP] = "bad_sdp",
  [TEL_REASON_TIMEOUT] = "timeout",
  [TEL_REASON_UNREACHABLE] = "unreachable",
  [TEL_REASON_TLS_UNTRUSTED] = "tls_untrusted",
  [TEL_REASON_SERVER_ERROR] = "server_error",
  [TEL_REASON_REDIRECTED] = "redirected",
  [TEL_REASON_MEDIA_TIMEOUT] = "media_timeout",
  [TEL_REASON_MEDIA_FAILED] = "media_failed",
  [TEL_REASON_PROTOCOL] = "protocol",
  [TEL_REASON_SHUTDOWN] = "shutdown",
};

static const char *
name_at (const char *const *names, guint n, guint i)
{
  return i < n ? names[i] : "unknown";
}

static int
index_of (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; name != NULL && i < n; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return (int) i;
  return -1;
}

const char *
tel_codec_name (TelCodec codec)
{
  return name_at (codec_names, G_N_ELEMENTS (codec_names), codec);
}

TelCodec
tel_codec_from_name (const char *name)
{
  int i = index_of (codec_names, G_N_ELEMENTS (codec_names), name);
  return i > 0 ? (TelCodec) i : TEL_CODEC_NONE;
}

const char *
tel_transport_name (TelTransport transport)
{
  return name_at (transport_names, G_N_ELEMENTS (transport_names), transport);
}

gboolean
tel_transport_from_name (const char *name, TelTransport *transport)
{
  int i = index_of (transport_names, G_N_ELEMENTS (transport_names), name);
  if (i >= 0)
    *transport = (TelTransport) i;
  return i >= 0;
}

const char *
tel_direction_name (TelDirection direction)
{
  return name_at (direction_names, G_N_ELEMENTS (direction_names), direction);
}

const char *
tel_srtp_name (TelSrtp srtp)
{
  return name_at (srtp_names, G_N_ELEMENTS (srtp_names), srtp);
}

gboolean
tel_srtp_from_name (const char *name, TelSrtp *srtp)
{
  int i = index_of (srtp_names, G_N_ELEMENTS (srtp_names), name);
  if (i >= 0)
    *srtp = (TelSrtp) i;
  return i >= 0;
}

const char *
tel_reason_code (TelReason reason)
{
  return name_at (reason_codes, G_N_ELEMENTS (reason_codes), reason);
}

const char *
tel_who_name (TelWho who)
{
  return name_at (who_names, G_N_ELEMENTS (who_names), who);
}

TelReason
tel_reason_from_status (int status)
{
  static const struct
  {
    int status;
    TelReason reason;
  } table[] = {
    { 401, TEL_REASON_AUTH_FAILED },    { 403, TEL_REASON_FORBIDDEN },
    { 404, TEL_REASON_NOT_FOUND },      { 407, TEL_REASON_AUTH_FAILED },
    { 408, TEL_REASON_TIMEOUT },        { 410, TEL_REASON_NOT_FOUND },
    { 415, TEL_REASON_NOT_ACCEPTABLE }, { 480, TEL_REASON_UNAVAILABLE },
    { 484, TEL_REASON_NOT_FOUND },      { 486, TEL_REASON_BUSY },
    { 487, TEL_REASON_NO_ANSWER },      { 488, TEL_REASON_NOT_ACCEPTABLE },
    { 503, TEL_REASON_UNREACHABLE },    { 504, TEL_REASON_TIMEOUT },
    { 600, TEL_REASON_BUSY },           { 603, TEL_REASON_DECLINED },
    { 604, TEL_REASON_NOT_FOUND },      { 606, TEL_REASON_NOT_ACCEPTABLE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (table[i].status == status)
      return table[i].reason;
  if (status >= 300 && status < 400)
    return TEL_REASON_REDIRECTED;
  if (status >= 500 && status < 600)
    return TEL_REASON_SERVER_ERROR;
  return status >= 300 ? TEL_REASON_PROTOCOL : TEL_REASON_NONE;
}
