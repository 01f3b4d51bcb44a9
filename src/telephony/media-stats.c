/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a call from rtpbin's session: its own counters and the reports of the other side. */
#include "telephony/media-private.h"

#include <math.h>

/* A simplified E-model (ITU-T G.107): delay and loss against a codec's robustness. */
static double
estimate_mos (TelCodec codec, double delay_ms, double loss_percent)
{
  double robustness = codec == TEL_CODEC_OPUS ? 20.0 : 10.0; /* Bpl */
  double r = 93.2 - 0.024 * delay_ms;
  if (delay_ms > 177.3)
    r -= 0.11 * (delay_ms - 177.3);
  r -= 95.0 * loss_percent / (loss_percent + robustness);
  if (r <= 0)
    return 1.0;
  return CLAMP (1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r), 1.0, 4.5);
}

static guint64
get_uint64 (const GstStructure *s, const char *name)
{
  guint64 value = 0;
  gst_structure_get_uint64 (s, name, &value);
  return value;
}

static void
add_remote (TelMediaStats *stats, const GstStructure *s, double clock)
{
  guint jitter = 0, round_trip = 0, rb_jitter = 0, fraction = 0;
  gint lost = 0;
  gboolean have_rb = FALSE;
  stats->packets_received += get_uint64 (s, "packets-received");
  stats->bytes_received += get_uint64 (s, "octets-received");
  if (gst_structure_get_int (s, "packets-lost", &lost) && lost > 0)
    stats->packets_lost += lost;
  if (gst_structure_get_uint (s, "jitter", &jitter))
    stats->jitter_ms = jitter / clock;
  gst_structure_get_boolean (s, "have-rb", &have_rb);
  if (!have_rb)
    return;
  if (gst_structure_get_uint (s, "rb-round-trip", &round_trip))
    stats->rtt_ms = round_trip * 1000.0 / 65536.0;
  if (gst_structure_get_uint (s, "rb-jitter", &rb_jitter))
    stats->remote_jitter_ms = rb_jitter / clock;
  if (gst_structure_get_uint (s, "rb-fractionlost", &fraction))
    stats->remote_loss_percent = fraction * 100.0 / 256.0;
}

static void
read_sources (TelMedia *media, const GstStructure *session, TelMediaStats *stats)
{
  double clock = tel_codec_clock (media->agreed.codec) / 1000.0;
  const GValue *list = gst_structure_get_value (session, "source-stats");
  if (list == NULL)
    return;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  const GValueArray *sources = g_value_get_boxed (list);
  for (guint i = 0; sources != NULL && i < sources->n_values; i++)
    {
      const GstStructure *s = g_value_get_boxed (&sources->values[i]);
      gboolean internal = FALSE;
      gst_structure_get_boolean (s, "internal", &internal);
      if (internal)
        {
          stats->packets_sent += get_uint64 (s, "packets-sent");
          stats->bytes_sent += get_uint64 (s, "octets-sent");
        }
      else
        add_remote (stats, s, clock);
    }
  G_GNUC_END_IGNORE_DEPRECATIONS
}

gboolean
tel_media_get_stats (TelMedia *media, TelMediaStats *stats)
{
  GObject *session = NULL;
  GstStructure *s = NULL;
  *stats = (TelMediaStats){ .codec = media->agreed.codec,
                            .encrypted = media->agreed.encrypted,
                            .jitter_ms = -1,
                            .remote_loss_percent = -1,
                            .remote_jitter_ms = -1,
                            .rtt_ms = -1,
                            .mos = -1 };
  if (media->rtpbin == NULL)
    return FALSE;
  g_signal_emit_by_name (media->rtpbin, "get-internal-session", 0, &session);
  if (session == NULL)
    return FALSE;
  g_object_get (session, "stats", &s, NULL);
  read_sources (media, s, stats);
  gst_structure_free (s);
  g_object_unref (session);
  double total = (double) stats->packets_received + (double) stats->packets_lost;
  stats->loss_percent = total > 0 ? 100.0 * (double) stats->packets_lost / total : 0;
  double delay = MAX (0, stats->rtt_ms) / 2 + media->config.jitter_ms + 20;
  if (stats->packets_received > 0)
    stats->mos = estimate_mos (media->agreed.codec, delay, stats->loss_percent);
  return TRUE;
}
