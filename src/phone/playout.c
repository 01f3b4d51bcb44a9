/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The playout buffer: one linear array with the samples already played before `read` and those to
 * come up to `write`. All stretching happens in place. Every second the least that was waiting
 * after a pull decides: too much and one period is dropped, too little and one is repeated; each
 * gap widens the margin, calm narrows it again. */
#include "phone/playout.h"

#include <math.h>
#include <string.h>

#define START_MS      20 /* waited for before the first sound */
#define MARGIN_MIN_MS 4
#define MARGIN_MAX_MS 60
#define SLACK_MS      5   /* above the margin before a period is dropped */
#define HISTORY_MS    150 /* kept behind the read position */
#define KEEP_MS       500 /* more than this is never kept waiting */
#define PERIOD_MIN_MS 2.5
#define PERIOD_MAX_MS 12.5
#define FADE_MS       3  /* where two periods are joined */
#define CONCEAL_MS    80 /* a gap is bridged for so long, fading */
#define RESTART_MS    200

struct _PhonePlayout
{
  gatomicrefcount refs;
  GMutex lock;
  guint rate;
  gint16 *samples;
  gsize capacity, read, write;
  gboolean started;
  gsize concealed;        /* samples made up since the last real one */
  gsize conceal_period;   /* the period that is repeated meanwhile */
  gsize watched, lowest;  /* samples pulled in this second, and the least left waiting in it */
  gsize margin;           /* samples */
  guint calm;             /* seconds without a gap */
  gboolean gap_in_window; /* a gap in this second */
  PhonePlayoutStats stats;
};

static gsize
ms (PhonePlayout *p, double milliseconds)
{
  return (gsize) (milliseconds * p->rate / 1000.0);
}

PhonePlayout *
phone_playout_new (guint rate)
{
  PhonePlayout *p = g_new0 (PhonePlayout, 1);

  g_atomic_ref_count_init (&p->refs);
  g_mutex_init (&p->lock);
  p->rate = rate;
  p->capacity = ms (p, 2000);
  p->samples = g_new0 (gint16, p->capacity);
  p->read = p->write = ms (p, HISTORY_MS);
  p->margin = ms (p, MARGIN_MIN_MS);
  p->lowest = G_MAXSIZE;
  return p;
}

PhonePlayout *
phone_playout_ref (PhonePlayout *p)
{
  g_atomic_ref_count_inc (&p->refs);
  return p;
}

void
phone_playout_unref (PhonePlayout *p)
{
  if (!g_atomic_ref_count_dec (&p->refs))
    return;
  g_mutex_clear (&p->lock);
  g_free (p->samples);
  g_free (p);
}

/* Makes room for count samples at the end; the history stays. */
static void
make_room (PhonePlayout *p, gsize count)
{
  gsize history = ms (p, HISTORY_MS), from;

  if (p->write + count <= p->capacity)
    return;
  from = p->read - MIN (history, p->read);
  memmove (p->samples, p->samples + from, (p->write - from) * sizeof (gint16));
  p->read -= from;
  p->write -= from;
}

/* How alike the sound is at two places: the normalised correlation over a few milliseconds. */
static double
likeness (PhonePlayout *p, const gint16 *a, const gint16 *b, gsize count)
{
  gsize step = MAX (1, p->rate / 12000);
  double ab = 0, aa = 1, bb = 1;

  for (gsize i = 0; i < count; i += step)
    {
      ab += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
  return ab / sqrt (aa * bb);
}

/* The lag between here and here + sign * lag where the sound repeats itself best. */
static gsize
best_lag (PhonePlayout *p, const gint16 *here, int sign, gsize max, gsize window)
{
  gsize best = ms (p, PERIOD_MIN_MS), step = MAX (1, p->rate / 24000);
  double most = -2;

  for (gsize lag = ms (p, PERIOD_MIN_MS); lag <= max; lag += step)
    {
      double like = likeness (p, here, here + sign * (gssize) lag, window);
      if (like > most)
        {
          most = like;
          best = lag;
        }
    }
  return best;
}

static void
cross_fade (gint16 *to, const gint16 *from, const gint16 *into, gsize count)
{
  for (gsize i = 0; i < count; i++)
    {
      double t = (double) (i + 1) / (double) (count + 1);
      to[i] = (gint16) lrint (from[i] * (1.0 - t) + into[i] * t);
    }
}

/* Drops one period of at most max samples. */
static void
drop_period (PhonePlayout *p, gsize max)
{
  gsize fade = ms (p, FADE_MS), lag;
  gint16 *here = p->samples + p->read;

  max = MIN (max, ms (p, PERIOD_MAX_MS));
  if (max < ms (p, PERIOD_MIN_MS) || p->write - p->read < max + fade)
    return;
  lag = best_lag (p, here, 1, max, fade);
  cross_fade (here + lag, here, here + lag, fade);
  p->read += lag;
  p->stats.dropped += lag;
}

/* Repeats the last period before the read position. */
static void
repeat_period (PhonePlayout *p)
{
  gsize fade = ms (p, FADE_MS), max = MIN (ms (p, PERIOD_MAX_MS), p->read), lag;
  gint16 *here = p->samples + p->read;

  if (max < ms (p, PERIOD_MIN_MS) || p->write - p->read < fade)
    return;
  lag = best_lag (p, here, -1, max, fade);
  cross_fade (here - lag, here, here - lag, MIN (fade, lag));
  p->read -= lag;
  p->stats.repeated += lag;
}

/* The next made-up sample of a gap, at this place: the last real period again, ever softer. */
static gint16
made_up (PhonePlayout *p, gsize at)
{
  double gain = 1.0 - (double) p->concealed / (double) ms (p, CONCEAL_MS);
  gsize end = at - p->concealed;

  if (gain <= 0)
    return 0;
  return (gint16) lrint (gain *
                         p->samples[end - p->conceal_period + p->concealed % p->conceal_period]);
}

static void
bridge_gap (PhonePlayout *p, gsize count)
{
  if (p->concealed == 0)
    {
      gsize window = ms (p, 2 * FADE_MS);
      gint16 *last = p->samples + p->write - window;

      p->conceal_period = best_lag (p, last, -1, ms (p, PERIOD_MAX_MS), window);
      p->stats.gaps++;
      p->gap_in_window = TRUE;
    }
  make_room (p, count);
  for (gsize i = 0; i < count; i++, p->concealed++)
    {
      p->samples[p->write] = made_up (p, p->write);
      p->write++;
    }
}

void
phone_playout_push (PhonePlayout *p, const gint16 *samples, gsize count)
{
  gsize waiting, most;

  g_mutex_lock (&p->lock);
  count = MIN (count, ms (p, KEEP_MS));
  make_room (p, count);
  memcpy (p->samples + p->write, samples, count * sizeof (gint16));
  if (p->concealed > 0)
    {
      gsize fade = MIN (ms (p, FADE_MS), count);

      for (gsize i = 0; i < fade; i++, p->concealed++)
        {
          gint16 old = made_up (p, p->write + i), *now = &p->samples[p->write + i];
          double t = (double) (i + 1) / (double) (fade + 1);
          *now = (gint16) lrint (old * (1.0 - t) + *now * t);
        }
      p->concealed = 0;
    }
  p->write += count;
  p->stats.pushed += count;
  /* Nobody pulls, or a burst at the start: the oldest goes. */
  waiting = p->write - p->read;
  most = p->started ? ms (p, KEEP_MS) : ms (p, START_MS);
  if (waiting > MAX (most, count))
    p->read = p->write - MAX (most, count);
  g_mutex_unlock (&p->lock);
}

/* Once a second: is too much waiting, or too little? */
static void
judge (PhonePlayout *p)
{
  gsize lowest = p->lowest;

  if (p->gap_in_window)
    {
      p->margin = MIN (p->margin + ms (p, 4), ms (p, MARGIN_MAX_MS));
      p->calm = 0;
    }
  else if (++p->calm % 8 == 0)
    p->margin = MAX (p->margin - MIN (p->margin, ms (p, 1)), ms (p, MARGIN_MIN_MS));
  p->gap_in_window = FALSE;
  p->watched = 0;
  p->lowest = G_MAXSIZE;
  if (lowest == G_MAXSIZE)
    return;
  if (lowest > p->margin + ms (p, SLACK_MS))
    drop_period (p, lowest - p->margin);
  else if (lowest < p->margin / 2)
    repeat_period (p);
}

void
phone_playout_pull (PhonePlayout *p, gint16 *samples, gsize count)
{
  gsize waiting;

  g_mutex_lock (&p->lock);
  p->stats.pulled += count;
  waiting = p->write - p->read;
  if (!p->started && waiting < MAX (ms (p, START_MS), count))
    {
      memset (samples, 0, count * sizeof (gint16));
      g_mutex_unlock (&p->lock);
      return;
    }
  p->started = TRUE;
  if (waiting == 0 && p->concealed > ms (p, RESTART_MS))
    {
      /* Held, or nothing for long: begin again as at the start. */
      p->started = FALSE;
      p->concealed = 0;
      memset (samples, 0, count * sizeof (gint16));
      g_mutex_unlock (&p->lock);
      return;
    }
  while (waiting < count)
    {
      gsize part = MIN (count - waiting, ms (p, 20));
      bridge_gap (p, part);
      waiting += part;
    }
  memcpy (samples, p->samples + p->read, count * sizeof (gint16));
  p->read += count;
  if (p->concealed < ms (p, CONCEAL_MS))
    p->lowest = MIN (p->lowest, p->write - p->read);
  p->watched += count;
  /* Where much too much waits it is cut at once, else slowly. */
  if (p->watched >= p->rate ||
      (p->watched >= p->rate / 5 && p->lowest != G_MAXSIZE && p->lowest > p->margin + ms (p, 25)))
    judge (p);
  g_mutex_unlock (&p->lock);
}

void
phone_playout_get_stats (PhonePlayout *p, PhonePlayoutStats *stats)
{
  g_mutex_lock (&p->lock);
  *stats = p->stats;
  stats->waiting_ms = (double) (p->write - p->read) * 1000.0 / p->rate;
  stats->margin_ms = (double) p->margin * 1000.0 / p->rate;
  g_mutex_unlock (&p->lock);
}
