/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits by RFC 4733. Sending rewrites packets of sound that leave the payloader into
 * telephone-event packets, so that a digit needs neither a thread nor an element of its own;
 * receiving takes the event packets out before the jitter buffer. Streaming threads. */
#include "telephony/media-private.h"

#include <gst/rtp/rtp.h>
#include <string.h>

#define VOLUME        10 /* -10 dBm0 */
#define PAUSE_PACKETS 3
#define ENDS          3
#define IDLE_PACKETS  5
#define MAX_QUEUE     64

static const char digits_of[] = "0123456789*#ABCD";

static void
on_digit (TelMedia *media, guint code, guint duration)
{
  if (media->events.dtmf != NULL)
    media->events.dtmf (media, digits_of[code], duration, media->user_data);
}

/* --- sending --- */

static void
begin_digit (TelMedia *media, TelDtmfSend *send, guint32 timestamp)
{
  guint packed = GPOINTER_TO_UINT (g_queue_pop_head (&send->queue));
  send->active = TRUE;
  send->code = (guint8) (packed & 0xff);
  send->start = timestamp;
  send->length = (packed >> 8) * (tel_codec_clock (media->agreed.codec) / 1000);
  send->ends_left = ENDS;
}

static GstBuffer *
make_packet (TelMedia *media, TelDtmfSend *send, GstRTPBuffer *sound, gboolean first, gboolean last)
{
  GstRTPBuffer out = GST_RTP_BUFFER_INIT;
  GstBuffer *buffer = gst_rtp_buffer_new_allocate (4, 0, 0);
  guint divisor = MAX (1, tel_codec_clock (media->agreed.codec) / media->agreed.dtmf_rate);
  guint32 duration = MIN (send->sent / divisor, 0xffff);
  gst_rtp_buffer_map (buffer, GST_MAP_WRITE, &out);
  gst_rtp_buffer_set_payload_type (&out, (guint8) media->agreed.dtmf_send);
  gst_rtp_buffer_set_seq (&out, gst_rtp_buffer_get_seq (sound));
  gst_rtp_buffer_set_ssrc (&out, gst_rtp_buffer_get_ssrc (sound));
  gst_rtp_buffer_set_timestamp (&out, send->start / divisor);
  gst_rtp_buffer_set_marker (&out, first);
  guint8 *payload = gst_rtp_buffer_get_payload (&out);
  payload[0] = send->code;
  payload[1] = (guint8) ((last ? 0x80 : 0) | VOLUME);
  payload[2] = (guint8) (duration >> 8);
  payload[3] = (guint8) (duration & 0xff);
  gst_rtp_buffer_unmap (&out);
  return buffer;
}

static GstBuffer *
next_packet (TelMedia *media, GstRTPBuffer *sound)
{
  TelDtmfSend *send = &media->dtmf_send;
  guint32 timestamp = gst_rtp_buffer_get_timestamp (sound);
  gboolean first = !send->active;
  if (send->pause_left > 0)
    return send->pause_left--, NULL;
  if (first && g_queue_is_empty (&send->queue))
    return NULL;
  if (first)
    begin_digit (media, send, timestamp);
  gboolean last = send->ends_left < ENDS;
  if (!last)
    {
      send->sent = timestamp - send->start + tel_codec_clock (media->agreed.codec) / 50;
      last = send->sent >= send->length;
    }
  GstBuffer *buffer = make_packet (media, send, sound, first, last);
  if (last && --send->ends_left == 0)
    {
      send->active = FALSE;
      send->pause_left = PAUSE_PACKETS;
    }
  return buffer;
}

GstPadProbeReturn
tel_dtmf_on_packet_out (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  TelMedia *media = user_data;
  GstBuffer *sound = GST_PAD_PROBE_INFO_BUFFER (info), *event = NULL;
  g_mutex_lock (&media->lock);
  if (media->dtmf_send.active || media->dtmf_send.pause_left > 0 ||
      !g_queue_is_empty (&media->dtmf_send.queue))
    {
      GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
      if (gst_rtp_buffer_map (sound, GST_MAP_READ, &rtp))
        {
          event = next_packet (media, &rtp);
          gst_rtp_buffer_unmap (&rtp);
        }
    }
  g_mutex_unlock (&media->lock);
  if (event != NULL)
    {
      gst_buffer_copy_into (event, sound, GST_BUFFER_COPY_TIMESTAMPS, 0, -1);
      gst_buffer_unref (sound);
      GST_PAD_PROBE_INFO_DATA (info) = event;
    }
  return GST_PAD_PROBE_OK;
}

gboolean
tel_media_send_dtmf (TelMedia *media, const char *digits, guint duration_ms)
{
  guint duration = CLAMP (duration_ms == 0 ? 120 : duration_ms, 40, 1000);
  if (media->pipeline == NULL || media->agreed.dtmf_send < 0 || strlen (digits) > MAX_QUEUE ||
      digits[0] == '\0')
    return FALSE;
  for (const char *d = digits; *d != '\0'; d++)
    if (strchr (digits_of, g_ascii_toupper (*d)) == NULL)
      return FALSE;
  g_mutex_lock (&media->lock);
  gboolean room = media->dtmf_send.queue.length + strlen (digits) <= MAX_QUEUE;
  for (const char *d = digits; room && *d != '\0'; d++)
    {
      guint code = (guint) (strchr (digits_of, g_ascii_toupper (*d)) - digits_of);
      g_queue_push_tail (&media->dtmf_send.queue, GUINT_TO_POINTER (duration << 8 | code));
    }
  g_mutex_unlock (&media->lock);
  return room;
}

void
tel_dtmf_clear (TelMedia *media)
{
  g_mutex_lock (&media->lock);
  g_queue_clear (&media->dtmf_send.queue);
  media->dtmf_send.active = FALSE;
  media->dtmf_send.pause_left = 0;
  memset (&media->dtmf_receive, 0, sizeof media->dtmf_receive);
  g_mutex_unlock (&media->lock);
}

/* --- receiving --- */

static void
close_digit (TelMedia *media, TelDtmfReceive *r)
{
  r->open = FALSE;
  tel_media_post (media, on_digit, r->code, r->duration * 1000 / MAX (1, media->agreed.dtmf_rate));
}

static void
take_event (TelMedia *media, GstRTPBuffer *rtp)
{
  TelDtmfReceive *r = &media->dtmf_receive;
  const guint8 *payload = gst_rtp_buffer_get_payload (rtp);
  guint32 timestamp = gst_rtp_buffer_get_timestamp (rtp);
  if (gst_rtp_buffer_get_payload_len (rtp) < 4 || payload[0] > 15)
    return;
  gboolean fresh = !r->any || timestamp != r->timestamp;
  if (fresh && r->any && (gint32) (timestamp - r->timestamp) < 0)
    return; /* late packets of an earlier digit */
  if (fresh && r->open)
    close_digit (media, r);
  if (fresh)
    *r = (TelDtmfReceive){ .open = TRUE, .any = TRUE, .code = payload[0], .timestamp = timestamp };
  if (!r->open)
    return;
  r->duration = MAX (r->duration, (guint) payload[2] << 8 | payload[3]);
  r->idle = 0;
  if ((payload[1] & 0x80) != 0)
    close_digit (media, r);
}

GstPadProbeReturn
tel_dtmf_on_packet_in (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  TelMedia *media = user_data;
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
  GstPadProbeReturn verdict = GST_PAD_PROBE_DROP;
  if (!gst_rtp_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), GST_MAP_READ, &rtp))
    return GST_PAD_PROBE_DROP;
  guint type = gst_rtp_buffer_get_payload_type (&rtp);
  g_mutex_lock (&media->lock);
  if (media->agreed.dtmf_recv >= 0 && type == (guint) media->agreed.dtmf_recv)
    take_event (media, &rtp);
  else if (type == media->agreed.payload_recv)
    {
      verdict = GST_PAD_PROBE_OK;
      if (media->dtmf_receive.open && ++media->dtmf_receive.idle > IDLE_PACKETS)
        close_digit (media, &media->dtmf_receive); /* its end was lost */
    }
  if (verdict == GST_PAD_PROBE_OK || media->dtmf_receive.open)
    g_atomic_int_inc (&media->packets);
  g_mutex_unlock (&media->lock);
  gst_rtp_buffer_unmap (&rtp);
  return verdict;
}
