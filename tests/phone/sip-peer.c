/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other side of the phone's tests: a registrar and a caller on one loopback port. It takes
 * commands on standard input and writes one event a line on standard output; what it hears goes as
 * raw 16-bit sound to a file. One call at a time has its sound in the file; calls are numbered
 * from 1. Test program, main thread.
 *
 * Arguments: the file, a codec or nothing, the address (127.0.0.1).
 *
 *   call [Header: value|...]   calls the registered phone        hangup N | hold N 0|1 | dtmf N
 * digits | tone N Hz
 *   noise N volume  quit
 */
#include "telephony/ua.h"

#include <gst/app/gstappsink.h>
#include <stdio.h>
#include <string.h>

#define USER     "agent"
#define PASSWORD "secret"
#define REALM    "guichet"

typedef struct
{
  guint number;
  TelCall *call;
  GstElement *tone; /* the audiotestsrc, or NULL */
} Leg;

static GMainLoop *loop;
static TelUa *ua;
static char *flow; /* the way back to the phone */
static char *contact;
static GPtrArray *legs;
static FILE *heard;
static double frequency = 1000;
static TelMediaConfig media;

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static GstCaps *
make_caps (guint rate)
{
  return gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout",
                              G_TYPE_STRING, "interleaved", "channels", G_TYPE_INT, 1, "rate",
                              G_TYPE_INT, (gint) rate, NULL);
}

static GstElement *
make_source (guint rate, gpointer user_data)
{
  Leg *leg = user_data;
  GstElement *bin = gst_bin_new (NULL), *caps = gst_element_factory_make ("capsfilter", NULL);
  g_autoptr (GstCaps) wanted = make_caps (rate);
  g_autoptr (GstPad) pad = NULL;

  leg->tone = gst_element_factory_make ("audiotestsrc", NULL);
  g_object_set (leg->tone, "is-live", TRUE, "freq", frequency, "volume", 0.2, "samplesperbuffer",
                (gint) rate / 50, NULL);
  g_object_set (caps, "caps", wanted, NULL);
  gst_bin_add_many (GST_BIN (bin), leg->tone, caps, NULL);
  gst_element_link (leg->tone, caps);
  pad = gst_element_get_static_pad (caps, "src");
  gst_element_add_pad (bin, gst_ghost_pad_new ("src", pad));
  return bin;
}

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  GstSample *sample = gst_app_sink_pull_sample (sink);
  GstMapInfo map;

  if (sample && heard && gst_buffer_map (gst_sample_get_buffer (sample), &map, GST_MAP_READ))
    {
      fwrite (map.data, 1, map.size, heard);
      fflush (heard);
      gst_buffer_unmap (gst_sample_get_buffer (sample), &map);
    }
  g_clear_pointer (&sample, gst_sample_unref);
  return GST_FLOW_OK;
}

static GstElement *
make_sink (guint rate, gpointer user_data)
{
  GstElement *sink = gst_element_factory_make ("appsink", NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GstCaps) caps = make_caps (rate);

  g_object_set (sink, "caps", caps, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, NULL, NULL);
  return sink;
}

static void
on_state (TelCall *call, TelCallState state, TelCallState old, gpointer user_data)
{
  Leg *leg = user_data;
  const TelCallEnd *end = tel_call_get_end (call);

  if (state == TEL_CALL_ENDED)
    say ("ended %u %s %d", leg->number, end ? tel_reason_code (end->reason) : "-",
         end ? end->status : 0);
  else
    say ("state %u %s", leg->number, tel_call_state_name (state));
}

static void
on_hold (TelCall *call, gpointer user_data)
{
  Leg *leg = user_data;

  say ("hold %u %d %d", leg->number, tel_call_get_hold (call), tel_call_get_remote_hold (call));
}

static void
on_dtmf (TelCall *call, char digit, guint duration_ms, gpointer user_data)
{
  Leg *leg = user_data;

  say ("dtmf %u %c", leg->number, digit);
}

static char *
look_up (const char *user, const char *realm, gpointer user_data)
{
  return g_str_equal (user, USER) ? tel_digest_ha1 (user, realm, PASSWORD) : NULL;
}

static void
on_request (TelUa *agent, TelRequest *request, gpointer user_data)
{
  GPtrArray *contacts;
  const TelContact *first;
  const char *headers[] = { NULL, NULL };
  g_autofree char *line = NULL;
  const char *expires;

  if (g_strcmp0 (tel_request_get_method (request), "REGISTER") != 0)
    {
      tel_request_respond (request, 405, NULL, NULL);
      return;
    }
  if (tel_request_authenticate (request, REALM, look_up, NULL, NULL) != TEL_AUTH_OK)
    return;
  contacts = tel_request_get_contacts (request);
  first = contacts && contacts->len > 0 ? contacts->pdata[0] : NULL;
  expires = tel_request_get_header (request, "Expires");
  if (!first || first->expires == 0 || (first->expires < 0 && g_strcmp0 (expires, "0") == 0))
    {
      g_clear_pointer (&contact, g_free);
      tel_request_respond (request, 200, NULL, NULL);
      say ("unregistered");
      return;
    }
  g_free (flow);
  g_free (contact);
  flow = tel_request_get_flow (request);
  contact = g_strdup (first->uri);
  line = g_strdup_printf ("Contact: <%s>;expires=60", first->uri);
  headers[0] = line;
  tel_request_respond (request, 200, NULL, headers);
  say ("registered %s %s", contact, tel_request_get_header (request, "Contact"));
}

static void
do_call (const char *rest)
{
  static const TelCallEvents events = { .state = on_state, .hold = on_hold, .dtmf = on_dtmf };
  g_auto (GStrv) headers = g_strsplit (rest, "|", -1);
  g_autoptr (GError) error = NULL;
  Leg *leg = g_new0 (Leg, 1);
  TelMediaIo io = { make_source, make_sink, leg, 48000 };
  TelCallOptions options = { .from = "sip:+33123456789@127.0.0.1",
                             .from_name = "Élise Martin",
                             .io = &io };

  options.to = contact;
  options.route = flow;
  options.headers = *rest ? (const char *const *) headers : NULL;
  options.media = &media;
  leg->number = legs->len + 1;
  g_ptr_array_add (legs, leg);
  if (contact)
    leg->call = tel_call_dial (ua, &options, &events, leg, &error);
  if (!leg->call)
    say ("ended %u none 0", leg->number);
}

static void
on_command (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  guint number = g_strv_length (words) > 1 ? (guint) g_ascii_strtoull (words[1], NULL, 10) : 0;
  Leg *leg = number >= 1 && number <= legs->len ? legs->pdata[number - 1] : NULL;
  const char *rest = leg && words[2] ? words[2] : "";

  if (g_str_equal (words[0], "call"))
    do_call (strlen (line) > 5 ? line + 5 : "");
  else if (g_str_equal (words[0], "quit"))
    g_main_loop_quit (loop);
  else if (!leg || !leg->call)
    say ("error %s", line);
  else if (g_str_equal (words[0], "hangup"))
    tel_call_hang_up (leg->call, 16, NULL);
  else if (g_str_equal (words[0], "hold"))
    tel_call_set_hold (leg->call, *rest == '1');
  else if (g_str_equal (words[0], "dtmf"))
    tel_call_send_dtmf (leg->call, rest, 0);
  else if (g_str_equal (words[0], "tone") && leg->tone)
    g_object_set (leg->tone, "freq", g_ascii_strtod (rest, NULL), NULL);
  else if (g_str_equal (words[0], "noise") && leg->tone)
    {
      gst_util_set_object_arg (G_OBJECT (leg->tone), "wave", "pink-noise");
      g_object_set (leg->tone, "volume", g_ascii_strtod (rest, NULL), NULL);
    }
}

static gboolean
on_input (GIOChannel *channel, GIOCondition condition, gpointer user_data)
{
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (loop);
      return G_SOURCE_REMOVE;
    }
  on_command (g_strstrip (line));
  return G_SOURCE_CONTINUE;
}

static void
on_closed (gpointer data, gpointer user_data)
{
  g_main_loop_quit (loop);
}

static void
free_leg (gpointer data)
{
  Leg *leg = data;

  g_clear_pointer (&leg->call, tel_call_unref);
  g_free (leg);
}

int
main (int argc, char **argv)
{
  static const TelUaEvents events = { .request = on_request };
  TelUaConfig config = {
    .address = "127.0.0.1", .tcp_port = -1, .tls_port = -1, .user_agent = "peer"
  };
  g_autoptr (GError) error = NULL;
  GIOChannel *input = g_io_channel_unix_new (0);

  if (argc > 1)
    heard = fopen (argv[1], "wb");
  if (argc > 2)
    media.codecs[0] = tel_codec_from_name (argv[2]);
  if (argc > 3)
    config.address = argv[3];
  tel_media_warm_up (FALSE);
  loop = g_main_loop_new (NULL, FALSE);
  legs = g_ptr_array_new_with_free_func (free_leg);
  ua = tel_ua_new (&config, &events, NULL, &error);
  if (!ua)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  say ("ready %u", tel_ua_get_port (ua, TEL_TRANSPORT_UDP));
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, on_input, NULL);
  g_main_loop_run (loop);
  tel_ua_close (ua, on_closed, NULL);
  g_main_loop_run (loop);
  g_ptr_array_unref (legs);
  g_io_channel_unref (input);
  g_main_loop_unref (loop);
  g_free (flow);
  g_free (contact);
  if (heard)
    fclose (heard);
  return 0;
}
