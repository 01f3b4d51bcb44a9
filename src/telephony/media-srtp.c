/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encryption of RTP and RTCP by keys from SDP (RFC 4568): one srtpenc and one srtpdec per call,
 * given to rtpbin when it asks. The signals come on the thread that requests the pads or, for a
 * key, on a streaming thread. */
#include "telephony/media-private.h"

#include <string.h>

static const char *
auth_of (TelSuite suite)
{
  return suite == TEL_SUITE_AES_CM_128_HMAC_SHA1_32 ? "hmac-sha1-32" : "hmac-sha1-80";
}

static GstBuffer *
key_buffer (const TelSdpKey *key)
{
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, sizeof key->key, NULL);
  gst_buffer_fill (buffer, 0, key->key, sizeof key->key);
  return buffer;
}

static GstElement *
on_request_encoder (GstElement *rtpbin, guint session, gpointer user_data)
{
  TelMedia *media = user_data;
  return gst_object_ref (media->srtpenc);
}

static GstElement *
on_request_decoder (GstElement *rtpbin, guint session, gpointer user_data)
{
  TelMedia *media = user_data;
  return gst_object_ref (media->srtpdec);
}

/* RTCP is protected with the 80-bit tag in both suites (RFC 4568, 6.2.2). */
static GstCaps *
on_request_key (GstElement *decoder, guint ssrc, gpointer user_data)
{
  TelMedia *media = user_data;
  g_mutex_lock (&media->lock);
  TelSdpKey key = media->agreed.recv_key;
  g_mutex_unlock (&media->lock);
  g_autoptr (GstBuffer) buffer = key_buffer (&key);
  return gst_caps_new_simple ("application/x-srtp", "srtp-key", GST_TYPE_BUFFER, buffer,
                              "srtp-cipher", G_TYPE_STRING, "aes-128-icm", "srtp-auth",
                              G_TYPE_STRING, auth_of (key.suite), "srtcp-cipher", G_TYPE_STRING,
                              "aes-128-icm", "srtcp-auth", G_TYPE_STRING, "hmac-sha1-80", NULL);
}

void
tel_srtp_attach (TelMedia *media)
{
  media->srtpenc = gst_object_ref_sink (gst_element_factory_make ("srtpenc", NULL));
  media->srtpdec = gst_object_ref_sink (gst_element_factory_make ("srtpdec", NULL));
  g_autoptr (GstBuffer) key = key_buffer (&media->agreed.send_key);
  gst_util_set_object_arg (G_OBJECT (media->srtpenc), "rtp-auth",
                           auth_of (media->agreed.send_key.suite));
  gst_util_set_object_arg (G_OBJECT (media->srtpenc), "rtcp-auth", "hmac-sha1-80");
  g_object_set (media->srtpenc, "key", key, NULL);
  gst_object_unref (gst_element_request_pad_simple (media->srtpenc, "rtp_sink_0"));
  gst_object_unref (gst_element_request_pad_simple (media->srtpenc, "rtcp_sink_0"));
  g_signal_connect (media->srtpdec, "request-key", G_CALLBACK (on_request_key), media);
  g_signal_connect (media->rtpbin, "request-rtp-encoder", G_CALLBACK (on_request_encoder), media);
  g_signal_connect (media->rtpbin, "request-rtcp-encoder", G_CALLBACK (on_request_encoder), media);
  g_signal_connect (media->rtpbin, "request-rtp-decoder", G_CALLBACK (on_request_decoder), media);
  g_signal_connect (media->rtpbin, "request-rtcp-decoder", G_CALLBACK (on_request_decoder), media);
}

/* The other side's key changed with a re-offer: srtpdec asks again. */
void
tel_srtp_set_keys (TelMedia *media)
{
  if (media->srtpdec != NULL)
    g_signal_emit_by_name (media->srtpdec, "clear-keys");
}
