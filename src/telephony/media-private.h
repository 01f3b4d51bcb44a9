/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of one call's sound, shared by the media-*.c files only. Fields below "streaming" are
 * touched by GStreamer's threads: atomics, or under the lock. */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

#include "telephony/media.h"

G_BEGIN_DECLS

/* The digits being sent, driven by the packets of the payloader. */
typedef struct
{
  GQueue queue; /* of packed digit and duration */
  gboolean active;
  guint8 code;
  guint32 start, length; /* in the audio's clock */
  guint32 sent;          /* the last duration written */
  guint ends_left;       /* the end is said three times */
  guint pause_left;      /* packets of sound before the next digit */
} TelDtmfSend;

/* The digit being heard. */
typedef struct
{
  gboolean open;
  gboolean any; /* a timestamp was seen */
  guint8 code;
  guint32 timestamp;
  guint duration;
  guint idle; /* sound packets since its last packet */
} TelDtmfReceive;

typedef struct
{
  double sum;
  guint samples;
} TelLevelSum;

struct _TelMedia
{
  gatomicrefcount refs;
  GMainContext *context;
  gboolean closed; /* main context only: no callback any more */
  TelMediaConfig config;
  TelMediaIo io;
  TelMediaEvents events;
  gpointer user_data;
  GInetAddress *address;
  GSocket *rtp, *rtcp;
  guint port;
  TelSdpAgreed agreed;
  TelProcessing processing;
  GstElement *pipeline, *rtpbin, *rtp_out, *rtcp_out, *dsp, *probe;
  GstElement *srtpenc, *srtpdec;
  char *error;
  GSource *tick;
  gint64 last_packet; /* monotonic */
  gint last_count;
  gboolean timed_out, started_told, error_told, local_hold, muted;

  /* streaming */
  GMutex lock;
  GstPad *play_pad;  /* sink pad of the depayloader */
  GstPad *heard_pad; /* the rtpbin pad linked to it */
  gulong shut_probe;
  TelDtmfSend dtmf_send;
  TelDtmfReceive dtmf_receive;
  TelLevelSum capture_sum, playback_sum;
  gint packets; /* authenticated RTP packets with a known payload type */
  gint may_send, may_receive, silent, started;
  guint capture_rate;
};

TelMedia *tel_media_ref (TelMedia *media);
void tel_media_unref (TelMedia *media);

/* Calls @function on the media's main context; any thread; dropped when the media is closed. */
typedef void (*TelMediaPost) (TelMedia *media, guint a, guint b);
void tel_media_post (TelMedia *media, TelMediaPost function, guint a, guint b);
void tel_media_post_error (TelMedia *media, const char *text);

/* media-graph.c */
gboolean tel_graph_build (TelMedia *media, GError **error);
void tel_graph_destroy (TelMedia *media);
void tel_graph_set_remote (TelMedia *media);
void tel_graph_set_processing (TelMedia *media);

/* media-capture.c: what passes from the source to the network, and the sums for the levels */
GstPadProbeReturn tel_media_on_captured (GstPad *pad, GstPadProbeInfo *info, gpointer user_data);
GstPadProbeReturn tel_media_on_played (GstPad *pad, GstPadProbeInfo *info, gpointer user_data);
gboolean tel_media_take_levels (TelMedia *media, double *capture_db, double *playback_db);

/* media-srtp.c */
void tel_srtp_attach (TelMedia *media);
void tel_srtp_set_keys (TelMedia *media);

/* media-dtmf.c */
GstPadProbeReturn tel_dtmf_on_packet_out (GstPad *pad, GstPadProbeInfo *info, gpointer user_data);
GstPadProbeReturn tel_dtmf_on_packet_in (GstPad *pad, GstPadProbeInfo *info, gpointer user_data);
void tel_dtmf_clear (TelMedia *media);

G_END_DECLS
