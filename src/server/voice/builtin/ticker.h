/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock of a mixer: a thread that ticks it every 20 ms, on absolute times. */
#pragma once

#include "server/voice/builtin/mixer.h"

G_BEGIN_DECLS

typedef struct _Ticker Ticker;

typedef struct
{
  guint64 ticks; /* due so far, the skipped ones too */
  guint64 late;  /* not finished within their own 20 ms, the skipped ones too */
  guint64
      skipped; /* not done at all: the machine slept, or stood still for a quarter of a second */
  gint64 worst_us; /* the longest time from when a tick was due to its end */
} TickerCounts;

Ticker *ticker_new (Mixer *mixer);
void ticker_get_counts (Ticker *ticker, TickerCounts *counts); /* any thread */
void ticker_free (Ticker *ticker);                             /* waits for its thread */

G_END_DECLS
