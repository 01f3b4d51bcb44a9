/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Token buckets. Full ones are forgotten, so that strangers cannot fill the table for long. */
#include "server/api/limit.h"

#define TABLE_MAX 10000

typedef struct
{
  double tokens;
  gint64 at;
} Bucket;

struct _Limit
{
  double rate, burst;
  GHashTable *buckets; /* name → Bucket */
};

Limit *
limit_new (double rate, double burst)
{
  Limit *self = g_new0 (Limit, 1);

  self->rate = rate;
  self->burst = burst;
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
limit_free (Limit *self)
{
  g_hash_table_unref (self->buckets);
  g_free (self);
}

static double
filled (const Limit *self, const Bucket *bucket, gint64 now)
{
  return MIN (self->burst, bucket->tokens + self->rate * (double) (now - bucket->at) / 1000.0);
}

static void
forget_full (Limit *self, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->buckets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (filled (self, value, now) >= self->burst)
      g_hash_table_iter_remove (&iter);
}

guint
limit_take (Limit *self, const char *name, gint64 now)
{
  return limit_take_many (self, name, 1.0, now);
}

guint
limit_take_many (Limit *self, const char *name, double n, gint64 now)
{
  Bucket *bucket = g_hash_table_lookup (self->buckets, name);

  if (bucket == NULL)
    {
      if (g_hash_table_size (self->buckets) >= TABLE_MAX)
        forget_full (self, now);
      if (g_hash_table_size (self->buckets) >= TABLE_MAX)
        return 1;
      bucket = g_new0 (Bucket, 1);
      bucket->tokens = self->burst;
      bucket->at = now;
      g_hash_table_insert (self->buckets, g_strdup (name), bucket);
    }
  bucket->tokens = filled (self, bucket, now);
  bucket->at = now;
  if (bucket->tokens < n)
    return 1 + (guint) ((n - bucket->tokens) / self->rate);
  bucket->tokens -= n;

  return 0;
}
