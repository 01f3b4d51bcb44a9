/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptions: what we write, word by word; what we take; and what we refuse. */
#include <glib.h>
#include <string.h>

#include "telephony/sdp.h"

#define HEAD "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
#define KEY  "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0" /* 30 bytes */

static void
local_init (TelSdpLocal *local, TelSrtp srtp)
{
  tel_sdp_local_init (local, "127.0.0.1", 4000, NULL, srtp);
  local->session_id = 7;
  memset (local->keys[0].key, 'A', 30);
  memset (local->keys[1].key, 'B', 30);
}

static void
test_offer (void)
{
  TelSdpLocal local;
  local_init (&local, TEL_SRTP_OFF);
  g_autofree char *offer = tel_sdp_make_offer (&local, NULL);
  g_assert_cmpstr (offer, ==,
                   "v=0\r\n"
                   "o=- 7 1 IN IP4 127.0.0.1\r\n"
                   "s=-\r\n"
                   "c=IN IP4 127.0.0.1\r\n"
                   "t=0 0\r\n"
                   "m=audio 4000 RTP/AVP 96 9 0 8 97 101\r\n"
                   "a=rtpmap:96 opus/48000/2\r\n"
                   "a=fmtp:96 useinbandfec=0;stereo=0;sprop-stereo=0\r\n"
                   "a=rtpmap:9 G722/8000\r\n"
                   "a=rtpmap:0 PCMU/8000\r\n"
                   "a=rtpmap:8 PCMA/8000\r\n"
                   "a=rtpmap:97 telephone-event/48000\r\n"
                   "a=fmtp:97 0-15\r\n"
                   "a=rtpmap:101 telephone-event/8000\r\n"
                   "a=fmtp:101 0-15\r\n"
                   "a=ptime:20\r\n"
                   "a=rtcp:4001\r\n"
                   "a=sendrecv\r\n");
  tel_sdp_local_clear (&local);
}

static void
test_secure_offer (void)
{
  TelSdpLocal local;
  local_init (&local, TEL_SRTP_REQUIRED);
  local.codecs[0] = TEL_CODEC_PCMA;
  local.codecs[1] = TEL_CODEC_NONE;
  g_autofree char *offer = tel_sdp_make_offer (&local, NULL);
  g_assert_nonnull (strstr (offer, "m=audio 4000 RTP/SAVP 8 101\r\n"));
  g_assert_nonnull (strstr (offer, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 "
                                   "inline:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\r\n"));
  g_assert_nonnull (strstr (offer, "a=crypto:2 AES_CM_128_HMAC_SHA1_32 "
                                   "inline:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJC\r\n"));
  tel_sdp_local_clear (&local);
}

static void
test_answer (void)
{
  TelSdpLocal local;
  TelSdpAgreed agreed = { 0 };
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  const char *offer = HEAD "m=video 5000 RTP/AVP 31\r\n"
                           "m=audio 6000 RTP/SAVP 111 101 110\r\n"
                           "a=rtpmap:111 opus/48000/2\r\na=rtpmap:110 telephone-event/48000\r\n"
                           "a=rtpmap:101 telephone-event/8000\r\na=sendonly\r\na=rtcp:6100\r\n"
                           "a=crypto:9 F8_128_HMAC_SHA1_80 inline:" KEY "\r\n"
                           "a=crypto:5 AES_CM_128_HMAC_SHA1_32 inline:" KEY "|2^31|1:1\r\n"
                           "a=crypto:3 AES_CM_128_HMAC_SHA1_32 inline:" KEY "|2^31\r\n";
  local_init (&local, TEL_SRTP_OPTIONAL);
  gboolean ok = tel_sdp_answer (&local, offer, strlen (offer), &agreed, &answer, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpstr (answer, ==,
                   "v=0\r\no=- 7 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                   "m=video 0 RTP/AVP 31\r\n"
                   "m=audio 4000 RTP/SAVP 111 110\r\n"
                   "a=rtpmap:111 opus/48000/2\r\n"
                   "a=fmtp:111 useinbandfec=0;stereo=0;sprop-stereo=0\r\n"
                   "a=rtpmap:110 telephone-event/48000\r\na=fmtp:110 0-15\r\n"
                   "a=crypto:3 AES_CM_128_HMAC_SHA1_32 "
                   "inline:QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJC\r\n"
                   "a=ptime:20\r\na=rtcp:4001\r\na=recvonly\r\n");
  g_assert_cmpint (agreed.codec, ==, TEL_CODEC_OPUS);
  g_assert_cmpuint (agreed.payload_send, ==, 111);
  g_assert_cmpint (agreed.dtmf_send, ==, 110);
  g_assert_cmpstr (agreed.remote_address, ==, "192.0.2.1");
  g_assert_cmpuint (agreed.remote_port, ==, 6000);
  g_assert_cmpuint (agreed.remote_rtcp_port, ==, 6100);
  g_assert_cmpint (agreed.direction, ==, TEL_DIR_RECV);
  g_assert_cmpint (agreed.remote_direction, ==, TEL_DIR_SEND);
  g_assert_cmpmem (agreed.recv_key.key, 30, "0123456789abcdefghijklmnopqrst", 30);
  tel_sdp_agreed_clear (&agreed);
  tel_sdp_local_clear (&local);
}

/* An answer may choose other payload types for what it hears (RFC 3264, 5.1). */
static void
test_asymmetric_answer (void)
{
  TelSdpLocal local;
  TelSdpAgreed agreed = { 0 };
  g_autoptr (GError) error = NULL;
  const char *answer = HEAD "m=audio 6000 RTP/AVP 120 121\r\na=rtpmap:120 opus/48000/2\r\n"
                            "a=rtpmap:121 telephone-event/48000\r\n";
  local_init (&local, TEL_SRTP_OFF);
  g_free (tel_sdp_make_offer (&local, NULL));
  g_assert_true (tel_sdp_take_answer (&local, answer, strlen (answer), &agreed, &error));
  g_assert_cmpuint (agreed.payload_send, ==, 120);
  g_assert_cmpuint (agreed.payload_recv, ==, 96);
  g_assert_cmpint (agreed.dtmf_send, ==, 121);
  g_assert_cmpint (agreed.dtmf_recv, ==, 97);
  tel_sdp_agreed_clear (&agreed);
  tel_sdp_local_clear (&local);
}

/* The version grows with a change and only then. */
static void
test_versions (void)
{
  TelSdpLocal local;
  TelSdpAgreed agreed = { 0 };
  const char *answer = HEAD "m=audio 6000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
  local_init (&local, TEL_SRTP_OFF);
  g_autofree char *first = tel_sdp_make_offer (&local, NULL);
  g_autofree char *again = tel_sdp_make_offer (&local, NULL);
  g_assert_cmpstr (first, ==, again);
  g_assert_true (tel_sdp_take_answer (&local, answer, strlen (answer), &agreed, NULL));
  local.direction = TEL_DIR_SEND;
  g_autofree char *hold = tel_sdp_make_offer (&local, &agreed);
  g_assert_nonnull (strstr (hold, "o=- 7 2 IN IP4"));
  g_assert_nonnull (strstr (hold, "m=audio 4000 RTP/AVP 0 101\r\n"));
  g_assert_nonnull (strstr (hold, "a=sendonly\r\n"));
  g_autofree char *same = tel_sdp_make_offer (&local, &agreed);
  g_assert_cmpstr (hold, ==, same);
  tel_sdp_agreed_clear (&agreed);
  tel_sdp_local_clear (&local);
}

static void
test_old_hold (void)
{
  TelSdpLocal local;
  TelSdpAgreed agreed = { 0 };
  g_autofree char *answer = NULL;
  const char *offer = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
                      "m=audio 6000 RTP/AVP 0\r\n";
  local_init (&local, TEL_SRTP_OFF);
  g_assert_true (tel_sdp_answer (&local, offer, strlen (offer), &agreed, &answer, NULL));
  g_assert_cmpint (agreed.direction & TEL_DIR_SEND, ==, 0);
  g_assert_cmpint (agreed.dtmf_send, ==, -1);
  tel_sdp_agreed_clear (&agreed);
  tel_sdp_local_clear (&local);
}

/* --- what is refused --- */

typedef struct
{
  const char *name, *sdp;
  TelSrtp srtp;
  int code; /* of TelSdpError; -1 = taken */
} Hostile;

#define AUDIO "m=audio 6000 RTP/AVP 0\r\n"
#define SAVP  "m=audio 6000 RTP/SAVP 0\r\n"
static const Hostile hostile[] = {
  { "empty", "", 0, TEL_SDP_ERROR_MALFORMED },
  { "not-sdp", "<html>", 0, TEL_SDP_ERROR_MALFORMED },
  { "endless-in-sofia", "v=0\r\nt=1 2\r\nm=audio 9/2 RT]/AVP 9\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "no-media", HEAD, 0, TEL_SDP_ERROR_MALFORMED },
  { "only-video", HEAD "m=video 6000 RTP/AVP 31\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "port-0", HEAD "m=audio 0 RTP/AVP 0\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "port-65536", HEAD "m=audio 65536 RTP/AVP 0\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "port-huge", HEAD "m=audio 99999999999999999999999 RTP/AVP 0\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "port-negative", HEAD "m=audio -1 RTP/AVP 0\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "port-65535", HEAD "m=audio 65535 RTP/AVP 0\r\n", 0, -1 },
  { "unknown-protocol", HEAD "m=audio 6000 UDP/TLS/RTP/SAVPF 0\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "no-format", HEAD "m=audio 6000 RTP/AVP\r\n", 0, TEL_SDP_ERROR_NO_CODEC },
  { "unknown-codec", HEAD "m=audio 6000 RTP/AVP 18\r\n", 0, TEL_SDP_ERROR_NO_CODEC },
  { "payload-128", HEAD "m=audio 6000 RTP/AVP 128\r\n", 0, TEL_SDP_ERROR_MALFORMED },
  { "opus-wrong-clock", HEAD "m=audio 6000 RTP/AVP 96\r\na=rtpmap:96 opus/8000\r\n", 0,
    TEL_SDP_ERROR_NO_CODEC },
  { "rtpmap-broken", HEAD "m=audio 6000 RTP/AVP 96\r\na=rtpmap:96\r\n", 0,
    TEL_SDP_ERROR_MALFORMED },
  { "name-as-address", "v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nc=IN IP4 evil.example\r\nt=0 0\r\n" AUDIO,
    0, TEL_SDP_ERROR_MALFORMED },
  { "multicast", "v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nc=IN IP4 224.1.1.1/127\r\nt=0 0\r\n" AUDIO, 0,
    TEL_SDP_ERROR_MALFORMED },
  { "no-connection", "v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nt=0 0\r\n" AUDIO, 0,
    TEL_SDP_ERROR_MALFORMED },
  { "ipv6", "v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\n" AUDIO, 0, -1 },
  { "bare-newlines", "v=0\no=- 1 1 IN IP4 a\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 1 RTP/AVP 0\n",
    0, -1 },
  { "secure-not-wanted", HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n",
    TEL_SRTP_OFF, TEL_SDP_ERROR_SRTP_REFUSED },
  { "plain-not-wanted", HEAD AUDIO, TEL_SRTP_REQUIRED, TEL_SDP_ERROR_SRTP_REQUIRED },
  { "no-key", HEAD SAVP, TEL_SRTP_REQUIRED, TEL_SDP_ERROR_SRTP_REQUIRED },
  { "short-key", HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:QUJD\r\n", TEL_SRTP_REQUIRED,
    TEL_SDP_ERROR_SRTP_REQUIRED },
  { "key-not-base64", HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:****\r\n",
    TEL_SRTP_REQUIRED, TEL_SDP_ERROR_SRTP_REQUIRED },
  { "key-by-uri", HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 uri:http://x/\r\n",
    TEL_SRTP_REQUIRED, TEL_SDP_ERROR_SRTP_REQUIRED },
  { "tag-0", HEAD SAVP "a=crypto:0 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n", TEL_SRTP_REQUIRED,
    TEL_SDP_ERROR_SRTP_REQUIRED },
  { "session-parameters",
    HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY " UNENCRYPTED_SRTP\r\n",
    TEL_SRTP_REQUIRED, TEL_SDP_ERROR_SRTP_REQUIRED },
  { "two-keys", HEAD SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY ";inline:" KEY "\r\n",
    TEL_SRTP_REQUIRED, TEL_SDP_ERROR_SRTP_REQUIRED },
  { "secure-after-plain", HEAD AUDIO SAVP "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n",
    TEL_SRTP_OPTIONAL, -1 },
};

static void
expect (const char *name, const char *sdp, gsize length, TelSrtp srtp, int code)
{
  TelSdpLocal local;
  TelSdpAgreed agreed = { 0 };
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  local_init (&local, srtp);
  gboolean ok = tel_sdp_answer (&local, sdp, length, &agreed, &answer, &error);
  g_test_message ("%s: %s", name, error != NULL ? error->message : "taken");
  g_assert_cmpint (ok, ==, code < 0);
  g_assert_cmpint (answer != NULL, ==, ok);
  if (!ok)
    g_assert_error (error, TEL_SDP_ERROR, code);
  tel_sdp_agreed_clear (&agreed);
  tel_sdp_local_clear (&local);
}

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    expect (hostile[i].name, hostile[i].sdp, strlen (hostile[i].sdp), hostile[i].srtp,
            hostile[i].code);
  expect ("nul", HEAD AUDIO "a=x\0y\r\n", sizeof HEAD AUDIO "a=x\0y\r\n" - 1, 0,
          TEL_SDP_ERROR_MALFORMED);
}

static void
test_too_much (void)
{
  g_autoptr (GString) lines = g_string_new (HEAD), formats = g_string_new (HEAD),
                      media = g_string_new (HEAD);
  g_string_append (lines, AUDIO);
  while (lines->len <= TEL_SDP_MAX_BYTES)
    g_string_append (lines, "a=x:0123456789\r\n");
  expect ("too long", lines->str, lines->len, 0, TEL_SDP_ERROR_MALFORMED);
  g_string_append (formats, "m=audio 6000 RTP/AVP");
  for (guint i = 0; i < 100; i++)
    g_string_append (formats, " 0");
  g_string_append (formats, "\r\n");
  expect ("too many formats", formats->str, formats->len, 0, TEL_SDP_ERROR_MALFORMED);
  for (guint i = 0; i < 17; i++)
    g_string_append (media, AUDIO);
  expect ("too many lines", media->str, media->len, 0, TEL_SDP_ERROR_MALFORMED);
}

/* Every prefix of a good offer, and every byte of it changed: no crash, and what is taken has an
 * address and a codec. */
static void
test_mutations (void)
{
  const char *good = HEAD "m=audio 6000 RTP/SAVP 96 0 101\r\na=rtpmap:96 opus/48000/2\r\n"
                          "a=fmtp:96 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000\r\n"
                          "a=ptime:20\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" KEY "\r\n"
                          "a=rtcp:6001\r\na=sendrecv\r\n";
  static const char bytes[] = "\r\n:/= 0a9-\x7f\xff";
  gsize n = strlen (good);
  for (gsize at = 0; at < n; at++)
    for (gsize b = 0; b < sizeof bytes; b++)
      {
        TelSdpLocal local;
        TelSdpAgreed agreed = { 0 };
        g_autofree char *answer = NULL, *text = g_memdup2 (good, n + 1);
        gsize length = b == sizeof bytes - 1 ? at : n;
        if (length == n)
          text[at] = bytes[b];
        local_init (&local, TEL_SRTP_OPTIONAL);
        if (tel_sdp_answer (&local, text, length, &agreed, &answer, NULL))
          {
            g_assert_nonnull (agreed.remote_address);
            g_assert_cmpint (agreed.codec, !=, TEL_CODEC_NONE);
            g_assert_cmpuint (agreed.remote_port, >, 0);
          }
        tel_sdp_agreed_clear (&agreed);
        tel_sdp_local_clear (&local);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/telephony/sdp/offer", test_offer);
  g_test_add_func ("/telephony/sdp/secure-offer", test_secure_offer);
  g_test_add_func ("/telephony/sdp/answer", test_answer);
  g_test_add_func ("/telephony/sdp/asymmetric-answer", test_asymmetric_answer);
  g_test_add_func ("/telephony/sdp/versions", test_versions);
  g_test_add_func ("/telephony/sdp/old-hold", test_old_hold);
  g_test_add_func ("/telephony/sdp/hostile", test_hostile);
  g_test_add_func ("/telephony/sdp/too-much", test_too_much);
  g_test_add_func ("/telephony/sdp/mutations", test_mutations);
  return g_test_run ();
}
