/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of one size in large blocks of memory, on huge pages where the system has them: with
 * 100 000 callers in line the processor otherwise spends half its time on looking up pages. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gpointer free;     /* the first free record; each begins with the next */
  GPtrArray *blocks; /* owned */
  gsize next_block;  /* bytes of the next block */
} AcdPool;

/* Zeroed memory that holds numbers alone; give it back with acd_block_free (). */
gpointer acd_block_new (gsize bytes);
void acd_block_free (gpointer block);

/* A zeroed record at the start of a line of the cache; all records of a pool have the same size. */
gpointer acd_pool_take (AcdPool *pool, gsize size);
void acd_pool_give (AcdPool *pool, gpointer record);
/* Everything that was taken is gone with it. */
void acd_pool_clear (AcdPool *pool);

/* Short arrays: one pool for each size, 64 bytes apart up to 1 kB, then doubling. */
#define ACD_N_ARRAY_SIZES 32
typedef struct
{
  AcdPool pools[ACD_N_ARRAY_SIZES];
} AcdArrays;

/* Zeroed and at the start of a line of the cache; NULL for no bytes. */
gpointer acd_array_take (AcdArrays *arrays, gsize bytes);
void acd_array_give (AcdArrays *arrays, gpointer array, gsize bytes);
/* The array with room for more; it may have moved. */
gpointer acd_array_grow (AcdArrays *arrays, gpointer array, gsize bytes, gsize more);
void acd_arrays_clear (AcdArrays *arrays);
/* What an array of so many bytes really takes. */
gsize acd_array_size (gsize bytes);

G_END_DECLS
