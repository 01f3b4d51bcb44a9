/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Token buckets: one for each source, as long as it is not full again, and one for all. Owns them;
 * their number is bounded. Knows no SIP and no clock. On its owner's thread. */
#define G_LOG_DOMAIN "guichetd-voice"

#include "server/voice/builtin/guard.h"

#include "base/source.h"

#include <string.h>

/* A source may spend so many seconds' worth at once; all together five times as many. */
#define BURST_S      10
#define ALL_TIMES    10
#define MOST_SOURCES 4096
/* So long without a refusal, and the burst is over: the next is told of again. */
#define QUIET_US (10 * G_USEC_PER_SEC)

typedef struct
{
  double tokens;
  gint64 at_us; /* when it had them */
} Bucket;

struct _Guard
{
  double rate;
  GHashTable *sources; /* key → Bucket */
  Bucket all, others;  /* others: sources for which there is no room */
  gint64 refused_us;
  gboolean told;
};

Guard *
guard_new (guint per_second)
{
  Guard *guard = g_new0 (Guard, 1);

  guard->rate = per_second;
  guard->all.tokens = guard->rate * ALL_TIMES * BURST_S / 2;
  guard->others.tokens = guard->rate * BURST_S;
  guard->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return guard;
}

void
guard_free (Guard *guard)
{
  if (guard == NULL)
    return;

  g_hash_table_unref (guard->sources);
  g_free (guard);
}

static void
refill (Bucket *bucket, double rate, double most, gint64 now_us)
{
  double seconds = (double) (now_us - bucket->at_us) / G_USEC_PER_SEC;

  bucket->tokens = MIN (most, bucket->tokens + rate * MAX (seconds, 0));
  bucket->at_us = now_us;
}

/* One that is full again is as good as one never seen. */
static void
forget_full (Guard *guard, gint64 now_us)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, guard->sources);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      refill (value, guard->rate, guard->rate * BURST_S, now_us);
      if (((Bucket *) value)->tokens >= guard->rate * BURST_S)
        g_hash_table_iter_remove (&iter);
    }
}

static Bucket *
find_bucket (Guard *guard, const char *address, gint64 now_us)
{
  g_autofree char *key = base_source_key (address);
  Bucket *bucket = g_hash_table_lookup (guard->sources, key);

  if (bucket != NULL)
    return bucket;
  if (g_hash_table_size (guard->sources) >= MOST_SOURCES)
    {
      /* Not at each of a flood's requests. */
      if (now_us - guard->others.at_us > G_USEC_PER_SEC)
        forget_full (guard, now_us);
      if (g_hash_table_size (guard->sources) >= MOST_SOURCES)
        return &guard->others;
    }
  bucket = g_new0 (Bucket, 1);
  bucket->tokens = guard->rate * BURST_S;
  bucket->at_us = now_us;
  g_hash_table_insert (guard->sources, g_steal_pointer (&key), bucket);

  return bucket;
}

static void
tell (Guard *guard, const char *address, gint64 now_us)
{
  if (!guard->told || now_us - guard->refused_us > QUIET_US)
    g_message ("requests of strangers come too fast, lastly from %s: some are dropped", address);
  guard->told = TRUE;
  guard->refused_us = now_us;
}

gboolean
guard_admit (Guard *guard, const char *address, gint64 now_us)
{
  Bucket *bucket = find_bucket (guard, address, now_us);

  refill (bucket, guard->rate, guard->rate * BURST_S, now_us);
  refill (&guard->all, guard->rate * ALL_TIMES, guard->rate * ALL_TIMES * BURST_S / 2, now_us);
  if (bucket->tokens < 1 || guard->all.tokens < 1)
    {
      tell (guard, address, now_us);
      return FALSE;
    }
  bucket->tokens--;
  guard->all.tokens--;

  return TRUE;
}

guint
guard_count_sources (Guard *guard)
{
  return g_hash_table_size (guard->sources);
}
