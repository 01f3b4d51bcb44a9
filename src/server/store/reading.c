/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readings, one after the other on a thread of their own. The thread owns the connection; a reading
 * belongs to the centre's thread, which hands it over by the queue and gets it back by its source.
 * What may take too long is looked at by SQLite's progress handler, within a question as well. */
#include "server/store/reading.h"

#include <time.h>

#define WORK  (G_GINT64_CONSTANT (100) * 1000)  /* µs of processor time that a reading may take */
#define CLOCK (G_GINT64_CONSTANT (3) * 1000000) /* µs by the clock: a disk that is slow */
#define LOOKS 16 /* questions whether to go on for one look at the time */

struct _StoreReading
{
  Readings *owner; /* NULL: the thread is to end */
  StoreReadFunc read;
  StoreReadDoneFunc done;
  gpointer user_data;
  GDestroyNotify dispose;
  GSource *source; /* attached when it has been read */
  int unwanted;    /* atomic */
};

struct _Readings
{
  StoreReader reader; /* the thread's */
  GMainContext *context;
  GAsyncQueue *queue; /* StoreReading */
  GThread *thread;
  GHashTable *open; /* set of StoreReading: those not yet done */
  int closing;      /* atomic */

  /* Of the reading in hand; the thread's. */
  StoreReading *current;
  guint asked;
  gint64 begun, worked; /* µs by the clock, µs of processor time until then */
};

gboolean (*store_read_hook) (const char *point);

static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean
hook (const char *point)
{
  return store_read_hook == NULL || store_read_hook (point);
}

static gboolean
is_time_over (Readings *self)
{
  return processor_time () - self->worked > WORK || g_get_monotonic_time () - self->begun > CLOCK;
}

static gboolean
may_go_on (gpointer data)
{
  Readings *self = data;

  if (g_atomic_int_get (&self->closing) || g_atomic_int_get (&self->current->unwanted) ||
      (self->asked++ % LOOKS == 0 && is_time_over (self)))
    self->reader.stopped = TRUE;

  return !self->reader.stopped;
}

static void
read_one (Readings *self, StoreReading *reading)
{
  self->current = reading;
  self->reader.stopped = !hook ("before_read");
  self->begun = g_get_monotonic_time ();
  self->worked = processor_time ();
  may_go_on (self);
  reading->read (&self->reader, reading->user_data);
  hook (self->reader.stopped ? "stopped" : "whole");
  self->current = NULL;
  g_source_attach (reading->source, self->context);
}

static gpointer
reading_thread (gpointer data)
{
  Readings *self = data;
  StoreReading *reading;

  while ((reading = g_async_queue_pop (self->queue))->owner != NULL)
    read_one (self, reading);
  g_free (reading);

  return NULL;
}

static void
reading_free (gpointer data)
{
  StoreReading *reading = data;

  g_source_destroy (reading->source);
  g_source_unref (reading->source);
  reading->dispose (reading->user_data);
  g_free (reading);
}

static gboolean
on_read (gpointer data)
{
  StoreReading *reading = data;

  reading->done (reading->user_data);
  g_hash_table_remove (reading->owner->open, reading);

  return G_SOURCE_REMOVE;
}

Readings *
readings_new (const StoreBackend *backend,
              const char *directory,
              GMainContext *context,
              GError **error)
{
  gpointer connection = backend->open (directory, error);
  Readings *self;

  if (connection == NULL)
    return NULL;
  self = g_new0 (Readings, 1);
  self->reader = (StoreReader){ .backend = backend, .connection = connection };
  self->context = g_main_context_ref (context);
  self->queue = g_async_queue_new ();
  self->open = g_hash_table_new_full (NULL, NULL, reading_free, NULL);
  backend->only_read (connection, may_go_on, self);
  self->thread = g_thread_new ("readings", reading_thread, self);

  return self;
}

void
readings_free (Readings *self)
{
  g_atomic_int_set (&self->closing, TRUE);
  g_async_queue_push (self->queue, g_new0 (StoreReading, 1));
  g_thread_join (self->thread);
  g_hash_table_unref (self->open);
  g_async_queue_unref (self->queue);
  g_main_context_unref (self->context);
  self->reader.backend->close (self->reader.connection);
  g_free (self);
}

StoreReading *
readings_add (Readings *self,
              StoreReadFunc read,
              StoreReadDoneFunc done,
              gpointer user_data,
              GDestroyNotify dispose)
{
  StoreReading *reading = g_new0 (StoreReading, 1);

  *reading = (StoreReading){ self, read, done, user_data, dispose, g_idle_source_new (), FALSE };
  g_source_set_priority (reading->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (reading->source, on_read, reading, NULL);
  g_hash_table_add (self->open, reading);
  g_async_queue_push (self->queue, reading);

  return reading;
}

void
store_reading_stop (StoreReading *reading)
{
  g_atomic_int_set (&reading->unwanted, TRUE);
}

gboolean
store_reader_stopped (StoreReader *reader)
{
  return reader->stopped;
}
