/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that become sounds: WAV by our own reader, Ogg/Opus by a small pipeline with nothing else
 * in it, so that a file that is something else is refused. On a thread of GLib's pool. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/file-sound.h"

#include <fcntl.h>
#include <gst/app/app.h>
#include <string.h>
#include <unistd.h>

#define MAX_SECONDS 600

typedef struct
{
  char *path;
  guint rate;
} File;

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->path);
  g_free (file);
}

static gboolean
is_ogg (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  char magic[4] = "";
  gboolean ogg = fd >= 0 && read (fd, magic, 4) == 4 && memcmp (magic, "OggS", 4) == 0;

  if (fd >= 0)
    close (fd);

  return ogg;
}

static void
append (GByteArray *samples, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMapInfo map;

  if (buffer == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  g_byte_array_append (samples, map.data, (guint) map.size);
  gst_buffer_unmap (buffer, &map);
}

/* Until its end; FALSE: it is not what it should be, or too long. */
static gboolean
pull (GstElement *pipeline, GByteArray *samples, guint rate)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  const guint most = MAX_SECONDS * rate * (guint) sizeof (gint16);
  g_autoptr (GstMessage) failure = NULL;

  while (failure == NULL && samples->len <= most && !gst_app_sink_is_eos (GST_APP_SINK (sink)))
    {
      g_autoptr (GstSample) sample =
          gst_app_sink_try_pull_sample (GST_APP_SINK (sink), 100 * GST_MSECOND);

      if (sample != NULL)
        append (samples, sample);
      failure = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
    }

  return failure == NULL && samples->len > 0 && samples->len <= most;
}

static Sound *
decode (const char *path, guint rate, GError **error)
{
  g_autofree char *text =
      g_strdup_printf ("filesrc name=file ! oggdemux ! opusdec ! audioconvert ! audioresample ! "
                       "audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=%u ! "
                       "appsink name=sink sync=false max-buffers=20",
                       rate);
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, error);
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GByteArray) samples = g_byte_array_new ();
  gboolean whole;
  gsize size;
  guint8 *data;

  if (pipeline == NULL)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (source, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  whole = pull (pipeline, samples, rate);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (!whole)
    {
      g_set_error (error, SOUND_ERROR, SOUND_ERROR_FORMAT,
                   "not a whole Ogg/Opus file, or longer than 10 minutes");
      return NULL;
    }
  data = g_byte_array_steal (samples, &size);

  return sound_new_take ((gint16 *) (gpointer) data, (guint) (size / sizeof (gint16)));
}

static void
load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const File *file = task_data;
  GError *error = NULL;
  Sound *sound;

  if (is_ogg (file->path))
    sound = decode (file->path, file->rate, &error);
  else
    sound = sound_load (file->path, file->rate, &error);
  if (sound != NULL)
    g_task_return_pointer (task, sound, (GDestroyNotify) sound_unref);
  else
    g_task_return_error (task, error);
}

void
file_sound_load (const char *path, guint rate, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  File *file = g_new0 (File, 1);

  file->path = g_strdup (path);
  file->rate = rate;
  g_task_set_task_data (task, file, file_free);
  g_task_run_in_thread (task, load);
}

Sound *
file_sound_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
