/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call's sound: two UDP sockets (RTP, RTCP) from its creation on and, once started, one
 * GStreamer pipeline between them and a source and a sink given by the user. All functions are
 * called on the thread of the main context it was made for, except where it is said. */
#pragma once

#include <gst/gst.h>

#include "telephony/sdp.h"
#include "telephony/types.h"

G_BEGIN_DECLS

typedef struct _TelMedia TelMedia;

/* Where sound comes from and goes to. Both functions run on the main context when the pipeline is
 * built and return a floating element (or bin) with one pad whose caps are
 *   audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=RATE
 * The source must be live and should give 10 or 20 ms buffers; the sink should not block for long.
 * NULL from either is a media failure. A NULL function means silence, or nothing heard. */
typedef struct
{
  GstElement *(*make_source) (guint rate, gpointer user_data);
  GstElement *(*make_sink) (guint rate, gpointer user_data);
  gpointer user_data;
  guint rate; /* fixed rate of both elements; 0 = the codec's own (8000, 16000 or 48000) */
  void (*thread) (void); /* called by each thread of the graph when it begins, or NULL */
} TelMediaIo;

/* Sound processing of the capture side (webrtcdsp), with the far sound as echo reference. */
typedef struct
{
  gboolean echo_cancel;
  gboolean noise_suppression;
  gboolean gain_control;
} TelProcessing;

typedef struct
{
  TelCodec codecs[TEL_N_CODECS]; /* in order of preference, ended by TEL_CODEC_NONE; empty = all */
  TelSrtp srtp;
  guint jitter_ms; /* jitter buffer; 0 = 40 */
  guint port_min;  /* RTP on an even port of the range; 0 = the system chooses */
  guint port_max;
  guint timeout_s;       /* no RTP for so long while sound is due = media time-out; 0 = 30 */
  gboolean processing;   /* build the processing elements in (they can then be switched) */
  TelProcessing initial; /* their state at start */
  gboolean levels;       /* report levels every 100 ms */
} TelMediaConfig;

typedef enum
{
  TEL_MEDIA_STARTED, /* the first RTP packet of the other side was decoded to the sink */
  TEL_MEDIA_TIMEOUT, /* no RTP for timeout_s while some was due */
  TEL_MEDIA_RESUMED, /* RTP again after a time-out that the user chose to survive */
  TEL_MEDIA_FAILED,  /* the graph reported an error; message in tel_media_get_error () */
} TelMediaEvent;

/* What RTCP and the jitter buffer know. Times in ms; -1 where not known yet. */
typedef struct
{
  TelCodec codec;
  gboolean encrypted;
  guint64 packets_sent, bytes_sent;
  guint64 packets_received, bytes_received;
  gint64 packets_lost;        /* of those sent to us */
  double jitter_ms;           /* of what we receive */
  double loss_percent;        /* of what we receive, since the start */
  double remote_loss_percent; /* last interval, as the other side reports */
  double remote_jitter_ms;
  double rtt_ms;
  double mos; /* simplified E-model, 1.0 to 4.5 */
} TelMediaStats;

typedef struct
{
  void (*event) (TelMedia *media, TelMediaEvent event, gpointer user_data);
  void (*dtmf) (TelMedia *media, char digit, guint duration_ms, gpointer user_data);
  /* RMS of the last 100 ms in dBFS, -100 for silence; capture after processing and mute. */
  void (*level) (TelMedia *media, double capture_db, double playback_db, gpointer user_data);
} TelMediaEvents;

/* Once per process, before the first call: initialises GStreamer, loads the plugins, runs every
 * codec's graph once, so that a first call is as quick as the second. @processing: also what only
 * who processes a microphone's sound needs. */
void tel_media_warm_up (gboolean processing);

/* Binds the sockets on @address (numeric). */
TelMedia *tel_media_new (const char *address,
                         const TelMediaConfig *config,
                         const TelMediaIo *io,
                         const TelMediaEvents *events,
                         gpointer user_data,
                         GError **error);
void tel_media_free (TelMedia *media); /* stops; no callback after it */

guint tel_media_get_port (TelMedia *media); /* of RTP; RTCP is on the next one */

/* Builds (the first time) and runs the graph by the agreed description; a later call changes the
 * direction, the remote address, the keys or the codec. */
gboolean tel_media_apply (TelMedia *media, const TelSdpAgreed *agreed, GError **error);

void tel_media_set_mute (TelMedia *media, gboolean mute); /* sends silence, keeps RTP */
/* We hold: send silence, hear nothing. The directions of the description come by _apply. */
void tel_media_set_hold (TelMedia *media, gboolean hold);
void tel_media_set_processing (TelMedia *media, const TelProcessing *processing);
/* Queues digits (0-9 A-D * #), each @duration_ms long (0 = 120). FALSE: no telephone-event agreed.
 */
gboolean tel_media_send_dtmf (TelMedia *media, const char *digits, guint duration_ms);
gboolean tel_media_get_stats (TelMedia *media, TelMediaStats *stats); /* FALSE before it runs */
const char *tel_media_get_error (TelMedia *media);

G_END_DECLS
