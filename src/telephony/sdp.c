/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the other side's descriptions, which may be hostile: bounded size, bounded counts, nothing
 * taken that is not a number or a numeric address. Parsed by sofia-sip's sdp_parse after our guard
 * (sdp-guard.c). Any thread. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/sdp.h"
#include "telephony/sdp-private.h"

#include <gio/gio.h>
#include <sofia-sip/sdp.h>
#include <string.h>

#define MAX_MEDIA   16
#define MAX_FORMATS 64
#define MAX_KEYS    16

G_DEFINE_QUARK (tel - sdp - error - quark, tel_sdp_error)

static void
make_key (TelSdpKey *key, TelSuite suite, guint tag)
{
  key->suite = suite;
  key->tag = tag;
  g_autoptr (GFile) file = g_file_new_for_path ("/dev/urandom");
  g_autoptr (GFileInputStream) in = g_file_read (file, NULL, NULL);
  if (in == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (in), key->key, sizeof key->key, NULL, NULL, NULL))
    g_error ("no random numbers from /dev/urandom");
}

void
tel_sdp_local_init (TelSdpLocal *local,
                    const char *address,
                    guint port,
                    const TelCodec *codecs,
                    TelSrtp srtp)
{
  memset (local, 0, sizeof *local);
  local->session_id = ((guint64) g_random_int () << 16) | (g_random_int () & 0xffff);
  local->version = 1;
  local->address = address;
  local->port = port;
  local->srtp = srtp;
  local->direction = TEL_DIR_BOTH;
  if (codecs != NULL && codecs[0] != TEL_CODEC_NONE)
    memcpy (local->codecs, codecs, sizeof local->codecs);
  else
    for (guint i = 0; i + 1 < TEL_N_CODECS; i++)
      local->codecs[i] = (TelCodec) (i + 1);
  local->codecs[TEL_N_CODECS - 1] = TEL_CODEC_NONE;
  if (srtp != TEL_SRTP_OFF)
    {
      make_key (&local->keys[0], TEL_SUITE_AES_CM_128_HMAC_SHA1_80, 1);
      make_key (&local->keys[1], TEL_SUITE_AES_CM_128_HMAC_SHA1_32, 2);
    }
}

void
tel_sdp_local_clear (TelSdpLocal *local)
{
  g_clear_pointer (&local->last, g_free);
}

void
tel_sdp_agreed_clear (TelSdpAgreed *agreed)
{
  g_free (agreed->remote_address);
  memset (agreed, 0, sizeof *agreed);
}

gboolean
tel_sdp_agreed_copy (TelSdpAgreed *to, const TelSdpAgreed *from)
{
  char *address = g_strdup (from->remote_address);
  g_free (to->remote_address);
  *to = *from;
  to->remote_address = address;
  return TRUE;
}

/* --- the pieces of a media description --- */

static gboolean
is_token (const char *s)
{
  if (s == NULL || *s == '\0' || strlen (s) > 32)
    return FALSE;
  for (; *s != '\0'; s++)
    if (!g_ascii_isalnum (*s) && strchr ("-._/+", *s) == NULL)
      return FALSE;
  return TRUE;
}

static guint
count_formats (const sdp_media_t *m)
{
  guint n = 0;
  for (const sdp_rtpmap_t *r = m->m_rtpmaps; r != NULL; r = r->rm_next)
    n++;
  return n;
}

static gboolean
is_secure (const sdp_media_t *m)
{
  return g_str_has_prefix (m->m_proto_name, "RTP/SAVP");
}

static gboolean
is_audio (const sdp_media_t *m)
{
  return m->m_type == sdp_media_audio && !m->m_rejected && m->m_port > 0 && m->m_port < 65536 &&
         m->m_proto_name != NULL &&
         (g_str_equal (m->m_proto_name, "RTP/AVP") || g_str_equal (m->m_proto_name, "RTP/AVPF") ||
          g_str_equal (m->m_proto_name, "RTP/SAVP") || g_str_equal (m->m_proto_name, "RTP/SAVPF"));
}

static TelCodec
codec_of (const sdp_rtpmap_t *r)
{
  TelCodec codec = tel_codec_from_name (r->rm_encoding);
  return codec != TEL_CODEC_NONE && r->rm_rate == tel_codec_clock (codec) ? codec : TEL_CODEC_NONE;
}

static gboolean
wants (const TelSdpLocal *local, TelCodec codec)
{
  for (guint i = 0; i < TEL_N_CODECS && local->codecs[i] != TEL_CODEC_NONE; i++)
    if (local->codecs[i] == codec)
      return TRUE;
  return FALSE;
}

/* The first of their codecs that is ours too. */
static gboolean
pick_codec (const TelSdpLocal *local, const sdp_media_t *m, TelSdpAgreed *agreed)
{
  for (const sdp_rtpmap_t *r = m->m_rtpmaps; r != NULL; r = r->rm_next)
    {
      TelCodec codec = codec_of (r);
      if (codec == TEL_CODEC_NONE || !wants (local, codec))
        continue;
      agreed->codec = codec;
      agreed->payload_send = agreed->payload_recv = r->rm_pt;
      return TRUE;
    }
  return FALSE;
}

/* telephone-event at the codec's clock, else at 8000 as some phones do beside Opus. */
static void
pick_dtmf (const sdp_media_t *m, TelSdpAgreed *agreed)
{
  agreed->dtmf_send = agreed->dtmf_recv = -1;
  agreed->dtmf_rate = tel_codec_clock (agreed->codec);
  for (guint pass = 0; pass < 2 && agreed->dtmf_send < 0; pass++)
    for (const sdp_rtpmap_t *r = m->m_rtpmaps; r != NULL; r = r->rm_next)
      if (r->rm_encoding != NULL && g_ascii_strcasecmp (r->rm_encoding, "telephone-event") == 0 &&
          r->rm_rate == (pass == 0 ? tel_codec_clock (agreed->codec) : 8000))
        {
          agreed->dtmf_send = agreed->dtmf_recv = (int) r->rm_pt;
          agreed->dtmf_rate = (guint) r->rm_rate;
          return;
        }
}

static gboolean
pick_address (const sdp_session_t *sdp, const sdp_media_t *m, TelSdpAgreed *agreed)
{
  const sdp_connection_t *c = m->m_connections != NULL ? m->m_connections : sdp->sdp_connection;
  if (c == NULL || c->c_nettype != sdp_net_in || c->c_address == NULL)
    return FALSE;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (c->c_address);
  if (address == NULL || g_inet_address_get_is_multicast (address))
    return FALSE;
  g_free (agreed->remote_address);
  agreed->remote_address = g_inet_address_to_string (address);
  agreed->remote_port = (guint) m->m_port;
  agreed->remote_rtcp_port = (guint) m->m_port + 1;
  const sdp_attribute_t *rtcp = sdp_attribute_find (m->m_attributes, "rtcp");
  guint64 port = 0;
  if (rtcp != NULL && rtcp->a_value != NULL)
    port = g_ascii_strtoull (rtcp->a_value, NULL, 10);
  if (port > 0 && port < 65536)
    agreed->remote_rtcp_port = (guint) port;
  if (agreed->remote_rtcp_port > 65535)
    agreed->remote_rtcp_port = 0;
  return TRUE;
}

/* @local direction cut down to what the other side allows. */
static void
pick_direction (const TelSdpLocal *local, const sdp_media_t *m, TelSdpAgreed *agreed)
{
  guint theirs = m->m_mode; /* sdp_sendonly = 1, sdp_recvonly = 2: the bits of TelDirection */
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (agreed->remote_address);
  if (g_inet_address_get_is_any (address)) /* the hold of RFC 2543 */
    theirs &= ~(guint) TEL_DIR_RECV;
  guint allowed = ((theirs & TEL_DIR_SEND) != 0 ? TEL_DIR_RECV : 0) |
                  ((theirs & TEL_DIR_RECV) != 0 ? TEL_DIR_SEND : 0);
  agreed->remote_direction = (TelDirection) theirs;
  agreed->direction = (TelDirection) (local->direction & allowed);
}

static void
pick_ptime (const sdp_media_t *m, TelSdpAgreed *agreed)
{
  const sdp_attribute_t *a = sdp_attribute_find (m->m_attributes, "ptime");
  guint64 value = a != NULL && a->a_value != NULL ? g_ascii_strtoull (a->a_value, NULL, 10) : 20;
  agreed->ptime = value >= 10 && value <= 120 ? (guint) value : 20;
}

/* "1 AES_CM_128_HMAC_SHA1_80 inline:BASE64[|lifetime]"; with an MKI, several keys or session
 * parameters it is not one that we can use. */
static gboolean
parse_crypto (const char *value, TelSdpKey *key)
{
  g_auto (GStrv) words = g_strsplit_set (value, " \t", 5);
  if (g_strv_length (words) != 3 || strlen (value) > 256)
    return FALSE;
  guint64 tag = g_ascii_strtoull (words[0], NULL, 10);
  key->suite = TEL_SUITE_NONE;
  for (TelSuite s = TEL_SUITE_AES_CM_128_HMAC_SHA1_80; s <= TEL_SUITE_AES_CM_128_HMAC_SHA1_32; s++)
    if (g_str_equal (words[1], tel_sdp_suite_name (s)))
      key->suite = s;
  if (key->suite == TEL_SUITE_NONE || tag == 0 || tag > 999999999 ||
      !g_str_has_prefix (words[2], "inline:") || strpbrk (words[2], ";:") != words[2] + 6 ||
      strchr (words[2] + 7, ':') != NULL)
    return FALSE;
  char *bar = strchr (words[2], '|');
  if (bar != NULL)
    *bar = '\0';
  gsize n = 0;
  g_autofree guchar *raw = g_base64_decode (words[2] + 7, &n);
  if (n != sizeof key->key)
    return FALSE;
  memcpy (key->key, raw, n);
  key->tag = (guint) tag;
  return TRUE;
}

static const TelSdpKey *
own_key (const TelSdpLocal *local, TelSuite suite)
{
  return &local->keys[suite == TEL_SUITE_AES_CM_128_HMAC_SHA1_32 ? 1 : 0];
}

static gboolean
pick_key (const TelSdpLocal *local, const sdp_media_t *m, TelSdpAgreed *agreed)
{
  guint n = 0;
  for (const sdp_attribute_t *a = m->m_attributes; a != NULL && n < MAX_KEYS; a = a->a_next)
    {
      if (g_ascii_strcasecmp (a->a_name, "crypto") != 0 || a->a_value == NULL)
        continue;
      n++;
      if (!parse_crypto (a->a_value, &agreed->recv_key))
        continue;
      agreed->encrypted = TRUE;
      agreed->send_key = *own_key (local, agreed->recv_key.suite);
      agreed->send_key.tag = agreed->recv_key.tag;
      return TRUE;
    }
  return FALSE;
}

/* --- whole descriptions --- */

static const sdp_session_t *
parse (sdp_parser_t **parser, const char *text, gsize length, GError **error)
{
  const sdp_session_t *sdp = NULL;
  g_autofree char *clean = tel_sdp_guard (text, length);
  if (clean != NULL)
    {
      *parser = sdp_parse (NULL, clean, (issize_t) strlen (clean), 0);
      sdp = sdp_session (*parser);
    }
  guint n = 0;
  for (const sdp_media_t *m = sdp != NULL ? sdp->sdp_media : NULL; m != NULL; m = m->m_next)
    if (++n > MAX_MEDIA || count_formats (m) > MAX_FORMATS || !is_token (m->m_proto_name) ||
        !is_token (m->m_type_name))
      sdp = NULL, n = MAX_MEDIA + 1;
  if (sdp == NULL || n == 0)
    {
      g_set_error (error, TEL_SDP_ERROR, TEL_SDP_ERROR_MALFORMED, "not a session description (%s)",
                   *parser != NULL && sdp_parsing_error (*parser) != NULL
                       ? sdp_parsing_error (*parser)
                       : "its size or its lines");
      return NULL;
    }
  return sdp;
}

/* How well one of their audio lines suits our policy: the error, or -1 when it does. */
static int
judge (const TelSdpLocal *local,
       const sdp_session_t *sdp,
       const sdp_media_t *m,
       TelSdpAgreed *agreed)
{
  if (is_secure (m) && local->srtp == TEL_SRTP_OFF)
    return TEL_SDP_ERROR_SRTP_REFUSED;
  if (!is_secure (m) && local->srtp == TEL_SRTP_REQUIRED)
    return TEL_SDP_ERROR_SRTP_REQUIRED;
  if (is_secure (m) && !pick_key (local, m, agreed))
    return TEL_SDP_ERROR_SRTP_REQUIRED;
  if (!pick_address (sdp, m, agreed))
    return TEL_SDP_ERROR_MALFORMED;
  if (!pick_codec (local, m, agreed))
    return TEL_SDP_ERROR_NO_CODEC;
  pick_dtmf (m, agreed);
  pick_direction (local, m, agreed);
  pick_ptime (m, agreed);
  return -1;
}

static void
set_error (GError **error, int code)
{
  static const char *const texts[] = {
    [TEL_SDP_ERROR_MALFORMED] = "no usable audio line",
    [TEL_SDP_ERROR_NO_CODEC] = "no codec in common",
    [TEL_SDP_ERROR_SRTP_REQUIRED] = "encryption is required and was not agreed",
    [TEL_SDP_ERROR_SRTP_REFUSED] = "encryption is offered and not wanted",
    [TEL_SDP_ERROR_REJECTED] = "the audio line was refused",
  };
  g_set_error_literal (error, TEL_SDP_ERROR, code, texts[code]);
}

static const sdp_media_t *
choose (const TelSdpLocal *local, const sdp_session_t *sdp, TelSdpAgreed *agreed, int *code)
{
  *code = TEL_SDP_ERROR_MALFORMED;
  for (int pass = 0; pass < 2; pass++)
    for (const sdp_media_t *m = sdp->sdp_media; m != NULL; m = m->m_next)
      {
        if (!is_audio (m) || is_secure (m) != (pass == 0)) /* encrypted first */
          continue;
        tel_sdp_agreed_clear (agreed);
        *code = judge (local, sdp, m, agreed);
        if (*code < 0)
          return m;
      }
  tel_sdp_agreed_clear (agreed);
  return NULL;
}

static void
write_refused (GString *s, const sdp_media_t *m)
{
  g_autofree char *payload =
      g_strdup_printf ("%u", m->m_rtpmaps != NULL ? (guint) m->m_rtpmaps->rm_pt : 0);
  const char *format = payload;
  if (m->m_format != NULL && is_token (m->m_format->l_text))
    format = m->m_format->l_text;
  g_string_append_printf (s, "m=%s 0 %s %s\r\n", m->m_type_name, m->m_proto_name, format);
}

gboolean
tel_sdp_answer (TelSdpLocal *local,
                const char *offer,
                gsize length,
                TelSdpAgreed *agreed,
                char **answer,
                GError **error)
{
  sdp_parser_t *parser = NULL;
  TelSdpAgreed found = { 0 };
  int code = 0;
  const sdp_session_t *sdp = parse (&parser, offer, length, error);
  const sdp_media_t *chosen = sdp != NULL ? choose (local, sdp, &found, &code) : NULL;
  if (sdp != NULL && chosen == NULL)
    set_error (error, code);
  if (chosen != NULL)
    {
      g_autoptr (GString) s = g_string_new (NULL);
      for (const sdp_media_t *m = sdp->sdp_media; m != NULL; m = m->m_next)
        if (m == chosen)
          tel_sdp_write_agreed_media (s, local, &found, m->m_proto_name, found.direction);
        else
          write_refused (s, m);
      *answer = tel_sdp_finish (local, s->str);
      tel_sdp_agreed_clear (agreed);
      *agreed = found;
    }
  sdp_parser_free (parser);
  return chosen != NULL;
}

/* In an answer the payload types for what we hear are those of our own offer. */
static void
set_own_payloads (const TelSdpAgreed *before, TelSdpAgreed *agreed)
{
  gboolean same = before->codec == agreed->codec;
  agreed->payload_recv = same ? before->payload_recv : tel_sdp_default_payload (agreed->codec);
  if (agreed->dtmf_send < 0)
    return;
  agreed->dtmf_recv = same && before->dtmf_recv >= 0 ? before->dtmf_recv
                      : agreed->dtmf_rate == 48000   ? (int) tel_sdp_default_dtmf (TEL_CODEC_OPUS)
                                                     : (int) tel_sdp_default_dtmf (TEL_CODEC_PCMU);
}

gboolean
tel_sdp_take_answer (TelSdpLocal *local,
                     const char *answer,
                     gsize length,
                     TelSdpAgreed *agreed,
                     GError **error)
{
  sdp_parser_t *parser = NULL;
  TelSdpAgreed found = { 0 };
  int code = TEL_SDP_ERROR_REJECTED;
  const sdp_session_t *sdp = parse (&parser, answer, length, error);
  const sdp_media_t *m = sdp != NULL ? sdp->sdp_media : NULL;
  gboolean ok = FALSE;
  if (m != NULL && is_audio (m))
    code = judge (local, sdp, m, &found);
  if (m != NULL && is_audio (m) && code < 0)
    {
      set_own_payloads (agreed, &found);
      tel_sdp_agreed_clear (agreed);
      *agreed = found;
      found.remote_address = NULL;
      ok = TRUE;
    }
  else if (sdp != NULL)
    set_error (error, code);
  g_free (found.remote_address);
  sdp_parser_free (parser);
  return ok;
}
