/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machine's sleep, by logind: a delay lock gives us the moment to refuse calls and de-register
 * before it; during a call another lock keeps the machine awake. Without logind nothing happens.
 * Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PhoneSleep PhoneSleep;

/* @changed: phone_sleep_is_coming () changed. */
PhoneSleep *phone_sleep_new (void (*changed) (gpointer user_data), gpointer user_data);
void phone_sleep_free (PhoneSleep *sleep);

gboolean phone_sleep_is_coming (PhoneSleep *sleep);
/* All is done that has to be done before: lets the machine sleep. */
void phone_sleep_let (PhoneSleep *sleep);
/* Keeps the machine awake, or no longer. */
void phone_sleep_hold_off (PhoneSleep *sleep, gboolean hold_off);

G_END_DECLS
