/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers every call at once, for measurements: noise out, what comes in is thrown away. With
 * "floor CODEC" it is instead the bare GStreamer graph of one call to itself, without SIP. Prints
 * its port, or "ready"; ends with its standard input. */
#include <gst/gst.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "telephony/ua.h"

static GstElement *
make_source (guint rate, gpointer user_data)
{
  GstElement *source = gst_element_factory_make ("audiotestsrc", NULL);
  g_object_set (source, "is-live", TRUE, "volume", 0.1, "samplesperbuffer", (gint) rate / 50, NULL);
  gst_util_set_object_arg (G_OBJECT (source), "wave", "pink-noise");
  return source;
}

static GstElement *
make_sink (guint rate, gpointer user_data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (sink, "sync", TRUE, "async", FALSE, NULL);
  return sink;
}

static void
on_incoming_call (TelUa *ua, TelCall *call, TelRequest *invite, gpointer user_data)
{
  static const TelMediaIo io = { make_source, make_sink, NULL, 0 };
  tel_call_set_io (call, &io);
  tel_call_ring (call);
  tel_call_answer (call);
}

static gboolean
on_input (gint fd, GIOCondition condition, gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

#define FLOOR                                                                                      \
  "rtpbin name=b latency=40 audiotestsrc is-live=true wave=pink-noise volume=0.1 "                 \
  "samplesperbuffer=%u ! audio/x-raw,format=S16LE,channels=1,rate=%u ! %s ! b.send_rtp_sink_0 "    \
  "b.send_rtp_src_0 ! udpsink host=127.0.0.1 port=%u sync=false async=false "                      \
  "b.send_rtcp_src_0 ! udpsink host=127.0.0.1 port=%u sync=false async=false "                     \
  "udpsrc port=%u caps=application/x-rtcp ! b.recv_rtcp_sink_1 udpsrc port=%u "                    \
  "caps=\"application/x-rtp,media=audio,%s\" ! b.recv_rtp_sink_1 b. ! %s ! fakesink sync=true "    \
  "async=false"

static GstElement *
run_floor (const char *codec)
{
  gboolean opus = g_str_equal (codec, "opus");
  guint port = 30000 + 2 * (guint) g_random_int_range (0, 10000), rate = opus ? 48000 : 8000;
  g_autofree char *text = g_strdup_printf (
      FLOOR, rate / 50, rate,
      opus ? "opusenc audio-type=voice bitrate=24000 complexity=5 ! rtpopuspay pt=96"
           : "mulawenc ! rtppcmupay min-ptime=20000000 max-ptime=20000000",
      port, port + 1, port + 1, port,
      opus ? "clock-rate=48000,encoding-name=OPUS,payload=96"
           : "clock-rate=8000,encoding-name=PCMU,payload=0",
      opus ? "rtpopusdepay ! opusdec plc=true" : "rtppcmudepay ! mulawdec");
  gst_init (NULL, NULL);
  GstElement *pipeline = gst_parse_launch (text, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  printf ("ready\n");
  return pipeline;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  TelUaConfig config = { .address = "127.0.0.1", .tcp_port = -1, .tls_port = -1 };
  TelUaEvents events = { .incoming_call = on_incoming_call };
  g_autoptr (GError) error = NULL;
  if (argc == 3 && g_str_equal (argv[1], "floor"))
    run_floor (argv[2]);
  else
    {
      TelUa *ua = tel_ua_new (&config, &events, NULL, &error);
      if (ua == NULL)
        g_error ("%s", error->message);
      printf ("%u\n", tel_ua_get_port (ua, TEL_TRANSPORT_UDP));
    }
  fflush (stdout);
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input, loop, NULL);
  g_main_loop_run (loop);
  _exit (0);
}
