/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often somebody may: a bucket of tokens for each name, filled at a steady rate. One thread. */
#pragma once

#include <glib.h>

typedef struct _Limit Limit;

/* @rate tokens a second, at most @burst at once. */
Limit *limit_new (double rate, double burst);
void limit_free (Limit *self);
/* Takes one; 0 if it was there, else after how many seconds it will be. @now in milliseconds. */
guint limit_take (Limit *self, const char *name, gint64 now);
/* The same for several at once. */
guint limit_take_many (Limit *self, const char *name, double n, gint64 now);
