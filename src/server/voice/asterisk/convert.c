/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the file that the centre asked for of what Asterisk recorded. On a thread of the pool. */
#include "server/voice/asterisk/convert.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <string.h>
#include <unistd.h>

#define HEADER     44
#define BYTES_A_MS 32  /* 16 bits at 16 kHz */
#define NOISE_PEAK 180 /* -50 dB */
#define LONGEST_NS (30 * 60 * (GstClockTime) GST_SECOND)
#define ENCODER                                                                                    \
  "audioconvert ! opusenc audio-type=voice bitrate=%d bitrate-type=vbr complexity=5 ! oggmux ! "   \
  "fdsink fd=%d sync=false"

typedef struct
{
  char *path, *sides[2];
  GArray *noise; /* Stretch */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job->sides[0]);
  g_free (job->sides[1]);
  g_clear_pointer (&job->noise, g_array_unref);
  g_free (job);
}

guint64
convert_length_ms (const char *path)
{
  GStatBuf info;

  return path != NULL && g_stat (path, &info) == 0 && info.st_size > HEADER
             ? (guint64) (info.st_size - HEADER) / BYTES_A_MS
             : 0;
}

/* Who said nothing at all is a moment of silence. */
static char *
source_of (const char *path, const char *name)
{
  return convert_length_ms (path) > 0
             ? g_strdup_printf ("filesrc name=%s ! wavparse", name)
             : g_strdup ("audiotestsrc wave=silence num-buffers=1 samplesperbuffer=320 ! "
                         "audio/x-raw,rate=16000");
}

static GstElement *
build (const Job *job, int fd, GError **error)
{
  static const char *const names[] = { "left", "right" };
  g_autofree char *left = source_of (job->sides[0], names[0]);
  g_autofree char *right = job->sides[1] != NULL ? source_of (job->sides[1], names[1]) : NULL;
  g_autofree char *text =
      right == NULL
          ? g_strdup_printf ("%s ! " ENCODER, left, 24000, fd)
          : g_strdup_printf (
                "audiomixer name=both ! audio/x-raw,channels=2 ! " ENCODER
                " %s ! audioconvert ! audioresample ! audiopanorama method=simple panorama=-1 ! "
                "queue ! both. %s ! audioconvert ! audioresample ! audiopanorama method=simple "
                "panorama=1 ! queue ! both.",
                48000, fd, left, right);
  GstElement *pipeline = gst_parse_launch (text, error);

  for (guint i = 0; pipeline != NULL && i < 2; i++)
    {
      g_autoptr (GstElement) source = gst_bin_get_by_name (GST_BIN (pipeline), names[i]);

      if (source != NULL)
        g_object_set (source, "location", job->sides[i], NULL);
    }

  return pipeline;
}

static gboolean
run (GstElement *pipeline, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, LONGEST_NS, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (message == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the encoder does not end");
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  else
    return TRUE;

  return FALSE;
}

/* What was muted there is silence, to which noise is added; a WAV is only as long as it is. */
static void
add_noise (FILE *file, const Stretch *stretch, guint64 ms)
{
  gint16 samples[BYTES_A_MS / 2];

  for (gint64 at = MAX (stretch->from, 0); at < MIN (stretch->to, (gint64) ms); at++)
    {
      const long place = (long) (HEADER + at * BYTES_A_MS);

      if (fseek (file, place, SEEK_SET) != 0 || fread (samples, sizeof samples, 1, file) != 1)
        return;
      for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
        samples[i] = (gint16) CLAMP (samples[i] + g_random_int_range (-NOISE_PEAK, NOISE_PEAK),
                                     G_MININT16, G_MAXINT16);
      if (fseek (file, place, SEEK_SET) != 0 || fwrite (samples, sizeof samples, 1, file) != 1)
        return;
    }
}

static void
mask (const Job *job)
{
  for (guint side = 0; side < 2; side++)
    {
      FILE *file = job->noise->len > 0 && job->sides[side] != NULL
                       ? g_fopen (job->sides[side], "r+b")
                       : NULL;

      for (guint i = 0; file != NULL && i < job->noise->len; i++)
        add_noise (file, &g_array_index (job->noise, Stretch, i),
                   convert_length_ms (job->sides[side]));
      if (file != NULL)
        fclose (file);
    }
}

static void
convert (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  guint64 ms = MAX (convert_length_ms (job->sides[0]), convert_length_ms (job->sides[1]));
  g_autofree char *part = g_strconcat (job->path, ".part", NULL);
  int fd = g_open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gboolean good;

  if (fd < 0)
    {
      int saved = errno;

      g_task_return_new_error (task, G_IO_ERROR, (gint) g_io_error_from_errno (saved), "%s",
                               g_strerror (saved));
      return;
    }
  gst_init (NULL, NULL);
  mask (job);
  pipeline = build (job, fd, &error);
  good = pipeline != NULL && run (pipeline, &error) && fsync (fd) == 0;
  close (fd);
  /* Half a file would be taken for a whole one by whoever comes after a crash. */
  good = good && g_rename (part, job->path) == 0;
  if (good)
    g_task_return_int (task, (gssize) ms);
  else
    {
      g_unlink (part);
      g_task_return_error (
          task, error != NULL
                    ? error
                    : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not written"));
    }
}

void
convert_to_opus (const char *path,
                 const char *left,
                 const char *right,
                 const GArray *noise,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->sides[0] = g_strdup (left);
  job->sides[1] = g_strdup (right);
  job->noise = g_array_copy ((GArray *) noise);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, convert);
}

gboolean
convert_to_opus_finish (GAsyncResult *result, guint64 *duration_ms, GError **error)
{
  gssize ms = g_task_propagate_int (G_TASK (result), error);

  if (ms < 0)
    return FALSE;
  *duration_ms = (guint64) ms;

  return TRUE;
}

static gboolean
is_ogg (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  char magic[4] = "";
  gboolean ogg = fd >= 0 && read (fd, magic, 4) == 4 && memcmp (magic, "OggS", 4) == 0;

  if (fd >= 0)
    close (fd);

  return ogg;
}

static void
unpack (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  g_autoptr (GstElement) pipeline = NULL, file = NULL, out = NULL;
  g_autofree char *text =
      g_strdup_printf ("filesrc name=file ! %s ! audioconvert ! audioresample ! "
                       "audio/x-raw,format=S16LE,layout=interleaved,channels=1,rate=16000 ! "
                       "filesink name=out sync=false",
                       is_ogg (job->sides[0]) ? "oggdemux ! opusdec" : "wavparse");

  gst_init (NULL, NULL);
  pipeline = gst_parse_launch (text, &error);
  if (pipeline != NULL)
    {
      file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
      out = gst_bin_get_by_name (GST_BIN (pipeline), "out");
      g_object_set (file, "location", job->sides[0], NULL);
      g_object_set (out, "location", job->path, NULL);
    }
  if (pipeline != NULL && run (pipeline, &error) && convert_length_ms (job->path) > 0)
    {
      /* Another user's Asterisk reads it. */
      g_chmod (job->path, 0644);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_unlink (job->path);
  g_task_return_error (task, error != NULL
                                 ? error
                                 : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                                        "there is no sound in it"));
}

void
convert_to_raw (const char *path,
                const char *from,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->sides[0] = g_strdup (from);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, unpack);
}

gboolean
convert_to_raw_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
