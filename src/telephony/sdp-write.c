/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes our side's descriptions: offers, re-offers and answers. Pure, any thread. */
#include "telephony/sdp-private.h"

#include <string.h>

/* What we listen to when we offer; an answer uses the offerer's numbers. */
static const struct
{
  guint payload, clock, rate, dtmf;
} codec_table[TEL_N_CODECS] = {
  [TEL_CODEC_NONE] = { 0, 8000, 8000, 101 },  [TEL_CODEC_OPUS] = { 96, 48000, 48000, 97 },
  [TEL_CODEC_G722] = { 9, 8000, 16000, 101 }, [TEL_CODEC_PCMU] = { 0, 8000, 8000, 101 },
  [TEL_CODEC_PCMA] = { 8, 8000, 8000, 101 },
};

guint
tel_codec_clock (TelCodec codec)
{
  return codec_table[codec].clock;
}

guint
tel_codec_rate (TelCodec codec)
{
  return codec_table[codec].rate;
}

guint
tel_sdp_default_payload (TelCodec codec)
{
  return codec_table[codec].payload;
}

guint
tel_sdp_default_dtmf (TelCodec codec)
{
  return codec_table[codec].dtmf;
}

const char *
tel_sdp_suite_name (TelSuite suite)
{
  switch (suite)
    {
    case TEL_SUITE_AES_CM_128_HMAC_SHA1_80:
      return "AES_CM_128_HMAC_SHA1_80";
    case TEL_SUITE_AES_CM_128_HMAC_SHA1_32:
      return "AES_CM_128_HMAC_SHA1_32";
    case TEL_SUITE_NONE:
      break;
    }
  return "";
}

static void
write_head (GString *s, TelSdpLocal *local)
{
  const char *family = strchr (local->address, ':') != NULL ? "IP6" : "IP4";
  g_string_append_printf (s,
                          "v=0\r\no=- %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " IN %s %s\r\n"
                          "s=-\r\nc=IN %s %s\r\nt=0 0\r\n",
                          local->session_id, local->version, family, local->address, family,
                          local->address);
}

static void
write_codec (GString *s, TelCodec codec, guint payload)
{
  g_string_append_printf (s, "a=rtpmap:%u %s/%u%s\r\n", payload, tel_codec_name (codec),
                          codec_table[codec].clock, codec == TEL_CODEC_OPUS ? "/2" : "");
  if (codec == TEL_CODEC_OPUS)
    g_string_append_printf (s, "a=fmtp:%u useinbandfec=0;stereo=0;sprop-stereo=0\r\n", payload);
}

static void
write_dtmf (GString *s, guint payload, guint clock)
{
  g_string_append_printf (s, "a=rtpmap:%u telephone-event/%u\r\na=fmtp:%u 0-15\r\n", payload, clock,
                          payload);
}

static void
write_key (GString *s, guint tag, const TelSdpKey *key)
{
  g_autofree char *base64 = g_base64_encode (key->key, sizeof key->key);
  g_string_append_printf (s, "a=crypto:%u %s inline:%s\r\n", tag, tel_sdp_suite_name (key->suite),
                          base64);
}

static void
write_tail (GString *s, TelSdpLocal *local, TelDirection direction)
{
  g_string_append_printf (s, "a=ptime:20\r\na=rtcp:%u\r\na=%s\r\n", local->port + 1,
                          tel_direction_name (direction));
}

/* A first offer: every codec of ours, telephone-event at the clocks they need. */
static void
write_full_media (GString *s, TelSdpLocal *local)
{
  gboolean secure = local->srtp == TEL_SRTP_REQUIRED, wide = FALSE, narrow = FALSE;
  g_string_append_printf (s, "m=audio %u %s", local->port, secure ? "RTP/SAVP" : "RTP/AVP");
  for (guint i = 0; i < TEL_N_CODECS && local->codecs[i] != TEL_CODEC_NONE; i++)
    {
      g_string_append_printf (s, " %u", codec_table[local->codecs[i]].payload);
      wide |= local->codecs[i] == TEL_CODEC_OPUS;
      narrow |= local->codecs[i] != TEL_CODEC_OPUS;
    }
  g_string_append_printf (s, "%s%s\r\n", wide ? " 97" : "", narrow ? " 101" : "");
  for (guint i = 0; i < TEL_N_CODECS && local->codecs[i] != TEL_CODEC_NONE; i++)
    write_codec (s, local->codecs[i], codec_table[local->codecs[i]].payload);
  if (wide)
    write_dtmf (s, 97, 48000);
  if (narrow)
    write_dtmf (s, 101, 8000);
  if (secure)
    for (guint i = 0; i < G_N_ELEMENTS (local->keys); i++)
      write_key (s, i + 1, &local->keys[i]);
  write_tail (s, local, local->direction);
}

/* One agreed codec: an answer, or a re-offer that keeps what is in use. */
void
tel_sdp_write_agreed_media (GString *s,
                            TelSdpLocal *local,
                            const TelSdpAgreed *agreed,
                            const char *protocol,
                            TelDirection direction)
{
  g_string_append_printf (s, "m=audio %u %s %u", local->port, protocol, agreed->payload_recv);
  if (agreed->dtmf_recv >= 0)
    g_string_append_printf (s, " %d", agreed->dtmf_recv);
  g_string_append (s, "\r\n");
  write_codec (s, agreed->codec, agreed->payload_recv);
  if (agreed->dtmf_recv >= 0)
    write_dtmf (s, (guint) agreed->dtmf_recv, agreed->dtmf_rate);
  if (agreed->encrypted)
    write_key (s, agreed->send_key.tag, &agreed->send_key);
  write_tail (s, local, direction);
}

/* Joins head and media; the version grows only when the rest differs from the last one. */
char *
tel_sdp_finish (TelSdpLocal *local, const char *media)
{
  if (g_strcmp0 (local->last, media) != 0)
    {
      if (local->last != NULL)
        local->version++;
      g_free (local->last);
      local->last = g_strdup (media);
    }
  GString *s = g_string_new (NULL);
  write_head (s, local);
  g_string_append (s, media);
  return g_string_free (s, FALSE);
}

char *
tel_sdp_make_offer (TelSdpLocal *local, const TelSdpAgreed *current)
{
  g_autoptr (GString) s = g_string_new (NULL);
  if (current != NULL && current->codec != TEL_CODEC_NONE)
    tel_sdp_write_agreed_media (s, local, current, current->encrypted ? "RTP/SAVP" : "RTP/AVP",
                                local->direction);
  else
    write_full_media (s, local);
  return tel_sdp_finish (local, s->str);
}
