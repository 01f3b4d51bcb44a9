/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pools of records. Under the address sanitizer each record is an allocation of its own, so that a
 * use after the end is seen. */
#include "acd/pool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define HUGE_PAGE   ((gsize) 2 << 20)
#define FIRST_BLOCK ((gsize) 16 << 10)

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
  gsize alignment = bytes >= HUGE_PAGE ? HUGE_PAGE : 64;
  gsize rounded = (bytes + alignment - 1) / alignment * alignment;
  gpointer block = aligned_alloc (alignment, rounded);

  if (block == NULL)
    g_error ("no memory for %" G_GSIZE_FORMAT " bytes of routing state", bytes);
  if (bytes >= HUGE_PAGE)
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
add_block (AcdPool *pool, gsize size)
{
  gsize bytes = pool->next_block != 0 ? pool->next_block : FIRST_BLOCK;
  char *block = acd_block_new (bytes);

  if (pool->blocks == NULL)
    pool->blocks = g_ptr_array_new_with_free_func (acd_block_free);
  g_ptr_array_add (pool->blocks, block);
  pool->next_block = MIN (bytes * 2, HUGE_PAGE);
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
