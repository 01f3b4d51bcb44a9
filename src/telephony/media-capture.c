/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Probes on the sound itself: the gate of hold, the silence of mute, the levels. Called on the
 * streaming threads of source and sink. */
#include "telephony/media-private.h"

#include <math.h>
#include <string.h>

static void
add_level (TelMedia *media, TelLevelSum *level, const GstMapInfo *map)
{
  const gint16 *samples = (const gint16 *) (const void *) map->data;
  gsize n = map->size / 2;
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += (double) samples[i] * samples[i];
  g_mutex_lock (&media->lock);
  level->sum += sum;
  level->samples += (guint) n;
  g_mutex_unlock (&media->lock);
}

GstPadProbeReturn
tel_media_on_captured (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  TelMedia *media = user_data;
  GstMapInfo map;
  if (!g_atomic_int_get (&media->may_send))
    return GST_PAD_PROBE_DROP;
  gboolean silent = g_atomic_int_get (&media->silent);
  if (!silent && !media->config.levels)
    return GST_PAD_PROBE_OK;
  if (silent)
    GST_PAD_PROBE_INFO_DATA (info) = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  if (gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map,
                      silent ? GST_MAP_WRITE : GST_MAP_READ))
    {
      if (silent)
        memset (map.data, 0, map.size);
      if (media->config.levels)
        add_level (media, &media->capture_sum, &map);
      gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
    }
  return GST_PAD_PROBE_OK;
}

static void
on_started (TelMedia *media, guint a, guint b)
{
  if (media->started_told)
    return;
  media->started_told = TRUE;
  if (media->events.event != NULL)
    media->events.event (media, TEL_MEDIA_STARTED, media->user_data);
}

GstPadProbeReturn
tel_media_on_played (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  TelMedia *media = user_data;
  GstMapInfo map;
  if (!g_atomic_int_get (&media->may_receive))
    return GST_PAD_PROBE_DROP;
  if (g_atomic_int_compare_and_exchange (&media->started, 0, 1))
    tel_media_post (media, on_started, 0, 0);
  if (media->config.levels && gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map, GST_MAP_READ))
    {
      add_level (media, &media->playback_sum, &map);
      gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
    }
  return GST_PAD_PROBE_OK;
}

static double
to_db (const TelLevelSum *level)
{
  double rms = level->samples > 0 ? sqrt (level->sum / level->samples) / 32768.0 : 0;
  return rms > 1e-5 ? 20 * log10 (rms) : -100;
}

gboolean
tel_media_take_levels (TelMedia *media, double *capture_db, double *playback_db)
{
  g_mutex_lock (&media->lock);
  *capture_db = to_db (&media->capture_sum);
  *playback_db = to_db (&media->playback_sum);
  media->capture_sum = media->playback_sum = (TelLevelSum){ 0 };
  g_mutex_unlock (&media->lock);
  return TRUE;
}
