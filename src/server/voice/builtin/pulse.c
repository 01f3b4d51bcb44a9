/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A counter that threads wait on by futex. Who beats never waits for who waits. */
#include "server/voice/builtin/pulse.h"

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <unistd.h>

struct _Pulse
{
  gatomicrefcount refs;
  _Atomic guint beats;
};

Pulse *
pulse_new (void)
{
  Pulse *pulse = g_new0 (Pulse, 1);

  g_atomic_ref_count_init (&pulse->refs);

  return pulse;
}

Pulse *
pulse_ref (Pulse *pulse)
{
  g_atomic_ref_count_inc (&pulse->refs);

  return pulse;
}

void
pulse_unref (Pulse *pulse)
{
  if (g_atomic_ref_count_dec (&pulse->refs))
    g_free (pulse);
}

void
pulse_beat (Pulse *pulse)
{
  atomic_fetch_add (&pulse->beats, 1);
  syscall (SYS_futex, &pulse->beats, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

guint
pulse_get (Pulse *pulse)
{
  return atomic_load (&pulse->beats);
}

void
pulse_wait (Pulse *pulse, guint seen)
{
  syscall (SYS_futex, &pulse->beats, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
}
