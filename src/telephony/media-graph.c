/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds one call's pipeline, with as few elements as its rates allow:
 *   source [! webrtcdsp] [! audioresample] ! encoder ! payloader ! rtpbin ! udpsink
 *   udpsrc ! rtpbin ! depayloader ! decoder [! audioresample] [! webrtcechoprobe] ! sink
 * Built and destroyed on the main context; pads of the other side's streams come on a streaming
 * thread. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/g722.h"
#include "telephony/media-private.h"
#include "telephony/ua.h"

#include <string.h>

#define DISCARD_PORT 9

static const struct
{
  const char *encoder, *payloader, *depayloader, *decoder, *encoding;
} names[TEL_N_CODECS] = {
  [TEL_CODEC_NONE] = { "", "", "", "", "" },
  [TEL_CODEC_OPUS] = { "opusenc", "rtpopuspay", "rtpopusdepay", "opusdec", "OPUS" },
  [TEL_CODEC_G722] = { "telg722enc", "rtpg722pay", "rtpg722depay", "telg722dec", "G722" },
  [TEL_CODEC_PCMU] = { "mulawenc", "rtppcmupay", "rtppcmudepay", "mulawdec", "PCMU" },
  [TEL_CODEC_PCMA] = { "alawenc", "rtppcmapay", "rtppcmadepay", "alawdec", "PCMA" },
};

/* One chain of elements under construction. */
typedef struct
{
  TelMedia *media;
  GstElement *last;
  gboolean ok;
} Chain;

static GstElement *
chain_take (Chain *chain, GstElement *element)
{
  if (element == NULL)
    {
      chain->ok = FALSE;
      return NULL;
    }
  gst_bin_add (GST_BIN (chain->media->pipeline), element);
  if (chain->last != NULL && !gst_element_link (chain->last, element))
    chain->ok = FALSE;
  chain->last = element;
  return element;
}

static GstElement *
chain_make (Chain *chain, const char *factory)
{
  return chain_take (chain, gst_element_factory_make (factory, NULL));
}

static void
chain_caps (Chain *chain, guint rate)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple (
      "audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout", G_TYPE_STRING, "interleaved",
      "channels", G_TYPE_INT, 1, "rate", G_TYPE_INT, (gint) rate, NULL);
  GstElement *filter = chain_make (chain, "capsfilter");
  if (filter != NULL)
    g_object_set (filter, "caps", caps, NULL);
}

static void
add_probe (GstElement *element, const char *pad_name, GstPadProbeCallback callback, TelMedia *media)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, pad_name);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, callback, media, NULL);
}

static guint
io_rate (TelMedia *media)
{
  return media->io.rate != 0 ? media->io.rate : tel_codec_rate (media->agreed.codec);
}

/* Opus takes and gives any of its rates by itself. */
static gboolean
needs_resampler (TelMedia *media)
{
  return media->agreed.codec != TEL_CODEC_OPUS &&
         io_rate (media) != tel_codec_rate (media->agreed.codec);
}

/* --- sound processing --- */

static void
write_processing (TelMedia *media)
{
  g_object_set (media->dsp, "echo-cancel", media->processing.echo_cancel, "noise-suppression",
                media->processing.noise_suppression, "gain-control", media->processing.gain_control,
                NULL);
}

static void
chain_processing (Chain *chain, gboolean capture)
{
  TelMedia *media = chain->media;
  g_autofree char *name = g_strdup_printf ("probe-%p", (void *) media);
  GstElement *e;
  if (!media->config.processing)
    return;
  if (capture && (e = chain_make (chain, "webrtcdsp")) != NULL)
    {
      media->dsp = e;
      g_object_set (e, "probe", name, NULL);
      /* Sound goes to the speaker without the graph's clock, so only the canceller itself can find
       * how late its echo comes. */
      if (g_object_class_find_property (G_OBJECT_GET_CLASS (e), "delay-agnostic") != NULL)
        g_object_set (e, "delay-agnostic", TRUE, NULL);
      gst_util_set_object_arg (G_OBJECT (e), "echo-suppression-level", "high");
      write_processing (media);
    }
  else if (!capture) /* named before it is in the bin: later GStreamer refuses */
    media->probe = chain_take (chain, gst_element_factory_make ("webrtcechoprobe", name));
}

/* webrtcdsp reads its switches when it starts: restart it between two buffers. */
static GstPadProbeReturn
on_dsp_idle (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  TelMedia *media = user_data;
  gst_element_set_state (media->dsp, GST_STATE_READY);
  write_processing (media);
  gst_element_sync_state_with_parent (media->dsp);
  return GST_PAD_PROBE_REMOVE;
}

static void
on_latency (TelMedia *media, guint a, guint b)
{
  if (media->pipeline != NULL)
    gst_bin_recalculate_latency (GST_BIN (media->pipeline));
}

/* The echo's reference keeps all that nobody took while cancellation was off, and would give out
 * the oldest first. It takes part again when it has been told the latency anew. */
static GstPadProbeReturn
on_probe_idle (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  TelMedia *media = user_data;
  gst_element_set_state (media->probe, GST_STATE_READY);
  gst_element_sync_state_with_parent (media->probe);
  tel_media_post (media, on_latency, 0, 0);
  return GST_PAD_PROBE_REMOVE;
}

static void
when_idle (TelMedia *media, GstElement *element, GstPadProbeCallback callback)
{
  g_autoptr (GstPad) sink = gst_element_get_static_pad (element, "sink");
  g_autoptr (GstPad) peer = gst_pad_get_peer (sink);
  gst_pad_add_probe (peer, GST_PAD_PROBE_TYPE_IDLE, callback, media, NULL);
}

void
tel_graph_set_processing (TelMedia *media)
{
  if (media->dsp == NULL || media->probe == NULL)
    return;
  when_idle (media, media->probe, on_probe_idle);
  when_idle (media, media->dsp, on_dsp_idle);
}

/* --- capture: source to rtpbin --- */

static void
set_up_encoder (TelMedia *media, GstElement *encoder)
{
  if (media->agreed.codec != TEL_CODEC_OPUS || encoder == NULL)
    return;
  gst_util_set_object_arg (G_OBJECT (encoder), "audio-type", "voice");
  g_object_set (encoder, "bitrate", 24000, "complexity", 5, NULL);
}

static void
set_up_payloader (TelMedia *media, GstElement *payloader)
{
  if (payloader == NULL)
    return;
  g_object_set (payloader, "pt", media->agreed.payload_send, NULL);
  if (media->agreed.codec != TEL_CODEC_OPUS)
    g_object_set (payloader, "min-ptime", (gint64) 20 * GST_MSECOND, "max-ptime",
                  (gint64) 20 * GST_MSECOND, NULL);
}

static GstElement *
make_source (TelMedia *media)
{
  if (media->io.make_source != NULL)
    return media->io.make_source (io_rate (media), media->io.user_data);
  GstElement *source = gst_element_factory_make ("audiotestsrc", NULL);
  gst_util_set_object_arg (G_OBJECT (source), "wave", "silence");
  g_object_set (source, "is-live", TRUE, "samplesperbuffer", (gint) io_rate (media) / 50, NULL);
  return source;
}

static gboolean
build_capture (TelMedia *media)
{
  Chain chain = { media, NULL, TRUE };
  chain_take (&chain, make_source (media));
  if (!chain.ok)
    return FALSE;
  chain_caps (&chain, io_rate (media));
  chain_processing (&chain, TRUE);
  if (chain.ok)
    add_probe (chain.last, "src", tel_media_on_captured, media);
  if (needs_resampler (media))
    {
      chain_make (&chain, "audioresample");
      chain_caps (&chain, tel_codec_rate (media->agreed.codec));
    }
  set_up_encoder (media, chain_make (&chain, names[media->agreed.codec].encoder));
  set_up_payloader (media, chain_make (&chain, names[media->agreed.codec].payloader));
  if (!chain.ok)
    return FALSE;
  add_probe (chain.last, "src", tel_dtmf_on_packet_out, media);
  return gst_element_link_pads (chain.last, "src", media->rtpbin, "send_rtp_sink_0");
}

/* --- playback: rtpbin to sink --- */

static GstElement *
make_sink (TelMedia *media)
{
  if (media->io.make_sink != NULL)
    return media->io.make_sink (io_rate (media), media->io.user_data);
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", FALSE, NULL);
  return sink;
}

static gboolean
build_playback (TelMedia *media)
{
  Chain chain = { media, NULL, TRUE };
  GstElement *depayloader = chain_make (&chain, names[media->agreed.codec].depayloader);
  GstElement *decoder = chain_make (&chain, names[media->agreed.codec].decoder);
  if (!chain.ok)
    return FALSE;
  if (media->agreed.codec == TEL_CODEC_OPUS)
    g_object_set (decoder, "plc", TRUE, NULL);
  if (needs_resampler (media))
    chain_make (&chain, "audioresample");
  if (needs_resampler (media) || media->agreed.codec == TEL_CODEC_OPUS)
    chain_caps (&chain, io_rate (media));
  add_probe (chain.last, "src", tel_media_on_played, media);
  chain_processing (&chain, FALSE);
  chain_take (&chain, make_sink (media));
  if (chain.ok)
    media->play_pad = gst_element_get_static_pad (depayloader, "sink");
  return chain.ok;
}

static GstPadProbeReturn
on_shut (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  return GST_PAD_PROBE_DROP;
}

/* A stream of the other side: the newest is heard, an earlier one is drained unheard. */
static void
on_pad_added (GstElement *rtpbin, GstPad *pad, gpointer user_data)
{
  TelMedia *media = user_data;
  if (!g_str_has_prefix (GST_OBJECT_NAME (pad), "recv_rtp_src_"))
    return;
  g_mutex_lock (&media->lock);
  GstPad *old = media->heard_pad;
  media->heard_pad = gst_object_ref (pad);
  g_mutex_unlock (&media->lock);
  if (old != NULL)
    {
      gst_pad_add_probe (old, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST, on_shut,
                         NULL, NULL);
      gst_pad_unlink (old, media->play_pad);
      gst_object_unref (old);
    }
  if (gst_pad_link (pad, media->play_pad) != GST_PAD_LINK_OK)
    g_warning ("a stream of the other side cannot be linked");
}

static GstCaps *
on_request_pt_map (GstElement *rtpbin, guint session, guint pt, gpointer user_data)
{
  TelMedia *media = user_data;
  const TelSdpAgreed *agreed = &media->agreed;
  if (agreed->dtmf_recv >= 0 && pt == (guint) agreed->dtmf_recv)
    return gst_caps_new_simple ("application/x-rtp", "media", G_TYPE_STRING, "audio", "clock-rate",
                                G_TYPE_INT, (gint) agreed->dtmf_rate, "encoding-name",
                                G_TYPE_STRING, "TELEPHONE-EVENT", "payload", G_TYPE_INT, (gint) pt,
                                NULL);
  if (pt != agreed->payload_recv)
    return NULL;
  return gst_caps_new_simple ("application/x-rtp", "media", G_TYPE_STRING, "audio", "clock-rate",
                              G_TYPE_INT, (gint) tel_codec_clock (agreed->codec), "encoding-name",
                              G_TYPE_STRING, names[agreed->codec].encoding, "payload", G_TYPE_INT,
                              (gint) pt, NULL);
}

static void
on_new_jitterbuffer (GstElement *rtpbin,
                     GstElement *buffer,
                     guint session,
                     guint ssrc,
                     gpointer user_data)
{
  add_probe (buffer, "sink", tel_dtmf_on_packet_in, user_data);
}

/* --- network --- */

static GstElement *
make_udp_sink (TelMedia *media, GSocket *socket, const char *pad)
{
  GstElement *sink = gst_element_factory_make ("udpsink", NULL);
  const char *property =
      g_socket_get_family (socket) == G_SOCKET_FAMILY_IPV6 ? "socket-v6" : "socket";
  g_object_set (sink, property, socket, "close-socket", FALSE, "sync", FALSE, "async", FALSE,
                "enable-last-sample", FALSE, "auto-multicast", FALSE, NULL);
  gst_bin_add (GST_BIN (media->pipeline), sink);
  return gst_element_link_pads (media->rtpbin, pad, sink, "sink") ? sink : NULL;
}

static gboolean
add_udp_source (TelMedia *media, GSocket *socket, const char *caps_name, const char *pad)
{
  GstElement *source = gst_element_factory_make ("udpsrc", NULL);
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (caps_name);
  g_object_set (source, "socket", socket, "close-socket", FALSE, "auto-multicast", FALSE, "caps",
                caps, "retrieve-sender-address", FALSE, NULL);
  gst_bin_add (GST_BIN (media->pipeline), source);
  return gst_element_link_pads (source, "src", media->rtpbin, pad);
}

static gboolean
build_network (TelMedia *media)
{
  gboolean secure = media->agreed.encrypted;
  media->rtp_out = make_udp_sink (media, media->rtp, "send_rtp_src_0");
  media->rtcp_out = make_udp_sink (media, media->rtcp, "send_rtcp_src_0");
  return media->rtp_out != NULL && media->rtcp_out != NULL &&
         add_udp_source (media, media->rtp, secure ? "application/x-srtp" : "application/x-rtp",
                         "recv_rtp_sink_0") &&
         add_udp_source (media, media->rtcp, secure ? "application/x-srtcp" : "application/x-rtcp",
                         "recv_rtcp_sink_0");
}

/* The sinks do not start without an address of the sockets' own family: until there is one, or
 * where no RTCP is wanted, they have our own and the port where nobody listens. */
void
tel_graph_set_remote (TelMedia *media)
{
  const TelSdpAgreed *agreed = &media->agreed;
  g_autofree char *own = g_inet_address_to_string (media->address);
  gboolean known = agreed->remote_address != NULL && agreed->remote_port != 0;
  gboolean rtcp = known && agreed->remote_rtcp_port != 0;
  g_object_set (media->rtp_out, "host", known ? agreed->remote_address : own, "port",
                (gint) (known ? agreed->remote_port : DISCARD_PORT), NULL);
  g_object_set (media->rtcp_out, "host", rtcp ? agreed->remote_address : own, "port",
                (gint) (rtcp ? agreed->remote_rtcp_port : DISCARD_PORT), NULL);
}

/* --- the whole --- */

static GstBusSyncReply
on_bus (GstBus *bus, GstMessage *message, gpointer user_data)
{
  TelMedia *media = user_data;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    tel_media_post (media, on_latency, 0, 0);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_STREAM_STATUS && media->io.thread != NULL)
    {
      GstStreamStatusType status;
      gst_message_parse_stream_status (message, &status, NULL);
      if (status == GST_STREAM_STATUS_TYPE_ENTER) /* told on that thread */
        media->io.thread ();
    }
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;
      gst_message_parse_error (message, &error, NULL);
      tel_media_post_error (media, error->message);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

static gboolean
build_rtpbin (TelMedia *media)
{
  media->rtpbin = gst_element_factory_make ("rtpbin", NULL);
  if (media->rtpbin == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (media->pipeline), media->rtpbin);
  g_object_set (media->rtpbin, "latency", media->config.jitter_ms, "autoremove", TRUE,
                "max-streams", 32, NULL);
  gst_util_set_object_arg (G_OBJECT (media->rtpbin), "rtp-profile",
                           media->agreed.encrypted ? "savp" : "avp");
  g_signal_connect (media->rtpbin, "pad-added", G_CALLBACK (on_pad_added), media);
  g_signal_connect (media->rtpbin, "request-pt-map", G_CALLBACK (on_request_pt_map), media);
  g_signal_connect (media->rtpbin, "new-jitterbuffer", G_CALLBACK (on_new_jitterbuffer), media);
  if (media->agreed.encrypted)
    tel_srtp_attach (media);
  return TRUE;
}

gboolean
tel_graph_build (TelMedia *media, GError **error)
{
  tel_g722_register ();
  media->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr (GstBus) bus = gst_element_get_bus (media->pipeline);
  gst_bus_set_sync_handler (bus, on_bus, media, NULL);
  if (build_rtpbin (media) && build_capture (media) && build_playback (media) &&
      build_network (media))
    {
      tel_graph_set_remote (media);
      if (gst_element_set_state (media->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
        return TRUE;
    }
  g_set_error (error, TEL_ERROR, TEL_ERROR_MEDIA, "the media graph for %s cannot be built",
               tel_codec_name (media->agreed.codec));
  tel_graph_destroy (media);
  return FALSE;
}

void
tel_graph_destroy (TelMedia *media)
{
  if (media->pipeline == NULL)
    return;
  g_autoptr (GstBus) bus = gst_element_get_bus (media->pipeline);
  gst_element_set_state (media->pipeline, GST_STATE_NULL);
  gst_bus_set_sync_handler (bus, NULL, NULL, NULL);
  gst_clear_object (&media->heard_pad);
  gst_clear_object (&media->play_pad);
  gst_clear_object (&media->srtpenc);
  gst_clear_object (&media->srtpdec);
  gst_clear_object (&media->pipeline);
  media->rtpbin = media->rtp_out = media->rtcp_out = media->dsp = media->probe = NULL;
  tel_dtmf_clear (media);
}
