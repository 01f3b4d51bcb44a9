/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time: UTC in milliseconds that never goes back and advances by CLOCK_BOOTTIME, so that
 * neither a set clock nor a suspended machine confuses deadlines. A fake one for tests. Any thread.
 */
#pragma once

#include <glib.h>

typedef struct _BaseClock BaseClock;

/* base_clock_new: starts at the system's UTC, or at not_before if that is later (0: no floor). */
BaseClock *base_clock_new (gint64 not_before);

/* base_clock_new_fake: stands at now until base_clock_advance. */
BaseClock *base_clock_new_fake (gint64 now);

BaseClock *base_clock_ref (BaseClock *self);
void base_clock_unref (BaseClock *self);

/* base_clock_now: milliseconds since 1970-01-01 UTC; never less than it said before. */
gint64 base_clock_now (BaseClock *self);

/* base_clock_advance: moves a fake clock forward. */
void base_clock_advance (BaseClock *self, gint64 milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaseClock, base_clock_unref)
