/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One call's sound: sockets, life, what its user may do. Owns the graph (media-graph.c). Lives on
 * the thread-default main context of its maker; streaming threads reach it by tel_media_post. */
#define G_LOG_DOMAIN "telephony"

#include "telephony/media-private.h"
#include "telephony/ua.h"

#include <netinet/in.h>
#include <netinet/ip.h>
#include <string.h>

#define TICK_MS    100
#define PORT_TRIES 200
#define EF_TOS     0xb8

/* --- life --- */

TelMedia *
tel_media_ref (TelMedia *media)
{
  g_atomic_ref_count_inc (&media->refs);
  return media;
}

void
tel_media_unref (TelMedia *media)
{
  if (!g_atomic_ref_count_dec (&media->refs))
    return;
  g_clear_object (&media->rtp);
  g_clear_object (&media->rtcp);
  g_clear_object (&media->address);
  tel_sdp_agreed_clear (&media->agreed);
  g_queue_clear (&media->dtmf_send.queue);
  g_mutex_clear (&media->lock);
  g_main_context_unref (media->context);
  g_free (media->error);
  g_free (media);
}

typedef struct
{
  TelMedia *media;
  TelMediaPost function;
  guint a, b;
} Post;

static gboolean
on_post (gpointer data)
{
  Post *post = data;
  if (!post->media->closed)
    post->function (post->media, post->a, post->b);
  return G_SOURCE_REMOVE;
}

static void
post_free (gpointer data)
{
  Post *post = data;
  tel_media_unref (post->media);
  g_free (post);
}

void
tel_media_post (TelMedia *media, TelMediaPost function, guint a, guint b)
{
  Post *post = g_new (Post, 1);
  *post = (Post){ tel_media_ref (media), function, a, b };
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_post, post, post_free);
  g_source_attach (source, media->context);
}

static void
on_error (TelMedia *media, guint a, guint b)
{
  if (media->error_told)
    return;
  media->error_told = TRUE;
  if (media->events.event != NULL)
    media->events.event (media, TEL_MEDIA_FAILED, media->user_data);
}

void
tel_media_post_error (TelMedia *media, const char *text)
{
  g_mutex_lock (&media->lock);
  if (media->error == NULL)
    media->error = g_strdup (text);
  g_mutex_unlock (&media->lock);
  tel_media_post (media, on_error, 0, 0);
}

const char *
tel_media_get_error (TelMedia *media)
{
  return media->error;
}

/* --- sockets --- */

static GSocket *
bind_socket (GInetAddress *address, guint port)
{
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address),
                                             G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new (address, (guint16) port);
  if (socket == NULL || !g_socket_bind (socket, where, FALSE, NULL))
    return NULL;
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    g_socket_set_option (socket, IPPROTO_IP, IP_TOS, EF_TOS, NULL);
  return g_steal_pointer (&socket);
}

static guint
port_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) where = g_socket_get_local_address (socket, NULL);
  return where != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (where)) : 0;
}

/* An even port for RTP with the next one for RTCP. */
static gboolean
bind_pair (TelMedia *media)
{
  guint low = (media->config.port_min + 1) & ~1u, pairs = 0;
  if (media->config.port_min != 0 && media->config.port_max > low)
    pairs = (media->config.port_max + 1 - low) / 2;
  guint first = pairs > 0 ? (guint) g_random_int_range (0, (gint32) pairs) : 0;
  for (guint i = 0; i < (pairs > 0 ? pairs : PORT_TRIES); i++)
    {
      g_autoptr (GSocket) rtp =
          bind_socket (media->address, pairs > 0 ? low + (first + i) % pairs * 2 : 0);
      guint port = rtp != NULL ? port_of (rtp) : 1;
      g_autoptr (GSocket) rtcp = port % 2 == 0 ? bind_socket (media->address, port + 1) : NULL;
      if (rtcp == NULL)
        continue;
      media->rtp = g_steal_pointer (&rtp);
      media->rtcp = g_steal_pointer (&rtcp);
      media->port = port;
      return TRUE;
    }
  return FALSE;
}

TelMedia *
tel_media_new (const char *address,
               const TelMediaConfig *config,
               const TelMediaIo *io,
               const TelMediaEvents *events,
               gpointer user_data,
               GError **error)
{
  TelMedia *media = g_new0 (TelMedia, 1);
  g_atomic_ref_count_init (&media->refs);
  g_mutex_init (&media->lock);
  media->context = g_main_context_ref_thread_default ();
  media->config = *config;
  media->config.jitter_ms = config->jitter_ms != 0 ? config->jitter_ms : 40;
  media->config.timeout_s = config->timeout_s != 0 ? config->timeout_s : 30;
  media->processing = config->initial;
  media->io = io != NULL ? *io : (TelMediaIo){ 0 };
  media->events = events != NULL ? *events : (TelMediaEvents){ 0 };
  media->user_data = user_data;
  media->address = g_inet_address_new_from_string (address);
  if (media->address != NULL && bind_pair (media))
    return media;
  g_set_error (error, TEL_ERROR, media->address == NULL ? TEL_ERROR_ADDRESS : TEL_ERROR_NO_PORT,
               "no RTP port on %s", address);
  tel_media_unref (media);
  return NULL;
}

void
tel_media_free (TelMedia *media)
{
  if (media->tick != NULL)
    {
      g_source_destroy (media->tick);
      g_clear_pointer (&media->tick, g_source_unref);
    }
  tel_graph_destroy (media);
  media->closed = TRUE;
  tel_media_unref (media);
}

guint
tel_media_get_port (TelMedia *media)
{
  return media->port;
}

/* --- the watch over packets, and the levels --- */

static void
tell (TelMedia *media, TelMediaEvent event)
{
  if (media->events.event != NULL)
    media->events.event (media, event, media->user_data);
}

/* Sound is due when neither side holds. */
static gboolean
is_due (TelMedia *media)
{
  return !media->local_hold && media->agreed.direction == TEL_DIR_BOTH;
}

static void
watch_packets (TelMedia *media)
{
  gint64 now = g_get_monotonic_time ();
  gint count = g_atomic_int_get (&media->packets);
  if (count != media->last_count || !is_due (media))
    {
      gboolean resumed = media->timed_out && count != media->last_count;
      media->last_count = count;
      media->last_packet = now;
      media->timed_out = media->timed_out && !resumed;
      if (resumed)
        tell (media, TEL_MEDIA_RESUMED);
    }
  else if (now - media->last_packet > (gint64) media->config.timeout_s * G_USEC_PER_SEC)
    {
      media->timed_out = TRUE;
      media->last_packet = now; /* and again after as long */
      tell (media, TEL_MEDIA_TIMEOUT);
    }
}

static gboolean
on_tick (gpointer data)
{
  TelMedia *media = tel_media_ref (data);
  double capture_db, playback_db;
  watch_packets (media);
  if (!media->closed && media->config.levels && media->events.level != NULL &&
      tel_media_take_levels (media, &capture_db, &playback_db))
    media->events.level (media, capture_db, playback_db, media->user_data);
  tel_media_unref (media);
  return G_SOURCE_CONTINUE;
}

static void
start_tick (TelMedia *media)
{
  media->last_packet = g_get_monotonic_time ();
  if (media->tick != NULL)
    return;
  media->tick = g_timeout_source_new (media->config.levels ? TICK_MS : 5 * TICK_MS);
  g_source_set_callback (media->tick, on_tick, media, NULL);
  g_source_attach (media->tick, media->context);
}

/* --- what was agreed --- */

static void
set_gates (TelMedia *media)
{
  g_atomic_int_set (&media->may_send, (media->agreed.direction & TEL_DIR_SEND) != 0);
  g_atomic_int_set (&media->may_receive,
                    !media->local_hold && (media->agreed.direction & TEL_DIR_RECV) != 0);
}

static gboolean
needs_rebuild (const TelSdpAgreed *a, const TelSdpAgreed *b)
{
  return a->codec != b->codec || a->encrypted != b->encrypted ||
         a->payload_send != b->payload_send || a->payload_recv != b->payload_recv ||
         (b->encrypted && memcmp (&a->send_key, &b->send_key, sizeof a->send_key) != 0);
}

gboolean
tel_media_apply (TelMedia *media, const TelSdpAgreed *agreed, GError **error)
{
  if (media->pipeline != NULL && needs_rebuild (&media->agreed, agreed))
    tel_graph_destroy (media);
  gboolean new_key =
      media->pipeline != NULL && agreed->encrypted &&
      memcmp (media->agreed.recv_key.key, agreed->recv_key.key, sizeof agreed->recv_key.key) != 0;
  g_mutex_lock (&media->lock);
  tel_sdp_agreed_copy (&media->agreed, agreed);
  g_mutex_unlock (&media->lock);
  set_gates (media);
  start_tick (media);
  if (media->pipeline == NULL)
    return tel_graph_build (media, error);
  if (new_key)
    tel_srtp_set_keys (media);
  tel_graph_set_remote (media);
  return TRUE;
}

static void
set_silence (TelMedia *media, gboolean mute)
{
  g_atomic_int_set (&media->silent, mute || media->local_hold);
}

void
tel_media_set_mute (TelMedia *media, gboolean mute)
{
  media->muted = mute;
  set_silence (media, mute);
}

void
tel_media_set_hold (TelMedia *media, gboolean hold)
{
  media->local_hold = hold;
  set_silence (media, media->muted);
  set_gates (media);
}

void
tel_media_set_processing (TelMedia *media, const TelProcessing *processing)
{
  if (memcmp (&media->processing, processing, sizeof *processing) == 0)
    return;
  media->processing = *processing;
  tel_graph_set_processing (media);
}

/* --- once per process --- */

void
tel_media_warm_up (gboolean processing)
{
  static gsize done = 0;
  if (!g_once_init_enter (&done))
    return;
  gst_init (NULL, NULL);
  TelMediaConfig config = { .srtp = TEL_SRTP_OFF, .processing = processing };
  for (TelCodec codec = TEL_CODEC_OPUS; codec <= TEL_CODEC_PCMA; codec++)
    {
      TelMedia *media = tel_media_new ("127.0.0.1", &config, NULL, NULL, NULL, NULL);
      TelSdpAgreed agreed = { .codec = codec,
                              .payload_send = 96,
                              .payload_recv = 96,
                              .dtmf_send = -1,
                              .dtmf_recv = -1,
                              .encrypted = codec == TEL_CODEC_OPUS,
                              .direction = TEL_DIR_INACTIVE };
      agreed.send_key.suite = agreed.recv_key.suite = TEL_SUITE_AES_CM_128_HMAC_SHA1_80;
      if (media == NULL)
        continue;
      tel_media_apply (media, &agreed, NULL);
      tel_media_free (media);
    }
  g_once_init_leave (&done, 1);
}
