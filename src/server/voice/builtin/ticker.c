/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock of a mixer: owns one thread, which sleeps to absolute times of the monotonic clock, so
 * that a late tick makes none after it late. Ticks missed by a little are made up at once; after a
 * standstill they are skipped. All of them are counted. */
#define G_LOG_DOMAIN "guichetd-mixer"

#include "server/voice/builtin/ticker.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define TICK_US (MIXER_TICK_MS * 1000)
/* Before the legs' own threads, where the process may (RLIMIT_NICE); sound is well without it. */
#define NICENESS      -11
#define STANDSTILL_US (250 * 1000)

struct _Ticker
{
  Mixer *mixer;
  GThread *thread;
  gint stop;                            /* atomic */
  _Atomic guint64 ticks, late, skipped; /* written by the thread, read by others */
  _Atomic gint64 worst_us;
};

static void
sleep_until (gint64 at_us)
{
  struct timespec at = { .tv_sec = at_us / G_USEC_PER_SEC,
                         .tv_nsec = (at_us % G_USEC_PER_SEC) * 1000 };

  while (clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
    ;
}

static void
count_tick (Ticker *self, gint64 took_us, guint64 skipped)
{
  atomic_fetch_add (&self->ticks, 1 + skipped);
  atomic_fetch_add (&self->skipped, skipped);
  atomic_fetch_add (&self->late, skipped + (took_us > TICK_US ? 1 : 0));
  if (took_us > atomic_load (&self->worst_us))
    atomic_store (&self->worst_us, took_us);
}

static gpointer
run (gpointer data)
{
  Ticker *self = data;
  gint64 due = g_get_monotonic_time ();

  if (setpriority (PRIO_PROCESS, (id_t) gettid (), NICENESS) != 0)
    g_debug ("the mixer runs at the usual priority");
  while (!g_atomic_int_get (&self->stop))
    {
      guint64 skipped = 0;
      gint64 behind;

      due += TICK_US;
      sleep_until (due);
      behind = g_get_monotonic_time () - due;
      if (behind > STANDSTILL_US)
        {
          skipped = (guint64) (behind / TICK_US);
          due += (gint64) skipped * TICK_US;
        }
      mixer_tick (self->mixer, skipped);
      count_tick (self, g_get_monotonic_time () - due, skipped);
    }

  return NULL;
}

Ticker *
ticker_new (Mixer *mixer)
{
  Ticker *self = g_new0 (Ticker, 1);

  self->mixer = mixer;
  self->thread = g_thread_new ("mixer", run, self);

  return self;
}

void
ticker_get_counts (Ticker *self, TickerCounts *counts)
{
  counts->ticks = atomic_load (&self->ticks);
  counts->late = atomic_load (&self->late);
  counts->skipped = atomic_load (&self->skipped);
  counts->worst_us = atomic_load (&self->worst_us);
}

void
ticker_free (Ticker *self)
{
  if (self == NULL)
    return;

  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  g_free (self);
}
