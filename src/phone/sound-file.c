/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pipeline for each file; what is read is gathered in its streaming thread, and looked at when
 * that is over. */
#include "phone/sound-file.h"

#include "phone/error.h"

#include <errno.h>
#include <fcntl.h>
#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <unistd.h>

#define RAW "audio/x-raw,format=S16LE,rate=24000,channels=1,layout=interleaved"

struct _PhoneSoundFile
{
  PhoneSoundFileFunc done;
  gpointer user_data;
  GstElement *pipeline;
  guint watch;
  int fd; /* of one that is written */
  GByteArray *read;
  guint64 skip; /* bytes before what is wanted */
};

static void
stop (PhoneSoundFile *file)
{
  g_clear_handle_id (&file->watch, g_source_remove);
  if (file->pipeline)
    gst_element_set_state (file->pipeline, GST_STATE_NULL);
  g_clear_pointer (&file->pipeline, gst_object_unref);
}

void
phone_sound_file_free (PhoneSoundFile *file)
{
  if (!file)
    return;
  stop (file);
  if (file->fd >= 0)
    close (file->fd);
  g_clear_pointer (&file->read, g_byte_array_unref);
  g_free (file);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  PhoneSoundFile *file = user_data;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  file->watch = 0;
  stop (file);
  if (!error && file->fd >= 0 && fsync (file->fd) != 0)
    g_set_error (&error, PHONE_ERROR, PHONE_ERROR_FAILED, "%s", g_strerror (errno));
  file->done (error, file->user_data);
  return G_SOURCE_REMOVE;
}

static PhoneSoundFile *new (const char *description,
                            PhoneSoundFileFunc done,
                            gpointer user_data,
                            GError **error)
{
  PhoneSoundFile *file = g_new0 (PhoneSoundFile, 1);
  g_autoptr (GstBus) bus = NULL;

  file->done = done;
  file->user_data = user_data;
  file->fd = -1;
  gst_init (NULL, NULL);
  file->pipeline = gst_parse_launch (description, error);
  if (!file->pipeline)
    {
      phone_sound_file_free (file);
      return NULL;
    }
  bus = gst_element_get_bus (file->pipeline);
  file->watch = gst_bus_add_watch (bus, on_message, file);
  return file;
}

/* --- writing ---------------------------------------------------------------------------------- */

static GstElement *
part_of (PhoneSoundFile *file, const char *name)
{
  return gst_bin_get_by_name (GST_BIN (file->pipeline), name);
}

static void
push (PhoneSoundFile *file, const gint16 *samples, gsize count)
{
  const gsize bytes = count * sizeof (gint16);
  GstBuffer *buffer = gst_buffer_new_memdup (samples, bytes);
  g_autoptr (GstElement) source = part_of (file, "source");

  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (count, GST_SECOND, PHONE_FILE_RATE);
  gst_app_src_push_buffer (GST_APP_SRC (source), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (source));
}

PhoneSoundFile *
phone_sound_file_write (const char *path,
                        const gint16 *samples,
                        gsize count,
                        PhoneSoundFileFunc done,
                        gpointer user_data,
                        GError **error)
{
  PhoneSoundFile *file =
      new ("appsrc name=source format=time caps=" RAW " max-bytes=0 ! audioconvert ! "
           "audioresample ! opusenc bitrate=32000 audio-type=voice ! oggmux ! fdsink name=sink "
           "sync=false",
           done, user_data, error);
  g_autoptr (GstElement) sink = NULL;

  if (!file)
    return NULL;
  file->fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file->fd < 0)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "path: %s",
                   g_strerror (errno));
      phone_sound_file_free (file);
      return NULL;
    }
  sink = part_of (file, "sink");
  g_object_set (sink, "fd", file->fd, NULL);
  gst_element_set_state (file->pipeline, GST_STATE_PLAYING);
  push (file, samples, count);
  return file;
}

/* --- reading ---------------------------------------------------------------------------------- */

static GstFlowReturn
on_sample (GstAppSink *sink, gpointer user_data)
{
  PhoneSoundFile *file = user_data;
  const guint most = PHONE_FILE_SECONDS * PHONE_FILE_RATE * sizeof (gint16);
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  GstBuffer *buffer = sample ? gst_sample_get_buffer (sample) : NULL;
  GstMapInfo map;

  if (!buffer || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_FLOW_EOS;
  if (file->skip < map.size && file->read->len + map.size <= most)
    g_byte_array_append (file->read, map.data + file->skip, (guint) (map.size - file->skip));
  file->skip -= MIN (file->skip, map.size);
  gst_buffer_unmap (buffer, &map);
  return file->read->len < most ? GST_FLOW_OK : GST_FLOW_EOS;
}

PhoneSoundFile *
phone_sound_file_read (const char *path,
                       guint from,
                       PhoneSoundFileFunc done,
                       gpointer user_data,
                       GError **error)
{
  PhoneSoundFile *file;
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) sink = NULL;

  if (access (path, R_OK) != 0)
    {
      g_set_error (error, PHONE_ERROR, PHONE_ERROR_INVALID_ARGUMENT, "path: %s",
                   g_strerror (errno));
      return NULL;
    }
  file = new ("filesrc name=source ! oggdemux ! opusdec ! audioconvert ! audioresample ! " RAW
              " ! appsink name=sink sync=false",
              done, user_data, error);
  if (!file)
    return NULL;
  file->read = g_byte_array_new ();
  file->skip = (guint64) from * PHONE_FILE_RATE / 1000 * sizeof (gint16);
  source = part_of (file, "source");
  sink = part_of (file, "sink");
  g_object_set (source, "location", path, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, file, NULL);
  gst_element_set_state (file->pipeline, GST_STATE_PLAYING);
  return file;
}

gint16 *
phone_sound_file_take (PhoneSoundFile *file, gsize *count)
{
  gsize bytes;
  guint8 *data = g_byte_array_steal (file->read, &bytes);

  *count = bytes / sizeof (gint16);
  return (gint16 *) data;
}
