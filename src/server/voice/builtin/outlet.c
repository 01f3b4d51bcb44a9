/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks and their ticks in a ring. Counted: held by the port and by the source element, whichever
 * ends later. */
#include "server/voice/builtin/outlet.h"

#include "server/voice/builtin/ring.h"

#include <string.h>

/* As much sound as may wait in front of a leg's encoder before the oldest goes. */
#define QUEUE_BLOCKS 5
#define ROOM_BLOCKS  16

struct _Outlet
{
  gatomicrefcount refs;
  Pulse *pulse;
  guint block;
  Ring *ring; /* of items: a tick, then its samples */
  gsize item_size;
  guint8 *put, *taken; /* one item each: the tick's, the streaming thread's */
};

Outlet *
outlet_new (Pulse *pulse, guint block)
{
  Outlet *outlet = g_new0 (Outlet, 1);

  g_atomic_ref_count_init (&outlet->refs);
  outlet->pulse = pulse_ref (pulse);
  outlet->block = block;
  outlet->item_size = sizeof (guint64) + block * sizeof (gint16);
  outlet->ring = ring_new (ROOM_BLOCKS, outlet->item_size);
  outlet->put = g_malloc0 (outlet->item_size);
  outlet->taken = g_malloc0 (outlet->item_size);

  return outlet;
}

Outlet *
outlet_ref (Outlet *outlet)
{
  g_atomic_ref_count_inc (&outlet->refs);

  return outlet;
}

void
outlet_unref (Outlet *outlet)
{
  if (!g_atomic_ref_count_dec (&outlet->refs))
    return;

  pulse_unref (outlet->pulse);
  ring_free (outlet->ring);
  g_free (outlet->put);
  g_free (outlet->taken);
  g_free (outlet);
}

void
outlet_put (Outlet *outlet, const gint16 *block, guint64 tick)
{
  memcpy (outlet->put, &tick, sizeof tick);
  memcpy (outlet->put + sizeof tick, block, outlet->block * sizeof (gint16));
  ring_write (outlet->ring, outlet->put, 1);
}

gboolean
outlet_take (Outlet *outlet, gint16 *block, guint64 *tick)
{
  guint fill = ring_get_fill (outlet->ring);

  if (fill > QUEUE_BLOCKS)
    ring_skip (outlet->ring, fill - QUEUE_BLOCKS);
  if (ring_read (outlet->ring, outlet->taken, 1) == 0)
    return FALSE;
  memcpy (tick, outlet->taken, sizeof *tick);
  memcpy (block, outlet->taken + sizeof *tick, outlet->block * sizeof (gint16));

  return TRUE;
}

void
outlet_empty (Outlet *outlet)
{
  ring_skip (outlet->ring, ring_get_fill (outlet->ring));
}

guint
outlet_get_block (Outlet *outlet)
{
  return outlet->block;
}

Pulse *
outlet_get_pulse (Outlet *outlet)
{
  return outlet->pulse;
}
