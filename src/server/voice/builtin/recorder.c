/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread that writes recordings. It wakes ten times a second while there are any, takes what
 * the tick put into each ring, and gives it to that recording's encoder. Owns the recordings and
 * their files; a recording is held by its list and by the tap that writes into its ring. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/recorder.h"

#include <fcntl.h>
#include <gst/app/app.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#define ROUND_US       (100 * 1000)
#define RING_S         4          /* as long may the disk, or this thread, stand still */
#define MOST_WAITING   (16 << 20) /* bytes before the encoder: the disk does not keep up */
#define MONO_BITRATE   24000
#define STEREO_BITRATE 48000

struct _Recorder
{
  GMainContext *context;
  guint rate;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  GQueue fresh; /* Recording*, not yet seen by the thread */
  gboolean quitting;
  GPtrArray *recordings; /* the thread's */
};

struct _Recording
{
  gatomicrefcount refs;
  Recorder *recorder;
  Ring *ring;
  guint channels;
  int fd;
  RecordingEnd on_end;
  gpointer user_data;
  GDestroyNotify destroy;
  _Atomic gboolean no_more;
  /* the thread's: */
  GstElement *pipeline, *source;
  guint64 n_frames;
  gboolean ending;
  char *fault;
};

static void
recording_unref (Recording *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  ring_free (self->ring);
  g_free (self->fault);
  g_free (self);
}

Ring *
recording_get_ring (Recording *self)
{
  return self->ring;
}

void
recording_no_more (gpointer data)
{
  Recording *self = data;

  atomic_store (&self->no_more, TRUE);
  recording_unref (self);
}

/* --- the encoder --- */

static void
set_fault (Recording *self, const char *fault)
{
  if (self->fault == NULL)
    self->fault = g_strdup (fault);
}

static void
build (Recording *self)
{
  g_autofree char *text = g_strdup_printf (
      "appsrc name=source format=time max-bytes=0 ! audioconvert ! "
      "opusenc audio-type=voice bitrate=%d bitrate-type=vbr complexity=5 ! "
      "oggmux max-delay=100000000 max-page-delay=200000000 ! fdsink fd=%d sync=false async=false",
      self->channels == 2 ? STEREO_BITRATE : MONO_BITRATE, self->fd);
  g_autoptr (GstCaps) caps =
      gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, "S16LE", "layout", G_TYPE_STRING,
                           "interleaved", "channels", G_TYPE_INT, (gint) self->channels, "rate",
                           G_TYPE_INT, (gint) self->recorder->rate, NULL);
  g_autoptr (GError) error = NULL;

  self->pipeline = gst_parse_launch (text, &error);
  if (error != NULL)
    {
      gst_clear_object (&self->pipeline);
      set_fault (self, error->message);
      return;
    }
  self->source = gst_bin_get_by_name (GST_BIN (self->pipeline), "source");
  g_object_set (self->source, "caps", caps, NULL);
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    set_fault (self, "the encoder did not start");
}

static void
push (Recording *self, guint n_frames, gboolean silence)
{
  const gsize size = n_frames * self->channels * sizeof (gint16);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      gst_buffer_unref (buffer);
      set_fault (self, "no memory to write into");
      return;
    }
  if (silence)
    memset (map.data, 0, size);
  else
    ring_read (self->ring, map.data, n_frames);
  gst_buffer_unmap (buffer, &map);
  GST_BUFFER_PTS (buffer) =
      gst_util_uint64_scale (self->n_frames, GST_SECOND, self->recorder->rate);
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n_frames, GST_SECOND, self->recorder->rate);
  gst_app_src_push_buffer (GST_APP_SRC (self->source), buffer);
  if (!silence)
    self->n_frames += n_frames;
}

static void
take (Recording *self)
{
  /* Before the ring is looked at: what was written before it was set is then there. */
  gboolean no_more = atomic_load (&self->no_more);
  guint fill = ring_get_fill (self->ring);

  if (fill > 0)
    push (self, fill, FALSE);
  if (no_more && !self->ending)
    {
      if (self->n_frames == 0) /* a file without any sound is none */
        push (self, self->recorder->rate / 50, TRUE);
      gst_app_src_end_of_stream (GST_APP_SRC (self->source));
      self->ending = TRUE;
    }
  if (gst_app_src_get_current_level_bytes (GST_APP_SRC (self->source)) > MOST_WAITING)
    set_fault (self, "the disk does not keep up");
}

/* TRUE: nothing more comes of it. */
static gboolean
step (Recording *self)
{
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  if (self->pipeline == NULL)
    build (self);
  if (self->fault == NULL)
    take (self);
  if (self->fault != NULL)
    return TRUE;

  bus = gst_element_get_bus (self->pipeline);
  message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  if (message == NULL)
    return FALSE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      gst_message_parse_error (message, &error, NULL);
      set_fault (self, error->message);
    }

  return TRUE;
}

/* --- the end, told in the recorder's context --- */

typedef struct
{
  RecordingEnd on_end;
  gpointer user_data;
  GDestroyNotify destroy;
  guint64 duration_ms;
  char *fault;
} End;

static gboolean
on_tell (gpointer data)
{
  End *end = data;

  end->on_end (end->duration_ms, end->fault, end->user_data);

  return G_SOURCE_REMOVE;
}

static void
end_free (gpointer data)
{
  End *end = data;

  if (end->destroy != NULL)
    end->destroy (end->user_data);
  g_free (end->fault);
  g_free (end);
}

static void
close_file (Recording *self)
{
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->source);
  gst_clear_object (&self->pipeline);
  if (fsync (self->fd) < 0)
    set_fault (self, g_strerror (errno));
  close (self->fd);
}

static void
finish (gpointer data)
{
  Recording *self = data;
  g_autoptr (GSource) source = g_idle_source_new ();
  End *end = g_new0 (End, 1);

  close_file (self);
  end->on_end = self->on_end;
  end->user_data = self->user_data;
  end->destroy = self->destroy;
  end->duration_ms = self->n_frames * 1000 / self->recorder->rate;
  end->fault = g_steal_pointer (&self->fault);
  g_source_set_callback (source, on_tell, end, end_free);
  g_source_attach (source, self->recorder->context);
  recording_unref (self);
}

/* --- the thread --- */

static gboolean
wait_for_round (Recorder *self)
{
  gint64 until = g_get_monotonic_time () + ROUND_US;
  Recording *fresh;
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  if (self->recordings->len == 0)
    while (g_queue_is_empty (&self->fresh) && !self->quitting)
      g_cond_wait (&self->cond, &self->mutex);
  else
    while (g_queue_is_empty (&self->fresh) && !self->quitting &&
           g_cond_wait_until (&self->cond, &self->mutex, until))
      ;
  while ((fresh = g_queue_pop_head (&self->fresh)) != NULL)
    g_ptr_array_add (self->recordings, fresh);
  goes_on = !self->quitting || self->recordings->len > 0;
  if (self->quitting && goes_on)
    g_cond_wait_until (&self->cond, &self->mutex, until);
  g_mutex_unlock (&self->mutex);

  return goes_on;
}

static gpointer
run (gpointer data)
{
  Recorder *self = data;

  while (wait_for_round (self))
    for (guint i = self->recordings->len; i > 0; i--)
      if (step (self->recordings->pdata[i - 1]))
        g_ptr_array_remove_index_fast (self->recordings, i - 1);

  return NULL;
}

Recorder *
recorder_new (GMainContext *context, guint rate)
{
  Recorder *self = g_new0 (Recorder, 1);

  self->context = g_main_context_ref (context);
  self->rate = rate;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  g_queue_init (&self->fresh);
  self->recordings = g_ptr_array_new_with_free_func (finish);
  self->thread = g_thread_new ("recorder", run, self);

  return self;
}

void
recorder_free (Recorder *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->quitting = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->recordings);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_main_context_unref (self->context);
  g_free (self);
}

Recording *
recorder_begin (Recorder *self,
                const char *path,
                guint channels,
                RecordingEnd on_end,
                gpointer user_data,
                GDestroyNotify destroy,
                GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  Recording *recording;

  if (fd < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno),
                           g_strerror (errno));
      return NULL;
    }
  recording = g_new0 (Recording, 1);
  g_atomic_ref_count_init (&recording->refs);
  g_atomic_ref_count_inc (&recording->refs); /* the tap's */
  recording->recorder = self;
  recording->channels = channels;
  recording->ring = ring_new (self->rate * RING_S, channels * sizeof (gint16));
  recording->fd = fd;
  recording->on_end = on_end;
  recording->user_data = user_data;
  recording->destroy = destroy;
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->fresh, recording);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  return recording;
}
