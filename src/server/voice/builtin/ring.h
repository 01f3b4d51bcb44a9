/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A ring between exactly two threads, one that writes and one that reads, without a lock: neither
 * waits for the other, wherever that one was stopped. Nothing is allocated after ring_new (). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _Ring Ring;

Ring *ring_new (guint least_items, gsize item_size); /* room for at least so many */
void ring_free (Ring *ring);

/* The writer's: as many as there is room for, in their order; returns how many. */
guint ring_write (Ring *ring, gconstpointer items, guint n_items);

/* The reader's. At least so many are there; more may come meanwhile. */
guint ring_get_fill (Ring *ring);
guint ring_read (Ring *ring, gpointer items, guint n_items); /* returns how many */
void ring_skip (Ring *ring, guint n_items);                  /* not more than the fill */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ring, ring_free)

G_END_DECLS
