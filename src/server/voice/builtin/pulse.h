/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer's pulse: one beat wakes all who wait, with one system call and no lock. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Pulse Pulse;

Pulse *pulse_new (void);
Pulse *pulse_ref (Pulse *pulse);
void pulse_unref (Pulse *pulse);

void pulse_beat (Pulse *pulse); /* any thread */
guint pulse_get (Pulse *pulse); /* changes with every beat */

/* Returns when pulse_get () is no longer @seen; sometimes earlier. */
void pulse_wait (Pulse *pulse, guint seen);

G_END_DECLS
