/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time. A clock is an anchor (UTC at a moment of CLOCK_BOOTTIME) and its reference count; any
 * thread may read it. */
#include "base/clock.h"

#include <time.h>

struct _BaseClock
{
  gatomicrefcount references;
  gboolean fake;
  gint64 utc_at_anchor; /* fake: the time itself, under lock */
  gint64 boot_at_anchor;
  GMutex lock;
};

static gint64
read_clock (clockid_t id)
{
  struct timespec at;

  if (clock_gettime (id, &at) != 0)
    g_error ("clock_gettime failed");
  return (gint64) at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static BaseClock *
clock_alloc (gint64 utc, gboolean fake)
{
  BaseClock *self = g_new0 (BaseClock, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  self->fake = fake;
  self->utc_at_anchor = utc;
  self->boot_at_anchor = read_clock (CLOCK_BOOTTIME);
  return self;
}

BaseClock *
base_clock_new (gint64 not_before)
{
  return clock_alloc (MAX (read_clock (CLOCK_REALTIME), not_before), FALSE);
}

BaseClock *
base_clock_new_fake (gint64 now)
{
  return clock_alloc (now, TRUE);
}

BaseClock *
base_clock_ref (BaseClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
base_clock_unref (BaseClock *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

gint64
base_clock_now (BaseClock *self)
{
  gint64 now;

  g_return_val_if_fail (self != NULL, 0);
  if (!self->fake)
    return self->utc_at_anchor + read_clock (CLOCK_BOOTTIME) - self->boot_at_anchor;
  g_mutex_lock (&self->lock);
  now = self->utc_at_anchor;
  g_mutex_unlock (&self->lock);
  return now;
}

void
base_clock_advance (BaseClock *self, gint64 milliseconds)
{
  g_return_if_fail (self != NULL && self->fake && milliseconds >= 0);
  g_mutex_lock (&self->lock);
  self->utc_at_anchor += milliseconds;
  g_mutex_unlock (&self->lock);
}
