/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ring for one writer and one reader. Owns its items. Both counts run freely; each is stored by
 * one thread only, after it has done with the items, and loaded by the other before it touches
 * them. */
#include "server/voice/builtin/ring.h"

#include <stdatomic.h>
#include <string.h>

struct _Ring
{
  gsize item_size;
  guint size; /* a power of two */
  _Atomic guint written;
  _Atomic guint read;
  guint8 *items;
};

Ring *
ring_new (guint least_items, gsize item_size)
{
  Ring *ring = g_new0 (Ring, 1);

  ring->item_size = item_size;
  ring->size = 1;
  while (ring->size < least_items)
    ring->size *= 2;
  ring->items = g_malloc0_n (ring->size, item_size);

  return ring;
}

void
ring_free (Ring *ring)
{
  if (ring == NULL)
    return;

  g_free (ring->items);
  g_free (ring);
}

guint
ring_write (Ring *ring, gconstpointer items, guint n_items)
{
  guint written = atomic_load_explicit (&ring->written, memory_order_relaxed);
  guint read = atomic_load_explicit (&ring->read, memory_order_acquire);
  guint n = MIN (n_items, ring->size - (written - read));
  guint at = written & (ring->size - 1);
  guint first = MIN (n, ring->size - at);

  memcpy (ring->items + at * ring->item_size, items, first * ring->item_size);
  memcpy (ring->items, (const guint8 *) items + first * ring->item_size,
          (n - first) * ring->item_size);
  atomic_store_explicit (&ring->written, written + n, memory_order_release);

  return n;
}

guint
ring_get_fill (Ring *ring)
{
  return atomic_load_explicit (&ring->written, memory_order_acquire) -
         atomic_load_explicit (&ring->read, memory_order_relaxed);
}

guint
ring_read (Ring *ring, gpointer items, guint n_items)
{
  guint fill = ring_get_fill (ring); /* once: it grows meanwhile, and MIN () reads twice */
  guint n = MIN (n_items, fill);
  guint at = atomic_load_explicit (&ring->read, memory_order_relaxed) & (ring->size - 1);
  guint first = MIN (n, ring->size - at);

  memcpy (items, ring->items + at * ring->item_size, first * ring->item_size);
  memcpy ((guint8 *) items + first * ring->item_size, ring->items, (n - first) * ring->item_size);
  ring_skip (ring, n);

  return n;
}

void
ring_skip (Ring *ring, guint n_items)
{
  guint read = atomic_load_explicit (&ring->read, memory_order_relaxed);

  atomic_store_explicit (&ring->read, read + n_items, memory_order_release);
}
