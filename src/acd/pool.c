/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools of records. Under the address sanitizer each record is an allocation of its own, so that a
 * use after the end is seen. */
#include "acd/pool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE   ((gsize) 2 << 20)
#define FIRST_BLOCK ((gsize) 16 << 10)
#define LARGE       ((gsize) 256 << 10) /* from here on a huge page is worth its memory */
#define LINE        ((gsize) 64)

#if defined(__SANITIZE_ADDRESS__)
#define APART 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define APART 1
#endif
#endif
#ifndef APART
#define APART 0
#endif

gpointer
acd_block_new (gsize bytes)
{
  gsize alignment = bytes >= LARGE ? HUGE_PAGE : LINE;
  gsize rounded = (bytes + alignment - 1) / alignment * alignment;
  gpointer block = aligned_alloc (alignment, rounded);

  if (block == NULL)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes of routing state", bytes);
  if (bytes >= LARGE)
    (void) madvise (block, rounded, MADV_HUGEPAGE);
  memset (block, 0, rounded);
  return block;
}

void
acd_block_free (gpointer block)
{
  free (block);
}

static void
add_block (AcdPool *pool, gsize record)
{
  gsize size = (record + LINE - 1) / LINE * LINE;
  gsize bytes = MAX (pool->next_block, MAX (size, FIRST_BLOCK));
  char *block = acd_block_new (bytes);

  if (pool->blocks == NULL)
    pool->blocks = g_ptr_array_new_with_free_func (acd_block_free);
  g_ptr_array_add (pool->blocks, block);
  pool->next_block = bytes * 2 >= LARGE ? HUGE_PAGE : bytes * 2;
  for (gsize at = bytes / size; at > 0; at--)
    acd_pool_give (pool, block + (at - 1) * size);
}

gpointer
acd_pool_take (AcdPool *pool, gsize size)
{
  gpointer record;

  if (APART)
    return g_malloc0 (size);
  if (pool->free == NULL)
    add_block (pool, size);
  record = pool->free;
  pool->free = *(gpointer *) record;
  return memset (record, 0, size);
}

void
acd_pool_give (AcdPool *pool, gpointer record)
{
  if (APART)
    {
      g_free (record);
      return;
    }
  *(gpointer *) record = pool->free;
  pool->free = record;
}

void
acd_pool_clear (AcdPool *pool)
{
  g_clear_pointer (&pool->blocks, g_ptr_array_unref);
  *pool = (AcdPool){ 0 };
}

static guint
size_class (gsize bytes)
{
  guint lines = (guint) ((bytes + LINE - 1) / LINE);
  guint n = MIN (lines, 16);

  for (gsize size = 16; size < lines; size *= 2)
    n++;
  g_assert (n >= 1 && n <= ACD_N_ARRAY_SIZES);
  return n - 1;
}

gsize
acd_array_size (gsize bytes)
{
  guint n = bytes > 0 ? size_class (bytes) + 1 : 0;

  return n <= 16 ? n * LINE : (16 * LINE) << (n - 16);
}

gpointer
acd_array_take (AcdArrays *arrays, gsize bytes)
{
  if (bytes == 0)
    return NULL;
  return acd_pool_take (&arrays->pools[size_class (bytes)], acd_array_size (bytes));
}

void
acd_array_give (AcdArrays *arrays, gpointer array, gsize bytes)
{
  if (array != NULL)
    acd_pool_give (&arrays->pools[size_class (bytes)], array);
}

gpointer
acd_array_grow (AcdArrays *arrays, gpointer array, gsize bytes, gsize more)
{
  gpointer grown;

  if (array != NULL && acd_array_size (bytes) == acd_array_size (bytes + more))
    return array;
  grown = acd_array_take (arrays, bytes + more);
  if (array != NULL)
    memcpy (grown, array, bytes);
  acd_array_give (arrays, array, bytes);
  return grown;
}

void
acd_arrays_clear (AcdArrays *arrays)
{
  for (int i = 0; i < ACD_N_ARRAY_SIZES; i++)
    acd_pool_clear (&arrays->pools[i]);
}
